// What the calls of the calendar may be given.
import { anything, date, flag, number, whole } from '../../input/checks.js';
import type { Call } from '../core.js';
import { asks, type Calls, onlyCall, question } from '../input/check-call.js';
import type { CalendarFacade, EventRequest } from './facade.js';

const events = question<EventRequest & Call>({
  conId: number(),
  filter: anything,
  fillWatchlist: flag,
  fillPortfolio: flag,
  fillCompetitors: flag,
  from: date,
  to: date,
  limit: whole(1),
});

export const calendarCalls: Calls<CalendarFacade> = { meta: asks(onlyCall), events: asks(events) };
