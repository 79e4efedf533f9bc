// What the ticks of a quote stream come to.

import { describe, expect, it } from 'vitest';
import { type QuoteTick, valuesOf } from '../../../src/client/market/quote.js';
import { condenseTicks, QuoteSink, type TickMessage } from '../../../src/client/market/quote-maker.js';
import { shortQuestion } from '../../../src/client/market/short-question.js';
import { readDividends, readRatios, readRtVolume } from '../../../src/client/market/text-ticks.js';
import { tickTypeOf } from '../../../src/client/market/tick-types.js';
import { type ShortQuestion, shortSaleReport } from '../../../src/rules/reports/short-sale-report.js';

const price = (tickType: number, value: number, size: number | undefined, attribMask = 0): TickMessage =>
  ({ kind: 'tickPrice', reqId: 1, tickType, price: value, size, attribMask }) as TickMessage;
const size = (tickType: number, value: number): TickMessage =>
  ({ kind: 'tickSize', reqId: 1, tickType, size: value }) as TickMessage;
const generic = (tickType: number, value: number): TickMessage =>
  ({ kind: 'tickGeneric', reqId: 1, tickType, value }) as TickMessage;
const dataType = (marketDataType: number): TickMessage => ({ kind: 'marketDataType', reqId: 1, marketDataType }) as TickMessage;

function quoteOf(messages: readonly TickMessage[]) {
  let now = 1000;
  const ticks: QuoteTick[] = [];
  const handed = {
    place: 0,
    get heardAt() {
      return now++;
    },
  };
  const maker = new QuoteSink(handed, () => {}).maker();
  maker.seat.open((tick) => ticks.push(tick));
  for (const message of messages) maker.take(message);
  return { maker, ticks, quote: maker.quote };
}

describe('a quote', () => {
  it('holds the newest value of each field with its time and source', () => {
    const { quote } = quoteOf([dataType(1), price(1, 187.5, 300), price(1, 187.6, 200), price(2, 187.7, 100)]);
    expect(quote.bid).toMatchObject({ value: 187.6, source: 'live', tickType: 1 });
    expect(quote.bidSize?.value).toBe(200);
    expect(quote.ask?.value).toBe(187.7);
    expect(quote.ask?.time).toBeGreaterThan(quote.bid?.time ?? 0);
    expect(valuesOf(quote)).toEqual({ bid: 187.6, bidSize: 200, ask: 187.7, askSize: 100 });
  });

  it.each<readonly [string, boolean, readonly TickMessage[]]>([
    ['a bid above the ask', true, [dataType(1), price(1, 10.02, 1), price(2, 10.01, 1)]],
    ['a bid at the ask, which is locked', false, [dataType(1), price(1, 10.01, 1), price(2, 10.01, 1)]],
    ['a bid below the ask', false, [dataType(1), price(1, 10, 1), price(2, 10.01, 1)]],
    ['negative prices the wrong way round', true, [dataType(1), price(1, -1.2, 1), price(2, -1.3, 1)]],
    ['a bid alone', false, [dataType(1), price(1, 10, 1)]],
    ['an ask that is none at present', false, [dataType(1), price(1, 10, 1), price(2, 9, 1), price(2, -1, 0)]],
    ['a delayed ask below a live bid', false, [dataType(1), price(1, 10, 1), dataType(3), price(67, 9, 1)]],
    ['both delayed', true, [dataType(3), price(66, 10, 1), price(67, 9, 1)]],
  ])('is crossed, or not, by %s: %s', (_, isCrossed, messages) => {
    const { quote } = quoteOf(messages);
    expect(quote.isCrossed).toBe(isCrossed);
    expect(Object.keys(valuesOf(quote))).not.toContain('isCrossed');
  });

  it('is a line of the report on short sales', () => {
    const { quote } = quoteOf([dataType(1), generic(46, 2.9), size(89, 1_250_000)]);
    expect(shortQuestion('AAPL', '100', quote, 0.25)).toEqual({
      symbol: 'AAPL',
      quantity: '100',
      shortableTick: '2.9',
      shortableShares: '1250000',
      feeRate: '0.25',
    });
    const margin = { configuredKind: 'reg-t', baseCurrency: 'USD', netLiquidation: '50000' };
    const line = (asked: ShortQuestion) => shortSaleReport(margin, [asked])[0];
    expect(line(shortQuestion('AAPL', '100', quote, 0.25))).toMatchObject({ status: 'available', feeRate: '0.25' });
    expect(line(shortQuestion('AAPL', '2000000', quote))).toMatchObject({ status: 'locate', feeRate: undefined });
    expect(line(shortQuestion('AAPL', '100', quoteOf([generic(46, 1)]).quote))).toMatchObject({ status: 'unavailable' });
    expect(line(shortQuestion('AAPL', '100', quoteOf([]).quote, Number.NaN))).toMatchObject({ status: 'unknown' });
  });

  it('says the size that came with a price once, although its twin follows', () => {
    const { ticks } = quoteOf([price(1, 10, 5), size(0, 5), size(0, 6)]);
    expect(ticks.map(({ field, value }) => [field, value])).toEqual([
      ['bid', 10],
      ['bidSize', 5],
      ['bidSize', 6],
    ]);
  });

  it('has no price where -1 came without a size, and keeps 0 and true negative prices', () => {
    expect(quoteOf([price(1, -1, 0)]).quote.bid?.value).toBeUndefined();
    expect(quoteOf([price(6, -1, undefined)]).quote.high?.value).toBeUndefined();
    expect(quoteOf([price(1, -1, 10)]).quote.bid?.value).toBe(-1);
    expect(quoteOf([price(1, -2.5, 0)]).quote.bid?.value).toBe(-2.5);
    expect(quoteOf([price(4, 0, 0)]).quote.last?.value).toBe(0);
  });

  it.each([
    [1, 1, 'live'],
    [2, 1, 'frozen'],
    [3, 66, 'delayed'],
    [4, 66, 'delayedFrozen'],
    [undefined, 66, 'delayed'],
    [undefined, 1, 'unknown'],
  ] as const)('of data type %s calls tick %i %s', (type, tickType, source) => {
    const { quote } = quoteOf([...(type === undefined ? [] : [dataType(type)]), price(tickType, 10, 1)]);
    expect(quote.bid?.source).toBe(source);
  });

  it('says in band when the kind of data changes', () => {
    const { ticks } = quoteOf([dataType(1), dataType(3)]);
    expect(ticks.map(({ field, value }) => [field, value])).toEqual([
      ['dataType', 'live'],
      ['dataType', 'delayed'],
    ]);
  });

  it('passes on tick types that no table knows', () => {
    const { ticks } = quoteOf([price(200, 1.5, 0), { kind: 'tickString', reqId: 1, tickType: 201, value: 'x' } as TickMessage]);
    expect(ticks).toMatchObject([
      { field: 'other', tickType: 200, value: 1.5 },
      { field: 'other', tickType: 201, value: 'x' },
    ]);
  });

  it('is empty after a reset', () => {
    const { maker, quote, ticks } = quoteOf([dataType(1), price(1, 10, 1)]);
    ticks.length = 0;
    maker.reset();
    expect(valuesOf(quote)).toEqual({});
    expect(quote.dataType).toBe('unknown');
    expect(ticks.map(({ field }) => field)).toEqual(['reset']);
  });

  it('keeps the greeks of an option by where they are from', () => {
    const greeks = { impliedVol: 0.3, delta: 0.5, gamma: 0.01, vega: 0.2, theta: -0.1, optPrice: 5 };
    const model = { kind: 'tickOptionComputation', reqId: 1, tickType: 13, ...greeks } as TickMessage;
    expect(quoteOf([model]).quote.modelGreeks?.value).toMatchObject(greeks);
  });

  it('condenses to the newest tick of each field', () => {
    const { ticks } = quoteOf([price(1, 10, 1), price(1, 11, 1), price(2, 12, 3), price(1, 13, 1), price(200, 1, 0)]);
    expect(condenseTicks(ticks).map(({ field, value }) => [field, value])).toEqual([
      ['bidSize', 1],
      ['ask', 12],
      ['askSize', 3],
      ['bid', 13],
      ['other', 1],
    ]);
  });

  it('knows the pairs of prices and sizes', () => {
    expect([1, 2, 4, 66, 67, 68].map((id) => tickTypeOf(id)?.sizeAt ?? -1).every((at) => at >= 0)).toBe(true);
    expect(tickTypeOf(6)?.sizeAt).toBe(-1);
    expect(tickTypeOf(66)?.field).toBe(tickTypeOf(1)?.field);
  });
});

describe('texts of ticks', () => {
  it('read real-time volume, dividends and ratios', () => {
    expect(readRtVolume('187.5;100;1788357600123;5000;187.25;true')).toEqual({
      price: 187.5,
      size: 100,
      time: 1_788_357_600_123,
      volume: 5000,
      vwap: 187.25,
      isSingleTrade: true,
    });
    expect(readRtVolume(';0;1788357600123;5000;;false')).toMatchObject({ price: undefined, size: 0, vwap: undefined });
    expect(readRtVolume('nonsense')).toBeUndefined();
    expect(readDividends('0.96,1.04,20260810,0.26')).toEqual({
      past12Months: 0.96,
      next12Months: 1.04,
      nextDate: '20260810',
      nextAmount: 0.26,
    });
    expect(readDividends(',,,')).toMatchObject({ nextDate: undefined, nextAmount: undefined });
    expect([...readRatios('PEEXCLXOR=31.2;BAD;YIELD=-99999.99;BETA=1.1')]).toEqual([
      ['PEEXCLXOR', 31.2],
      ['BETA', 1.1],
    ]);
  });
});
