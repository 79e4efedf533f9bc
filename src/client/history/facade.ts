// The past: bars, ticks, schedules, how far it reaches.

import type { ContractInput } from '../contracts/details.js';
import { askOne } from '../conversation/ask.js';
import { insistOn } from '../conversation/damage.js';
import type { Subscription } from '../conversation/subscription.js';
import type { Call, Core } from '../core.js';
import { withoutCall } from '../input/check-call.js';
import { utc } from '../time/zones.js';
import { askBars, type BarsRequest } from './ask-bars.js';
import type { Bar } from './bar.js';
import { askBarColumns, type BarColumns } from './bar-columns.js';
import type { WhatToShow } from './bar-size.js';
import { headTimestamp, histogram } from './conversations.js';
import { type LiveBarsRequest, openLiveBars } from './live-bars.js';
import { askSchedule, type Schedule, type ScheduleRequest } from './schedule.js';
import { createSpan, type Span, type SpanRequest } from './span.js';
import type { EveryTick } from './tick.js';
import { type TicksRequest, walkTicks } from './ticks.js';
import { toldInstant } from './told-time.js';

/** A price, and how much was traded at it. */
export interface PriceVolume {
  readonly price: number;
  readonly size: number;
}

/** `ib.history`: bars, ticks and schedules of the past. Calls wait for the pacing budgets of the gateway by themselves. */
export interface HistoryFacade {
  /**
   * Bars of one request, oldest first; empty when there are none.
   * ```ts
   * const bars = await ib.history.bars(aapl, { duration: '5 D', size: '1 hour', show: 'TRADES' })
   * ```
   * @throws {InputError} for a duration that cannot be asked for; {GatewayError} 162 for missing rights or pacing; {AdmissionError} when a budget is spent for too long.
   */
  bars(contract: ContractInput, request: BarsRequest & Call): Promise<readonly Bar[]>;
  /** The same bars as typed arrays: `docs/columns.md`. @throws as `bars` does. */
  columns(contract: ContractInput, request: BarsRequest & Call): Promise<BarColumns>;
  /** Bars of any span, in pages or all at once: paced, each once, to be continued by token. Time is waited for, not refused. */
  span(contract: ContractInput, request: SpanRequest & Call): Span;
  /** Bars that go on growing; `view` holds all of them. */
  live(contract: ContractInput, request: LiveBarsRequest & Call): Subscription<Bar, readonly Bar[]>;
  /** Since when there is data. @throws {GatewayError} 162 when there is none. */
  headTimestamp(
    contract: ContractInput,
    request?: Call & { readonly show?: WhatToShow; readonly useRTH?: boolean },
  ): Promise<Date | undefined>;
  /** Volume by price, lowest price first; `period` as `3 days`. @throws {DecodeError} for a row without price or size. */
  histogram(
    contract: ContractInput,
    request: Call & { readonly period: string; readonly useRTH?: boolean },
  ): Promise<readonly PriceVolume[]>;
  /** Sessions of the exchange. */
  schedule(contract: ContractInput, request: ScheduleRequest & Call): Promise<Schedule>;
  /** Ticks of a span, page by page, oldest first. */
  ticks(contract: ContractInput, request: TicksRequest & Call): AsyncGenerator<readonly EveryTick[]>;
}

export function createHistory(core: Core): HistoryFacade {
  return {
    bars: (contract, request) => askBars(core, contract, request, request),
    columns: (contract, request) => askBarColumns(core, contract, request, request),
    span: (contract, request) => createSpan(core, contract, request, request),
    live: (contract, request) => openLiveBars(core, contract, withoutCall(request), request),
    async headTimestamp(contract, request = {}) {
      const { show = 'TRADES', useRTH = true } = request;
      const answer = await askOne(core, headTimestamp, { contract, whatToShow: show, useRTH, formatDate: 2 }, request);
      const text = answer.headTimestamp ?? '';
      if (text.trim() === '') return undefined;
      return new Date(toldInstant(core, text, { zone: utc }, { kind: 'headTimestamp', row: 'headTimestamp' }));
    },
    async histogram(contract, request) {
      const input = { contract, timePeriod: request.period, useRTH: request.useRTH ?? true };
      const answer = await askOne(core, histogram, input, request);
      // The rows come in no order.
      return insistOn(core, { kind: answer.kind, list: 'items' }, answer.items, 'price', 'size')
        .map(({ price, size }) => ({ price, size }))
        .sort((a, b) => a.price - b.price);
    },
    schedule: (contract, request) => askSchedule(core, contract, request, request),
    ticks: (contract, request) => walkTicks(core, contract, request, request),
  };
}
