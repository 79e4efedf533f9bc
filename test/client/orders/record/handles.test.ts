import { describe, expect, it } from 'vitest';
import { publicMembers } from '../../../helpers/public-members.js';
import { AAPL, buy, deskWith, says } from '../trades/desk.js';

describe('a trade only reads', () => {
  it('has getters, promises and verbs, and nothing that can be assigned or that writes', async () => {
    await using desk = await deskWith();
    const trade = desk.ib.orders.place(AAPL, buy());
    expect(publicMembers(trade)).toStrictEqual(
      [
        ...[
          'accepted',
          'account',
          'asked',
          'averagePrice',
          'cancel',
          'clientId',
          'commissions',
          'contract',
          'done',
          'draft',
          'end',
        ],
        ...['events', 'filled', 'filledQuantity', 'fills', 'heardAt', 'isBehind', 'isPlaced', 'isWorking', 'modify', 'notices'],
        ...['orderId', 'orderRef', 'orderState', 'parentId', 'permId', 'permIds', 'realizedPnl', 'record', 'remaining'],
        ...['reported', 'sentAt', 'state', 'statuses', 'total'],
      ].map((name) => name.replace('events', 'events')),
    );
    expect(() => Object.assign(trade.record, { asked: 'modify' })).toThrow(TypeError);
  });

  it('accepted resolves when the broker has acknowledged the order', async () => {
    await using desk = await deskWith({ on: { placeOrder: (_, peer) => says(peer).status('Submitted') } });
    const trade = desk.ib.orders.place(AAPL, buy());
    await expect(trade.accepted).resolves.toStrictEqual({ at: 'working' });
    await expect(trade.accepted).resolves.toStrictEqual({ at: 'working' });
  });

  it('accepted rejects with the end of an order that was refused before', async () => {
    await using desk = await deskWith({ on: { placeOrder: (_, peer) => says(peer).error(201, 'Order rejected - reason: no') } });
    const trade = desk.ib.orders.place(AAPL, buy());
    await expect(trade.accepted).rejects.toMatchObject({ code: 'NOT_ACCEPTED', end: { at: 'rejected' } });
  });
});
