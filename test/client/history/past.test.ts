// What is asked of the past besides bars, and what answers become when parts of them are not told.

import { describe, expect, it } from 'vitest';
import { createHistory } from '../../../src/client/history/facade.js';
import type { SpanRequest } from '../../../src/client/history/span.js';
import type { EveryTick } from '../../../src/client/history/tick.js';
import type { TicksRequest } from '../../../src/client/history/ticks.js';
import { asked } from '../../helpers/asked.js';
import { settle } from '../../helpers/hand-timer.js';
import { type PaperSession, paperSession } from '../session/paper-link.js';

const stock = { symbol: 'AAPL', secType: 'STK', exchange: 'SMART', currency: 'USD' };

describe('head timestamps', () => {
  it.each([
    ['345479400', new Date('1980-12-12T14:30:00Z')],
    ['19801212-14:30:00', new Date('1980-12-12T14:30:00Z')],
    ['', undefined],
    [undefined, undefined],
  ])('%s', async (headTimestamp, at) => {
    const paper = await paperSession();
    const answer = createHistory(paper.session).headTimestamp(stock, { show: 'BID', useRTH: false });
    const { reqId, message } = await asked(paper, 'reqHeadTimestamp');
    expect(message).toMatchObject({ whatToShow: 'BID', useRTH: false });
    paper.say('headTimestamp', { reqId, headTimestamp });
    await expect(answer).resolves.toEqual(at);
  });
});

describe('volume by price', () => {
  it.each([
    [
      [
        { price: 3, size: 30 },
        { price: 1, size: 10 },
        { price: 0, size: 5 },
        { price: 2, size: 0 },
      ],
      [
        { price: 0, size: 5 },
        { price: 1, size: 10 },
        { price: 2, size: 0 },
        { price: 3, size: 30 },
      ],
    ],
    [undefined, []],
  ])('%j', async (items, rows) => {
    const paper = await paperSession();
    const answer = createHistory(paper.session).histogram(stock, { period: '3 days' });
    const { reqId, message } = await asked(paper, 'reqHistogramData');
    expect(message).toMatchObject({ timePeriod: '3 days', useRTH: true });
    paper.say('histogramData', { reqId, items });
    await expect(answer).resolves.toEqual(rows);
  });
});

describe('sessions of an exchange', () => {
  const day = { startDateTime: '20260831-09:30:00', endDateTime: '20260831-16:00:00' };
  const times = { start: new Date('2026-08-31T13:30:00Z'), end: new Date('2026-08-31T20:00:00Z') };

  it('are asked up to an end in UTC, and read in the zone that is named', async () => {
    const paper = await paperSession();
    const end = new Date('2026-09-01T01:02:03Z');
    const answer = createHistory(paper.session).schedule(stock, { duration: '5 D', end, useRTH: false });
    const { reqId, message } = await asked(paper, 'reqHistoricalData');
    expect(message).toMatchObject({ endDateTime: '20260901-01:02:03', useRTH: false, whatToShow: 'SCHEDULE' });
    paper.say('historicalSchedule', { reqId, timeZone: 'US/Eastern', sessions: [{ ...day, refDate: '20260831' }, day] });
    await expect(answer).resolves.toEqual({
      timeZone: 'US/Eastern',
      sessions: [
        { ...times, refDate: '20260831' },
        { ...times, refDate: '' },
      ],
    });
  });

  it('are read in a zone that is named in Chinese', async () => {
    const paper = await paperSession();
    const answer = createHistory(paper.session).schedule(stock, { duration: '5 D' });
    const { reqId } = await asked(paper, 'reqHistoricalData');
    paper.say('historicalSchedule', { reqId, timeZone: '中国标准时间', sessions: [day] });
    expect((await answer).sessions[0]?.start).toEqual(new Date('2026-08-31T01:30:00Z'));
  });

  it.each<[string, object, string, string]>([
    [
      'a zone that nobody knows',
      { timeZone: '火星标准时间', sessions: [day] },
      'timeZone',
      "'火星标准时间' is a time zone that is not known",
    ],
    ['no zone', { sessions: [day] }, 'timeZone', 'is missing'],
    [
      'a time that is none',
      { timeZone: 'US/Eastern', sessions: [day, { ...day, startDateTime: 'morning' }] },
      'sessions[1].startDateTime',
      "'morning' is no point in time",
    ],
    [
      'half a session',
      { timeZone: 'US/Eastern', sessions: [{ ...day, endDateTime: undefined }] },
      'sessions[0].endDateTime',
      'is missing',
    ],
  ])('reject with its words for %s: no session is left out in silence', async (_name, told, row, reason) => {
    const paper = await paperSession();
    const answer = createHistory(paper.session).schedule(stock, { duration: '5 D' });
    const { reqId } = await asked(paper, 'reqHistoricalData');
    paper.say('historicalSchedule', { reqId, ...told });
    await expect(answer).rejects.toMatchObject({ code: 'DECODE', kind: 'historicalSchedule', row, reason });
  });

  it('are none where none are told', async () => {
    const paper = await paperSession();
    const answer = createHistory(paper.session).schedule(stock, { duration: '5 D' });
    const { reqId, message } = await asked(paper, 'reqHistoricalData');
    expect(message).toMatchObject({ endDateTime: '', useRTH: true });
    paper.say('historicalSchedule', { reqId });
    await expect(answer).resolves.toEqual({ timeZone: '', sessions: [] });
  });
});

describe('ticks of a span', () => {
  const second = (at: number): number => Date.UTC(2026, 7, 31, 14) / 1000 + at;
  const from = new Date(second(0) * 1000);

  async function walk(paper: PaperSession, request: Partial<TicksRequest> = {}): Promise<AsyncGenerator<readonly EveryTick[]>> {
    return createHistory(paper.session).ticks(stock, { from, to: new Date(second(3_600) * 1000), ...request });
  }

  it.each<
    [
      show: NonNullable<TicksRequest['show']>,
      kind: 'historicalTicks' | 'historicalTicksBidAsk' | 'historicalTicksLast',
      ticks: object[],
      read: object[],
    ]
  >([
    [
      'TRADES',
      'historicalTicksLast',
      [{ time: second(1), price: 10, size: 100, exchange: 'ARCA', specialConditions: 'I', attribMask: 3 }, { time: second(2) }],
      [
        {
          type: 'Last',
          time: second(1) * 1000,
          price: 10,
          size: 100,
          exchange: 'ARCA',
          specialConditions: 'I',
          pastLimit: true,
          unreported: true,
        },
        {
          type: 'Last',
          time: second(2) * 1000,
          price: undefined,
          size: undefined,
          exchange: undefined,
          specialConditions: undefined,
          pastLimit: false,
          unreported: false,
        },
      ],
    ],
    [
      'BID_ASK',
      'historicalTicksBidAsk',
      [{ time: second(1), priceBid: 1, priceAsk: 2, sizeBid: 3, sizeAsk: 4, attribMask: 2 }],
      [
        {
          type: 'BidAsk',
          time: second(1) * 1000,
          bidPrice: 1,
          askPrice: 2,
          bidSize: 3,
          askSize: 4,
          bidPastLow: false,
          askPastHigh: true,
        },
      ],
    ],
    [
      'MIDPOINT',
      'historicalTicks',
      [{ time: second(1), price: 1.5 }],
      [{ type: 'MidPoint', time: second(1) * 1000, midPoint: 1.5 }],
    ],
  ])('%s', async (show, kind, ticks, read) => {
    const paper = await paperSession();
    const pages = await walk(paper, { show, useRTH: false, ignoreSize: true });
    const first = pages.next();
    const { reqId, message } = await asked(paper, 'reqHistoricalTicks');
    expect(message).toMatchObject({
      whatToShow: show,
      useRth: false,
      ignoreSize: true,
      startDateTime: '20260831-14:00:00',
      numberOfTicks: 1000,
    });
    paper.say(kind, { reqId, ticks, done: true });
    await expect(first).resolves.toEqual({ done: false, value: read });
    await pages.return(undefined);
  });

  it.each(['historicalTicks', 'historicalTicksBidAsk', 'historicalTicksLast'] as const)(
    'an empty page of %s is the end',
    async (kind) => {
      const paper = await paperSession();
      const pages = await walk(paper);
      const first = pages.next();
      const { reqId } = await asked(paper, 'reqHistoricalTicks');
      paper.say(kind, { reqId, done: true });
      await expect(first).resolves.toEqual({ done: true, value: undefined });
    },
  );

  it('goes on with the second in which a full page ends, and passes over what it has of it', async () => {
    const paper = await paperSession();
    const pages = await walk(paper);
    const full = [
      ...Array.from({ length: 998 }, (_, at) => ({ time: second(at), price: at })),
      { time: second(1_000), price: 1 },
      { time: second(1_000), price: 2 },
    ];
    const first = pages.next();
    const one = await asked(paper, 'reqHistoricalTicks');
    paper.say('historicalTicksLast', { reqId: one.reqId, ticks: full, done: true });
    expect((await first).value).toHaveLength(1_000);
    const next = pages.next();
    const two = await asked(paper, 'reqHistoricalTicks');
    expect(two.message).toMatchObject({ startDateTime: '20260831-14:16:40' });
    const rest = [...full.slice(-2), { time: second(1_000), price: 3 }, { time: second(1_001), price: 4 }];
    paper.say('historicalTicksLast', { reqId: two.reqId, ticks: rest, done: true });
    expect(((await next).value as EveryTick[]).map((tick) => 'price' in tick && tick.price)).toEqual([3, 4]);
    await pages.return(undefined);
  });

  it('goes past a second that fills a page by itself', async () => {
    const paper = await paperSession();
    const pages = await walk(paper);
    const crowd = Array.from({ length: 1_000 }, () => ({ time: second(0), price: 1 }));
    const first = pages.next();
    const one = await asked(paper, 'reqHistoricalTicks');
    paper.say('historicalTicksLast', { reqId: one.reqId, ticks: crowd, done: true });
    expect((await first).value).toHaveLength(1_000);
    const next = pages.next();
    expect((await asked(paper, 'reqHistoricalTicks')).message).toMatchObject({ startDateTime: '20260831-14:00:01' });
    paper.session.close();
    await expect(next).rejects.toMatchObject({ code: 'CLOSED' });
  });

  it('asks again what may pass, and not what may not', async () => {
    const paper = await paperSession();
    const pages = await walk(paper);
    const first = pages.next();
    const one = await asked(paper, 'reqHistoricalTicks');
    paper.cut();
    await settle();
    await paper.timer.advance(500);
    const two = await asked(paper, 'reqHistoricalTicks');
    expect([one.connection, two.connection]).toEqual([1, 2]);
    paper.say('error', { reqId: two.reqId, errorCode: 354, errorString: 'Requested market data is not subscribed.' });
    await expect(first).rejects.toMatchObject({ errorCode: 354 });
  });

  it.each([
    ['backwards', new Date(from.getTime() - 1)],
    ['of nothing', from],
    ['without an end', new Date(Number.NaN)],
  ])('a span %s is refused', async (_what, to) => {
    const paper = await paperSession();
    const pages = await walk(paper, { to });
    await expect(pages.next()).rejects.toThrow('must be before to');
    const span = { from, to, size: '1 min' } as const;
    expect(() => createHistory(paper.session).span(stock, span)).toThrow('must be before to');
  });
});

describe('bars kept up to date', () => {
  const bar = (at: number, close: number) => ({
    date: String(at),
    open: close,
    high: close,
    low: close,
    close,
    volume: 1,
    WAP: close,
    barCount: 1,
  });

  it('the bar that was growing is told as over when the next begins', async () => {
    const paper = await paperSession();
    const seen: [number, boolean][] = [];
    const live = createHistory(paper.session).live(stock, { duration: '60 S', size: '5 secs' });
    live.on((bar) => void seen.push([bar.close, bar.isForming]));
    const { reqId } = await asked(paper, 'reqHistoricalData');
    paper.say('historicalData', { reqId });
    paper.say('historicalDataEnd', { reqId });
    paper.say('historicalDataUpdate', { reqId, ...bar(1_788_000_000, 1) });
    paper.say('historicalDataUpdate', { reqId, ...bar(1_788_000_005, 2) });
    expect(seen).toEqual([
      [1, true],
      [1, false],
      [2, true],
    ]);
    expect(live.view.map(({ isForming }) => isForming)).toEqual([false, true]);
  });

  it('what is repeated, older or without prices changes nothing', async () => {
    const paper = await paperSession();
    const live = createHistory(paper.session).live(stock, { duration: '60 S', size: '5 secs' });
    const closes: number[] = [];
    live.on(({ close }) => void closes.push(close));
    const { reqId } = await asked(paper, 'reqHistoricalData');
    paper.say('historicalDataUpdate', { reqId, ...bar(1_788_000_005, 1) });
    paper.say('historicalDataUpdate', { reqId, ...bar(1_788_000_005, 1) });
    paper.say('historicalDataUpdate', { reqId, ...bar(1_788_000_000, 9) });
    paper.say('historicalDataUpdate', { reqId, ...bar(1_788_000_005, 2), high: undefined });
    paper.say('historicalDataUpdate', { reqId, ...bar(1_788_000_005, 2) });
    for (const field of ['open', 'high', 'low', 'volume', 'WAP', 'barCount'] as const)
      paper.say('historicalDataUpdate', { reqId, ...bar(1_788_000_005, 2), [field]: 3 });
    expect(closes).toEqual([1, 2, 2, 2, 2, 2, 2, 2]);
  });

  it.each([195, 196])('at server version %s, where the end is a message of its own from 196 on', async (serverVersion) => {
    const paper = await paperSession({ serverVersion });
    const live = createHistory(paper.session).live(stock, { duration: '60 S', size: '5 secs' });
    let isWhole = false;
    void live.complete().then(() => {
      isWhole = true;
    });
    const { reqId } = await asked(paper, 'reqHistoricalData');
    paper.say('historicalData', { reqId, bars: [bar(1_788_000_000, 1)] });
    await settle();
    expect(isWhole).toBe(serverVersion < 196);
    if (serverVersion >= 196) paper.say('historicalDataEnd', { reqId });
    await live.complete();
  });

  it.each([
    ['with no bar yet: as the first time', [], '60 S'],
    ['with bars: what was missed since the last, and some more', [0], '70 S'],
  ])('after a loss %s', async (_what, before, durationStr) => {
    const paper = await paperSession();
    createHistory(paper.session).live(stock, { duration: '60 S', size: '5 secs' });
    const { reqId } = await asked(paper, 'reqHistoricalData');
    const now = Math.floor(paper.timer.now() / 1000);
    for (const at of before) paper.say('historicalDataUpdate', { reqId, ...bar(now + at, 1) });
    await paper.timer.advance(59_000);
    paper.cut();
    await paper.timer.advance(500);
    expect((await asked(paper, 'reqHistoricalData')).message).toMatchObject({ durationStr, endDateTime: '' });
  });
});

describe('spans', () => {
  it.each<[string, object, Pick<SpanRequest, 'show' | 'useRTH'>, object]>([
    ['adjusted prices', stock, { show: 'ADJUSTED_LAST', useRTH: false }, { whatToShow: 'ADJUSTED_LAST', useRTH: false }],
    [
      'continuous futures',
      { symbol: 'ES', secType: 'CONTFUT', exchange: 'CME', currency: 'USD' },
      {},
      { whatToShow: 'TRADES', useRTH: true },
    ],
  ])('of %s are asked up to now, in one page, and then they are whole', async (_what, contract, more, sent) => {
    const paper = await paperSession();
    const now = paper.timer.now();
    const span = createHistory(paper.session).span(contract, { from: new Date(now - 10 * 86_400_000), size: '1 day', ...more });
    const all = span.all();
    const { reqId, message } = await asked(paper, 'reqHistoricalData');
    expect(message).toMatchObject({ endDateTime: '', ...sent });
    const day = new Date(now - 3 * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '');
    paper.say('historicalData', { reqId, bars: [{ date: day, open: 1, high: 1, low: 1, close: 1 }] });
    paper.say('historicalDataEnd', { reqId });
    const { bars, gaps } = await all;
    expect([bars.length, gaps]).toEqual([1, []]);
    expect(paper.sent.filter(({ kind }) => kind === 'reqHistoricalData')).toHaveLength(1);
  });
});

describe('times that no table can read', () => {
  it('the beginning of the data rejects with its words; none told is none', async () => {
    for (const [headTimestamp, expected] of [
      [
        '20260831 09:30:00 火星标准时间',
        { code: 'DECODE', reason: "'20260831 09:30:00 火星标准时间' is in a time zone that is not known: '火星标准时间'" },
      ],
      ['soon', { code: 'DECODE', reason: "'soon' is no point in time" }],
      ['', undefined],
    ] as const) {
      const paper = await paperSession();
      const answer = createHistory(paper.session)
        .headTimestamp(stock)
        .catch((error: unknown) => error);
      const { reqId } = await asked(paper, 'reqHeadTimestamp');
      paper.say('headTimestamp', { reqId, headTimestamp });
      if (expected === undefined) expect(await answer).toBeUndefined();
      else expect(await answer).toMatchObject(expected);
    }
  });

  it.each(['bars', 'columns'] as const)('%s reject with the words of the first such bar', async (form) => {
    const paper = await paperSession();
    const answer = createHistory(paper.session)
      [form](stock, { duration: '1 D', size: '1 hour' })
      .catch((error: unknown) => error);
    const { reqId } = await asked(paper, 'reqHistoricalData');
    const bar = { open: 1, high: 1, low: 1, close: 1, volume: 1, wap: 1, barCount: 1 };
    const bars = [
      { ...bar, date: '1788184800' },
      { ...bar, date: '20260831 09:30:00 火星标准时间' },
    ];
    paper.say('historicalData', { reqId, bars } as never);
    paper.say('historicalDataEnd', { reqId });
    expect(await answer).toMatchObject({ code: 'DECODE', kind: 'historicalData', row: 'bars.date' });
    expect(String(await answer)).toContain('火星标准时间');
  });
});
