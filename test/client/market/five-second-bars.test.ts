// Bars of five seconds: what a reconnect leaves out is asked for where that can be had, and where it is wanted.

import { describe, expect, it } from 'vitest';
import { createMarket } from '../../../src/client/market/facade.js';
import type { FiveSecondRequest } from '../../../src/client/market/five-second-bars.js';
import { asked } from '../../helpers/asked.js';
import { settle } from '../../helpers/hand-timer.js';
import { paperSession } from '../session/paper-link.js';

const stock = { symbol: 'AAPL', secType: 'STK', exchange: 'SMART', currency: 'USD' };

async function stage(request: FiveSecondRequest = {}) {
  const paper = await paperSession();
  const stream = createMarket(paper.session).bars5s(stock, request);
  const seen: number[] = [];
  const closes: number[] = [];
  const start = Math.floor(paper.timer.now() / 5000) * 5;
  stream.on(({ time, close }) => {
    seen.push(time.getTime() / 1000 - start);
    closes.push(close);
  });
  const bar = { open: 1, high: 1, low: 1, close: 1, volume: 1, wap: 1, count: 1 };
  return {
    paper,
    stream,
    seen,
    closes,
    say: async (at: number, more: object = {}) => {
      const { reqId } = await asked(paper, 'reqRealTimeBars');
      paper.say('realtimeBar', { reqId, time: start + at, ...bar, ...more });
    },
    lose: async (ms: number) => {
      paper.cut();
      await paper.timer.advance(ms);
      await settle();
    },
    fills: () => paper.sent.filter(({ kind }) => kind === 'reqHistoricalData').length,
    fill: async (...at: readonly number[]) => {
      const { reqId, message } = await asked(paper, 'reqHistoricalData');
      const bars = at.map((n) => ({ date: String(start + n), ...bar, close: 0.5, WAP: 1, barCount: 1 }));
      paper.say('historicalData', { reqId, bars });
      paper.say('historicalDataEnd', { reqId });
      await settle();
      return message;
    },
  };
}

describe('the hole of a reconnect', () => {
  it('is asked for with what the bars were asked with, thirty seconds at least, and what is growing is left out', async () => {
    const one = await stage({ show: 'BID', useRTH: false });
    await one.say(0);
    await one.lose(10_000);
    await one.say(10);
    await one.say(15);
    expect(one.seen).toEqual([0]);
    expect(await one.fill(0, 5, 10)).toMatchObject({
      durationStr: '30 S',
      barSizeSetting: '5 secs',
      whatToShow: 'BID',
      useRTH: false,
    });
    expect([one.seen, one.closes]).toEqual([
      [0, 5, 10, 15],
      [1, 0.5, 1, 1],
    ]);
  });

  it('of half an hour is asked for whole, of more than an hour not at all', async () => {
    const half = await stage();
    await half.say(0);
    await half.lose(1_800_000);
    await half.say(1_800);
    expect(await half.fill(0, 5)).toMatchObject({ durationStr: '1810 S' });
    expect(half.seen).toEqual([0, 5, 1_800]);
    const long = await stage();
    await long.say(0);
    await long.lose(3_700_000);
    await long.say(3_700);
    expect([long.seen, long.fills()]).toEqual([[0, 3_700], 0]);
  });

  it('is none where nothing is missing, and is left where that is wished', async () => {
    const none = await stage();
    await none.say(0);
    await none.lose(2_000);
    await none.say(5);
    await none.say(15);
    // What comes later without a bar between was not lost with the link.
    expect([none.seen, none.fills()]).toEqual([[0, 5, 15], 0]);
    const left = await stage({ fill: false });
    await left.say(0);
    await left.lose(60_000);
    await left.say(60);
    expect([left.seen, left.fills()]).toEqual([[0, 60], 0]);
  });

  it('stays where the bars of the past are refused: what waited comes', async () => {
    const one = await stage();
    await one.say(0);
    await one.lose(60_000);
    await one.say(60);
    const { reqId } = await asked(one.paper, 'reqHistoricalData');
    one.paper.say('error', { reqId, errorCode: 354, errorString: 'Not subscribed.' });
    await settle();
    await one.say(65);
    expect(one.seen).toEqual([0, 60, 65]);
  });
});

it('a bar without trades has no volume, average and count; one without a price is none', async () => {
  const one = await stage();
  const bars: unknown[] = [];
  one.stream.on(({ volume, wap, count }) => bars.push([volume, wap, count]));
  await one.say(0, { volume: -1, wap: -1, count: -1 });
  for (const field of ['open', 'high', 'low', 'close']) await one.say(5, { [field]: undefined });
  await one.say(0);
  expect(bars).toEqual([[undefined, undefined, undefined]]);
});
