// Orders that gateways answer with codes of their own, refused before they leave, with the account rules off.

import { describe, expect, it } from 'vitest';
import { crypto } from '../../../src/client/contracts/builders.js';
import type { OrderDraft } from '../../../src/client/orders/draft.js';
import { AAPL, buy, deskWith, placedBy } from '../orders/trades/desk.js';

const bitcoin = crypto('BTC');
const ioc = { tif: 'IOC' } as const;

describe('an order is refused by name, and nothing leaves', () => {
  it.each<readonly [string, Parameters<typeof deskWith>[0], object, object]>([
    [
      'with an account and a group of an advisor',
      {},
      AAPL,
      { ...buy(), account: 'DU9000001', faGroup: 'All', faMethod: 'NetLiq' },
    ],
    ['for crypto by amount and by quantity', {}, bitcoin, { ...buy('0.5'), ...ioc, cashQty: 100 }],
    ['for crypto sold by amount', {}, bitcoin, { action: 'SELL', orderType: 'MKT', ...ioc, cashQty: 100 }],
  ])('%s', async (_, script, contract, order) => {
    await using desk = await deskWith(script);
    expect(() => desk.ib.orders.place(contract, order as OrderDraft)).toThrow(
      expect.objectContaining({ code: expect.stringMatching(/^(RULE|INVALID_INPUT)$/) }),
    );
    expect(placedBy(desk.gateway)).toEqual([]);
  });
});
