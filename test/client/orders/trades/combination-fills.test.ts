// Fills of a combination and of its legs, in every order in which gateways tell them, with and without its openOrder.

import { describe, expect, it } from 'vitest';
import type { Peer } from '../../../helpers/scripted-gateway.js';
import { buy, deskWith, says, until } from './desk.js';

const bag = { conId: 28_812_380, symbol: 'SPX', secType: 'BAG', exchange: 'SMART', currency: 'USD' } as const;
const comboLegs = [
  { conId: 11, ratio: 1, action: 'BUY', exchange: 'SMART' },
  { conId: 12, ratio: 1, action: 'SELL', exchange: 'SMART' },
];
/** Two fills of the whole (W) and of its legs (A, B): what, side, price. */
const FILLS = {
  W1: [bag, 'BOT', -1.3],
  A1: [{ ...bag, secType: 'OPT', conId: 11 }, 'BOT', 2],
  B1: [{ ...bag, secType: 'OPT', conId: 12 }, 'SLD', 3.3],
  W2: [bag, 'BOT', -1.2],
  A2: [{ ...bag, secType: 'OPT', conId: 11 }, 'BOT', 2],
  B2: [{ ...bag, secType: 'OPT', conId: 12 }, 'SLD', 3.2],
} as const;
type Name = keyof typeof FILLS;

/** `W1` is told, `$W1` is charged. */
function tell(peer: Peer, words: string, more: object = {}, reqId = -1): void {
  for (const word of words.split(' ')) {
    const name = word.replace('$', '') as Name;
    if (word !== name) says(peer).charge(`${name}.01`, name.startsWith('W') ? 0 : 1.5);
    else {
      const [contract, side, price] = FILLS[name];
      const of = { orderId: 1, execId: `${name}.01`, permId: '9001', clientId: 1, acctNumber: 'DU9000001', exchange: 'CBOE' };
      const time = '20260825 14:11:30 US/Eastern';
      peer.send('execDetails', { reqId, contract, execution: { ...of, time, side, shares: '1', price, ...more } });
    }
  }
}

const ORDERS = [
  ['the whole first', 'W1 A1 B1 W2 A2 B2 $W1 $W2 $A1 $B1 $A2 $B2'],
  ['the legs first', 'A1 B1 A2 B2 W1 W2 $A1 $B1 $W1 $A2 $B2 $W2'],
  ['its reports before their executions', '$W1 $W2 $A1 $B1 $A2 $B2 W1 A1 B1 W2 A2 B2'],
  ['the last legs when the whole has been charged', 'W1 A1 B1 $W1 $A1 $B1 W2 $W2 A2 B2 $A2 $B2'],
] as const;

describe.each([176, 226])('at server version %i', (serverVersion) => {
  it.each(ORDERS)('an own one that fills twice before its openOrder, %s: six commissions', async (_, words) => {
    await using desk = await deskWith({ serverVersion, on: { placeOrder: (__, peer) => tell(peer, words) } });
    const end = await desk.ib.orders.place({ ...bag, conId: 0, comboLegs }, buy('2', -1.2)).done;
    expect([end.at, end.filled.toFixed(), end.averagePrice?.toFixed()]).toEqual(['filled', '2', '-1.25']);
    expect([end.commissions.get('USD')?.toFixed(), end.isReported]).toEqual(['6', true]);
  });

  it.each(ORDERS)('one that only old executions tell of, %s: two of it, not six', async (_, words) => {
    const of = { orderId: 77, permId: '777', clientId: 4 };
    await using desk = await deskWith({
      serverVersion,
      on: {
        reqExecutions: ({ reqId = 0 }, peer) => {
          tell(peer, words, of, reqId);
          peer.send('execDetailsEnd', { reqId });
        },
      },
    });
    await desk.ib.orders.book.reconcile();
    const [trade] = desk.ib.orders.book.trades;
    expect([trade?.filledQuantity.toFixed(), trade?.averagePrice?.toFixed(), trade?.contract?.secType]).toEqual([
      '2',
      '-1.25',
      'BAG',
    ]);
  });
});

it.each([
  ['an execution of a leg never comes', 'W1 A1 B1 W2 A2 $W1 $W2 $A1 $B1 $A2', '4.5'],
  ['a report of a leg never comes', 'W1 A1 B1 W2 A2 B2 $W1 $W2 $A1 $B1 $A2', '4.5'],
])('done settles at its deadline and is not called reported where %s', async (_, words, commission) => {
  await using desk = await deskWith({ on: { placeOrder: (__, peer) => tell(peer, words) } });
  const end = await desk.ib.orders.place({ ...bag, conId: 0, comboLegs }, buy('2', -1.2)).done;
  expect([end.at, end.isReported, end.commissions.get('USD')?.toFixed()]).toEqual(['filled', false, commission]);
});

it('a leg in the ratio of two has two of it for each of the whole', async () => {
  const ratio = comboLegs.map((leg) => (leg.conId === 11 ? { ...leg, ratio: 2 } : leg));
  await using desk = await deskWith({ on: { placeOrder: (_, peer) => tell(peer, 'W1 A1 B1 $W1 $A1 $B1') } });
  const trade = desk.ib.orders.place({ ...bag, conId: 0, comboLegs: ratio }, buy('1', -1.3));
  await until(() => trade.state.at === 'filled');
  tell(desk.peer, 'A2 $A2');
  expect(await trade.done).toMatchObject({ at: 'filled', isReported: true });
});
