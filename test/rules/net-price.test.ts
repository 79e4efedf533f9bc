// The sign of a combination's net price against its legs.

import { describe, expect, it } from 'vitest';
import { check, type Finding, type OrderFacts } from '../../src/rules/index.js';

type Side = 'BUY' | 'SELL';
interface LegTerms {
  readonly side: Side;
  readonly right: 'C' | 'P';
  readonly strike: string;
  readonly day?: string;
  readonly ratio?: string;
}
const leg = (side: Side, right: 'C' | 'P', strike: string, day?: string, ratio?: string): LegTerms => ({
  side,
  right,
  strike,
  ...(day !== undefined && { day }),
  ...(ratio !== undefined && { ratio }),
});

const spread = (legs: readonly LegTerms[]): OrderFacts['contract'] => ({
  secType: 'BAG',
  currency: 'USD',
  symbol: 'ABC',
  comboLegs: legs.map(({ side, right, strike, day = '20270115', ratio = '1' }) => ({
    action: side,
    ratio,
    contract: {
      secType: 'OPT',
      symbol: 'ABC',
      currency: 'USD',
      multiplier: '100',
      lastTradeDateOrContractMonth: day,
      strike,
      right,
    },
  })),
});

const situation = {
  scope: 'order',
  account: { baseCurrency: 'USD' },
  cash: {},
  positions: [],
  workingOrders: [],
} as const;

function said(action: Side, lmtPrice: string, legs: readonly LegTerms[], more: Partial<OrderFacts> = {}): Finding | undefined {
  const order = { contract: spread(legs), action, orderType: 'LMT', totalQuantity: '1', lmtPrice, tif: 'DAY', ...more };
  return check(order, situation).find(({ code }) => code === 'COMBO-SIGN');
}

const debitVertical = [leg('BUY', 'C', '100'), leg('SELL', 'C', '110')];
const creditVertical = [leg('SELL', 'C', '100'), leg('BUY', 'C', '110')];
const ironCondor = [leg('BUY', 'P', '80'), leg('SELL', 'P', '90'), leg('SELL', 'C', '110'), leg('BUY', 'C', '120')];
const butterfly = [leg('BUY', 'C', '90'), leg('SELL', 'C', '100', undefined, '2'), leg('BUY', 'C', '110')];
const calendar = [leg('SELL', 'C', '100', '20270115'), leg('BUY', 'C', '100', '20270219')];
const straddle = [leg('BUY', 'C', '100'), leg('BUY', 'P', '100')];

describe('money given away is refused, with the price that was meant', () => {
  it.each([
    ['a debit vertical sold at -9', 'SELL', '-9', debitVertical, '9'],
    ['a debit vertical of puts sold below zero', 'SELL', '-0.05', [leg('BUY', 'P', '110'), leg('SELL', 'P', '100')], '0.05'],
    ['a credit vertical bought at a price', 'BUY', '2.5', creditVertical, '-2.5'],
    ['an iron condor, short in the middle, bought at a price', 'BUY', '1', ironCondor, '-1'],
    ['a butterfly sold below zero', 'SELL', '-1', butterfly, '1'],
    ['a calendar sold below zero', 'SELL', '-1', calendar, '1'],
    ['a straddle sold below zero', 'SELL', '-1', straddle, '1'],
  ] as const)('%s', (_, action, price, legs, meant) => {
    const finding = said(action, price, legs);
    expect(finding?.severity).toBe('reject');
    expect(finding?.facts).toMatchObject({ given: meant.replace('-', '') });
    expect(finding?.remedy).toContain('Turn the sign');
    expect(said(action, meant, legs)).toBeUndefined();
  });

  it('passes when it is meant', () => {
    expect(said('SELL', '-0.01', debitVertical, { deliberate: true })).toBeUndefined();
  });
});

describe('a price that can never be met is said', () => {
  it.each([
    ['a debit vertical bought below zero', 'BUY', '-2', debitVertical],
    ['a credit vertical sold at a price', 'SELL', '2', creditVertical],
  ] as const)('%s', (_, action, price, legs) => {
    expect(said(action, price, legs)?.severity).toBe('warn');
  });
});

describe('either sign passes where the legs do not decide it', () => {
  it.each([
    ['a risk reversal', [leg('BUY', 'C', '110'), leg('SELL', 'P', '90')]],
    ['a ratio spread', [leg('BUY', 'C', '100'), leg('SELL', 'C', '110', undefined, '2')]],
    ['a diagonal whose short leg lasts longer', [leg('BUY', 'C', '100', '20270115'), leg('SELL', 'C', '110', '20270219')]],
    ['a single leg', [leg('BUY', 'C', '100')]],
  ] as const)('%s', (_, legs) => {
    for (const action of ['BUY', 'SELL'] as const)
      for (const price of ['-1', '1']) expect(said(action, price, legs)).toBeUndefined();
  });

  it('a price of nothing has no sign', () => {
    expect(said('SELL', '0', debitVertical)).toBeUndefined();
  });
});
