// Orders that gateways answer with codes of their own, refused before they leave, with the account rules off.

import { describe, expect, it } from 'vitest';
import { crypto } from '../../../src/client/contracts/builders.js';
import type { OrderDraft } from '../../../src/client/orders/draft.js';
import { AAPL, buy, deskWith, placedBy, until } from '../orders/trades/desk.js';

const bitcoin = crypto('BTC');
const bag = (legs: number, perLegPrice?: number) => ({
  ...{ symbol: 'SPX', secType: 'BAG', exchange: 'SMART', currency: 'USD' },
  comboLegs: Array.from({ length: legs }, (_, i) => ({ conId: 11 + i, ratio: 1, action: 'BUY', exchange: 'SMART', perLegPrice })),
});
const prices = (legs: number) => Array.from({ length: legs }, () => ({ price: 1.5 }));
const limited = { action: 'BUY', orderType: 'LMT', totalQuantity: '1' };
const apart = { smartComboRoutingParams: [{ tag: 'NonGuaranteed', value: '1' }] };
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
    ['with prices on four legs (10058)', {}, bag(4), { ...limited, orderComboLegs: prices(4), ...apart }],
    ['with prices on three of four legs', {}, bag(4), { ...limited, orderComboLegs: [{}, ...prices(3)], ...apart }],
    ['with prices on two legs that fill together', {}, bag(2), { ...limited, orderComboLegs: prices(2) }],
    ['with prices that stand on the legs themselves', {}, bag(4, 1.5), { ...limited, lmtPrice: 3, ...apart }],
    ['for crypto sold by amount', {}, bitcoin, { action: 'SELL', orderType: 'MKT', ...ioc, cashQty: 100 }],
  ])('%s', async (_, script, contract, order) => {
    await using desk = await deskWith(script);
    expect(() => desk.ib.orders.place(contract, order as OrderDraft)).toThrow(
      expect.objectContaining({ code: expect.stringMatching(/^(RULE|INVALID_INPUT)$/) }),
    );
    expect(placedBy(desk.gateway)).toEqual([]);
  });

  it('but prices on two legs that may fill apart leave', async () => {
    await using desk = await deskWith();
    desk.ib.orders.place(bag(2), { ...limited, orderComboLegs: prices(2), ...apart } as OrderDraft);
    await until(() => placedBy(desk.gateway).length === 1);
    expect(placedBy(desk.gateway)[0]?.contract?.comboLegs).toMatchObject([{ perLegPrice: 1.5 }, { perLegPrice: 1.5 }]);
  });
});
