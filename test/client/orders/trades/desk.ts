// A session with a scripted gateway, and short words for what gateways say about orders.

import { connect, type Ib } from '../../../../src/client/connect.js';
import type { BookEvent } from '../../../../src/client/orders/book-events.js';
import type { OrderDraft } from '../../../../src/client/orders/draft.js';
import type { OrderOptions } from '../../../../src/client/orders/policy.js';
import { defaultReconcileTimes } from '../../../../src/client/orders/recover/reconcile.js';
import type { ConnectOptions } from '../../../../src/client/session/connect-options.js';
import type { MessageInput, RequestOf } from '../../../../src/protocol/registry.js';
import { handTimer } from '../../../helpers/hand-timer.js';
import { type Peer, type Script, type ScriptedGateway, scriptedGateway } from '../../../helpers/scripted-gateway.js';
import { quiet } from '../../../helpers/still.js';
import { eventWords } from '../record/story.js';

export const AAPL = { conId: 265598, symbol: 'AAPL', secType: 'STK', exchange: 'SMART', currency: 'USD' } as const;
export const ACCOUNT = 'DU9000001';
export const buy = (quantity = '100', lmtPrice = 187.5): OrderDraft => ({
  action: 'BUY',
  orderType: 'LMT',
  totalQuantity: quantity,
  lmtPrice,
});

export const quick = {
  clientId: 1,
  backOff: { baseMs: 2, capMs: 5, floorMs: 1 },
  stepWithin: 1000,
  connectWithin: 1000,
  random: () => 0.5,
  limits: 'none',
} as const satisfies Partial<ConnectOptions>;

/** Short waits, so that tests of waiting do not wait. */
export const hasty = { patience: { reason: 15, commissions: 250, fills: 15 }, reconcile: { openOrders: 150, executions: 100 } };

export interface Desk extends AsyncDisposable {
  readonly ib: Ib;
  readonly gateway: ScriptedGateway;
  /** The connection in use. */
  readonly peer: Peer;
  readonly heard: BookEvent[];
  /** Names of what happened, for example `status Submitted`, `fill 40`. */
  readonly story: string[];
}

export async function deskWith(script: Script = {}, options: Partial<ConnectOptions> = {}): Promise<Desk> {
  const gateway = await scriptedGateway({ ...script, on: { ...quietGateway, ...script.on } });
  const ib = await connect({
    port: gateway.port,
    ...quick,
    ...options,
    orders: { accounts: 'none', ...hasty, ...options.orders },
  });
  const heard: BookEvent[] = [];
  const story: string[] = [];
  ib.orders.book.events.on((event) => {
    heard.push(event);
    story.push(wordsFor(event));
  });
  return {
    ib,
    gateway,
    get peer() {
      return gateway.peers.at(-1) as Peer;
    },
    heard,
    story,
    async [Symbol.asyncDispose]() {
      ib.close();
      await gateway.close();
    },
  };
}

export interface DeskByHand extends AsyncDisposable {
  readonly desk: Desk;
  pass(ms: number): Promise<void>;
}

/** Far shorter than what lists may take. */
const STEP_MS = 500;

/** Nothing open, nothing executed, nothing done. */
export const quietGateway: NonNullable<Script['on']> = {
  reqAllOpenOrders: (_, peer) => peer.send('openOrderEnd', {}),
  reqOpenOrders: (_, peer) => peer.send('openOrderEnd', {}),
  reqExecutions: (request, peer) => peer.send('execDetailsEnd', { reqId: request.reqId }),
  reqCompletedOrders: (_, peer) => peer.send('completedOrdersEnd', {}),
};

function wordsFor(event: BookEvent): string {
  if (event.is === 'found') return 'found';
  if (event.is === 'reconciled') return `reconciled ${event.report.cause}`;
  return eventWords(event.event);
}

export interface Said {
  readonly orderId?: number;
  readonly permId?: string;
  readonly clientId?: number;
}

export function says(peer: Peer, { orderId = 1, permId = '9001', clientId = 1 }: Said = {}) {
  return {
    open(status: string, order: NonNullable<MessageInput<'openOrder'>['order']> = {}, id = orderId): void {
      peer.send('openOrder', {
        orderId: id,
        contract: AAPL,
        order: {
          action: 'BUY',
          orderType: 'LMT',
          totalQuantity: '100',
          lmtPrice: 187.5,
          tif: 'DAY',
          account: ACCOUNT,
          clientId,
          permId,
          ...order,
        },
        orderState: { status },
      });
    },
    status(status: string, filled = '0', remaining = '100', id = orderId): void {
      peer.send('orderStatus', { orderId: id, status, filled, remaining, avgFillPrice: 0, permId, clientId });
    },
    exec(execId: string, shares: string, price = 187.5, reqId = -1, more: object = {}): void {
      peer.send('execDetails', {
        reqId,
        contract: AAPL,
        execution: {
          orderId,
          execId,
          time: '20260825 14:11:30 US/Eastern',
          acctNumber: ACCOUNT,
          exchange: 'ARCA',
          side: 'BOT',
          shares,
          price,
          permId,
          clientId,
          ...more,
        },
      });
    },
    charge(execId: string, commissionAndFees: number, realizedPNL?: number): void {
      peer.send('commissionAndFeesReport', {
        execId,
        commissionAndFees,
        currency: 'USD',
        ...(realizedPNL !== undefined && { realizedPNL }),
      });
    },
    error(errorCode: number, errorString: string, id = orderId): void {
      peer.send('error', { reqId: id, errorCode, errorString });
    },
  };
}

export async function until(holds: () => boolean, what = 'it', within = 10_000): Promise<void> {
  const end = Date.now() + within;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`${what} did not come to pass`);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

/**
 * A desk whose time is a hand's: `pass` lets so much of it go by, and all that is said meanwhile be read. After 30 s of silence a
 * script without a clock has its connection cut.
 */
export async function deskByHand(script: Script = {}, orders: Partial<OrderOptions> = {}): Promise<DeskByHand> {
  const timer = handTimer();
  const desk = await deskWith(script, { timer, orders: { reconcile: defaultReconcileTimes, ...orders } });
  return {
    desk,
    async pass(ms) {
      await quiet(desk.gateway);
      for (let left = ms; left > 0; left -= STEP_MS) {
        await timer.advance(Math.min(left, STEP_MS));
        await quiet(desk.gateway);
      }
    },
    [Symbol.asyncDispose]: () => desk[Symbol.asyncDispose](),
  };
}

export function placedBy(gateway: ScriptedGateway): readonly RequestOf<'placeOrder'>[] {
  return gateway.received.filter((one): one is RequestOf<'placeOrder'> => one.kind === 'placeOrder');
}
