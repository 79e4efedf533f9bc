// Situations of orders from public reports that were right when they were tried: what the gateway sends, what comes of it.

import { describe, expect, it } from 'vitest';
import { parseInstant } from '../../../src/client/time/parse.js';
import { TimeoutError } from '../../../src/client/wire/errors.js';
import { AAPL, buy, deskWith, placedBy, says, until } from '../orders/trades/desk.js';

describe('an order that is refused', () => {
  it('PreSubmitted, 201, then openOrder and orderStatus Inactive: rejected with 201, once, and not reopened', async () => {
    await using desk = await deskWith({
      on: {
        placeOrder(_, peer) {
          const order = says(peer);
          order.open('PreSubmitted');
          order.status('PreSubmitted');
          order.error(201, 'Order rejected - reason:Margin');
          order.open('Inactive');
          order.status('Inactive');
          order.error(399, 'afterwards', 2);
        },
      },
    });
    const notices: number[] = [];
    desk.ib.on('notice', ({ code }) => notices.push(code));
    const end = await desk.ib.orders.place(AAPL, buy()).done;
    expect([end.at, end.reason?.code]).toEqual(['rejected', 201]);
    await until(() => notices.includes(399));
    expect(desk.story.filter((word) => word.startsWith('end'))).toEqual(['end rejected']);
    expect(desk.story).not.toContain('reopened');
  });

  it('Inactive first and 201 afterwards: inactive, then rejected with 201', async () => {
    await using desk = await deskWith({
      on: {
        placeOrder(_, peer) {
          says(peer).open('Inactive');
          says(peer).status('Inactive');
        },
      },
    });
    const trade = desk.ib.orders.place(AAPL, buy());
    await until(() => trade.state.at === 'inactive');
    says(desk.peer).error(201, 'Order rejected - reason:too late');
    expect(await trade.done).toMatchObject({ at: 'rejected', reason: { code: 201 } });
  });

  it.each([
    [200, 'No security definition has been found for the request<br>ambiguous <b>contract</b>'],
    [201, 'Order rejected - reason:The exchange is closed.'],
    [321, 'Error validating request.-cause - Missing order exchange'],
    [412, 'The contract is not available for trading'],
    [436, 'You must specify an allocation.'],
    [460, 'No trading permissions.'],
    [10289, 'You must set Cash Quantity for this order'],
    [10293, 'Order Size cannot be specified with Cash Quantity'],
  ])('a new order answered by %i "%s" is rejected at once with that code', async (code, text) => {
    await using desk = await deskWith({ on: { placeOrder: (_, peer) => says(peer).error(code, text) } });
    expect(await desk.ib.orders.place(AAPL, buy()).done).toMatchObject({ at: 'rejected', reason: { code } });
  });

  it.each([
    ['Chinese', '订单被拒绝 - 原因：该订单不支持 eTradeOnly'],
    ['German', 'Für die Anfrage wurde keine Wertpapierdefinition gefunden'],
  ])('by a TWS in %s it is rejected by the code, and the words are kept', async (_, text) => {
    await using desk = await deskWith({ on: { placeOrder: (__, peer) => says(peer).error(10268, text) } });
    expect(await desk.ib.orders.place(AAPL, buy()).done).toMatchObject({ at: 'rejected', reason: { code: 10268, text } });
  });
});

describe('an order that lives', () => {
  it('404 while shares are located, PreSubmitted with whyHeld, Submitted: alive all the while, then filled', async () => {
    await using desk = await deskWith({
      on: {
        placeOrder(_, peer) {
          const order = says(peer);
          order.error(404, 'Order held while securities are located.');
          order.open('PreSubmitted');
          peer.send('orderStatus', { orderId: 1, status: 'PreSubmitted', filled: '0', remaining: '100', whyHeld: 'locate' });
        },
      },
    });
    const trade = desk.ib.orders.place(AAPL, buy());
    await until(() => trade.statuses.some(({ whyHeld }) => whyHeld === 'locate'));
    expect(trade.end).toBeUndefined();
    const order = says(desk.peer);
    order.status('Submitted');
    order.exec('a.1.01', '100');
    order.charge('a.1.01', 1);
    expect((await trade.done).at).toBe('filled');
  });

  it('an openOrder and a status that say 0 filled after a partial fill: 37 of 100 stay filled', async () => {
    await using desk = await deskWith({
      on: {
        placeOrder(_, peer) {
          const order = says(peer);
          order.open('Submitted');
          order.exec('a.1.01', '37');
          order.status('Submitted', '37', '63');
          order.open('Submitted');
          order.status('Submitted', '0', '100');
        },
      },
    });
    const trade = desk.ib.orders.place(AAPL, buy());
    await until(() => trade.statuses.length >= 3);
    expect(trade.filledQuantity.toFixed()).toBe('37');
    expect(trade.end).toBeUndefined();
  });

  it('a change in the session that placed it, after an echo with fields of the gateway: only the price differs', async () => {
    await using desk = await deskWith({
      on: {
        placeOrder(_, peer) {
          const foreign = { volatilityType: 0, trailStopPrice: 188.5, displaySize: 2_147_483_647, adjustedOrderType: 'None' };
          says(peer).open('Submitted', foreign);
          says(peer).status('Submitted');
        },
      },
    });
    const trade = desk.ib.orders.place(AAPL, buy());
    await until(() => trade.state.at === 'working');
    trade.modify({ lmtPrice: 187 }).catch(() => {});
    await until(() => placedBy(desk.gateway).length === 2);
    const [first, second] = placedBy(desk.gateway);
    expect(second?.order).toEqual({ ...first?.order, lmtPrice: 187 });
    // Told by then, so it goes by its conId.
    expect(second?.contract).toMatchObject({ conId: AAPL.conId, exchange: 'SMART' });
  });
});

describe('a cancel', () => {
  it('PendingCancel, Filled, the execution, then 10148: the cancel says that the order was filled', async () => {
    await using desk = await deskWith({
      on: {
        placeOrder(_, peer) {
          says(peer).open('Submitted');
          says(peer).status('Submitted');
        },
        cancelOrder(_, peer) {
          const order = says(peer);
          order.status('PendingCancel');
          order.status('Filled', '100', '0');
          order.exec('a.1.01', '100');
          order.charge('a.1.01', 1);
          order.error(10148, 'OrderId 1 that needs to be cancelled cannot be cancelled, state: Filled.');
        },
      },
    });
    const trade = desk.ib.orders.place(AAPL, buy());
    await until(() => trade.state.at === 'working');
    expect(await trade.cancel()).toMatchObject({ at: 'filled' });
    expect((await trade.done).at).toBe('filled');
  });

  it('without an answer, and 202 long after: a timeout, still cancelling, then cancelled by the user', async () => {
    await using desk = await deskWith({
      on: {
        placeOrder(_, peer) {
          says(peer).open('Submitted');
          says(peer).status('Submitted');
        },
      },
    });
    const trade = desk.ib.orders.place(AAPL, buy());
    await until(() => trade.state.at === 'working');
    await expect(trade.cancel({ timeout: 20 })).rejects.toBeInstanceOf(TimeoutError);
    expect(trade.state.at).toBe('cancelling');
    says(desk.peer).error(202, 'Order Canceled - reason:');
    says(desk.peer).status('Cancelled', '0', '100');
    expect(await trade.done).toMatchObject({ at: 'cancelled', reason: { by: 'user' } });
  });
});

describe('orders of a session before', () => {
  it('an execution that comes although nobody asked for orders: found, filled, and a commission without P&L', async () => {
    await using desk = await deskWith();
    const order = says(desk.peer, { orderId: 71, permId: '4711' });
    order.exec('z.1.01', '100');
    order.charge('z.1.01', 1, 1.7976931348623157e308);
    await until(() => desk.ib.orders.book.get(71)?.commissions.size === 1);
    const trade = desk.ib.orders.book.get(71);
    expect(trade?.filledQuantity.toFixed()).toBe('100');
    expect(trade?.commissions.get('USD')?.toFixed()).toBe('1');
    expect(trade?.fills[0]?.commission?.realizedPnl).toBeUndefined();
  });

  it.each(['PendingCancel', 'ApiPending', 'Submitted', 'AwaitingMoonrise'])(
    'orderStatus %s without any openOrder: found, and counted as live',
    async (status) => {
      await using desk = await deskWith();
      says(desk.peer, { orderId: 81, permId: '5511' }).status(status, '0', '100', 81);
      await until(() => desk.ib.orders.book.get(81) !== undefined);
      expect(desk.ib.orders.book.live.map(({ orderId }) => orderId)).toContain(81);
    },
  );

  it('orderStatus ApiCancelled without any openOrder: not live', async () => {
    await using desk = await deskWith();
    says(desk.peer, { orderId: 81, permId: '5511' }).status('ApiCancelled', '0', '100', 81);
    says(desk.peer, { orderId: 82, permId: '5512' }).status('Submitted', '0', '100', 82);
    await until(() => desk.ib.orders.book.get(82) !== undefined);
    expect(desk.ib.orders.book.live.map(({ orderId }) => orderId)).toEqual([82]);
  });
});

it.each([
  '20250225-15:15:00',
  '20250225 15:15:00 Universal',
  '20250225  15:15:00 UTC',
  '20250225 10:15:00 EST',
  '20250226 00:15:00 Asia/Tokyo',
  '20250225 10:15:00 Eastern Standard Time',
])('the time of an execution %j is one instant', (text) =>
  expect(new Date(parseInstant(text) ?? 0).toISOString()).toBe('2025-02-25T15:15:00.000Z'),
);
