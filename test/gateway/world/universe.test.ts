import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FUTURES } from '../../../src/gateway/data/futures.js';
import { marketRuleOf } from '../../../src/gateway/data/market-rules.js';
import { dayOfText, textOfDay } from '../../../src/gateway/world/civil.js';
import { MADE_UP_FROM, optionConId, optionOfConId } from '../../../src/gateway/world/conid.js';
import { futureExpiry } from '../../../src/gateway/world/expiries.js';
import { futuresAt } from '../../../src/gateway/world/futures.js';
import { expiriesOf, strikesOf } from '../../../src/gateway/world/option-chains.js';
import { hoursTexts } from '../../../src/gateway/world/sessions.js';
import { buildUniverse } from '../../../src/gateway/world/universe.js';

const NOW = Date.parse('2026-09-01T18:30:00Z');
const universe = buildUniverse(1, NOW);
const by = (symbol: string, secType = 'STK') =>
  universe.statics.find((each) => each.symbol === symbol && each.secType === secType);

/** The check digit of an ISIN: letters as two digits, then every second digit doubled. */
function isValidIsin(isin: string): boolean {
  const digits = [...isin].map((c) => Number.parseInt(c, 36)).join('');
  let sum = 0;
  for (const [i, c] of [...digits].reverse().entries()) {
    const value = Number(c) * (i % 2 === 0 ? 1 : 2);
    sum += value > 9 ? value - 9 : value;
  }
  return /^[A-Z]{2}[A-Z0-9]{9}\d$/.test(isin) && sum % 10 === 0;
}

describe('the universe', () => {
  it('names at least 120 instruments of every kind, each with its own conId', () => {
    const all = [...universe.statics, ...universe.futures(NOW)];
    expect(universe.statics.length).toBeGreaterThanOrEqual(120);
    expect(new Set(all.map((each) => each.conId)).size).toBe(all.length);
    const kinds = new Set(all.map((each) => each.secType));
    for (const kind of ['STK', 'CASH', 'IND', 'CRYPTO', 'FUND', 'BOND', 'CFD', 'WAR', 'CMDTY', 'FUT'])
      expect(kinds).toContain(kind);
    expect(all.some((each) => each.stockType === 'ETF')).toBe(true);
    expect(all.filter((each) => each.isPartnership).map((each) => each.symbol)).toEqual(['EPD', 'ET', 'MPLX']);
  });

  it.each([
    ['AAPL', 'STK', 265598],
    ['MSFT', 'STK', 272093],
    ['NVDA', 'STK', 4815747],
    ['TSLA', 'STK', 76792991],
    ['SPY', 'STK', 756733],
    ['IBM', 'STK', 8314],
    ['700', 'STK', 152791428],
    ['000660', 'STK', 17382246],
    ['EUR', 'CASH', 12087792],
    ['SPX', 'IND', 416904],
    ['BTC', 'CRYPTO', 479624278],
    ['VTSAX', 'FUND', 48013650],
    ['XAUUSD', 'CMDTY', 69067924],
  ])('gives %s %s the conId that recordings show', (symbol, secType, conId) => {
    expect(by(symbol, secType)?.conId).toBe(conId);
    expect(universe.instrument(conId)?.symbol).toBe(symbol);
  });

  it('makes up ids only in the range for it', () => {
    const googl = by('GOOGL')?.conId ?? 0;
    expect(googl).toBeGreaterThanOrEqual(MADE_UP_FROM);
    expect(googl).toBeLessThan(MADE_UP_FROM + 90_000_000);
  });

  it('knows every known identifier to be well formed', () => {
    const isins = universe.statics.flatMap((each) =>
      each.secIdList.filter(({ tag }) => tag === 'ISIN').map(({ value }) => value),
    );
    expect(isins.length).toBeGreaterThan(60);
    expect(isins.filter((isin) => !isValidIsin(isin))).toEqual([]);
  });

  it('names a market rule for each valid exchange, and one that exists', () => {
    for (const each of [...universe.statics, ...universe.futures(NOW)]) {
      const rules = each.marketRuleIds.split(',');
      expect(rules.length).toBe(each.validExchanges.split(',').length);
      for (const rule of rules) expect(marketRuleOf(Number(rule))).toBeDefined();
      expect(each.orderTypes).not.toBe('');
    }
  });

  it('describes AAPL as the gateway does', () => {
    expect(by('AAPL')).toMatchObject({
      longName: 'APPLE INC',
      exchange: 'SMART',
      primaryExchange: 'NASDAQ',
      tradingClass: 'NMS',
      marketName: 'NMS',
      minTick: 0.01,
      priceMagnifier: 1,
      industry: 'Technology',
      category: 'Computers',
      subcategory: 'Computers',
      timeZoneId: 'US/Eastern',
      stockType: 'COMMON',
      minSize: 0.0001,
      sizeIncrement: 0.0001,
      suggestedSizeIncrement: 100,
      aggGroup: 1,
      secIdList: [{ tag: 'ISIN', value: 'US0378331005' }],
    });
  });
});

describe('futures', () => {
  it.each([
    ['ES', 2026, 9, '20260918'],
    ['ES', 2027, 6, '20270617'], // the Friday is a holiday
    ['ES', 2029, 3, '20290316'],
    ['CL', 2026, 2, '20260120'],
    ['CL', 2026, 6, '20260519'],
    ['CL', 2026, 12, '20261120'],
    ['CL', 2027, 1, '20261221'],
    ['GC', 2028, 1, '20280127'],
    ['GC', 2031, 12, '20311229'],
    ['NG', 2027, 9, '20270827'],
  ])('%s of %i-%i expires on %s, as recorded', (symbol, year, month, expected) => {
    const product = FUTURES.find((each) => each.symbol === symbol);
    expect(product && textOfDay(futureExpiry(product.expiry, year, month))).toBe(expected);
  });

  it('lists only what has not expired, and expired ones of two years on demand', () => {
    const expiry = Date.parse('2026-09-18T13:30:00Z');
    const es = (at: number, withExpired = false) =>
      futuresAt(at, withExpired)
        .filter((each) => each.symbol === 'ES')
        .map((each) => each.localSymbol);
    expect(es(expiry - 1).slice(0, 2)).toEqual(['ESU6', 'ESZ6']);
    expect(es(expiry)[0]).toBe('ESZ6');
    expect(es(expiry, true)).toContain('ESU6');
    expect(es(expiry, true)).toContain('ESZ4');
  });

  it('carries the recorded conIds, terms and a margin', () => {
    const december = universe.instrument(515416632);
    expect(december).toMatchObject({
      localSymbol: 'ESZ6',
      multiplier: 50,
      contractMonth: '202612',
      lastTradeDate: '20261218',
      underConId: 11004968,
    });
    expect(december?.margin?.maintenance).toBeLessThan(december?.margin?.initial ?? 0);
    expect(december?.lastTradeAt).toBe(Date.parse('2026-12-18T14:30:00Z'));
  });

  it('finds each future by its id', () => {
    for (const each of universe.futures(NOW, true)) expect(universe.instrument(each.conId)).toBe(each);
  });
});

describe('option chains', () => {
  const aapl = universe.chains.find((chain) => chain.tradingClass === 'AAPL');
  const weekly = universe.chains.find((chain) => chain.tradingClass === 'SPXW');

  it('has weekly and monthly expiries, all on days that trade', () => {
    const days = aapl ? expiriesOf(aapl, NOW).map(textOfDay) : [];
    expect(days).toEqual(expect.arrayContaining(['20260904', '20260911', '20260918', '20261016', '20261218', '20280121']));
    expect(weekly && expiriesOf(weekly, NOW).map(textOfDay).slice(0, 4)).toEqual([
      '20260901',
      '20260902',
      '20260903',
      '20260904',
    ]);
  });

  it('drops an expiry with its last trade', () => {
    expect(weekly && textOfDay(expiriesOf(weekly, Date.parse('2026-09-01T20:00:00Z'))[0] ?? 0)).toBe('20260902');
  });

  it('places strikes around the price of the underlying, wider for later expiries', () => {
    if (aapl === undefined) return expect.unreachable();
    const near = strikesOf(aapl, dayOfText('20260904') ?? 0, NOW);
    const far = strikesOf(aapl, dayOfText('20280121') ?? 0, NOW);
    expect(near[0]).toBeLessThan(aapl.spot);
    expect(near.at(-1)).toBeGreaterThan(aapl.spot);
    expect((far.at(-1) ?? 0) - (far[0] ?? 0)).toBeGreaterThan((near.at(-1) ?? 0) - (near[0] ?? 0));
  });

  it('answers the parameters once per exchange and class, for stocks without and for futures with an exchange', () => {
    const stock = universe.optionParameters(265598, '', NOW);
    expect(stock.map((row) => row.exchange)).toContain('SMART');
    expect(stock[0]?.multiplier).toBe('100');
    expect(universe.optionParameters(265598, 'SMART', NOW)).toEqual([]);
    expect(new Set(universe.optionParameters(416904, '', NOW).map((row) => row.tradingClass))).toEqual(new Set(['SPX', 'SPXW']));
    expect(new Set(universe.optionParameters(515416632, 'CME', NOW).map((row) => row.tradingClass))).toEqual(
      new Set(['ES', 'EW']),
    );
  });

  it('names an option as the exchange does, and finds it again by its id', () => {
    const option =
      aapl &&
      universe.options(aapl, NOW).find((each) => each.lastTradeDate === '20261218' && each.strike === 300 && each.right === 'P');
    expect(option?.localSymbol).toBe('AAPL  261218P00300000');
    expect(option).toMatchObject({ underConId: 265598, multiplier: 100, exerciseStyle: 'american', secType: 'OPT' });
    expect(universe.instrument(option?.conId ?? 0)).toEqual(option);
  });

  it('settles index options in cash and European style, options on futures into the future', () => {
    const spx = weekly && universe.options(weekly, NOW)[0];
    expect(spx).toMatchObject({ exerciseStyle: 'european', settlementMethod: 'Cash', underConId: 416904 });
    const es = universe.chains.find((chain) => chain.tradingClass === 'ES');
    const fop = es && universe.options(es, NOW)[0];
    expect(fop).toMatchObject({ secType: 'FOP', multiplier: 50, underSecType: 'FUT', underConId: 649180671 });
  });
});

describe('hours texts', () => {
  it('span six days, today first, with closed days said', () => {
    const aapl = by('AAPL');
    expect(aapl && hoursTexts(aapl, Date.parse('2026-09-04T15:00:00Z')).liquidHours).toBe(
      '20260904:0930-20260904:1600;20260905:CLOSED;20260906:CLOSED;20260907:CLOSED;20260908:0930-20260908:1600;20260909:0930-20260909:1600',
    );
  });

  it('cross midnight for futures and break at lunch in Hong Kong', () => {
    const es = universe.instrument(649180671);
    const tencent = by('700');
    expect(es && hoursTexts(es, NOW).tradingHours.split(';')[0]).toBe('20260831:1700-20260901:1600');
    expect(tencent && hoursTexts(tencent, Date.parse('2026-09-01T02:00:00Z')).tradingHours.split(';').slice(0, 2)).toEqual([
      '20260901:0930-20260901:1200',
      '20260901:1300-20260901:1600',
    ]);
  });
});

describe('properties', () => {
  it('an option id says what it was made of', () => {
    const today = dayOfText('20260901') ?? 0;
    fc.assert(
      fc.property(
        fc.nat(200),
        fc.integer({ min: -400, max: 1400 }),
        fc.integer({ min: 1, max: 511 }),
        fc.boolean(),
        (chain, ahead, strikeStep, isPut) => {
          const conId = optionConId(chain, today + ahead, strikeStep, isPut);
          expect(conId).toBeLessThan(MADE_UP_FROM);
          expect(optionOfConId(conId, today)).toEqual({ chain, day: today + ahead, strikeStep, isPut });
        },
      ),
      { seed: 41, numRuns: 1000 },
    );
  });

  it('all options of all chains have ids of their own that lead back to them', () => {
    const seen = new Set<number>();
    for (const chain of universe.chains) {
      for (const option of universe.options(chain, NOW)) {
        expect(seen.has(option.conId)).toBe(false);
        seen.add(option.conId);
        if (seen.size % 97 === 0) expect(universe.instrument(option.conId)?.localSymbol).toBe(option.localSymbol);
      }
    }
    expect(seen.size).toBeGreaterThan(20_000);
  });
});
