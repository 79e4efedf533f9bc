// Downloads bars of any span in pages, newest first: paced, each bar once, to be continued after a break.

import type { ContractInput } from '../contracts/details.js';
import { callUser } from '../conversation/heed.js';
import { isPacing, isRepeatable } from '../conversation/refusals.js';
import { requestKey } from '../conversation/request-key.js';
import type { Call, Core } from '../core.js';
import { InputError } from '../input/input-error.js';
import { pause } from '../wire/timer.js';
import { askBars } from './ask-bars.js';
import type { Bar } from './bar.js';
import { type BarSize, durationBack, durationFor, isDaily, sizeFacts, type WhatToShow } from './bar-size.js';
import { type BarGap, findGaps, type OpenHours } from './gaps.js';
import { askSchedule } from './schedule.js';
import { readToken, writeToken } from './span-token.js';

/** A span of any length, downloaded in pages. */
export interface SpanRequest {
  readonly from: Date;
  /** Excluded; default now. */
  readonly to?: Date;
  readonly size: BarSize;
  readonly show?: WhatToShow;
  readonly useRTH?: boolean;
  /** The token of a page of the same span: goes on below it. */
  readonly resume?: string;
  readonly onProgress?: (progress: SpanProgress) => void;
}

/** How far a long download has come. */
export interface SpanProgress {
  /** Milliseconds of the span that are done, and all of them. */
  readonly done: number;
  readonly total: number;
  /** Milliseconds that the rest will take at the pace so far; undefined before the first page. */
  readonly eta: number | undefined;
  readonly bars: number;
  readonly token: string;
}

/** A page of a long download: its bars, and the token that goes on below it. */
export interface SpanPage {
  /** Oldest first; every bar of a span is in one page only. */
  readonly bars: readonly Bar[];
  /** To continue below this page later: `resume`. */
  readonly token: string;
}

/** All bars of a span, and the holes between them. */
export interface SpanResult {
  /** Oldest first, each once. */
  readonly bars: readonly Bar[];
  readonly gaps: readonly BarGap[];
  readonly token: string;
}

/** A download: page by page, newest first, or all at once. It begins with the first page that is read. */
export interface Span extends AsyncIterable<SpanPage> {
  /** All pages together, with a report of the holes by the exchange's schedule where the server has it. */
  all(): Promise<SpanResult>;
}

const DAY = 86_400_000;
const EMPTY_STEP_CAP = 60 * DAY;
const TRIES = 8;

/** @throws {InputError} for bounds that are none, or a token of another span. */
export function createSpan(core: Core, contract: ContractInput, request: SpanRequest, call: Call = {}): Span {
  const from = request.from.getTime();
  const now = core.timer.now();
  const to = request.to?.getTime() ?? now;
  if (!(from < to)) throw new InputError('from', 'must be before to');
  const key = requestKey(contract, request.size, request.show, request.useRTH, from, request.to?.getTime());
  const start = request.resume === undefined ? to : Math.min(to, readToken(request.resume, key));
  const pages = (): AsyncGenerator<SpanPage> => walk(core, contract, request, call, { key, from, to, start });
  return {
    [Symbol.asyncIterator]: pages,
    async all() {
      const parts: (readonly Bar[])[] = [];
      let token = request.resume ?? writeToken({ key, cursor: start });
      for await (const page of pages()) {
        parts.push(page.bars);
        token = page.token;
      }
      const bars = parts.reverse().flat();
      const sessions = await hoursOf(core, contract, request, from, call);
      const { ms } = sizeFacts(request.size);
      const gaps = isDaily(request.size) ? [] : findGaps(bars, ms, from, Math.min(start, core.timer.now() - ms), sessions);
      return { bars, gaps, token };
    },
  };
}

interface Bounds {
  readonly key: string;
  readonly from: number;
  readonly to: number;
  readonly start: number;
}

async function* walk(
  core: Core,
  contract: ContractInput,
  request: SpanRequest,
  call: Call,
  { key, from, to, start }: Bounds,
): AsyncGenerator<SpanPage> {
  const { size } = request;
  const began = core.timer.now();
  // Daily bars carry midnight UTC of their date, whenever in the day the span begins.
  const least = isDaily(size) ? Math.floor(from / DAY) * DAY : from;
  let cursor = start;
  let emptyStep = sizeFacts(size).pageMs;
  let count = 0;
  while (cursor > from) {
    const bars = await page(core, contract, request, cursor, from, call);
    const fresh = bars.filter(({ time }) => time.getTime() >= least && time.getTime() < cursor);
    const [first] = fresh;
    const reached = bars[0] === undefined ? undefined : Math.min(bars[0].time.getTime(), cursor);
    if (isEndless(contract, request)) cursor = from;
    else if (first !== undefined) {
      cursor = first.time.getTime();
      emptyStep = sizeFacts(size).pageMs;
    } else if (reached !== undefined && reached < from) cursor = from;
    else {
      // Nothing there: a holiday, a halt, or the time before the first trade.
      cursor -= emptyStep;
      emptyStep = Math.min(emptyStep * 2, Math.max(EMPTY_STEP_CAP, emptyStep));
    }
    cursor = Math.max(cursor, from);
    count += fresh.length;
    const token = writeToken({ key, cursor });
    const done = to - cursor;
    const here = start - cursor;
    const eta = here > 0 ? Math.round(((core.timer.now() - began) / here) * (cursor - from)) : undefined;
    callUser(
      () => request.onProgress?.({ done, total: to - from, eta, bars: count, token }),
      (error) => core.thrown(error),
    );
    if (fresh.length > 0 || cursor <= from) yield { bars: fresh, token };
  }
}

/** Data that only knows an end now: adjusted prices and continuous futures. */
function isEndless(contract: ContractInput, request: SpanRequest): boolean {
  return request.show === 'ADJUSTED_LAST' || contract.secType === 'CONTFUT';
}

async function page(
  core: Core,
  contract: ContractInput,
  request: SpanRequest,
  cursor: number,
  from: number,
  call: Call,
): Promise<readonly Bar[]> {
  const { size, show, useRTH } = request;
  const endless = isEndless(contract, request);
  const options = { size, ...(show === undefined ? {} : { show }), ...(useRTH === undefined ? {} : { useRTH }) };
  for (let tried = 1; ; tried++) {
    await core.untilReady('reqHistoricalData', call.signal);
    const now = core.timer.now();
    const ask = endless
      ? { ...options, duration: durationBack(now - from) }
      : { ...options, duration: durationFor(cursor - from, size), end: new Date(cursor) };
    try {
      return await askBars(core, contract, ask, { ...call, timeout: call.timeout ?? 600_000 });
    } catch (error) {
      if (call.signal?.aborted === true || tried >= TRIES || !isRepeatable(error)) throw error;
      // Pacing has been learned: admission makes the next try wait as long as it has to. Other causes get a breath.
      if (!isPacing(error)) await pause(core.timer, Math.min(30_000, 250 * 2 ** tried), call.signal);
    }
  }
}

async function hoursOf(
  core: Core,
  contract: ContractInput,
  request: SpanRequest,
  from: number,
  call: Call,
): Promise<readonly OpenHours[] | undefined> {
  if (isDaily(request.size)) return undefined;
  const duration = durationBack(Math.max(2 * DAY, core.timer.now() - from + 2 * DAY));
  try {
    const rth = request.useRTH === undefined ? {} : { useRTH: request.useRTH };
    return (await askSchedule(core, contract, { duration, ...rth }, call)).sessions;
  } catch {
    return undefined; // no schedule for this instrument or server: the report says that it is not certain
  }
}
