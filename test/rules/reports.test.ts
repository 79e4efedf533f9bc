import { describe, expect, it } from 'vitest';
import { check } from '../../src/rules/check.js';
import { buyingPower } from '../../src/rules/reports/buying-power.js';
import { marginReport } from '../../src/rules/reports/margin-report.js';
import { settledCashOf } from '../../src/rules/reports/settled-cash.js';
import { shortSaleReport } from '../../src/rules/reports/short-sale-report.js';
import type { ContractFacts, Position, Situation, WorkingOrder } from '../../src/rules/types.js';

const stock = (symbol: string, currency = 'USD'): ContractFacts => ({ secType: 'STK', symbol, currency, stockType: 'COMMON' });
const put = (symbol: string, currency: string): ContractFacts => ({
  ...stock(symbol, currency),
  secType: 'OPT',
  right: 'P',
  strike: '20',
  lastTradeDateOrContractMonth: '20270115',
  multiplier: '100',
  exerciseStyle: 'american',
});
const future: ContractFacts = {
  secType: 'FUT',
  symbol: 'MES',
  currency: 'USD',
  lastTradeDateOrContractMonth: '20270319',
  multiplier: '5',
  initMargin: '500',
  marginSource: 'exchange',
};
const held = (contract: ContractFacts, position: string): Position => ({ contract, position });
const buy = (orderId: string, contract: ContractFacts, remaining: string, lmtPrice = '10'): WorkingOrder => ({
  orderId,
  contract,
  action: 'BUY',
  orderType: 'LMT',
  lmtPrice,
  totalQuantity: remaining,
  remaining,
});
const ira: Situation = {
  account: { configuredKind: 'ira-margin', baseCurrency: 'USD' },
  cash: { USD: '10000', EUR: '5000' },
  positions: [held(put('AAA', 'USD'), '-1'), held(put('EUU', 'EUR'), '-2'), held(future, '1'), held(stock('AAA'), '10')],
  workingOrders: [
    buy('w1', stock('BBB'), '60'),
    buy('w2', stock('CCC', 'EUR'), '10'),
    { ...buy('w3', stock('AAA'), '10'), action: 'SELL' },
  ],
};

describe('buying power', () => {
  it('an IRA has what is free after working orders and what options and futures hold back, per currency', () => {
    expect(buyingPower(ira)).toEqual({
      kind: 'ira-margin',
      currencies: [
        { currency: 'EUR', cash: '5000', spendable: '5000', reserved: '100', encumbered: '4000', free: '900' },
        { currency: 'USD', cash: '10000', spendable: '10000', reserved: '600', encumbered: '3000', free: '6400' },
      ],
      STK: '6400',
      OPT: '6400',
      FUT: '3200',
      unknown: [],
    });
  });

  it('exactly the free amount passes the order check, one cent more does not', () => {
    const spend = (lmtPrice: string): number =>
      check({ ...buy('n', stock('DDD'), '1', lmtPrice) }, ira, { priceCollar: null }).length;
    expect([spend('6400'), spend('6400.01')]).toEqual([0, 1]);
  });

  it('a refusal names what is needed, free, reserved and encumbered in the currency that is short', () => {
    const [found] = check(buy('n', stock('DDD'), '1', '6400.01'), ira);
    expect(found?.facts).toEqual({
      currency: 'USD',
      needed: '6400.01',
      free: '6400',
      reserved: '600',
      encumbered: '3000',
      missing: '0.01',
      maxQuantity: '0',
      ids: 'w1',
    });
    const [other] = check(buy('n', stock('DDD', 'EUR'), '3', '400'), ira);
    expect(other?.facts).toEqual({
      currency: 'EUR',
      needed: '1200',
      free: '900',
      reserved: '100',
      encumbered: '4000',
      missing: '300',
      maxQuantity: '2',
      ids: 'w2',
    });
  });

  it('a refusal for lack of cover counts calls, not puts, working ones included, and names the shares that are missing', () => {
    const call = { ...put('AAA', 'USD'), right: 'C' };
    const order = { contract: call, action: 'SELL', totalQuantity: '3', orderType: 'LMT', lmtPrice: '1' };
    const situation: Situation = {
      ...ira,
      cash: { USD: '90000' },
      positions: [held(stock('AAA'), '300'), held(put('AAA', 'USD'), '-2'), held({ ...call, strike: '30' }, '-1')],
      workingOrders: [{ ...order, orderId: 'w1', totalQuantity: '1', remaining: '1', contract: { ...call, strike: '25' } }],
    };
    const found = check(order, situation).find((one) => one.code === 'IRA-UNCOVERED-CALL');
    expect(found?.facts).toEqual({ underlying: 'AAA', calls: '5', uncovered: '2', shares: '200', maxQuantity: '1' });
  });

  it('a cash account spends settled money, and an unbounded working buy is said', () => {
    const market: WorkingOrder = { ...buy('w9', stock('BBB'), '1'), orderType: 'MKT', lmtPrice: undefined };
    const power = buyingPower({
      ...ira,
      account: { ...ira.account, configuredKind: 'cash' },
      settledCash: { USD: '4000' },
      positions: [],
      workingOrders: [market],
    });
    expect(power?.currencies[1]).toMatchObject({ cash: '10000', spendable: '4000', free: '4000' });
    expect(power).toMatchObject({ STK: '4000', FUT: '4000', unknown: ['price of w9'] });
  });

  it('a margin account buys stock for twice its available funds, unless it is small', () => {
    const at = (netLiquidation: string) =>
      buyingPower({
        ...ira,
        account: { configuredKind: 'reg-t', baseCurrency: 'USD', netLiquidation, availableFunds: '5000' },
        positions: [],
        workingOrders: [buy('w1', stock('BBB'), '100')],
      });
    expect(at('50000')).toMatchObject({ STK: '9000', OPT: '4500', FUT: '4500' });
    expect(at('1999.99')).toMatchObject({ STK: '4000' });
    expect(buyingPower({ ...ira, account: { configuredKind: 'reg-t', baseCurrency: 'USD' } })).toBeUndefined();
    expect(buyingPower({ ...ira, account: { baseCurrency: 'USD' } })).toBeUndefined();
  });
});

describe('margin report', () => {
  it('tells margin and rate per security from the answers, rounded up, and what is missing', () => {
    const report = marginReport([
      { symbol: 'AAA', quantity: '3', price: '100', answer: { initMarginChange: '100', maintMarginChange: '75' } },
      {
        symbol: 'BBB',
        quantity: '-10',
        price: '10',
        answer: { initMarginChange: '50', maintMarginChange: '1.7976931348623157E308' },
      },
      { symbol: 'CCC', quantity: '1', price: '10', multiplier: '100', answer: { initMarginChange: '900' } },
      { symbol: 'DDD', quantity: '1', price: 'NaN' },
    ]);
    expect(report).toEqual([
      {
        symbol: 'AAA',
        value: '300',
        initMargin: '100',
        maintMargin: '75',
        initRate: '0.333334',
        maintRate: '0.25',
        againstRegT: 'below',
        missing: [],
      },
      {
        symbol: 'BBB',
        value: '100',
        initMargin: '50',
        maintMargin: undefined,
        initRate: '0.5',
        maintRate: undefined,
        againstRegT: 'equal',
        missing: ['maintMarginChange'],
      },
      {
        symbol: 'CCC',
        value: '1000',
        initMargin: '900',
        maintMargin: undefined,
        initRate: '0.9',
        maintRate: undefined,
        againstRegT: 'above',
        missing: ['maintMarginChange'],
      },
      {
        symbol: 'DDD',
        value: '',
        initMargin: undefined,
        maintMargin: undefined,
        initRate: undefined,
        maintRate: undefined,
        againstRegT: 'unknown',
        missing: ['value', 'initMarginChange', 'maintMarginChange'],
      },
    ]);
  });
});

describe('short sale report', () => {
  const account = { configuredKind: 'reg-t', baseCurrency: 'USD', netLiquidation: '50000' };
  const status = (change: object, at: object = {}): string | undefined =>
    shortSaleReport({ ...account, ...at }, [{ symbol: 'AAA', quantity: '100', ...change }])[0]?.status;

  it('reads the shortable tick: above 2.5 available, above 1.5 to be located, else not', () => {
    expect(['3', '2.5', '2', '1.5', '1', undefined].map((shortableTick) => status({ shortableTick }))).toEqual([
      'available',
      'locate',
      'locate',
      'unavailable',
      'unavailable',
      'unknown',
    ]);
    expect(status({ shortableTick: '3', quantity: '1001' })).toBe('locate');
    expect(status({ shortableTick: '3', quantity: 'x' })).toBe('unknown');
  });

  it('a number of shares decides where it is known', () => {
    expect(['100', '99', '0'].map((shortableShares) => status({ shortableShares, shortableTick: '3' }))).toEqual([
      'available',
      'locate',
      'unavailable',
    ]);
  });

  it('an IRA, a cash account, a small account and an unknown one are refused with the reason', () => {
    const reason = (at: object): string | undefined => {
      const [line] = shortSaleReport({ ...account, ...at }, [
        { symbol: 'AAA', quantity: '1', shortableTick: '3', feeRate: '0.25' },
      ]);
      expect(line).toMatchObject({ status: 'refused', feeRate: '0.25' });
      return line?.reason;
    };
    expect(reason({ accountType: 'IRA-ROTH NEW' })).toContain('IRA');
    expect(reason({ configuredKind: 'cash' })).toContain('cash account');
    expect(reason({ netLiquidation: '1999.99' })).toContain('2000');
    expect(reason({ netLiquidation: undefined })).toContain('not known');
    expect(reason({ configuredKind: undefined })).toContain('kind');
    expect(status({ shortableTick: '3' }, { netLiquidation: '2000' })).toBe('available');
  });
});

describe('settled cash', () => {
  const base = { baseCurrency: 'USD', asOf: '2026-12-01', cash: { USD: '1000', EUR: '500' } };
  it('is trade-date cash less proceeds that have not settled, at most the settled total converted', () => {
    const sales = [
      { currency: 'USD', proceeds: '300', settles: '2026-12-02' },
      { currency: 'USD', proceeds: '200', settles: '20261201' },
    ];
    expect(settledCashOf({ ...base, sales })).toEqual({ USD: '700', EUR: '500' });
    expect(settledCashOf({ ...base, sales, settledCashTag: '110', exchangeRates: { EUR: '1.1' } })).toEqual({
      USD: '110',
      EUR: '100',
    });
  });

  it('what is not known counts as not settled', () => {
    expect(settledCashOf({ ...base, sales: [{ currency: 'USD', proceeds: '300' }] })['USD']).toBe('700');
    expect(settledCashOf({ ...base, sales: [{ currency: 'USD', proceeds: 'x', settles: '2026-12-02' }] })['USD']).toBe('0');
    expect(settledCashOf({ ...base, sales: [], settledCashTag: '5000' })).toEqual({ USD: '1000', EUR: '0' });
    expect(settledCashOf({ ...base, cash: { USD: '-5', EUR: 'x' }, sales: [] })).toEqual({ USD: '-5' });
  });
});
