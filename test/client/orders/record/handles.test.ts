import { inspect } from 'node:util';
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
        ...['reported', 'sentAt', 'state', 'statuses', 'toJSON', 'total'],
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

  it('says in JSON and on the console what it is, with its commissions', async () => {
    await using desk = await deskWith({
      on: {
        placeOrder(_, peer) {
          const told = says(peer);
          told.status('Submitted');
          told.exec('0001.01.01', '100');
          told.charge('0001.01.01', 1.5);
          told.status('Filled', '100', '0');
        },
      },
    });
    const trade = desk.ib.orders.place(AAPL, buy());
    const end = await trade.done;
    const read = JSON.parse(JSON.stringify(trade)) as object;
    expect(read).toMatchObject({
      orderId: trade.orderId,
      state: { at: 'filled' },
      draft: { action: 'BUY', orderType: 'LMT' },
      filledQuantity: '100',
      averagePrice: '187.5',
      commissions: { USD: '1.5' },
    });
    expect(JSON.parse(JSON.stringify(end))).toMatchObject({ at: 'filled', filled: '100', commissions: { USD: '1.5' } });
    expect(inspect(trade)).toContain("symbol: 'AAPL'");
  });
});
