// One request for bars.

import type { RequestInput } from '../../protocol/registry.js';
import { V } from '../../protocol/versions.js';
import type { ContractInput } from '../contracts/details.js';
import { askGathered } from '../conversation/ask.js';
import type { Call, Core } from '../core.js';
import { formatUtc } from '../time/format.js';
import type { Bar } from './bar.js';
import { type BarRows, gatheredBars } from './bar-rows.js';
import { type BarSize, sizeFacts, type WhatToShow } from './bar-size.js';
import { historicalBars, historicalBarsBefore196 } from './conversations.js';
import { checkDuration } from './duration.js';
import { toldInstant } from './told-time.js';

/** Which bars are asked for in one request. Sources: the gateway's limits by unit and size, `docs/limits.md`. */
export interface BarsRequest {
  /**
   * For example `5 D`: at most 86400 S, 365 D, 52 W, 12 M or 68 Y; with bars of `1 secs` at most 2000 S. S counts seconds of trading.
   */
  readonly duration: string;
  readonly size: BarSize;
  /** Default TRADES. */
  readonly show?: WhatToShow;
  /** Bars before this instant; default now. */
  readonly end?: Date;
  /** Regular trading hours only; default true. */
  readonly useRTH?: boolean;
}

/** @throws {InputError} for a duration or a bar size that cannot be asked for, with what can. */
export function barsInput(contract: ContractInput, request: BarsRequest): RequestInput<'reqHistoricalData'> {
  checkDuration(request.duration, request.size);
  return {
    contract,
    endDateTime: request.end === undefined ? '' : formatUtc(request.end.getTime()),
    barSizeSetting: request.size,
    durationStr: request.duration,
    useRTH: request.useRTH ?? true,
    whatToShow: request.show ?? 'TRADES',
    formatDate: 2,
    keepUpToDate: false,
  };
}

/** From this instant on a bar of that size is not over. */
export function formingFrom(now: number, size: BarSize): number {
  return now - sizeFacts(size).ms + 1;
}

/**
 * Oldest first; empty when there are none. A bar without prices is left out.
 * @throws {InputError} {GatewayError} {TimeoutError} {ClosedError} {AdmissionError}; {DecodeError} for a time that cannot be read.
 */
export async function askBars(core: Core, contract: ContractInput, request: BarsRequest, call?: Call): Promise<readonly Bar[]> {
  const answers = await askBarRows(core, contract, request, call);
  const from = formingFrom(core.timer.now(), request.size);
  const newest = answers.findLast(({ length }) => length > 0);
  const parts = answers.flatMap((rows) => rows.inParts(rows === newest ? from : Number.POSITIVE_INFINITY));
  return ([] as readonly Bar[]).concat(...parts); // in one go, which `flat` is not
}

/** The same as columns, by answer; others may hold them too. @throws as `askBars` does. */
export async function askBarRows(
  core: Core,
  contract: ContractInput,
  request: BarsRequest,
  call?: Call,
): Promise<readonly BarRows[]> {
  const input = barsInput(contract, request);
  const spec = core.serverVersion >= V.HISTORICAL_DATA_END ? historicalBars : historicalBarsBefore196;
  const answers = await askGathered(core, spec, gatheredBars, input, call);
  for (const { badTime } of answers)
    if (badTime !== undefined) toldInstant(core, badTime, {}, { kind: 'historicalData', row: 'bars.date' });
  return answers;
}
