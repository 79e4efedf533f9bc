// What only gateways say of an order is never sent back: an order that is written from a told one is a new one.
import { describe, expect, it } from 'vitest';
import type { OrderDraft } from '../../../../src/client/orders/draft.js';
import { toldFields } from '../../../../src/rules/fields.js';
import { AAPL, buy, deskWith, placedBy, until } from '../trades/desk.js';

const told = {
  permId: '77',
  clientId: 9,
  parentPermId: '78',
  filledQuantity: '5',
  shareholder: 'somebody',
  submitter: 'somebody',
  refFuturesConId: 5,
  autoCancelDate: '20300101',
};

describe.each([176, 226])('at server version %i', (serverVersion) => {
  it('it leaves without them, placed, in a group, and raw', async () => {
    await using desk = await deskWith({ serverVersion });
    const { ib, gateway } = desk;
    const order = { ...buy(), ...told } as OrderDraft;
    ib.orders.place(AAPL, order);
    ib.orders.placeGroup(AAPL, { members: [{ role: 'member', order }] });
    ib.raw.send('placeOrder', { orderId: ib.raw.nextOrderId(), contract: AAPL, order } as never);
    await until(() => placedBy(gateway).length === 3);
    for (const sent of placedBy(gateway)) {
      const said = Object.entries(sent.order ?? {}).filter(([name, value]) => toldFields.includes(name) && value !== undefined);
      expect(said).toEqual([]);
      expect(sent.order).toMatchObject({ action: 'BUY' });
    }
    expect(order).toMatchObject(told);
  });
});
