// What guards see of an order that an earlier run of this client id has placed: its terms, as the gateway tells them.

import { expect, it } from 'vitest';
import { uniqueOrderRef } from '../../../../src/rules/guards/caps.js';
import { AAPL, buy, deskWith, placedBy, says } from '../trades/desk.js';

it('its reference is in use', async () => {
  await using desk = await deskWith(
    {
      on: {
        reqAllOpenOrders: (_, peer) => {
          says(peer, { orderId: 7 }).open('Submitted', { orderRef: 'morning' });
          peer.send('openOrderEnd', {});
        },
      },
    },
    { orders: { guards: [uniqueOrderRef()] } },
  );
  await desk.ib.orders.book.reconcile();
  expect(() => desk.ib.orders.place(AAPL, { ...buy('1'), orderRef: 'morning' })).toThrow(/ORDER-REF-USED/);
  expect(placedBy(desk.gateway)).toEqual([]);
});
