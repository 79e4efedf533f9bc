// Five-second bars as they end, holes filled with bars of the past.

import type { Sink } from '../../protocol/sinks.js';
import type { ContractInput } from '../contracts/details.js';
import { requestKey } from '../conversation/request-key.js';
import { openStream } from '../conversation/stream.js';
import type { Asking } from '../conversation/stream-terms.js';
import type { Subscription } from '../conversation/subscription.js';
import type { Call, Core } from '../core.js';
import { askBars } from '../history/ask-bars.js';
import { type Bar, barOf, isPrice } from '../history/bar.js';
import { realTimeBars } from './conversations.js';

/** Which bars of five seconds are wanted. */
export interface FiveSecondRequest {
  /** Default TRADES. */
  readonly show?: 'TRADES' | 'MIDPOINT' | 'BID' | 'ASK';
  /** Default true. */
  readonly useRTH?: boolean;
  /** Ask for what was missed while the link was away, up to an hour; default true. Each fill counts as a small-bar request. */
  readonly fill?: boolean;
}

type BarFields = Parameters<NonNullable<Sink['realtimeBar']>>;

const SIZE_MS = 5000;
const LONGEST_FILL_MS = 3_600_000;
/** New bars are held back for this long while the missed ones are asked for. */
const FILL_WITHIN_MS = 20_000;

/** Undefined for a bar without prices. */
function fiveSecondBar(...[time, open, high, low, close, volume, wap, count]: BarFields): Bar | undefined {
  if (!isPrice(open) || !isPrice(high) || !isPrice(low) || !isPrice(close)) return undefined;
  const [traded, average, trades] = [volume, wap, count].map((value) => (value === -1 ? undefined : value));
  return barOf((time ?? 0) * 1000, undefined, open, high, low, close, traded, average, trades, Number.POSITIVE_INFINITY);
}

export function openFiveSecondBars(
  core: Core,
  contract: ContractInput,
  request: FiveSecondRequest,
  call?: Call,
): Subscription<Bar> {
  const { show = 'TRADES', useRTH = true, fill = true } = request;
  let lastTime: number | undefined;
  let held: Bar[] | undefined;
  let isSuspect = false;
  const give = (bar: Bar, push: (bar: Bar) => void): void => {
    const time = bar.time.getTime();
    if (lastTime !== undefined && time <= lastTime) return; // both sides of the seam have it
    lastTime = time;
    push(bar);
  };
  /** The first bar after a loss shows what is missing before it. */
  const fillGap = async (first: Bar, push: (bar: Bar) => void): Promise<void> => {
    const waiting: Bar[] = [first];
    held = waiting;
    const missed = core.timer.now() - (lastTime ?? 0);
    try {
      const duration = `${Math.max(30, Math.ceil(missed / 1000) + 10)} S`;
      const bars = await askBars(core, contract, { duration, size: '5 secs', show, useRTH }, { timeout: FILL_WITHIN_MS });
      for (const bar of bars) if (!bar.isForming) give(bar, push);
    } catch {
      // the hole stays, and the gap record says so
    }
    held = undefined;
    for (const bar of waiting) give(bar, push);
  };
  const takeBar = (push: (bar: Bar) => void, asking: Asking, ...fields: Parameters<typeof fiveSecondBar>): void => {
    const [time] = fields;
    if (!time) asking.misread('realtimeBar', 'time', 'is missing');
    const bar = time ? fiveSecondBar(...fields) : undefined;
    if (bar === undefined) return;
    const missed = lastTime === undefined ? 0 : bar.time.getTime() - lastTime - SIZE_MS;
    const mayMiss = isSuspect && fill && held === undefined;
    isSuspect = false;
    if (mayMiss && missed > 0 && missed <= LONGEST_FILL_MS) void fillGap(bar, push);
    else if (held === undefined) give(bar, push);
    else held.push(bar);
  };
  return openStream(
    core,
    realTimeBars,
    { contract, barSize: 5, whatToShow: show, useRTH },
    {
      key: requestKey(contract, show, useRTH, fill),
      take({ time, open, high, low, close, volume, wap, count }, push, asking) {
        takeBar(push, asking, time, open, high, low, close, volume, wap, count);
      },
      sink: (push: (bar: Bar) => void, asking) => ({
        realtimeBar: (...fields) => takeBar(push, asking, ...fields),
      }),
      onReset() {
        isSuspect = true;
      },
    },
    call,
  );
}
