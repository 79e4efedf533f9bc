// One order against a scripted gateway: its states, its fills, its end.

import Big from 'big.js';
import { describe, expect, it } from 'vitest';
import { AAPL, ACCOUNT, buy, deskByHand, deskWith, hasty, says, until } from './desk.js';

describe('an order that fills', () => {
  it('is registered before its bytes leave, and knows quantity, price, commission and end', async () => {
    await using desk = await deskWith({
      nextValidId: 7,
      on: {
        placeOrder: (request, peer) => {
          const order = says(peer, { orderId: request.orderId ?? 0 });
          order.open('Submitted');
          order.status('Submitted');
          order.exec('a.1.01', '40', 187.4);
          order.status('Submitted', '40', '60');
          order.exec('b.1.01', '60', 187.5);
          order.open('Filled');
          order.status('Filled', '100', '0');
          order.charge('a.1.01', 0.4);
          order.charge('b.1.01', 0.6, -2.5);
        },
      },
    });
    const trade = desk.ib.orders.place(AAPL, buy());
    expect(trade.orderId).toBe(7);
    expect(trade.state.at).toBe('sent');
    expect(trade.account).toBe(ACCOUNT);
    expect(desk.ib.orders.book.get(7)).toBe(trade);
    const end = await trade.done;
    expect(end.at).toBe('filled');
    expect(end.filled.eq(100)).toBe(true);
    expect(end.averagePrice?.eq('187.46')).toBe(true);
    expect(end.commissions.get('USD')?.eq(1)).toBe(true);
    expect(end.realizedPnl.get('USD')?.eq('-2.5')).toBe(true);
    expect(end.isReported).toBe(true);
    expect(end.remaining?.eq(0)).toBe(true);
    expect((await trade.filled).at).toBe('filled');
    expect(trade.permId).toBe('9001');
    const expected =
      'state sent|report|status Submitted|state working|status Submitted|fill 40|status Submitted|fill 60|state filled';
    expect(desk.story.join('|')).toBe(`${expected}|report|status Filled|status Filled|commission|commission|end filled`);
  });

  it('is seen by its executions when Filled never comes', async () => {
    await using desk = await deskWith({
      on: {
        placeOrder: (_, peer) => {
          says(peer).exec('a.1.01', '100');
          says(peer).charge('a.1.01', 1);
        },
      },
    });
    const end = await desk.ib.orders.place(AAPL, { action: 'BUY', orderType: 'MKT', totalQuantity: '100' }).done;
    expect(end.at).toBe('filled');
  });

  it('is not filled by the word Filled: only executions move the quantity', async () => {
    await using desk = await deskWith({
      on: {
        placeOrder: (_, peer) => {
          says(peer).open('Filled');
          says(peer).status('Filled', '100', '0');
        },
      },
    });
    const trade = desk.ib.orders.place(AAPL, buy());
    await until(() => trade.statuses.length > 1);
    expect(trade.filledQuantity.eq(0)).toBe(true);
    expect(trade.state).toEqual({ at: 'unclear', why: 'fillsMissing' });
    await until(() => desk.gateway.received.some(({ kind }) => kind === 'reqExecutions'));
    says(desk.peer).exec('a.1.01', '100', 10);
    expect((await trade.done).averagePrice?.eq(10)).toBe(true);
  });

  it('settles without commissions that do not come in time, and says so', async () => {
    await using desk = await deskWith({ on: { placeOrder: (_, peer) => says(peer).exec('a.1.01', '100') } });
    const trade = desk.ib.orders.place(AAPL, buy());
    expect((await trade.filled).isReported).toBe(false);
    expect((await trade.done).isReported).toBe(false);
    says(desk.peer).charge('a.1.01', 1);
    await until(() => trade.commissions.size > 0);
    expect(trade.end?.isReported).toBe(false);
  });

  it('takes reports that come before their execution, corrections by stem and duplicates not at all', async () => {
    await using desk = await deskWith({
      on: {
        placeOrder: (_, peer) => {
          const order = says(peer);
          order.charge('a.1.01', 0.9);
          order.exec('a.1.01', '50', 10);
          order.exec('a.1.01', '50', 10);
          order.exec('a.1.02', '40', 11);
          order.exec('a.1.01', '50', 10);
          order.charge('a.1.02', 0.7);
          order.charge('a.1.01', 0.9);
          order.status('Submitted', '40', '60');
        },
      },
    });
    const trade = desk.ib.orders.place(AAPL, buy());
    await until(() => trade.statuses.length > 0);
    expect(trade.filledQuantity.toFixed()).toBe('40');
    expect(trade.averagePrice?.toFixed()).toBe('11');
    expect(trade.fills).toHaveLength(1);
    expect(trade.fills[0]?.corrections).toBe(1);
    expect(trade.commissions.get('USD')?.toFixed()).toBe('0.7');
    expect(trade.state.at).toBe('working');
  });

  it('adds fractions exactly', async () => {
    await using desk = await deskWith({
      on: {
        placeOrder: (_, peer) => {
          says(peer).exec('a.1.01', '0.1', 0.1);
          says(peer).exec('b.1.01', '0.2', 0.1);
        },
      },
    });
    const trade = desk.ib.orders.place(AAPL, buy('0.3', 0.1));
    const end = await trade.filled;
    expect(end.filled.eq(new Big('0.3'))).toBe(true);
  });
});

describe('an order that ends otherwise', () => {
  it('is cancelled by its user: status, then 202', async () => {
    await using desk = await deskWith({
      on: {
        placeOrder: (_, peer) => says(peer).status('Submitted'),
        cancelOrder: (_, peer) => {
          says(peer).status('PendingCancel');
          says(peer).status('Cancelled');
          says(peer).error(202, 'Order Canceled - reason:');
        },
      },
    });
    const trade = desk.ib.orders.place(AAPL, buy());
    await until(() => trade.state.at === 'working');
    expect(await trade.cancel()).toEqual({ at: 'cancelled' });
    const end = await trade.done;
    expect(end.at).toBe('cancelled');
    await expect(trade.filled).rejects.toMatchObject({ code: 'NOT_FILLED' });
    expect(end.filled.eq(0)).toBe(true);
  });

  it('fills while the cancel is on its way', async () => {
    await using desk = await deskWith({
      on: {
        placeOrder: (_, peer) => says(peer).status('Submitted'),
        cancelOrder: (_, peer) => {
          says(peer).exec('a.1.01', '100');
          says(peer).error(10148, 'OrderId 1 that needs to be cancelled cannot be cancelled, state: Filled.');
        },
      },
    });
    const trade = desk.ib.orders.place(AAPL, buy());
    await until(() => trade.state.at === 'working');
    expect(await trade.cancel()).toEqual({ at: 'filled' });
  });

  it('is partly filled while the cancel is on its way: the fill before the end, or after it', async () => {
    await using desk = await deskWith({
      on: {
        placeOrder: (_, peer) => says(peer).status('Submitted'),
        cancelOrder: (_, peer) => {
          says(peer).status('Cancelled', '30', '70');
          says(peer).error(202, 'Order Canceled - reason:');
          setTimeout(() => says(peer).exec('a.1.01', '30'), 5);
        },
      },
    });
    const trade = desk.ib.orders.place(AAPL, buy());
    await until(() => trade.state.at === 'working');
    expect(await trade.cancel()).toEqual({ at: 'cancelled' });
    const end = await trade.done;
    expect(end.filled.toFixed()).toBe('30');
    expect(end.remaining?.toFixed()).toBe('70');
  });

  it('tells of an execution that comes after the end', async () => {
    await using desk = await deskWith({
      on: {
        placeOrder: (_, peer) => {
          says(peer).status('Submitted');
          says(peer).status('Cancelled');
          says(peer).error(202, 'Order Canceled - reason:');
        },
      },
    });
    const trade = desk.ib.orders.place(AAPL, buy());
    expect((await trade.done).filled.eq(0)).toBe(true);
    says(desk.peer).exec('a.1.01', '100');
    await until(() => desk.story.includes('reopened'));
    expect(trade.state.at).toBe('filled');
    expect(trade.end?.at).toBe('cancelled');
    expect(desk.story.slice(-3)).toEqual(['fill 100', 'state filled', 'reopened']);
  });

  it('is rejected with the reason, account numbers hidden', async () => {
    await using desk = await deskWith({
      on: { placeOrder: (_, peer) => says(peer).error(201, 'Order rejected - reason:No trading permissions for DU9000001.') },
    });
    const end = await desk.ib.orders.place(AAPL, buy()).done;
    expect(end.at).toBe('rejected');
    expect(end.reason).toMatchObject({
      code: 201,
      by: 'gateway',
      text: 'Order rejected - reason:No trading permissions for DU….',
    });
  });

  it('waits for the reason of a Cancelled nobody asked for', async () => {
    await using desk = await deskWith(
      { on: { placeOrder: (_, peer) => says(peer).status('Cancelled') } },
      { orders: { patience: { ...hasty.patience, reason: 5_000 } } },
    );
    const trade = desk.ib.orders.place(AAPL, buy());
    await until(() => trade.statuses.length > 0);
    const [peer] = desk.gateway.peers;
    if (peer !== undefined) says(peer).error(202, 'Order Canceled - reason:Vwap: start time is after close time');
    const end = await trade.done;
    expect(end.reason).toMatchObject({ code: 202, by: 'gateway', text: 'Vwap: start time is after close time' });
  });

  it('may be Inactive and come back: that is no end', async () => {
    await using desk = await deskWith({
      on: {
        placeOrder: (_, peer) => {
          says(peer).status('Inactive');
          setTimeout(() => {
            says(peer).status('Submitted');
            says(peer).exec('a.1.01', '100');
          }, 40);
        },
      },
    });
    const trade = desk.ib.orders.place(AAPL, buy());
    await until(() => trade.state.at === 'inactive');
    expect(trade.end).toBeUndefined();
    expect((await trade.done).at).toBe('filled');
  });

  it('lives on after codes that only tell: 399, 10349, 2109, 481', async () => {
    await using byHand = await deskByHand({
      on: {
        placeOrder: (_, peer) => {
          const order = says(peer);
          order.error(
            399,
            'Order Message:\nBUY 1 AAPL NASDAQ.NMS\nWarning: Your order will not be placed at the exchange until 2026-08-25.',
          );
          order.status('PreSubmitted');
          order.error(10349, 'Order TIF was set to DAY based on order preset.');
          order.error(2109, 'Order Event Warning: Attribute ignored');
          order.error(481, 'Order size was reduced');
        },
      },
    });
    const { desk, pass } = byHand;
    const trade = desk.ib.orders.place(AAPL, buy());
    await pass(20_000);
    expect(trade.notices).toHaveLength(4);
    expect(trade.state.at).toBe('accepted');
    expect(desk.gateway.received.map(({ kind }) => kind)).not.toContain('reqExecutions');
  });

  it('is asked about after a code nobody knows, and works on', async () => {
    await using desk = await deskWith({
      on: {
        placeOrder: (_, peer) => {
          says(peer).status('Submitted');
          says(peer).error(10999, 'Something new');
        },
        reqAllOpenOrders: (_, peer) => {
          says(peer).open('Submitted');
          says(peer).status('Submitted');
          peer.send('openOrderEnd', {});
        },
      },
    });
    const trade = desk.ib.orders.place(AAPL, buy());
    await until(() => desk.story.includes('reconciled notice'));
    expect(desk.story).toContain('notice 10999 orderUnclear');
    expect(desk.story).toContain('state unclear');
    expect(trade.state.at).toBe('working');
    expect(trade.end).toBeUndefined();
  });
});

describe('alarms', () => {
  it('a second permId', async () => {
    await using desk = await deskWith({
      on: {
        placeOrder: (_, peer) => {
          says(peer).status('Submitted');
          says(peer, { permId: '9002' }).status('Submitted');
        },
      },
    });
    const trade = desk.ib.orders.place(AAPL, buy());
    await until(() => desk.story.includes('alarm secondPermId'));
    expect([...trade.permIds]).toEqual(['9001', '9002']);
  });

  it('an execution under another order id goes to the order of its permId', async () => {
    await using desk = await deskWith({
      on: {
        placeOrder: (_, peer) => {
          says(peer).status('Submitted');
          says(peer).exec('a.1.01', '100', 10, -1, { orderId: 77 });
        },
      },
    });
    const end = await desk.ib.orders.place(AAPL, buy()).filled;
    expect(end.filled.toFixed()).toBe('100');
    expect(desk.story).toContain('alarm otherOrderId');
  });

  it('more executed than ordered', async () => {
    await using desk = await deskWith({
      on: {
        placeOrder: (_, peer) => {
          says(peer).exec('a.1.01', '100');
          says(peer).exec('b.1.01', '1');
        },
      },
    });
    desk.ib.orders.place(AAPL, buy());
    await until(() => desk.story.includes('alarm overfilled'));
  });
});
