// What the client keeps of an order, a call, a stream and a connection, in bytes: it is measured alone, on a peer that keeps nothing.

import { connectBy, type Ib } from '../../src/client/connect.js';
import type { Link, LinkEvents } from '../../src/client/wire/link.js';
import type { Incoming, IncomingKind, MessageInput, OutgoingKind, RequestInput } from '../../src/protocol/registry.js';
import { addressOf } from '../helpers/address-of.js';
import { type HandTimer, handTimer } from '../helpers/hand-timer.js';

/**
 * Most bytes that each may leave for ever. An order stays in the book with what happened to it (12,300 to 13,300 measured, two
 * fills); of the others nothing stays, and the bound is the noise of a collected heap (under 20 measured).
 */
export const heapBounds = { order: 16_000, call: 200, stream: 200, connection: 200 } as const;
export type HeapSubject = keyof typeof heapBounds;

const AAPL = { conId: 265598, symbol: 'AAPL', secType: 'STK', exchange: 'SMART', currency: 'USD' } as const;
const ACCOUNT = 'DU9000001';

interface Peer {
  readonly ib: Ib;
  readonly timer: HandTimer;
  cut(): void;
}

async function openPeer(): Promise<Peer> {
  const timer = handTimer();
  let events: LinkEvents | undefined;
  const say: Say = (kind, message) => {
    const said = { kind, ...message } as Incoming;
    events?.message(said, addressOf(said), 100);
  };
  let count = 0;
  const take = (kind: OutgoingKind, message: object): void => {
    switch (kind) {
      case 'placeOrder':
        fill(say, message as RequestInput<'placeOrder'>, ++count);
        break;
      case 'reqContractDetails': {
        const { reqId } = message as RequestInput<'reqContractDetails'>;
        say('contractDetails', { reqId, contract: AAPL, contractDetails: { minTick: 0.01 } });
        say('contractDetailsEnd', { reqId });
        break;
      }
      case 'reqMktData':
        say('tickPrice', { reqId: (message as RequestInput<'reqMktData'>).reqId, tickType: 1, price: 187.5, size: 1 });
        break;
      case 'reqAllOpenOrders':
        say('openOrderEnd', {});
        break;
      case 'reqExecutions':
        say('execDetailsEnd', { reqId: (message as RequestInput<'reqExecutions'>).reqId });
        break;
      default:
    }
  };
  const open = (_: unknown, its: LinkEvents): Promise<Link> => {
    events = its;
    return Promise.resolve({
      serverVersion: 225,
      connectionTime: '',
      accounts: [ACCOUNT],
      nextValidId: count + 1,
      get isOpen() {
        return events === its;
      },
      unsent: 0,
      trailing: 0,
      send: (kind, message) => void timer.after(0, () => take(kind, message)),
      destroy: cut,
    });
  };
  const cut = (): void => {
    const ending = events;
    events = undefined;
    ending?.ended(undefined);
  };
  const ib = await connectBy(open, {
    port: 1,
    timer,
    random: () => 0.5,
    limits: 'none',
    silence: 0,
    orders: { accounts: 'none' },
  });
  return { ib, timer, cut };
}

type Say = <K extends IncomingKind>(kind: K, message: MessageInput<K>) => void;

/** A whole life of an order: taken, executed in two parts, charged. */
function fill(say: Say, { orderId = 0, contract, order }: RequestInput<'placeOrder'>, count: number): void {
  const permId = `${9_000_000 + count}`;
  const status = (word: string, filled: string, remaining: string): void =>
    say('orderStatus', { orderId, status: word, filled, remaining, avgFillPrice: 187.5, permId, clientId: 1 });
  say('openOrder', {
    orderId,
    contract: { ...AAPL, ...contract },
    order: { ...order, account: ACCOUNT, clientId: 1, permId },
    orderState: { status: 'Submitted' },
  });
  status('Submitted', '0', '100');
  for (const part of [1, 2]) {
    const execId = `0000e0d5.${(2 * count + part).toString(16)}.01.01`;
    const execution = {
      orderId,
      execId,
      time: '20260902 10:00:00 US/Eastern',
      acctNumber: ACCOUNT,
      side: 'BOT',
      shares: '50',
      price: 187.5,
      permId,
      clientId: 1,
    };
    say('execDetails', { reqId: -1, contract: AAPL, execution });
    status(part === 2 ? 'Filled' : 'Submitted', `${50 * part}`, `${100 - 50 * part}`);
    say('commissionAndFeesReport', { execId, commissionAndFees: 1, currency: 'USD' });
  }
}

const subjects: Readonly<Record<HeapSubject, (peer: Peer) => Promise<void>>> = {
  async order({ ib, timer }) {
    const trade = ib.orders.place(AAPL, { action: 'BUY', orderType: 'LMT', lmtPrice: 187.5, totalQuantity: '100' });
    await timer.advance(10);
    if (trade.end?.at !== 'filled') throw new Error(`the order is ${trade.state.at}`);
  },
  async call({ ib, timer }) {
    const asked = ib.contracts.details(AAPL);
    await timer.advance(10);
    await asked;
  },
  async stream({ ib, timer }) {
    const quotes = ib.market.quotes(AAPL);
    await timer.advance(10);
    if (quotes.state.at !== 'live') throw new Error(`the stream is ${quotes.state.at}`);
    quotes.close();
    await timer.advance(10);
  },
  async connection({ ib, timer, cut }) {
    cut();
    await timer.advance(60_000);
    if (ib.state.at !== 'ready') throw new Error('the connection did not come back');
  },
};

/** Bytes that each of `count` leaves on the heap. `collect` collects garbage now (`--expose-gc`); `keep`: a leak that is planted. */
export async function heapPer(
  subject: HeapSubject,
  count: number,
  collect: () => void,
  keep: () => void = () => {},
): Promise<number> {
  const peer = await openPeer();
  const round = async (): Promise<number> => {
    for (let at = 0; at < count; at++) {
      await subjects[subject](peer);
      keep();
    }
    await peer.timer.advance(600_000);
    collect();
    collect();
    return process.memoryUsage().heapUsed;
  };
  await round(); // what is made once, and what is compiled
  const before = await round();
  const after = await round();
  peer.ib.close();
  return (after - before) / count;
}
