import Big from 'big.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Position, positionFrom, positionsFromJson, positionsToJson } from '../../../src/client/accounts/position.js';
import { positionsFromCsv, positionsToCsv } from '../../../src/client/accounts/position-csv.js';
import { mergePositions } from '../../../src/client/accounts/position-merge.js';
import { InputError } from '../../../src/client/input/input-error.js';

const aapl: Position = {
  broker: 'ibkr',
  account: 'DU9000001',
  secType: 'STK',
  symbol: 'AAPL',
  currency: 'USD',
  conId: 265598,
  position: new Big('100.50'),
  avgCost: new Big('187.123456789'),
  marketValue: new Big('18900'),
  asOf: '2026-11-20T05:00:00.123Z',
};
const call: Position = {
  broker: 'other, "the" bank',
  account: '=cmd|calc',
  secType: 'OPT',
  symbol: 'AAPL',
  currency: 'USD',
  lastTradeDateOrContractMonth: '20260618',
  strike: new Big('187.5'),
  right: 'C',
  multiplier: new Big(100),
  position: new Big(-3),
};
const HEADER =
  'broker,account,secType,symbol,currency,conId,exchange,lastTradeDateOrContractMonth,strike,right,multiplier,localSymbol,secIdType,secId,position,avgCost,marketPrice,marketValue,unrealizedPNL,realizedPNL,asOf';

describe('position CSV', () => {
  it('writes every digit, quotes what needs it and disarms formulas', () => {
    expect(positionsToCsv([aapl, call])).toBe(
      [
        HEADER,
        'ibkr,DU9000001,STK,AAPL,USD,265598,,,,,,,,,100.5,187.123456789,,18900,,,2026-11-20T05:00:00.123Z',
        `"other, ""the"" bank",'=cmd|calc,OPT,AAPL,USD,,,20260618,187.5,C,100,,,,-3,,,,,,`,
        '',
      ].join('\r\n'),
    );
  });

  it('reads back what it wrote', () => {
    expect(positionsFromCsv(positionsToCsv([aapl, call]))).toStrictEqual({
      positions: [aapl, call],
      problems: [],
      ignoredColumns: [],
    });
  });

  it('reads columns in any order, with a byte-order mark, other separators and line ends, and defaults', () => {
    const csv = '\ufeffposition;symbol;note;currency;secType\n5;"BRK B";hello;USD;STK\r-1;X;;EUR;STK\r\n\r\n';
    const { positions, problems, ignoredColumns } = positionsFromCsv(csv, {
      separator: ';',
      defaults: { broker: 'b', account: 'a' },
    });
    expect(positions.map(({ symbol, position, broker }) => [symbol, position.toFixed(), broker])).toStrictEqual([
      ['BRK B', '5', 'b'],
      ['X', '-1', 'b'],
    ]);
    expect({ problems, ignoredColumns }).toStrictEqual({ problems: [], ignoredColumns: ['note'] });
  });

  const row = (cells: string): readonly unknown[] =>
    positionsFromCsv(`broker,account,secType,symbol,currency,position\n${cells}\n`).problems;
  it.each([
    ['b,a,STK,X,USD,"1,000"', 'position'],
    ['b,a,STK,X,USD,1e5', 'position'],
    ['b,a,STK,X,USD,NaN', 'position'],
    ['b,a,STK,X,USD,', 'position'],
    ['b,a,STK,X,USD,--5', 'position'],
    [`b,a,STK,X,USD,${'9'.repeat(61)}`, 'position'],
    ['b,a,STOCK,X,USD,1', 'secType'],
    ['b,a,constructor,X,USD,1', 'secType'],
    ['b,a,STK,X,usd,1', 'currency'],
    ['b,a,STK,,USD,1', 'symbol'],
    ['b,a,OPT,X,USD,1', 'lastTradeDateOrContractMonth'],
    ['b,a,STK,X,USD', 'row'],
    ['b,a,STK,X,USD,1,2', 'row'],
    ['b,"a\nb",STK,X,USD,1', 'account'],
    [`b,${'a'.repeat(201)},STK,X,USD,1`, 'account'],
  ])('reports the row %j by its field', (cells, field) => {
    expect(row(cells)).toStrictEqual([{ row: 2, field, problem: expect.any(String) }]);
  });

  it('leaves good rows in when one is bad, and says which', () => {
    const csv = 'broker,account,secType,symbol,currency,position\nb,a,STK,X,USD,1\nb,a,STK,Y,USD,one\nb,a,STK,Z,USD,3\n';
    const { positions, problems } = positionsFromCsv(csv);
    expect(positions.map((one) => one.symbol)).toStrictEqual(['X', 'Z']);
    expect(problems).toMatchObject([{ row: 3, field: 'position' }]);
  });

  it.each([
    ['nothing', ''],
    ['a header of other things', 'a,b\n1,2\n'],
    ['a column twice', 'symbol,symbol\nx,y\n'],
    ['a quote that is never closed', 'symbol,position\n"x,1\n'],
    ['text behind a closing quote', 'symbol,position\n"x"y,1\n'],
    ['a prototype for a column', '__proto__,constructor\n1,2\n'],
  ])('refuses %s', (_, csv) => {
    expect(() => positionsFromCsv(csv)).toThrowError(InputError);
  });

  it('refuses a file that is too long', () => {
    expect(() => positionsFromCsv('x'.repeat(11), { maxLength: 10 })).toThrowError(/11 characters/);
  });
});

describe('position JSON', () => {
  it('is a documented text with numbers as text', () => {
    const json = positionsToJson([call]);
    expect(JSON.parse(json)).toStrictEqual({
      format: 'ibwire-positions',
      version: 1,
      positions: [
        {
          broker: 'other, "the" bank',
          account: '=cmd|calc',
          secType: 'OPT',
          symbol: 'AAPL',
          currency: 'USD',
          lastTradeDateOrContractMonth: '20260618',
          strike: '187.5',
          right: 'C',
          multiplier: '100',
          position: '-3',
        },
      ],
    });
    expect(positionsFromJson(json)).toStrictEqual([call]);
  });

  const document = (one: unknown): string => JSON.stringify({ format: 'ibwire-positions', version: 1, positions: [one] });
  const least = { broker: 'b', account: 'a', secType: 'STK', symbol: 'X', currency: 'USD', position: 1.5 };
  it('takes JSON numbers', () => {
    expect(positionsFromJson(document(least))[0]?.position.toFixed()).toBe('1.5');
  });

  it.each([
    ['no JSON', '{', 'json'],
    ['another format', '{"format":"x","version":1,"positions":[]}', 'json'],
    ['a later version', '{"format":"ibwire-positions","version":2,"positions":[]}', 'json'],
    ['a position that is none', document(5), 'positions[0]'],
    ['a misspelt field', document({ ...least, pos: 1 }), 'positions[0].pos'],
    ['a flag for a number', document({ ...least, position: true }), 'positions[0].position'],
    ['an id without its kind', document({ ...least, secId: 'US0378331005' }), 'positions[0].secId'],
    ['a negative strike', document({ ...least, strike: -1 }), 'positions[0].strike'],
    [
      'a date that does not exist',
      document({ ...least, lastTradeDateOrContractMonth: '20260231' }),
      'positions[0].lastTradeDateOrContractMonth',
    ],
    ['a local time', document({ ...least, asOf: '2026-11-20T05:00:00' }), 'positions[0].asOf'],
  ])('refuses %s', (_, json, field) => {
    expect(() => positionsFromJson(json)).toThrowError(InputError);
    expect(() => positionsFromJson(json)).toThrowError(expect.objectContaining({ field }));
  });
});

describe('the merged portfolio', () => {
  it('sums a contract across accounts and brokers, exactly', () => {
    const second: Position = {
      ...aapl,
      account: 'DU9000002',
      position: new Big('0.1'),
      avgCost: new Big(10),
      marketValue: new Big('0.2'),
    };
    const { conId: _, marketValue: __, ...elsewhere } = { ...aapl, broker: 'other', position: new Big('0.2') };
    const [merged, ...rest] = mergePositions([aapl, second, elsewhere]);
    expect(rest).toStrictEqual([]);
    expect(merged?.position.toFixed()).toBe('100.8');
    expect(merged?.cost?.toFixed()).toBe(new Big('100.7').times('187.123456789').plus(1).toFixed());
    expect(merged?.marketValue).toBeUndefined();
    expect(merged?.holdings).toHaveLength(3);
    expect(mergePositions([aapl, second])[0]?.marketValue?.toFixed()).toBe('18900.2');
  });

  it('keeps apart what it cannot tell to be the same', () => {
    const twin: Position = { ...aapl, conId: 999 };
    const { conId: _, ...nameless } = aapl;
    const merged = mergePositions([aapl, twin, nameless]);
    expect(merged.map(({ isAmbiguous, of }) => [of.conId, isAmbiguous])).toStrictEqual([
      [265598, false],
      [999, false],
      [undefined, true],
    ]);
    expect(mergePositions([aapl, { ...nameless, currency: 'EUR' }])).toHaveLength(2);
    expect(mergePositions([call, { ...call, strike: new Big(190) }])).toHaveLength(2);
  });
});

describe('properties', () => {
  const cell = fc.oneof(
    fc.string({ minLength: 1, maxLength: 20 }),
    fc.constantFrom("'", "'=1", '=1+1', '@x', '-2', ' x ', 'a"b', 'a,b', '\u20ac', '""'),
  );
  const printable = cell.filter((value) => !/[\u0000-\u001f\u007f]/.test(value));
  const amount = fc
    .tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.nat(10))
    .map(([n, places]) => new Big(n.toString()).div(new Big(10).pow(places)));
  const position = fc.record(
    {
      broker: printable,
      account: printable,
      secType: fc.constantFrom('STK' as const, 'CASH' as const, 'BOND' as const),
      symbol: printable,
      currency: fc.constantFrom('USD', 'EUR', 'HKD'),
      position: amount,
      avgCost: amount,
      localSymbol: printable,
      conId: fc.integer({ min: 1, max: 2 ** 40 }),
    },
    { requiredKeys: ['broker', 'account', 'secType', 'symbol', 'currency', 'position'] },
  );

  it('any list of positions survives CSV and JSON', () => {
    fc.assert(
      fc.property(fc.array(position, { maxLength: 6 }), (positions) => {
        const csv = positionsFromCsv(positionsToCsv(positions));
        expect(csv.problems).toStrictEqual([]);
        for (const back of [csv.positions, positionsFromJson(positionsToJson(positions))])
          expect(positionsToJson(back)).toBe(positionsToJson(positions));
      }),
      { seed: 29, numRuns: 300 },
    );
  });

  it('no written cell starts like a formula, numbers apart', () => {
    fc.assert(
      fc.property(position, (one) => {
        const { positions } = positionsFromCsv(positionsToCsv([{ ...one, position: new Big(1), avgCost: new Big(1) }]));
        expect(positions).toHaveLength(1);
        const [, line = ''] = positionsToCsv([{ ...one, position: new Big(1), avgCost: new Big(1) }]).split('\r\n');
        expect(line).not.toMatch(/(^|,)"?[=+@-]/);
      }),
      { seed: 30, numRuns: 200 },
    );
  });

  it('any text is read or refused with a reason, and every row is accounted for', () => {
    const scrap = fc.constantFrom('"', ',', '\n', '\r', 'STK', 'USD', '1', 'x', "'=", '\u0000', '');
    fc.assert(
      fc.property(fc.array(scrap, { maxLength: 40 }), (parts) => {
        try {
          const csv = `broker,account,secType,symbol,currency,position\n${parts.join('')}`;
          const { positions, problems } = positionsFromCsv(csv);
          for (const one of positions) expect(positionFrom({ ...one, position: one.position.toFixed() } as never)).toBeDefined();
          expect(new Set(problems.map((problem) => problem.row)).size).toBe(problems.length);
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
        }
      }),
      { seed: 31, numRuns: 500 },
    );
  });

  it('the merged sum is the sum of all positions', () => {
    fc.assert(
      fc.property(fc.array(position, { maxLength: 12 }), (positions) => {
        const sum = (list: readonly { readonly position: Big }[]): string =>
          list.reduce((total, one) => total.plus(one.position), new Big(0)).toFixed();
        expect(sum(mergePositions(positions))).toBe(sum(positions));
        expect(mergePositions(positions).flatMap((one) => one.holdings)).toHaveLength(positions.length);
      }),
      { seed: 32 },
    );
  });
});
