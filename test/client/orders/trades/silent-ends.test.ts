// Ends that no status tells: refusals under codes we do not know, cancels without a word, commissions that legs carry.

import { describe, expect, it } from 'vitest';
import { AAPL, ACCOUNT, buy, deskByHand, deskWith, says, until } from './desk.js';

describe('a new order that is answered by an unknown code', () => {
  it('is rejected with that code once whole lists, asked after a pause, do not name it', async () => {
    await using hand = await deskByHand({
      on: { placeOrder: (request, peer) => says(peer).error(19_999, 'Combo prices not liked', request.orderId ?? 0) },
    });
    const trade = hand.desk.ib.orders.place(AAPL, buy());
    await hand.pass(2_500);
    expect(trade.state.at).toBe('unclear');
    await hand.pass(1_000);
    expect(trade.end).toMatchObject({ at: 'rejected', reason: { code: 19_999, text: 'Combo prices not liked', by: 'gateway' } });
  });

  it('stays unclear where it had been acknowledged before', async () => {
    await using hand = await deskByHand({
      on: {
        placeOrder: (request, peer) => {
          says(peer).status('Submitted');
          says(peer).error(19_999, 'Combo prices not liked', request.orderId ?? 0);
        },
      },
    });
    const trade = hand.desk.ib.orders.place(AAPL, buy());
    await hand.pass(4_000);
    expect(trade.notices).toHaveLength(1);
    expect(trade.end).toBeUndefined();
  });

  it('lives where a later list names it', async () => {
    let lists = 0;
    await using hand = await deskByHand({
      on: {
        placeOrder: (request, peer) => says(peer).error(19_999, 'Combo prices not liked', request.orderId ?? 0),
        reqAllOpenOrders: (_, peer) => {
          lists++;
          if (lists > 1) says(peer).open('Submitted');
          peer.send('openOrderEnd', {});
        },
      },
    });
    const trade = hand.desk.ib.orders.place(AAPL, buy());
    await hand.pass(4_000);
    expect(trade.state.at).toBe('working');
    expect(trade.end).toBeUndefined();
  });
});

it.each([176, 226])(
  'a working order with an unknown code is asked about until a list is answered (%i)',
  async (serverVersion) => {
    let lists = 0;
    await using desk = await deskWith({
      serverVersion,
      on: {
        placeOrder: (_, peer) => {
          says(peer).status('Submitted');
          says(peer).error(19_999, 'Not in the mood');
        },
        reqAllOpenOrders: (_, peer) => {
          lists++;
          if (lists < 3) return;
          says(peer).open('Submitted');
          peer.send('openOrderEnd', {});
        },
      },
    });
    const trade = desk.ib.orders.place(AAPL, buy());
    await until(() => lists === 3);
    await until(() => trade.state.at === 'working');
    expect(desk.story.filter((word) => word === 'reconciled notice').length).toBeGreaterThanOrEqual(2);
  },
);

it('an own cancel whose status comes without a word ended by the user', async () => {
  await using desk = await deskWith({
    on: {
      placeOrder: (_, peer) => says(peer).status('Submitted'),
      cancelOrder: (_, peer) => says(peer).status('Cancelled'),
    },
  });
  const trade = desk.ib.orders.place(AAPL, buy());
  await until(() => trade.state.at === 'working');
  await trade.cancel();
  expect(await trade.done).toMatchObject({ at: 'cancelled', reason: { by: 'user', code: undefined, text: '' } });
});

describe('a combination', () => {
  const bag = { conId: 28812380, symbol: 'SPX', secType: 'BAG', exchange: 'SMART', currency: 'USD' } as const;
  const legs = [
    { conId: 11, ratio: 1, action: 'BUY', exchange: 'SMART' },
    { conId: 12, ratio: 1, action: 'SELL', exchange: 'SMART' },
  ];
  const executions = [
    ['bag.01', bag],
    ['legA.01', { ...bag, secType: 'OPT', conId: 11 }],
    ['legB.01', { ...bag, secType: 'OPT', conId: 12 }],
  ] as const;
  const filledOne = (peer: Parameters<typeof says>[0]): void => {
    for (const [execId, contract] of executions)
      peer.send('execDetails', {
        reqId: -1,
        contract,
        execution: {
          orderId: 1,
          execId,
          time: '20260825 14:11:30 US/Eastern',
          acctNumber: ACCOUNT,
          exchange: 'CBOE',
          side: 'BOT',
          shares: '1',
          price: 1.3,
          permId: '9001',
          clientId: 1,
        },
      });
  };

  it('is done when its legs, which carry the commissions, are reported', async () => {
    await using desk = await deskWith({ on: { placeOrder: (_, peer) => says(peer).status('Submitted', '0', '1') } });
    const trade = desk.ib.orders.place({ ...bag, comboLegs: legs }, buy('1', 1.3));
    await until(() => trade.state.at === 'working');
    filledOne(desk.peer);
    says(desk.peer).charge('bag.01', 0);
    await until(() => trade.state.at === 'filled');
    says(desk.peer).charge('legA.01', 1.5);
    await until(() => trade.fills.some(({ commission }) => commission?.amount.eq(1.5) === true));
    expect(trade.end).toBeUndefined();
    says(desk.peer).charge('legB.01', 1.5);
    const end = await trade.done;
    expect(end.isReported).toBe(true);
    expect(end.commissions.get('USD')?.toFixed()).toBe('3');
  });

  it('that never gets a report of its own is done at the deadline, and not called reported', async () => {
    await using desk = await deskWith({ on: { placeOrder: (_, peer) => says(peer).status('Submitted', '0', '1') } });
    const trade = desk.ib.orders.place({ ...bag, comboLegs: legs }, buy('1', 1.3));
    await until(() => trade.state.at === 'working');
    filledOne(desk.peer);
    says(desk.peer).charge('legA.01', 1.5);
    says(desk.peer).charge('legB.01', 1.5);
    const end = await trade.done;
    expect(end.isReported).toBe(false);
    expect(end.commissions.get('USD')?.toFixed()).toBe('3');
  });
});
