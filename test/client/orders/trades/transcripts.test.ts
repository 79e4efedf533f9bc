// Transcripts of real sessions, step by step: what the client sent is sent again, what came is said again.

import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { connect } from '../../../../src/client/connect.js';
import type { OrderDraft } from '../../../../src/client/orders/draft.js';
import { isEnd } from '../../../../src/client/orders/record/trade-state.js';
import type { Trade } from '../../../../src/client/orders/trade.js';
import { type Peer, scriptedGateway } from '../../../helpers/scripted-gateway.js';
import { quiet } from '../../../helpers/still.js';
import { quick, until } from './desk.js';

type Payload = Readonly<Record<string, string | number | boolean | Readonly<Record<string, string | number>> | undefined>>;
interface Step {
  readonly step: string;
  readonly direction?: 'in' | 'out';
  readonly message?: string;
  readonly payload?: Payload;
}

function stepsOf(name: string): readonly Step[] {
  const text = gunzipSync(readFileSync(`fixtures/captures/transcripts/${name}.json.gz`)).toString();
  return (JSON.parse(text) as { steps: readonly Step[] }).steps;
}

const text = (value: Payload[string]): string => (value === undefined ? '' : String(value));
const count = (value: Payload[string]): number => Number(value ?? 0);

function contractOf(payload: Payload) {
  const given = (typeof payload['contract'] === 'object' ? payload['contract'] : {}) as Readonly<Record<string, string | number>>;
  return {
    conId: Number(given['con_id'] ?? 0),
    symbol: String(given['symbol'] ?? payload['symbol'] ?? ''),
    secType: String(given['sec_type'] ?? 'STK'),
    exchange: 'SMART',
    currency: 'USD',
  };
}

function say(peer: Peer, message: string, payload: Payload, permOf: Map<number, string>): void {
  const orderId = count(payload['order_id']);
  switch (message) {
    case 'open_order':
      permOf.set(orderId, text(payload['perm_id']));
      peer.send('openOrder', {
        orderId,
        contract: contractOf(payload),
        order: {
          action: text(payload['action']),
          orderType: text(payload['order_type']),
          totalQuantity: text(payload['quantity']),
          lmtPrice: count(payload['lmt_price']),
          tif: text(payload['tif']),
          account: text(payload['account']),
          permId: text(payload['perm_id']),
          clientId: count(payload['client_id']),
        },
        orderState: { status: text(payload['status']) },
      });
      return;
    case 'order_status':
      peer.send('orderStatus', {
        orderId,
        status: text(payload['status']),
        filled: text(payload['filled']),
        remaining: text(payload['remaining']),
        permId: text(payload['perm_id']),
        clientId: count(payload['client_id']),
        whyHeld: text(payload['why_held']),
      });
      return;
    case 'execution_detail':
      peer.send('execDetails', {
        reqId: -1,
        contract: contractOf(payload),
        execution: {
          orderId,
          execId: text(payload['exec_id']),
          time: text(payload['time']),
          acctNumber: text(payload['account']),
          side: text(payload['side']),
          shares: text(payload['shares']),
          price: count(payload['price']),
          permId: permOf.get(orderId) ?? '0',
          clientId: peer.clientId,
        },
      });
      return;
    case 'commission_report': {
      const realizedPNL = count(payload['realized_pnl']);
      peer.send('commissionAndFeesReport', {
        execId: text(payload['exec_id']),
        commissionAndFees: count(payload['commission']),
        currency: text(payload['currency']),
        ...(realizedPNL < 1e300 && { realizedPNL }),
      });
      return;
    }
    case 'api_error':
      peer.send('error', {
        reqId: count(payload['req_id']),
        errorCode: count(payload['code']),
        errorString: text(payload['message']),
      });
      return;
    case 'open_order_end':
      peer.send('openOrderEnd', {});
      return;
    default:
      throw new Error(`no way to say ${message}`);
  }
}

function draftOf(payload: Payload): OrderDraft {
  const lmtPrice = text(payload['lmt_price']);
  return {
    action: text(payload['action']) as OrderDraft['action'],
    orderType: text(payload['order_type']) as OrderDraft['orderType'],
    totalQuantity: text(payload['total_quantity']),
    tif: text(payload['tif']) as NonNullable<OrderDraft['tif']>,
    ...(lmtPrice !== '' && { lmtPrice: Number(lmtPrice) }),
    ...(payload['trailing_percent'] !== undefined && { trailingPercent: Number(payload['trailing_percent']) }),
    ...(payload['transmit'] === false && { transmit: false }),
  };
}

interface Outcome {
  readonly orders: Readonly<Record<string, string>>;
  readonly prices: Readonly<Record<string, string>>;
}

/** Plays the first connection of a transcript, or all of them. */
async function relive(name: string): Promise<Outcome> {
  const steps = stepsOf(name);
  const firstId = count(steps.find(({ message }) => message === 'next_valid_id')?.payload?.['order_id']);
  let asked = 0;
  await using gateway = await scriptedGateway({
    serverVersion: 200,
    nextValidId: firstId,
    on: { reqAllOpenOrders: () => void asked++ },
  });
  const clientId = count(steps.find(({ message }) => message === 'open_order')?.payload?.['client_id'] ?? 1);
  const ib = await connect({
    port: gateway.port,
    ...quick,
    clientId,
    orders: {
      accounts: 'none',
      patience: { reason: 15, commissions: 15, fills: 5_000 },
      reconcile: { openOrders: 300, executions: 30 },
    },
  });
  const permOf = new Map<number, string>();
  const placed = new Map<number, Trade>();
  const pending: Promise<unknown>[] = [];
  let peer = gateway.peers[0] as Peer;
  const isLast = (i: number): boolean => !steps.slice(i).some(({ step }) => step === 'handshake');
  try {
    for (const [i, { step, direction, message = '', payload = {} }] of steps.entries()) {
      if (step === 'disconnect' && !isLast(i)) {
        const before = gateway.peers.length;
        peer.cut();
        await until(() => gateway.peers.length > before && ib.state.at === 'ready');
        peer = gateway.peers.at(-1) as Peer;
      }
      if (message === 'managed_accounts' || message === 'next_valid_id' || step !== 'message') continue;
      if (direction === 'in') {
        say(peer, message, payload, permOf);
        continue;
      }
      await quiet(gateway);
      const id = count(payload['order_id']);
      const known = placed.get(id);
      if (message === 'place_order') {
        if (known === undefined) placed.set(id, ib.orders.place(contractOf(payload), draftOf(payload)));
        else pending.push(known.modify({ transmit: true }, { timeout: 300 }));
      } else if (message === 'cancel_order' && known !== undefined) pending.push(known.cancel({ timeout: 300 }));
      else if (message === 'req_open_orders') await until(() => asked > 0, 'the question');
      await until(() => gateway.received.length > 0);
      await quiet(gateway);
    }
    await quiet(gateway);
    await Promise.all(pending);
    // Ends wait for what belongs to them.
    await until(() => [...placed.values()].every(({ state, end }) => !isEnd(state) || end !== undefined), 'ends');
    expect([...placed.values()].map(({ orderId }) => orderId)).toEqual([...placed.keys()]);
    const orders: Record<string, string> = {};
    const prices: Record<string, string> = {};
    for (const [id, trade] of placed) {
      orders[id] = `${trade.state.at} ${trade.filledQuantity.toFixed()}${trade.end === undefined ? '' : ` done ${trade.end.at}`}`;
      if (trade.averagePrice !== undefined) prices[id] = trade.averagePrice.toFixed();
    }
    return { orders, prices };
  } finally {
    ib.close();
  }
}

describe('transcripts', () => {
  it.each<[string, Readonly<Record<string, string>>]>([
    // Placed, cut off, listed on the next connection, cancelled there.
    ['api-client-id0-order-observation-aapl', { 295: 'cancelled 0 done cancelled' }],
    [
      'api-dollar-cost-averaging-aapl',
      { 282: 'filled 5 done filled', 283: 'filled 5 done filled', 284: 'filled 5 done filled', 285: 'filled 15 done filled' },
    ],
    // An IOC is cancelled without a reason, a FOK stays Inactive without a word: that is no proof of an end.
    ['api-ioc-fok-aapl', { 61: 'cancelled 0 done cancelled', 62: 'inactive 0', 63: 'inactive 0' }],
    ['api-order-rest-cancel-aapl', { 1: 'cancelled 0 done cancelled' }],
    [
      'api-pairs-trading-aapl-msft',
      { 278: 'filled 5 done filled', 279: 'filled 5 done filled', 280: 'filled 5 done filled', 281: 'filled 5 done filled' },
    ],
    ['api-tif-attribute-matrix-aapl', { 246: 'cancelled 0 done cancelled', 247: 'filled 1 done filled' }],
    ['api-transmit-false-then-transmit-aapl', { 293: 'cancelled 0 done cancelled' }],
    ['place-order-fill-native-execution-time', { 1: 'filled 1 done filled' }],
    ['place-order-invalid-type-live-error', { 40: 'rejected 0 done rejected' }],
  ])('%s', async (name, expected) => {
    expect((await relive(name)).orders).toEqual(expected);
  });

  it('prices are those of the executions', async () => {
    expect((await relive('api-dollar-cost-averaging-aapl')).prices).toEqual({
      282: '265.18',
      283: '265.15',
      284: '265.12',
      285: '265.05',
    });
  });
});
