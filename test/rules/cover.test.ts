// What covers what: lines of one symbol, series that settle at different times, adjusted series, legs in other currencies.
import { describe, expect, it } from 'vitest';
import { check } from '../../src/rules/check.js';
import type { ContractFacts, OrderFacts, Position, Situation } from '../../src/rules/types.js';

const account = { configuredKind: 'ira-margin', accountType: 'IRA-ROTH NEW', baseCurrency: 'USD' };
const money = { USD: '1000' };
const having = (positions: readonly Position[], more: Partial<Situation> = {}): Situation => ({
  account,
  cash: money,
  settledCash: money,
  positions,
  workingOrders: [],
  ...more,
});
const stock = (conId: number): ContractFacts => ({ secType: 'STK', symbol: 'AAPL', conId, currency: 'USD', stockType: 'COMMON' });
const call = (terms: Partial<ContractFacts>): ContractFacts => ({
  secType: 'OPT',
  symbol: 'AAPL',
  currency: 'USD',
  lastTradeDateOrContractMonth: '20270115',
  strike: '300',
  right: 'C',
  multiplier: '100',
  exerciseStyle: 'american',
  settlement: 'physical',
  ...terms,
});
const sell = (contract: ContractFacts, totalQuantity: string, terms: Partial<OrderFacts> = {}): OrderFacts => ({
  contract,
  action: 'SELL',
  totalQuantity,
  orderType: 'LMT',
  lmtPrice: '5',
  ...terms,
});
const codes = (order: OrderFacts | readonly OrderFacts[], situation: Situation): readonly string[] =>
  check(order, situation, { priceCollar: null })
    .filter(({ severity }) => severity === 'reject')
    .map(({ code }) => code);

describe('shares of one symbol in two lines', () => {
  const both = having([
    { contract: stock(1), position: '100' },
    { contract: stock(2), position: '100' },
  ]);

  it('cover one call of an option whose underlying is not told, not two', () => {
    expect(codes(sell(call({}), '1'), both)).toEqual([]);
    expect(codes(sell(call({}), '2'), both)).toContain('IRA-UNCOVERED-CALL');
  });

  it('cover only the calls of their own line', () => {
    expect(codes(sell(call({ underConId: 1 }), '1'), both)).toEqual([]);
    expect(codes(sell(call({ underConId: 1 }), '2'), both)).toContain('IRA-UNCOVERED-CALL');
    expect(codes(sell(call({ underConId: 3 }), '1'), both)).toContain('IRA-UNCOVERED-CALL');
  });

  it('a long call on one line covers no call on the other', () => {
    const european = { exerciseStyle: 'european', settlement: 'cash' } as const;
    const long = having([{ contract: call({ ...european, underConId: 1, conId: 11 }), position: '1' }]);
    const short = (underConId: number): OrderFacts => sell(call({ ...european, underConId, strike: '310', conId: 12 }), '1');
    expect(codes(short(1), long)).toEqual([]);
    expect(codes(short(2), long)).toContain('IRA-UNCOVERED-CALL');
  });
});

describe('SPX beside SPXW', () => {
  const index = (terms: Partial<ContractFacts>): ContractFacts =>
    call({ symbol: 'SPX', strike: '6000', exerciseStyle: 'european', settlement: 'cash', ...terms });
  const long = (terms: Partial<ContractFacts>): Situation => having([{ contract: index(terms), position: '1' }]);

  it('a long call that is gone in the morning covers no call of the same day at a higher strike', () => {
    expect(codes(sell(index({ tradingClass: 'SPXW', strike: '6010' }), '1'), long({ tradingClass: 'SPX' }))).toContain(
      'IRA-UNCOVERED-CALL',
    );
  });

  it('nor the other way round, nor a series whose class nobody told', () => {
    expect(codes(sell(index({ tradingClass: 'SPX', strike: '6010' }), '1'), long({ tradingClass: 'SPXW' }))).toContain(
      'IRA-UNCOVERED-CALL',
    );
    expect(codes(sell(index({ strike: '6010' }), '1'), long({ tradingClass: 'SPXW' }))).toContain('IRA-UNCOVERED-CALL');
  });

  it('covers within one class, where both are known to settle alike, and where it lives a day longer', () => {
    const shortOf = (terms: Partial<ContractFacts>): OrderFacts => sell(index({ strike: '6010', ...terms }), '1');
    expect(codes(shortOf({ tradingClass: 'SPXW' }), long({ tradingClass: 'SPXW' }))).toEqual([]);
    const close = { settlesAt: 'close' } as const;
    expect(codes(shortOf({ tradingClass: 'SPXW', ...close }), long({ tradingClass: 'SPX', ...close }))).toEqual([]);
    expect(
      codes(shortOf({ tradingClass: 'SPXW' }), long({ tradingClass: 'SPX', lastTradeDateOrContractMonth: '20270116' })),
    ).toEqual([]);
  });

  it('a put spread across the classes is secured in full', () => {
    const put = sell(index({ right: 'P', tradingClass: 'SPXW' }), '1');
    expect(codes(put, long({ right: 'P', strike: '5995', tradingClass: 'SPXW' }))).toEqual([]);
    expect(codes(put, long({ right: 'P', strike: '5995', tradingClass: 'SPX' }))).not.toEqual([]);
  });
});

describe('adjusted series', () => {
  const shares = having([{ contract: stock(1), position: '100' }]);

  it.each(['AAPL1', '2AAPL', 'XAAPL'])('a call of class %s is written on no share', (tradingClass) => {
    expect(codes(sell(call({ tradingClass }), '1'), shares)).toContain('OPT-NONSTANDARD');
  });

  it('the usual class, no class and a class that facts call standard are written', () => {
    for (const terms of [{ tradingClass: 'AAPL' }, {}, { tradingClass: 'AAPL1', nonStandard: false }])
      expect(codes(sell(call(terms), '1'), shares)).toEqual([]);
  });

  it('an adjusted call that is held can be sold, and covers no usual one', () => {
    const held = having([{ contract: call({ tradingClass: 'AAPL1', conId: 5 }), position: '1' }]);
    expect(codes(sell(call({ tradingClass: 'AAPL1', conId: 5 }), '1'), held)).toEqual([]);
    expect(codes(sell(call({ tradingClass: 'AAPL', conId: 6 }), '1'), held)).toContain('IRA-UNCOVERED-CALL');
  });
});

describe('a combination with a leg in another currency', () => {
  const bag = (currency: string): ContractFacts => ({
    secType: 'BAG',
    symbol: 'AAPL',
    currency: 'USD',
    comboLegs: [
      { action: 'BUY', ratio: '1', contract: call({ conId: 7 }) },
      { action: 'SELL', ratio: '1', contract: call({ conId: 8, strike: '310', currency }) },
    ],
  });
  const vertical = (currency: string): OrderFacts => ({
    contract: bag(currency),
    action: 'BUY',
    totalQuantity: '1',
    orderType: 'LMT',
    lmtPrice: '1',
  });

  it('is refused, because its net price says nothing about what that leg costs', () => {
    expect(codes(vertical('EUR'), having([]))).toContain('LEG-CURRENCY');
    expect(codes(vertical('USD'), having([]))).not.toContain('LEG-CURRENCY');
  });

  it('as a working order leaves no purchase in either currency', () => {
    const euros = { USD: '1000', EUR: '1000' };
    const live = having([], { cash: euros, settledCash: euros, workingOrders: [{ ...vertical('EUR'), orderId: '9' }] });
    const buy = (currency: string): OrderFacts => ({
      contract: { ...stock(1), symbol: 'BBB', conId: 3, currency },
      action: 'BUY',
      totalQuantity: '1',
      orderType: 'LMT',
      lmtPrice: '1',
    });
    expect(codes(buy('USD'), live)).toContain('PRICE-UNKNOWN');
    expect(codes(buy('EUR'), live)).toContain('PRICE-UNKNOWN');
  });
});

describe('a series by its name', () => {
  const index = { symbol: 'SPX', exerciseStyle: 'european', settlement: 'cash' } as const;
  const held = (tradingClass: string) =>
    having([{ contract: call({ ...index, conId: 1, tradingClass }), position: '1' }], { cash: { USD: '100000' } });
  const named = (terms: Partial<ContractFacts>) => sell(call({ ...index, ...terms }), '1');

  it('of the morning is not closed by one of the afternoon, nor the other way round', () => {
    expect(codes(named({ tradingClass: 'SPXW' }), held('SPX'))).toContain('IRA-UNCOVERED-CALL');
    expect(codes(named({ tradingClass: 'SPX' }), held('SPXW'))).toContain('IRA-UNCOVERED-CALL');
    expect(codes(named({ localSymbol: 'SPXW  270115C00300000' }), held('SPX'))).toContain('IRA-UNCOVERED-CALL');
  });

  it('is closed by its own name, and by one that does not say the class', () => {
    for (const terms of [{ tradingClass: 'SPXW' }, { localSymbol: 'SPXW  270115C00300000' }, {}])
      expect(codes(named(terms), held('SPXW'))).toEqual([]);
  });
});
