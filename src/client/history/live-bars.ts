// Bars of the past that go on: each update of the growing bar, holes filled when the link comes back.

import { V } from '../../protocol/versions.js';
import type { ContractInput } from '../contracts/details.js';
import { requestKey } from '../conversation/request-key.js';
import { openStream } from '../conversation/stream.js';
import type { Subscription } from '../conversation/subscription.js';
import type { Call, Core } from '../core.js';
import { type BarsRequest, barsInput, formingFrom } from './ask-bars.js';
import { type Bar, toBar, type WireBar } from './bar.js';
import { durationFor, sizeFacts } from './bar-size.js';
import { barsKeptUpToDate } from './conversations.js';
import { checkKeptUpToDate } from './duration.js';

/** Which bars are asked for and kept up to date: sizes of five seconds and more. */
export type LiveBarsRequest = Omit<BarsRequest, 'end'>;

/**
 * Bars of at least 5 seconds, of TRADES, MIDPOINT, BID or ASK. First the bars of the past; then every change of the growing
 * one with `isForming`, and each bar once more when it is over. After a loss the missed bars come before new ones.
 * @throws {InputError} for what the gateway keeps up to date for nobody.
 */
export function openLiveBars(
  core: Core,
  contract: ContractInput,
  request: LiveBarsRequest,
  call?: Call,
): Subscription<Bar, readonly Bar[]> {
  const bars: Bar[] = [];
  const { size } = request;
  const { ms } = sizeFacts(size);
  const take = (wire: WireBar, isUpdate: boolean, push: (bar: Bar) => void): void => {
    const bar = toBar(wire, isUpdate ? Number.NEGATIVE_INFINITY : formingFrom(core.timer.now(), size));
    if (bar === undefined) return; // an update without prices changes nothing
    const time = bar.time.getTime();
    const last = bars.at(-1);
    if (last !== undefined && time < last.time.getTime()) return;
    if (last !== undefined && time === last.time.getTime()) {
      if (isSame(last, bar)) return; // the same bar is repeated unchanged
      bars[bars.length - 1] = bar;
    } else {
      if (last?.isForming === true) {
        const over = { ...last, isForming: false };
        bars[bars.length - 1] = over;
        push(over);
      }
      bars.push(bar);
    }
    push(bar);
  };
  const input = { ...barsInput(contract, request), keepUpToDate: true };
  checkKeptUpToDate(size, request.show ?? 'TRADES');
  const isOneMessage = core.serverVersion < V.HISTORICAL_DATA_END;
  const spec = isOneMessage ? { ...barsKeptUpToDate, end: 'historicalData' as const } : barsKeptUpToDate;
  return openStream(
    core,
    spec,
    input,
    {
      key: requestKey(contract, request),
      view: bars,
      take(message, push) {
        if (message.kind === 'historicalDataUpdate') take(message, true, push);
        else for (const bar of message.bars ?? []) take(bar, false, push);
      },
      again() {
        const last = bars.at(-1);
        if (last === undefined) return input;
        const missed = core.timer.now() - last.time.getTime() + 2 * ms;
        // A longer absence than a page of bars stays a hole, which the gap record says.
        return { ...input, durationStr: durationFor(Math.max(missed, 10 * ms), size) };
      },
    },
    call,
  );
}

function isSame(a: Bar, b: Bar): boolean {
  return (
    a.open === b.open &&
    a.high === b.high &&
    a.low === b.low &&
    a.close === b.close &&
    a.volume === b.volume &&
    a.wap === b.wap &&
    a.count === b.count &&
    a.isForming === b.isForming
  );
}
