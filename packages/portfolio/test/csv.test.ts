// Brokers' CSV files: the examples, and what may be done to a file without changing what it says.

import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differences, excesses } from '../src/conformance.js';
import { readCsv } from '../src/csv/read-csv.js';
import { money } from '../src/csv/values.js';
import { normalised } from '../src/normalised.js';
import { PortfolioError } from '../src/problem.js';
import { csvNames, fixture } from './fixtures.js';

const expectedOf = (name: string): unknown => JSON.parse(fixture(`${name}.expected.json`));
const quote = (rows: readonly (readonly string[])[], end = '\n'): string =>
  rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join(end) + end;
const grid = (text: string): string[][] => parse(text, { bom: true, relax_column_count: true, skip_empty_lines: true });

function refusal(text: string): PortfolioError {
  try {
    readCsv(text);
  } catch (error) {
    if (error instanceof PortfolioError) return error;
    throw error;
  }
  throw new Error('it was read');
}

describe.each(csvNames)('%s', (name) => {
  const text = fixture(`${name}.csv`);
  const expected = expectedOf(name);

  it('gives its expected JSON, no more and no less', () => {
    const actual = normalised(readCsv(text));
    expect(differences(expected, actual)).toEqual([]);
    expect(excesses(expected, actual)).toEqual([]);
  });

  it('says the same with BOM, CRLF and without', () => {
    const bare = text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
    for (const same of [bare, `\uFEFF${bare}`, bare.replaceAll('\n', '\r\n')])
      expect(differences(expected, normalised(readCsv(same)))).toEqual([]);
  });

  it('is refused or complete when it is cut at any line', () => {
    const lines = text.split('\n');
    const whole = JSON.stringify(normalised(readCsv(text)));
    for (let end = 0; end < lines.length; end += 1) {
      const cut = lines.slice(0, end).join('\n');
      let reading: ReturnType<typeof readCsv>;
      try {
        reading = readCsv(cut);
      } catch (error) {
        expect(error).toBeInstanceOf(PortfolioError);
        continue;
      }
      // a form without an end mark says that its end is not proven
      if (reading.end === 'proven') expect(JSON.stringify(normalised(reading))).toBe(whole);
      else expect(name).toBe('vanguard-1');
    }
  });
});

describe('columns', () => {
  const rows = grid(fixture('robinhood-1.csv'));
  const header = rows[0]!;
  const data = rows.slice(1, -2);
  const tail = rows.slice(-2);
  const expected = normalised(readCsv(fixture('robinhood-1.csv')));

  it('may stand in any order, with others between them', () =>
    fc.assert(
      fc.property(fc.shuffledSubarray([...header.keys()], { minLength: header.length }), (order) => {
        const move = (row: readonly string[]): string[] => ['x', ...order.map((index) => row[index] ?? '')];
        const moved = [
          ['Something New', ...order.map((index) => header[index]!)],
          ...data.map(move),
          tail[0]!.concat(''),
          tail[1]!.slice(-1),
        ];
        expect(normalised(readCsv(quote(moved)))).toEqual(expected);
      }),
      { numRuns: 50, seed: 18 },
    ));

  it('rows in any order give the same records', () => {
    const key = (text: string): string[] =>
      readCsv(text)
        .transactions.map((one) => JSON.stringify(one))
        .sort();
    const all = key(quote(rows));
    fc.assert(
      fc.property(fc.shuffledSubarray(data, { minLength: data.length }), (order) => {
        expect(key(quote([header, ...order, ...tail]))).toEqual(all);
      }),
      { numRuns: 50, seed: 18 },
    );
  });
});

describe('refusals', () => {
  it('names the total that disagrees', () => {
    const error = refusal(fixture('schwab-1.csv').replace('-$3,258.93', '-$3,258.94'));
    expect([error.code, error.message]).toEqual(['file-total', expect.stringContaining("the file's own total is -3258.94")]);
  });

  it('a quote that is never closed', () => {
    expect(refusal('"Activity Date","Trans Code\n"6/1/2026').code).toBe('file-cut');
  });

  it('names the line of a number that is none', () => {
    const error = refusal(fixture('fidelity-activity-1.csv').replace(',300,', ',3OO,'));
    expect([error.code, error.line]).toEqual(['row-unreadable', 5]);
  });

  it('columns of nobody ask for a mapping file', () => {
    expect(refusal('Day,Thing,Count\n2026-01-01,A,1\n').code).toBe('file-unknown');
  });
});

describe('codes nobody knows', () => {
  it('are kept and counted', () => {
    const reading = readCsv(fixture('robinhood-1.csv').replace('"GOLD"', '"ZZZ"'));
    expect(reading.unknownCodes).toEqual({ ZZZ: 1 });
    expect(reading.transactions.find(({ code }) => code === 'ZZZ')).toMatchObject({ kind: 'unknown', amount: '-5.00' });
  });
});

describe('money', () => {
  it.each([
    ['$1,234.56', '1234.56'],
    ['($1,234.56)', '-1234.56'],
    ['-$1,500.00', '-1500.00'],
    ['$-3', '-3'],
    ['(0.00)', '0.00'],
    ['.5', '0.5'],
    ['--', undefined],
    ['', undefined],
  ])('%s is %s', (cell, value) => expect(money(cell, 1, 'Amount')).toBe(value));

  it.each(['1,23.4', '12.3.4', '$', '1e5'])('%s is refused', (cell) =>
    expect(() => money(cell, 1, 'Amount')).toThrow(PortfolioError),
  );
});
