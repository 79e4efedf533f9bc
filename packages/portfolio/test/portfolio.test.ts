// The portfolio over brokers: nothing twice, nothing unknown as 0, every view adds up to the same.

import fc from 'fast-check';
import { parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { mappingOf, readMapped } from '../src/csv/mapping.js';
import { readCsv } from '../src/csv/read-csv.js';
import { sum } from '../src/decimal.js';
import { matchOf } from '../src/identity.js';
import { merge, type Portfolio } from '../src/merge.js';
import { type Balance, emptyReading, type Position, type Reading, type Transaction } from '../src/model.js';
import { positionColumns } from '../src/out/columns.js';
import { toCsv, toParquet } from '../src/out/write.js';
import { compare, rebuild } from '../src/rebuild.js';
import { cash } from '../src/views/cash.js';
import { concentration } from '../src/views/concentration.js';
import { totals, type ViewName, view } from '../src/views/groups.js';
import { lossSalesElsewhere, washSaleNeighbours } from '../src/views/wash-sales.js';
import { fixture } from './fixtures.js';

const account = (broker: string, number = '1') => ({ broker, number });
const held = (broker: string, symbol: string, more: Partial<Position> = {}): Position => ({
  account: account(broker),
  source: broker,
  raw: {},
  instrument: { class: 'stock', symbol },
  quantity: '10',
  price: '2.5',
  currency: 'USD',
  isCashEquivalent: false,
  ...more,
});
const money = (broker: string, cash: string, more: Partial<Balance> = {}): Balance => ({
  account: account(broker),
  source: broker,
  raw: {},
  currency: 'USD',
  cash,
  includesCashEquivalents: false,
  ...more,
});
const move = (
  broker: string,
  kind: Transaction['kind'],
  date: string,
  quantity: string,
  price: string,
  symbol = 'MU',
): Transaction => ({
  account: account(broker),
  source: broker,
  raw: { broker, kind, date, quantity, price, symbol },
  kind,
  code: kind,
  date,
  instrument: { class: 'stock', symbol },
  quantity,
  price,
  currency: 'USD',
  isReinvestment: false,
  isCashEquivalent: false,
});
const reading = (parts: Partial<Reading>): Reading => ({ ...emptyReading('test', 'test'), end: 'proven', ...parts });
const portfolio = (parts: Partial<Reading>): Portfolio => merge([reading(parts)]);

describe('money market funds', () => {
  const fund = held('snap', 'SPAXX', {
    instrument: { class: 'cash', symbol: 'SPAXX' },
    quantity: '300',
    price: '1',
    isCashEquivalent: true,
  });
  it('count once where the cash contains them', () => {
    const whole = portfolio({ positions: [fund], balances: [money('snap', '310.50', { includesCashEquivalents: true })] });
    expect(totals(whole)).toEqual({ USD: '310.5' });
    expect(cash(whole)).toEqual([{ account: 'snap:1', currency: 'USD', cash: '10.5', equivalents: '300', total: '310.5' }]);
  });
  it('add to the cash where it does not contain them', () => {
    const whole = portfolio({ positions: [fund], balances: [money('snap', '10.50')] });
    expect(totals(whole)).toEqual({ USD: '310.5' });
    expect(cash(whole)[0]).toMatchObject({ cash: '10.5', total: '310.5' });
  });
});

describe('what is not told', () => {
  it('a missing price is unknown and named, not 0', () => {
    const { price: _price, ...unpriced } = held('a', 'XYZ');
    const line = view(portfolio({ positions: [unpriced, held('a', 'MU')] }), 'account')[0];
    expect(line).toMatchObject({ value: '25', unknown: ['XYZ'] });
  });
  it('currencies are not added without a named rate', () => {
    const whole = portfolio({ positions: [held('a', 'MU'), held('a', 'VAB.TO', { currency: 'CAD' })] });
    expect(totals(whole)).toEqual({ CAD: '25', USD: '25' });
    expect(() => concentration(whole, 'USD')).toThrow(expect.objectContaining({ code: 'rate-unknown' }));
    const shares = concentration(whole, 'USD', [{ from: 'CAD', to: 'USD', rate: '0.72', source: 'given' }]);
    expect(shares.map(({ key, value, percent }) => [key, value, percent])).toEqual([
      ['MU', '25', '58.14'],
      ['VAB.TO', '18', '41.86'],
    ]);
  });
});

describe('identity', () => {
  it('an ISIN is certain, a symbol alone possible, and two ISINs are two', () => {
    const a = { class: 'stock', symbol: 'QQQ', isin: 'US46090E1038' } as const;
    expect(matchOf(a, { class: 'stock', symbol: 'Q', cusip: '46090E103' })).toEqual({
      at: 'same',
      by: 'cusip',
      confidence: 'certain',
    });
    expect(matchOf(a, { class: 'stock', symbol: 'QQQ' })).toEqual({ at: 'same', by: 'symbol', confidence: 'possible' });
    expect(matchOf(a, { class: 'stock', symbol: 'QQQ', isin: 'US0378331005' })).toEqual({ at: 'different', by: 'isin' });
  });
  it('a holding at two brokers is one line with the confidence said', () => {
    const [line] = view(portfolio({ positions: [held('a', 'MU'), held('b', 'MU')] }), 'instrument');
    expect(line).toMatchObject({ key: 'MU', value: '50', quantity: '20', matchedBy: 'possible (symbol)' });
  });
});

describe('files that overlap', () => {
  it('two equal rows are two fills, and still two when a second file repeats them', () => {
    const row = '"6/18/2026","6/18/2026","6/22/2026","VTI","Vanguard","Buy","1","$250.00","($250.00)"\n';
    const other = row.replaceAll('6/18', '6/19');
    const [header, ...rest] = fixture('robinhood-1.csv').split('\n');
    const tail = rest.slice(-3).join('\n');
    const file = (rows: string): Reading => readCsv(`${header}\n${rows}${tail}`, { account: '5' });
    const merged = merge([file(row + row), file(other + row + row)]);
    expect([merged.transactions.length, merged.duplicates]).toEqual([3, 2]);
  });
  it('one account by two ways counts once when the owner says so, never by guess', () => {
    const readings = [reading({ positions: [held('a', 'MU')] }), reading({ positions: [held('b', 'MU')] })];
    expect(totals(merge(readings))).toEqual({ USD: '50' });
    const told = merge(readings, { 'b:1': 'a:1' });
    expect(totals(told)).toEqual({ USD: '25' });
    expect(told.notes).toContain('b: holdings of an account another source tells too are left out');
  });
});

describe('rebuilt positions', () => {
  it('splits, expiries and reinvested dividends move units', () => {
    const { transactions } = readCsv(fixture('robinhood-1.csv'));
    const units = rebuild(transactions).map(({ instrument, quantity }) => [
      instrument.option ? 'AAPL C' : instrument.symbol,
      quantity,
    ]);
    expect(units).toEqual([
      ['AAPL C', '0'],
      ['VTI', '1.5'],
      ['NVDA', '90.012345'],
      ['TSLA', '-1200'],
    ]);
  });
  it('names the difference to what is reported', () => {
    const whole = portfolio({
      positions: [held('a', 'MU'), held('a', 'VTI')],
      transactions: [move('a', 'buy', '2026-06-01', '7', '2')],
    });
    expect(compare(whole)).toEqual([
      { account: 'a:1', instrument: 'MU', rebuilt: '7', reported: '10', difference: '3', why: 'earlier-transactions-missing' },
      { account: 'a:1', instrument: 'VTI', rebuilt: '0', reported: '10', difference: '10', why: 'not-in-transactions' },
    ]);
  });
});

describe('wash-sale neighbours', () => {
  const loss = [move('taxable', 'buy', '2026-05-01', '10', '100'), move('taxable', 'sell', '2026-06-01', '-10', '90')];
  it.each([
    ['2026-07-01', 1],
    ['2026-05-02', 1],
    ['2026-07-02', 0],
  ])('bought elsewhere on %s: %i', (date, count) => {
    const found = washSaleNeighbours(portfolio({ transactions: [...loss, move('ira', 'buy', date, '5', '80')] }));
    expect(found).toHaveLength(count);
    if (count === 1) expect(found[0]).toMatchObject({ instrument: 'MU', result: 'loss', bought: { account: 'ira:1' } });
  });
  it('feeds the rule of the core, without gains and without the account itself', () => {
    const whole = portfolio({ transactions: loss });
    expect(lossSalesElsewhere(whole, 'ira:1', '2026-06-11')).toEqual([{ symbol: 'MU', daysAgo: 10 }]);
    expect(lossSalesElsewhere(whole, 'taxable:1', '2026-06-11')).toEqual([]);
    expect(lossSalesElsewhere(whole, 'ira:1', '2026-07-02')).toEqual([]);
    const gain = portfolio({ transactions: [loss[0]!, move('taxable', 'sell', '2026-06-01', '-10', '110')] });
    expect(lossSalesElsewhere(gain, 'ira:1', '2026-06-11')).toEqual([]);
  });
});

describe('any other CSV', () => {
  const mapping = mappingOf({
    broker: 'acme',
    holds: 'transactions',
    currency: 'EUR',
    columns: { date: 'Day', code: 'What', symbol: 'Thing', quantity: 'Count', amount: 'Money (EUR)' },
    kinds: { K: 'buy' },
  });
  it('is read by the names a mapping gives', () => {
    const { transactions, unknownCodes } = readMapped(
      'Count,Thing,Day,What,Money (EUR)\n3,SAP,2026-01-05,K,-300\n1,SAP,2026-01-06,?,0\n',
      mapping,
    );
    expect(transactions[0]).toMatchObject({ kind: 'buy', quantity: '3', amount: '-300', currency: 'EUR', date: '2026-01-05' });
    expect(unknownCodes).toEqual({ '?': 1 });
  });
  it('is refused when a column it names is not there', () => {
    expect(() => readMapped('Day,What\n2026-01-05,K\n', mapping)).toThrow(expect.objectContaining({ code: 'column-missing' }));
  });
});

describe('properties', () => {
  const decimal = fc.tuple(fc.bigInt(-(10n ** 14n), 10n ** 14n), fc.nat(6)).map(([digits, places]) => {
    const text = `${digits < 0n ? -digits : digits}`.padStart(places + 1, '0');
    const whole = places === 0 ? text : `${text.slice(0, -places)}.${text.slice(-places)}`;
    return digits < 0n ? `-${whole}` : whole;
  });
  const holding = fc
    .record({
      broker: fc.constantFrom('a', 'b', 'c'),
      symbol: fc.constantFrom('MU', 'VTI', 'SPAXX'),
      currency: fc.constantFrom('USD', 'CAD', 'EUR'),
      value: fc.option(decimal, { nil: undefined }),
      isin: fc.option(fc.constantFrom('US1', 'US2'), { nil: undefined }),
    })
    .map(({ broker, symbol, currency, value, isin }) => {
      const { price: _price, ...bare } = held(broker, symbol, { currency, isCashEquivalent: symbol === 'SPAXX' });
      return {
        ...bare,
        instrument: { class: 'stock' as const, symbol, ...(isin && { isin }) },
        ...(value !== undefined && { value }),
      };
    });
  const balance = fc
    .record({
      broker: fc.constantFrom('a', 'b'),
      cash: decimal,
      currency: fc.constantFrom('USD', 'CAD'),
      includesCashEquivalents: fc.boolean(),
    })
    .map(({ broker, cash, ...more }) => money(broker, cash, more));

  it('the sum over any view is the sum over accounts, per currency, exactly', () =>
    fc.assert(
      fc.property(fc.array(holding, { maxLength: 12 }), fc.array(balance, { maxLength: 4 }), (positions, balances) => {
        const whole = portfolio({ positions, balances });
        const sums = (by: ViewName): Record<string, string> => {
          const lines = view(whole, by);
          const currencies = [...new Set(lines.map(({ currency }) => currency))].sort();
          return Object.fromEntries(
            currencies.map((currency) => [
              currency,
              sum(lines.filter((line) => line.currency === currency).map(({ value }) => value)),
            ]),
          );
        };
        for (const by of ['instrument', 'broker', 'currency', 'class'] as const) expect(sums(by)).toEqual(sums('account'));
      }),
      { numRuns: 200, seed: 18 },
    ));
});

describe('written out', () => {
  const columns = positionColumns([held('a', '=cmd()'), held('a', 'MU', { quantity: '-3', currency: 'CAD' })]);
  it('CSV keeps negatives as numbers and disarms formulas', () => {
    const [, first, second] = toCsv(columns).split('\n');
    expect([first, second]).toEqual([
      "a:1,a,'=cmd(),stock,,,,,,10,2.5,25,,USD,false,a,",
      'a:1,a,MU,stock,,,,,,-3,2.5,-7.5,,CAD,false,a,',
    ]);
  });
  it('Parquet reads back exactly', async () => {
    const bytes = toParquet(columns);
    const rows = await parquetReadObjects({
      file: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer,
    });
    expect(rows[1]).toMatchObject({ account: 'a:1', instrument: 'MU', quantity: '-3', value: '-7.5', isCashEquivalent: false });
    expect(rows[1]!['isin'] ?? undefined).toBeUndefined();
  });
});
