import { describe, expect, it } from 'vitest';
import { ORDER_TYPES, type Tif } from '../../src/client/orders/draft.js';
import { check } from '../../src/rules/check.js';
import { orderTypes, timesInForce } from '../../src/rules/facts/order-types.js';

// A new time in force of the client breaks the build here until it is listed.
const TIFS: Readonly<Record<Tif, true>> = {
  DAY: true,
  GTC: true,
  IOC: true,
  GTD: true,
  OPG: true,
  FOK: true,
  DTC: true,
  GTT: true,
  AUC: true,
  GTX: true,
  Minutes: true,
};

describe('what the client offers and what the rules know', () => {
  it.each(ORDER_TYPES)('order type %s', (type) => {
    expect(orderTypes.has(type)).toBe(true);
  });

  it.each(Object.keys(TIFS))('time in force %s', (tif) => {
    expect(timesInForce.has(tif)).toBe(true);
  });

  it('PEG PRIM with tif GTT buys in an IRA', () => {
    const order = {
      contract: { secType: 'STK', symbol: 'AAA', currency: 'USD', stockType: 'COMMON' },
      action: 'BUY',
      totalQuantity: '1',
      orderType: 'PEG PRIM',
      tif: 'GTT',
      lmtPrice: '10',
      reference: '10',
    };
    const account = { configuredKind: 'ira-margin', accountType: 'IRA-ROTH NEW', baseCurrency: 'USD' };
    const cash = { USD: '1000' };
    expect(check(order, { account, cash, settledCash: cash, positions: [], workingOrders: [] })).toEqual([]);
  });
});
