// A long download page by page: what is asked for next, what a page has, and what becomes of what cannot be had.

import { describe, expect, it } from 'vitest';
import { createHistory } from '../../../src/client/history/facade.js';
import type { SpanRequest } from '../../../src/client/history/span.js';
import { asked } from '../../helpers/asked.js';
import { settle } from '../../helpers/hand-timer.js';
import { type PaperSession, paperSession } from '../session/paper-link.js';

const stock = { symbol: 'AAPL', secType: 'STK', exchange: 'SMART', currency: 'USD' };
const at = (text: string): number => Date.parse(`${text}Z`);
const seconds = (text: string): string => String(at(text) / 1000);

/** Answers the newest request with bars of these dates; says up to when it asked. */
async function answer(paper: PaperSession, ...dates: readonly string[]): Promise<unknown> {
  const { reqId, message } = await asked(paper, 'reqHistoricalData');
  const bars = dates.map((date) => ({ date, open: 1, high: 1, low: 1, close: 1, volume: 1, WAP: 1, barCount: 1 }));
  paper.say('historicalData', { reqId, bars });
  paper.say('historicalDataEnd', { reqId });
  await settle();
  return (message as { readonly endDateTime?: string }).endDateTime;
}

const requests = ({ sent }: PaperSession): number => sent.filter(({ kind }) => kind === 'reqHistoricalData').length;
const span = (paper: PaperSession, from: string, to: string, request: Omit<SpanRequest, 'from' | 'to'>) =>
  createHistory(paper.session).span(stock, { from: new Date(at(from)), to: new Date(at(to)), ...request });

describe('a span', () => {
  it('that begins within a day has the bar of that day, and none before it or from its end on', async () => {
    const paper = await paperSession();
    const all = span(paper, '2026-08-03T12:00', '2026-08-06T00:00', { size: '1 day' }).all();
    await answer(paper, '20260802', '20260803', '20260805', '20260806');
    const { bars, gaps } = await all;
    expect(bars.map(({ time }) => time.toISOString().slice(0, 10))).toEqual(['2026-08-03', '2026-08-05']);
    // Days without trade are no holes.
    expect([gaps, requests(paper)]).toEqual([[], 1]);
  });

  it('passes over what is empty in ever longer steps, in short ones again behind a bar; only pages with bars are given', async () => {
    const paper = await paperSession();
    const progress: (readonly [done: number, eta: number | undefined])[] = [];
    const given: number[] = [];
    const days = span(paper, '2026-08-21T00:00', '2026-08-31T00:00', {
      size: '30 secs',
      onProgress: ({ done, total, eta }) => progress.push([done / total, eta]),
    });
    const reading = (async () => {
      for await (const { bars } of days) given.push(bars.length);
    })();
    const ends: unknown[] = [];
    for (const _ of [1, 2, 3]) {
      ends.push(await answer(paper));
      await paper.timer.advance(1_000);
    }
    ends.push(await answer(paper, seconds('2026-08-28T10:00:00'), seconds('2026-08-28T11:00:00')));
    ends.push(await answer(paper), await answer(paper));
    ends.push(await answer(paper, seconds('2026-08-20T00:00:00')));
    await reading;
    expect(ends.map((end) => String(end).slice(4, 14))).toEqual([
      ...['0831-00:00', '0830-16:00', '0830-00:00', '0828-16:00'],
      ...['0828-10:00', '0828-02:00', '0827-10:00'],
    ]);
    expect(given).toEqual([2, 0]);
    expect(requests(paper)).toBe(ends.length);
    // Two seconds for 56 hours: the rest at the same pace.
    const [first, , third] = progress;
    expect(first?.[0]).toBeCloseTo(8 / 240);
    expect(third?.[0]).toBeCloseTo(56 / 240);
    expect(third?.[1]).toBe(Math.round((2_000 / 56) * (240 - 56)));
    expect(progress.at(-1)?.[0]).toBe(1);
  });

  it('asks again what may pass, after a breath, eight times at most, and never what may not', async () => {
    const refuse = async (paper: PaperSession, errorCode: number): Promise<void> => {
      const { reqId } = await asked(paper, 'reqHistoricalData');
      paper.say('error', { reqId, errorCode, errorString: errorCode === 354 ? 'Not subscribed.' : 'The server failed.' });
      await settle();
    };
    const paper = await paperSession();
    const all = span(paper, '2026-08-30T00:00', '2026-08-31T00:00', { size: '1 min' }).all();
    const ended = all.catch((error: unknown) => error);
    for (let tried = 1; tried <= 8; tried++) {
      expect(requests(paper)).toBe(tried === 1 ? 0 : tried - 1);
      if (tried > 1) await paper.timer.advance(Math.min(30_000, 250 * 2 ** (tried - 1)));
      await refuse(paper, 323);
    }
    expect(await ended).toMatchObject({ code: 'GATEWAY', errorCode: 323 });
    expect(requests(paper)).toBe(8);
    const other = await paperSession();
    const refused = span(other, '2026-08-30T00:00', '2026-08-31T00:00', { size: '1 min' }).all();
    refused.catch(() => {});
    await refuse(other, 354);
    await expect(refused).rejects.toMatchObject({ errorCode: 354 });
    expect(requests(other)).toBe(1);
  });

  it.each([false, true])('tells holes, certain ones by a schedule (%s), and none of the bar that is growing', async (isKnown) => {
    const paper = await paperSession();
    const now = paper.timer.now();
    const start = Math.floor(now / 60_000) * 60_000 - 600_000;
    const all = createHistory(paper.session)
      .span(stock, { from: new Date(start), size: '1 min' })
      .all();
    const minute = (n: number): string => String((start + n * 60_000) / 1000);
    await answer(paper, minute(0), minute(1), minute(4));
    const { reqId, message } = await asked(paper, 'reqHistoricalData');
    expect(message).toMatchObject({ whatToShow: 'SCHEDULE', durationStr: '3 D' });
    const wire = (ms: number): string => new Date(ms).toISOString().slice(0, 19).replaceAll('-', '').replace('T', '-');
    const open = { refDate: '', startDateTime: wire(start), endDateTime: wire(start + 86_400_000) };
    if (isKnown) paper.say('historicalSchedule', { reqId, timeZone: 'UTC', sessions: [open] });
    else paper.say('error', { reqId, errorCode: 321, errorString: 'no schedule' });
    const { gaps } = await all;
    const hole = (from: number, to: number) => ({ from: new Date(from), to: new Date(to), isCertain: isKnown });
    expect(gaps).toEqual([hole(start + 120_000, start + 240_000), ...(isKnown ? [hole(start + 300_000, now - 60_000)] : [])]);
  });
});
