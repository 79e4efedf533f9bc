// What the calls about the past may be given; whether a duration fits a size is asked where both are known.
import { type Checks, callback, date, flag, oneOf, text } from '../../input/checks.js';
import type { Call } from '../core.js';
import { asks, type Calls, contract, gives, question } from '../input/check-call.js';
import type { BarsRequest } from './ask-bars.js';
import type { HistoryFacade } from './facade.js';
import type { LiveBarsRequest } from './live-bars.js';
import type { ScheduleRequest } from './schedule.js';
import type { SpanRequest } from './span.js';
import type { TicksRequest } from './ticks.js';

const growing: Checks<LiveBarsRequest> = { duration: text, size: text, show: text, useRTH: flag };
const bars = question<BarsRequest & Call>({ ...growing, end: date }, ['duration', 'size']);

export const historyCalls: Calls<HistoryFacade> = {
  bars: asks(contract, bars),
  columns: asks(contract, bars),
  span: gives(
    contract,
    question<SpanRequest & Call>(
      { from: date, to: date, size: text, show: text, useRTH: flag, resume: text, onProgress: callback },
      ['from', 'size'],
    ),
  ),
  live: gives(contract, question<LiveBarsRequest & Call>(growing, ['duration', 'size'])),
  headTimestamp: asks(
    contract,
    question<NonNullable<Parameters<HistoryFacade['headTimestamp']>[1]>>({ show: text, useRTH: flag }),
  ),
  histogram: asks(contract, question<Parameters<HistoryFacade['histogram']>[1]>({ period: text, useRTH: flag }, ['period'])),
  schedule: asks(contract, question<ScheduleRequest & Call>({ duration: text, end: date, useRTH: flag }, ['duration'])),
  ticks: gives(
    contract,
    question<TicksRequest & Call>(
      { from: date, to: date, show: oneOf('TRADES', 'BID_ASK', 'MIDPOINT'), useRTH: flag, ignoreSize: flag },
      ['from', 'to'],
    ),
  ),
};
