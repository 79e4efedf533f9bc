import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { check } from '../../src/rules/check.js';
import { readDecimal, writeDecimal } from '../../src/rules/decimal.js';
import { decisionOf } from '../../src/rules/finding.js';
import type { OrderFacts, Situation } from '../../src/rules/types.js';

const policy = { fractional: true, maxQuantity: { STK: null }, priceCollar: null };
const stock = { secType: 'STK', symbol: 'AAA', currency: 'USD', stockType: 'COMMON' };
const account = (USD: string): Situation => ({
  account: { configuredKind: 'ira-margin', baseCurrency: 'USD' },
  cash: { USD },
  positions: [],
  workingOrders: [],
});
const buy = (totalQuantity: string, lmtPrice: string, contract: object = stock): OrderFacts => ({
  contract: { ...stock, ...contract },
  action: 'BUY',
  totalQuantity,
  orderType: 'LMT',
  lmtPrice,
});
const judge = (order: OrderFacts, USD: string): string => decisionOf(check(order, account(USD), policy));

/** Long multiplication of decimal text, 36 digits after the point. */
function product(a: string, b: string): bigint {
  const scaled = (text: string): bigint => {
    const [whole = '', part = ''] = text.split('.');
    return BigInt(whole + part.padEnd(18, '0'));
  };
  return scaled(a) * scaled(b);
}
const text36 = (value: bigint): string => {
  const digits = value.toString().padStart(37, '0');
  return `${digits.slice(0, -36)}.${digits.slice(-36)}`;
};
const decimal = (whole: number, part: number): fc.Arbitrary<string> =>
  fc
    .tuple(fc.integer({ min: 0, max: 10 ** whole - 1 }), fc.bigInt({ min: 1n, max: 10n ** BigInt(part) - 1n }))
    .map(([w, p]) => `${w}.${p.toString().padStart(part, '0')}`);

describe('D exactness', () => {
  it.each([
    ['3', '0.1', '0.3'],
    ['7', '0.1', '0.7'],
    ['1.1', '1.1', '1.21'],
  ])('D1 %s at %s against %s passes, one smallest unit less does not', (size, price, cash) => {
    expect(judge(buy(size, price), cash)).toBe('accept');
    expect(judge(buy(size, price), writeDecimal((readDecimal(cash) ?? 0n) - 1n))).toBe('reject');
  });

  it('D2 results equal those of long multiplication for up to 18 digits before and after the point', () => {
    fc.assert(
      fc.property(decimal(9, 9), decimal(9, 9), fc.bigInt({ min: -1n, max: 1n }), (size, price, off) => {
        const cost = product(size, price);
        const cash = (cost + off * 10n ** 18n) / 10n ** 18n;
        expect(judge(buy(size, price), writeDecimal(cash))).toBe(cost <= cash * 10n ** 18n ? 'accept' : 'reject');
      }),
      { numRuns: 300, seed: 61 },
    );
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 36n - 1n }), (value) => {
        expect(readDecimal(writeDecimal(value))).toBe(value);
      }),
      { numRuns: 300, seed: 62 },
    );
    expect(text36(product('1.000000000000000001', '1.000000000000000001'))).toBe('1.000000000000000002000000000000000001');
    expect(check(buy('1.000000000000000001', '1.000000000000000001'), account('1'), policy)[0]?.facts['needed']).toBe(
      '1.000000000000000002000000000000000001',
    );
  });

  it('D3 sizes of 1e-8 and 1e12 and prices of 1e-8 and 1e9 neither overflow nor lose digits nor print exponents', () => {
    for (const size of ['0.00000001', '1000000000000']) {
      for (const price of ['0.00000001', '1000000000']) {
        const cost = product(size, price);
        const found = check(buy(size, price), account('0'), policy).find((one) => one.code === 'IRA-DEBIT');
        expect(found?.facts['needed']).toBe(text36(cost).replace(/\.?0+$/, ''));
        expect(JSON.stringify(found)).not.toMatch(/\de[+-]?\d/);
      }
    }
  });

  it('D4 "1", "1.0", "1.000" and "01" are the same number everywhere, also in contract keys', () => {
    const option = (strike: string) => ({
      secType: 'OPT',
      symbol: 'AAA',
      currency: 'USD',
      right: 'C',
      strike,
      lastTradeDateOrContractMonth: '20270115',
      multiplier: '100',
      exerciseStyle: 'american' as const,
    });
    for (const one of ['1', '1.0', '1.000', '01']) {
      expect(judge(buy(one, one), one)).toBe('accept');
      const situation: Situation = { ...account('0'), positions: [{ contract: option('1'), position: one }] };
      const sale: OrderFacts = { contract: option(one), action: 'SELL', totalQuantity: one, orderType: 'LMT', lmtPrice: '1' };
      expect(check(sale, situation)).toEqual([]);
    }
  });

  it('D5 NaN, Infinity, -0, spaces, hexadecimal and exponents are refused as QTY-INVALID or PRICE-INVALID', () => {
    for (const bad of [
      'NaN',
      'Infinity',
      '-Infinity',
      '-0',
      '',
      ' 1',
      '1 ',
      '0x10',
      '1e3',
      '+1',
      '.5',
      '5.',
      '1,000',
      '١',
      `1.${'0'.repeat(19)}`,
    ]) {
      expect(check(buy(bad, '1'), account('1000'), policy).map((one) => one.code)).toEqual(['QTY-INVALID']);
      expect(check(buy('1', bad), account('1000'), policy).map((one) => one.code)).toEqual(['PRICE-INVALID']);
    }
  });

  it('D6 the unset sentinel in any numeric field means unknown', () => {
    for (const unset of ['1.7976931348623157E308', '1.7976931348623157e+308', String(Number.MAX_VALUE)]) {
      expect(check(buy(unset, '1'), account('1000'), policy).map((one) => one.code)).toEqual(['QTY-INVALID']);
      expect(check(buy('1', unset), account('1000'), policy).map((one) => one.code)).toEqual(['PRICE-INVALID']);
      expect(judge({ ...buy('1', '1'), auxPrice: unset, fee: unset, reference: unset }, '1')).toBe('accept');
      const market: OrderFacts = { ...buy('1', '1'), orderType: 'MKT', lmtPrice: undefined, reference: unset };
      expect(check(market, account('1000'), policy).map((one) => one.code)).toContain('PRICE-UNKNOWN');
      const margin: Situation = {
        ...account('1'),
        account: { configuredKind: 'portfolio-margin', baseCurrency: 'USD', netLiquidation: '200000', availableFunds: '1000' },
      };
      expect(check({ ...buy('1', '1'), answer: { initMarginChange: unset } }, margin, policy).map((one) => one.code)).toContain(
        'MARGIN-NEEDS-WHATIF',
      );
    }
  });

  it('D7 a price magnifier of 100 gives exactly one hundredth of the cost', () => {
    expect(judge(buy('200', '350', { priceMagnifier: '100' }), '700')).toBe('accept');
    expect(judge(buy('200', '350', { priceMagnifier: '100' }), '699.99')).toBe('reject');
    fc.assert(
      fc.property(decimal(4, 4), decimal(4, 4), (size, price) => {
        const cost = product(size, price) / 100n;
        const cash = writeDecimal(cost / 10n ** 18n + (cost % 10n ** 18n === 0n ? 0n : 1n));
        expect(judge(buy(size, price, { priceMagnifier: '100' }), cash)).toBe('accept');
      }),
      { numRuns: 200, seed: 63 },
    );
  });
});
