// Orders and cancels of which the gateway says nothing: its lists decide.

import { describe, expect, it } from 'vitest';
import { bracket } from '../../../../src/client/orders/builders/bracket.js';
import { AAPL, buy, deskByHand, deskWith, hasty, placedBy, quietGateway, says, until } from '../trades/desk.js';

const soon = { orders: { patience: { ...hasty.patience, silence: 40 } } };

describe('a new order that nobody acknowledges on a living link', () => {
  it('is asked about within the time for the first word, and lives where a list names it', async () => {
    await using desk = await deskWith(
      {
        on: {
          reqAllOpenOrders: (_, peer) => {
            says(peer).open('Submitted');
            peer.send('openOrderEnd', {});
          },
        },
      },
      soon,
    );
    const trade = desk.ib.orders.place(AAPL, buy());
    await until(() => trade.state.at === 'working');
    expect(desk.story).toContain('reconciled silence');
  });

  it('is unclear once whole lists that are younger than it do not name it, and is asked about again', async () => {
    await using hand = await deskByHand({}, soon.orders);
    const { desk } = hand;
    const trade = desk.ib.orders.place(AAPL, buy());
    await hand.pass(8_000);
    expect(trade.state).toEqual({ at: 'unclear', why: 'vanished' });
    expect(desk.story.filter((word) => word === 'reconciled silence').length).toBeGreaterThan(1);
    expect(trade.end).toBeUndefined();
  });

  it('is not asked about when a status or a permId has come in time', async () => {
    await using hand = await deskByHand({ on: { placeOrder: (_, peer) => says(peer).status('PreSubmitted') } }, soon.orders);
    hand.desk.ib.orders.place(AAPL, buy());
    await hand.pass(150);
    expect(hand.desk.story).not.toContain('reconciled silence');
  });

  it('is not asked about while it is staged: no list names such an order', async () => {
    await using hand = await deskByHand({}, soon.orders);
    hand.desk.ib.orders.place(AAPL, { ...buy(), transmit: false });
    await hand.pass(150);
    expect(hand.desk.story).not.toContain('reconciled silence');
  });

  it('answered by 320, with a second 320 under a conId, it is rejected with 320 once no list names it', async () => {
    await using hand = await deskByHand({
      on: {
        placeOrder: ({ orderId = 0 }, peer) => {
          says(peer).error(320, 'Erreur de lecture', orderId);
          says(peer).error(320, 'Erreur de lecture', AAPL.conId);
        },
      },
    });
    const trade = hand.desk.ib.orders.place(AAPL, buy());
    await hand.pass(4_000);
    expect(trade.end).toMatchObject({ at: 'rejected', reason: { code: 320 } });
    expect(trade.notices.filter(({ code }) => code === 320)).toHaveLength(1);
  });
});

describe('a staged order', () => {
  const staged = { ...buy(), transmit: false };

  it('that the list of a new connection does not name has ended, with its reason, and counts no more', async () => {
    await using desk = await deskWith();
    const trade = desk.ib.orders.place(AAPL, staged);
    await until(() => placedBy(desk.gateway).length === 1);
    desk.peer.cut();
    const end = await trade.done;
    expect(end).toMatchObject({ at: 'cancelled', reason: { by: 'gateway', text: expect.stringContaining('never transmitted') } });
    expect(desk.ib.orders.book.live).toEqual([]);
  });

  it('that is cancelled is answered by 202 and 161 without a status: the user has ended it, and nothing is asked', async () => {
    await using desk = await deskWith({
      on: {
        cancelOrder: (_, peer) => {
          says(peer).error(202, 'Order Canceled - reason:Order was discarded.');
          says(peer).error(161, 'Cancel attempted when order is not in a cancellable state.  Order permId =9001');
        },
      },
    });
    const trade = desk.ib.orders.place(AAPL, staged);
    await until(() => placedBy(desk.gateway).length === 1);
    expect(await trade.cancel()).toEqual({ at: 'cancelled' });
    expect(await trade.done).toMatchObject({ at: 'cancelled', reason: { by: 'user', code: 202 } });
    await until(() => trade.notices.length === 2);
    expect(desk.story.some((word) => word.startsWith('reconciled'))).toBe(false);
  });

  it('lives on while the connection lives, whatever the lists say', async () => {
    await using desk = await deskWith();
    const trade = desk.ib.orders.place(AAPL, staged);
    await until(() => placedBy(desk.gateway).length === 1);
    await desk.ib.orders.book.reconcile();
    expect(trade.state.at).toBe('sent');
  });

  it('whose family was transmitted is not taken for staged: without an answer it stays unclear', async () => {
    await using desk = await deskWith({
      onStart: (peer) => {
        peer.send('managedAccounts', { accountsList: 'DU9000001' });
        peer.send('nextValidId', { orderId: peer.number === 1 ? 1 : 4 });
      },
    });
    const trades = desk.ib.orders.placeGroup(AAPL, bracket(buy('1', 100), { takeProfit: 110, stopLoss: 90 }));
    await until(() => placedBy(desk.gateway).length === 3);
    desk.peer.cut();
    await until(() => desk.story.includes('reconciled connected'));
    expect(trades.map(({ state }) => state.at)).toEqual(['unclear', 'unclear', 'unclear']);
  });
});

describe('what is known by old executions alone', () => {
  it('is not live: no list names it', async () => {
    await using desk = await deskWith({
      on: {
        reqExecutions: ({ reqId = 0 }, peer) => {
          says(peer, { orderId: 77, permId: '777', clientId: 4 }).exec('old.01', '5', 100, reqId);
          peer.send('execDetailsEnd', { reqId });
        },
      },
    });
    const report = await desk.ib.orders.book.reconcile();
    expect(report.found).toHaveLength(1);
    expect(desk.ib.orders.book.live).toEqual([]);
    expect((await desk.ib.orders.book.reconcile()).vanished).toEqual([]);
  });

  it('is live from the first word that it works', async () => {
    await using desk = await deskWith();
    says(desk.peer, { orderId: 77, permId: '777', clientId: 4 }).exec('new.01', '5');
    await until(() => desk.ib.orders.book.trades.length === 1);
    expect(desk.ib.orders.book.live).toEqual([]);
    says(desk.peer, { orderId: 77, permId: '777', clientId: 4 }).open('Submitted');
    await until(() => desk.ib.orders.book.live.length === 1);
  });
});

describe('a cancel that the venue refuses and tells nobody', () => {
  const working = (status: string) => ({
    placeOrder: (_: unknown, peer: Parameters<typeof says>[0]) => says(peer).status('Submitted'),
    reqAllOpenOrders: (_: unknown, peer: Parameters<typeof says>[0]) => {
      says(peer).open(status);
      peer.send('openOrderEnd', {});
    },
  });

  it('is found by its time limit: open orders call it working, so it works and can be changed again', async () => {
    await using hand = await deskByHand({ on: working('Submitted') });
    const trade = hand.desk.ib.orders.place(AAPL, buy());
    await until(() => trade.state.at === 'working');
    const cancelled = expect(trade.cancel({ timeout: 3_100 })).rejects.toThrow('cancelOrder');
    await hand.pass(4_000);
    await cancelled;
    expect([trade.state.at, trade.asked]).toEqual(['working', 'place']);
  });

  it('one that is only slow stays being cancelled: open orders say PendingCancel', async () => {
    await using hand = await deskByHand({ on: { ...quietGateway, ...working('PendingCancel') } });
    const trade = hand.desk.ib.orders.place(AAPL, buy());
    await until(() => trade.state.at === 'working');
    const cancelled = expect(trade.cancel({ timeout: 3_100 })).rejects.toThrow('cancelOrder');
    await hand.pass(4_000);
    await cancelled;
    expect(trade.state.at).toBe('cancelling');
  });

  it('one that ended behind the list that calls it working has ended, by its user', async () => {
    await using hand = await deskByHand({
      on: {
        ...working('Submitted'),
        reqAllOpenOrders: (request, peer) => {
          working('Submitted').reqAllOpenOrders(request, peer);
          says(peer).status('Cancelled');
        },
      },
    });
    const trade = hand.desk.ib.orders.place(AAPL, buy());
    await until(() => trade.state.at === 'working');
    const cancelled = expect(trade.cancel({ timeout: 3_100 })).rejects.toThrow('cancelOrder');
    await hand.pass(4_000);
    await cancelled;
    expect(await trade.done).toMatchObject({ at: 'cancelled', reason: { by: 'user' } });
    expect(trade.record.isCancelAsked).toBe(true);
  });
});

describe('201 on an order that works', () => {
  it('was a refused change that had timed out, when a list names the order with its old terms: it lives', async () => {
    let placed = 0;
    await using byHand = await deskByHand({
      on: {
        placeOrder: (_, peer) => {
          if (placed++ === 0) says(peer).open('Submitted');
        },
        reqAllOpenOrders: (_, peer) => {
          says(peer).open('Submitted');
          peer.send('openOrderEnd', {});
        },
      },
    });
    const { desk, pass } = byHand;
    const trade = desk.ib.orders.place(AAPL, buy());
    await pass(500);
    expect(trade.state.at).toBe('working');
    const change = expect(trade.modify({ lmtPrice: 180 }, { timeout: 50 })).rejects.toThrow(/modify|placeOrder/);
    await pass(500);
    await change;
    says(desk.peer).error(201, 'Order rejected - reason:The change came too late.');
    await pass(60_000);
    expect(trade.notices).toHaveLength(1);
    expect(trade.state.at).toBe('working');
    expect(trade.end).toBeUndefined();
    expect(trade.reported?.lmtPrice).toBe(187.5);
  });
});
