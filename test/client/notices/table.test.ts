// The table of codes against the list of limits.md, section 13; explanations; and the page written from it.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { codesPage } from '../../../scripts/codes-docs.js';
import { explain } from '../../../src/client/notices/explain.js';
import { addCodes, codeFamilies, hasClass, lookup } from '../../../src/client/notices/table.js';
import { GatewayError } from '../../../src/client/wire/errors.js';

interface Listed {
  readonly section: string;
  readonly from: number;
  readonly to: number;
  readonly classes: readonly string[];
  readonly exception?: boolean;
}

const file = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
const listed: readonly Listed[] = JSON.parse(file('fixtures/limits/codes.json')).codes;
const rows = codeFamilies.flatMap((family) => family.rows);

/** The classes of a code: an exception beats everything, a code named alone beats the run it lies in. */
function expected(code: number): readonly string[] {
  const of = listed.filter(({ from, to }) => from <= code && code <= to);
  const exceptions = of.filter(({ exception }) => exception);
  const alone = of.filter(({ from, to }) => from === to);
  return (exceptions.length > 0 ? exceptions : alone.length > 0 ? alone : of).flatMap(({ classes }) => classes);
}

describe('table of codes', () => {
  const codes = [...new Set(listed.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, at) => from + at)))];

  it('the list has its known length', () => {
    expect(codes.length).toBeGreaterThan(400);
  });

  it('knows every listed code with its class', () => {
    const wrong = codes
      .filter((code) => {
        const row = lookup(code);
        return row === undefined || !expected(code).includes(row.class);
      })
      .map((code) => `${code}: ${lookup(code)?.class ?? 'missing'}, listed ${expected(code).join('/')}`);
    expect(wrong).toEqual([]);
  });

  it('has every class of a code that is listed alone', () => {
    for (const { from, to, classes } of listed) {
      const row = lookup(from);
      if (from !== to || row === undefined || expected(from).join() !== classes.join()) continue;
      for (const of of classes) expect([from, hasClass(row, of as typeof row.class)]).toEqual([from, true]);
    }
  });

  it('states each code once', () => {
    const seen = rows.flatMap(({ code, to }) => Array.from({ length: (to ?? code) - code + 1 }, (_, at) => code + at));
    expect(seen.filter((code, at) => seen.indexOf(code) !== at)).toEqual([]);
  });

  it('every row says what it means and what to do, in a sentence', () => {
    for (const { code, meaning, remedy } of rows) {
      expect([code, /^[A-Za-z"`].*[.]$/.test(meaning), /[.]$/.test(remedy)]).toEqual([code, true, true]);
    }
  });

  it('every row that reads texts says what it assumes without a match', () => {
    for (const row of rows) {
      if (row.texts !== undefined)
        expect([row.code, row.otherwise ?? (row.class === 'warning' ? row.class : '')]).not.toEqual([row.code, '']);
    }
  });

  it('docs/codes.md is written from the table as it is', () => {
    expect(file('docs/codes.md')).toBe(codesPage());
  });
});

describe('errors of the gateway', () => {
  const failure = (errorCode: number, text: string, asked?: string) => new GatewayError({ errorCode, text, id: 1, asked });

  it('say what to do and where it stands, from the row of the code', () => {
    const row = rows.find(({ code }) => code === 321);
    expect(failure(321, 'nobody reads this', 'reqMktData')).toMatchObject({
      meaning: row?.meaning,
      remedy: row?.remedy,
      help: 'docs/codes.md#321',
    });
  });

  it('say what their text adds', () => {
    const text = 'Historical Market Data Service error message:Historical data request pacing violation';
    expect(failure(162, text, 'reqHistoricalData').meaning).toContain('Too many historical requests');
    expect(failure(162, text, 'reqHistoricalData').remedy).toBe(explain(162, { text }).remedy);
  });

  it('of a code that no table knows lead to the page, and take an order for live', () => {
    expect(failure(10_999, 'new', 'reqMktData')).toMatchObject({ help: 'docs/codes.md' });
    expect(failure(10_999, 'new', 'placeOrder').remedy).toContain('Take the order for live');
  });

  it('follow rows that were added', () => {
    const take = addCodes([{ code: 10_998, class: 'order', meaning: 'The venue is closed.', remedy: 'Place it tomorrow.' }]);
    expect(failure(10_998, 'closed', 'placeOrder').remedy).toBe('Place it tomorrow.');
    take();
    expect(failure(10_998, 'closed', 'placeOrder').remedy).not.toBe('Place it tomorrow.');
  });

  it('lead to an anchor that is on the page, for every code and once', () => {
    const page = file('docs/codes.md');
    for (const { code, to = code } of rows) {
      for (let at = code; at <= to; at++) {
        const [, anchor = ''] = failure(at, '').help.split('#');
        expect([at, page.split(`<a id="${anchor}"></a>`).length - 1]).toEqual([at, 1]);
      }
    }
  });
});

describe('explain', () => {
  it('gives meaning and remedy of a known code', () => {
    expect(explain(1102)).toMatchObject({ isKnown: true, class: 'connectivity', text: undefined });
  });

  it('reads the text where the table has a rule', () => {
    const text = 'Historical Market Data Service error message:Historical data request pacing violation';
    expect(explain(162, { text }).meaning).toContain('Too many historical requests');
    expect(explain(162, { text: '历史市场数据服务错误' }).meaning).toBe(explain(162).meaning);
  });

  it('takes the class that fits the owner of the id', () => {
    expect(explain(321).class).toBe('request');
    expect(explain(321, { isOrder: true }).class).toBe('orderState');
    expect(explain(10089).class).toBe('advisory');
    expect(explain(10089, { asked: 'reqTickByTickData' }).class).toBe('request');
  });

  it('says of an unknown code what is done with it', () => {
    expect(explain(10999)).toMatchObject({ isKnown: false, class: undefined });
    expect(explain(10999, { isOrder: true }).remedy).toContain('Take the order for live');
  });

  it('hides account numbers in the text it gives back', () => {
    expect(explain(201, { text: 'Order rejected - reason:account DU9000001' }).text).toBe('Order rejected - reason:account DU…');
  });
});
