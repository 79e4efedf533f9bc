/** Accounts by example: settlement, averages, commissions, margins, rows, P&L. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bookExecution,
  changesSince,
  createAccountBook,
  pnlOf,
  portfolioOf,
  singlePnlOf,
  snapshot,
  startDay,
  summaryOf,
} from '../../../src/gateway/accounts/account-book.js';
import type { AccountKind } from '../../../src/gateway/accounts/account-kind.js';
import { spendable } from '../../../src/gateway/accounts/admission.js';
import { cashExactText, cashOf, quantityOfSize } from '../../../src/gateway/accounts/amount.js';
import { commissionOf, nothingCharged } from '../../../src/gateway/accounts/commission.js';
import { cashIn, settledIn } from '../../../src/gateway/accounts/ledger.js';
import type { Prices } from '../../../src/gateway/accounts/prices.js';
import { addBusinessDays, settlementDays } from '../../../src/gateway/accounts/settlement.js';
import type { Instrument } from '../../../src/gateway/world/instrument.js';
import { AAPL, ACCOUNT, CALL_250, ES, EURUSD, PUT_240 } from '../matching/instruments.js';

const RATES: Readonly<Record<string, number>> = { USD: 1, EUR: 1.25, HKD: 0.125 };
function priced(marks: ReadonlyMap<number, number>): Prices {
  return {
    mark: (instrument) => marks.get(instrument.conId) ?? 0,
    underlying: ({ underConId }) => (underConId === undefined ? undefined : marks.get(underConId)),
    rate: (from, to) => (RATES[from] ?? Number.NaN) / (RATES[to] ?? Number.NaN),
  };
}

function open(kind: AccountKind = 'individual-margin', usd = 100_000, baseCurrency = 'USD') {
  const marks = new Map([
    [AAPL.conId, 200],
    [ES.conId, 6800],
    [CALL_250.conId, 10],
    [PUT_240.conId, 5],
    [EURUSD.conId, 1.25],
  ]);
  const book = createAccountBook([{ account: ACCOUNT, kind, baseCurrency, cash: { USD: cashOf(usd) } }], priced(marks));
  const account = book.accounts.get(ACCOUNT);
  if (!account) throw new Error('no account');
  const trade = (instrument: Instrument, quantity: number, price: number, commission = 0, tradingDay = '20260415') =>
    bookExecution(book, {
      account: ACCOUNT,
      instrument,
      signed: quantityOfSize(quantity),
      price,
      commission: cashOf(commission),
      tradingDay,
    });
  return { marks, book, account, trade };
}

const text = (amount: bigint | undefined): string | undefined => (amount === undefined ? undefined : cashExactText(amount));

describe('settlement', () => {
  it('takes one business day for US stocks, two for currencies and other markets, none for futures', () => {
    expect([AAPL, EURUSD, ES, CALL_250].map(settlementDays)).toEqual([1, 2, 0, 1]);
    expect(settlementDays({ secType: 'CASH', symbol: 'USD', currency: 'CAD' })).toBe(1);
    expect(addBusinessDays('20260417', 1)).toBe('20260420');
    expect(addBusinessDays('20260415', 0)).toBe('20260415');
  });

  it('of a sale gives cash at once and settled cash the next business day; a purchase is committed at once', () => {
    const { account, book, trade } = open('cash');
    trade(AAPL, 100, 200);
    expect(text(settledIn(account.ledger, 'USD'))).toBe('80000');
    trade(AAPL, -100, 201);
    expect([cashIn(account.ledger, 'USD'), settledIn(account.ledger, 'USD'), spendable(account, 'USD')].map(text)).toEqual([
      '100100',
      '80000',
      '80000',
    ]);
    startDay(book, '20260416');
    expect(text(settledIn(account.ledger, 'USD'))).toBe('100100');
  });

  it('lets a limited-margin IRA spend unsettled proceeds', () => {
    const { account, trade } = open('ira-margin', 20_000);
    trade(AAPL, 100, 200);
    trade(AAPL, -100, 201);
    expect(text(spendable(account, 'USD'))).toBe('20100');
  });
});

describe('positions', () => {
  it('carry commissions in their average, realise against it, and turn over zero', () => {
    const { book, trade } = open();
    expect(trade(AAPL, 100, 10, 1)).toBeUndefined();
    expect(portfolioOf(book, ACCOUNT)[0]).toMatchObject({ position: '100', averageCost: 10.01 });
    expect(text(trade(AAPL, -40, 12, 1))).toBe('78.6');
    expect(text(trade(AAPL, -100, 12, 1))).toBe('118.8');
    expect(portfolioOf(book, ACCOUNT)[0]).toMatchObject({ position: '-40', averageCost: 11.99 });
    expect(text(trade(AAPL, 40, 11, 1))).toBe('38.6');
    expect(portfolioOf(book, ACCOUNT)[0]).toMatchObject({ position: '0', averageCost: 0, marketValue: 0 });
  });

  it('of futures move cash by result and commission only', () => {
    const { account, trade } = open();
    trade(ES, 2, 6800, 4.5);
    expect(text(cashIn(account.ledger, 'USD'))).toBe('99995.5');
    trade(ES, -1, 6810, 2.25);
    expect(text(cashIn(account.ledger, 'USD'))).toBe('100493.25');
  });

  it('of currencies move both currencies', () => {
    const { account, trade } = open();
    trade(EURUSD, 10_000, 1.25);
    expect([text(cashIn(account.ledger, 'EUR')), text(cashIn(account.ledger, 'USD'))]).toEqual(['10000', '87500']);
  });
});

describe('commissions', () => {
  it('are those of recorded reports', () => {
    const one = (isSell: boolean, shares: number, price: number) =>
      text(commissionOf(AAPL, isSell, quantityOfSize(shares), cashOf(price * shares), nothingCharged).commission);
    expect([one(false, 1, 309.47), one(true, 1, 309.15), one(true, 1, 308.96), one(false, 100, 310)]).toEqual([
      '1.000003',
      '1.006566',
      '1.006563',
      '1.0003',
    ]);
  });
  it('of parts add up to that of the whole', () =>
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 8 }), (parts) => {
        let charged = nothingCharged;
        let sum = 0n;
        for (const part of parts) {
          const { commission, after } = commissionOf(AAPL, false, quantityOfSize(part), cashOf(part * 100), charged);
          charged = after;
          sum += commission;
        }
        const whole = parts.reduce((a, b) => a + b, 0);
        expect(sum).toBe(commissionOf(AAPL, false, quantityOfSize(whole), cashOf(whole * 100), nothingCharged).commission);
      }),
      { seed: 4 },
    ));
});

describe('figures', () => {
  const figure = (book: Parameters<typeof summaryOf>[0], tag: string) => summaryOf(book, ACCOUNT, [tag])[0]?.value;

  it('of a margin account: a quarter of its stock, four times buying power', () => {
    const { book, trade } = open();
    trade(AAPL, 1000, 200);
    expect(
      [
        'NetLiquidation',
        'TotalCashValue',
        'InitMarginReq',
        'AvailableFunds',
        'BuyingPower',
        'GrossPositionValue',
        'Leverage',
        'Cushion',
      ].map((tag) => figure(book, tag)),
    ).toEqual(['100000.00', '-100000.00', '50000.00', '50000.00', '200000.00', '200000.00', '2.00', '0.5']);
  });

  it('of futures: their margin, twice in an IRA', () => {
    for (const [kind, expected] of [
      ['individual-margin', '20000.00'],
      ['ira-margin', '40000.00'],
    ] as const) {
      const { book, trade } = open(kind);
      trade(ES, 1, 6800);
      expect(figure(book, 'InitMarginReq')).toBe(expected);
    }
  });

  it('of short options uncovered: mark and a fifth of the underlying, less what they are out of the money', () => {
    const { book, trade } = open();
    trade(CALL_250, -1, 10);
    expect(figure(book, 'InitMarginReq')).toBe('3000.00');
    trade(AAPL, 100, 200);
    expect(figure(book, 'InitMarginReq')).toBe('5000.00');
  });

  it('settled cash for cash kinds only; names with both spellings; what has no currency comes first', () => {
    const tags = ['SettledCash', 'NetLiquidation', 'AccountType', 'ReqTEquity', 'Cushion'];
    expect(summaryOf(open('roth-ira-cash').book, ACCOUNT, tags).map(({ key, currency }) => `${key} ${currency ?? ''}`)).toEqual([
      'AccountType ',
      'Cushion ',
      'NetLiquidation USD',
      'RegTEquity USD',
      'SettledCash USD',
    ]);
    expect(summaryOf(open().book, ACCOUNT, ['SettledCash'])).toEqual([]);
  });

  it('by currency: one block per currency and BASE last', () => {
    const { book, trade } = open();
    trade(EURUSD, 10_000, 1.25);
    const rows = summaryOf(book, ACCOUNT, ['$LEDGER:ALL']);
    expect([...new Set(rows.map(({ currency }) => currency))]).toEqual(['USD', 'EUR', 'BASE']);
    const of = (key: string) => rows.filter((row) => row.key === key).map(({ value }) => value);
    expect(of('CashBalance')).toEqual(['87500.00', '10000.00', '100000.00']);
    expect(of('ExchangeRate')).toEqual(['1.0000000', '1.2500000', '1.00']);
    expect(summaryOf(book, ACCOUNT, ['$LEDGER:EUR']).every(({ currency }) => currency === 'EUR')).toBe(true);
  });

  it('a snapshot has segments and portfolio; the changes since are only what differs', () => {
    const { book, marks, trade } = open();
    const before = snapshot(book, ACCOUNT);
    expect(before.values.map(({ key }) => key)).toEqual(
      expect.arrayContaining([
        'AccountCode',
        'AccountReady',
        'NetLiquidation',
        'NetLiquidation-C',
        'NetLiquidation-S',
        'RealCurrency',
      ]),
    );
    expect(changesSince(before, snapshot(book, ACCOUNT))).toMatchObject({ values: [], portfolio: [] });
    trade(AAPL, 10, 200);
    const after = snapshot(book, ACCOUNT);
    expect(after.revision).toBeGreaterThan(before.revision);
    expect(changesSince(before, after).portfolio).toHaveLength(1);
    marks.set(AAPL.conId, 210);
    const moved = changesSince(after, snapshot(book, ACCOUNT));
    expect(moved.values.find(({ key }) => key === 'NetLiquidation')?.value).toBe('100100.00');
    expect(moved.values.some(({ key }) => key === 'TotalCashValue')).toBe(false);
  });

  it('P&L of the day, of the account and of one holding', () => {
    const { book, marks, trade } = open();
    trade(AAPL, 100, 198, 1);
    marks.set(AAPL.conId, 203);
    expect(pnlOf(book, ACCOUNT)).toEqual({ dailyPnL: 499, unrealizedPnL: 499, realizedPnL: 0 });
    startDay(book, '20260416');
    marks.set(AAPL.conId, 204);
    trade(AAPL, -50, 204, 1);
    expect(pnlOf(book, ACCOUNT).dailyPnL).toBeCloseTo(99, 6);
    expect(singlePnlOf(book, ACCOUNT, AAPL.conId)).toMatchObject({ position: '50', value: 10_200, dailyPnL: 99 });
    expect(singlePnlOf(book, ACCOUNT, 1)).toBeUndefined();
  });

  it('day trades count down below 25,000 and are unlimited above', () => {
    const { book, trade } = open('individual-margin', 10_000);
    expect(figure(book, 'DayTradesRemaining')).toBe('3');
    trade(AAPL, 10, 200);
    trade(AAPL, -10, 200);
    expect(figure(book, 'DayTradesRemaining')).toBe('2');
    expect(figure(open().book, 'DayTradesRemaining')).toBe('-1');
  });
});
