// The event calendar of Wall Street Horizon: earnings, dividends, meetings.

import { askOne } from '../conversation/ask.js';
import { damageOf } from '../conversation/damage.js';
import type { Call, Core } from '../core.js';
import { formatDate } from '../time/format.js';
import { wshEventData, wshMetaData } from './conversations.js';

/** Which events are asked for. Name an instrument or a filter; everything left out does not narrow. */
export interface EventRequest {
  /** Events of one instrument; or a `filter`, never both. */
  readonly conId?: number;
  /** The calendar's own JSON filter (server 171 and up). */
  readonly filter?: unknown;
  readonly fillWatchlist?: boolean;
  readonly fillPortfolio?: boolean;
  readonly fillCompetitors?: boolean;
  /** Days, read in UTC (server 173 and up, as `limit`). */
  readonly from?: Date;
  readonly to?: Date;
  readonly limit?: number;
}

/** `ib.calendar`: events of companies, from Wall Street Horizon. It needs a subscription of its own. */
export interface CalendarFacade {
  /**
   * Event types and filters as the calendar describes them.
   * @throws {GatewayError} 10276 without the subscription; {DecodeError} for JSON that breaks off.
   */
  meta(call?: Call): Promise<unknown>;
  /** Events; the metadata, which must be asked first, is asked once for each connection by itself. */
  events(request: EventRequest & Call): Promise<unknown>;
}

export function createCalendar(core: Core): CalendarFacade {
  let metaOfEpoch = 0;
  /** The calendar answers JSON, or a text for people, which is handed on as it is; JSON that breaks off is neither. */
  const parsed = (kind: string, json: string | undefined): unknown => {
    try {
      return JSON.parse(json ?? '');
    } catch {
      if (/^\s{0,9}[[{]/.test(json ?? '')) throw damageOf(core, { kind, row: 'dataJson' }, 'is no whole JSON');
      return json;
    }
  };
  const meta = async (call?: Call): Promise<unknown> => {
    const { epoch } = core;
    const { kind, dataJson } = await askOne(core, wshMetaData, {}, call);
    metaOfEpoch = epoch;
    return parsed(kind, dataJson);
  };
  return {
    meta,
    async events(request) {
      if (metaOfEpoch !== core.epoch) await meta(request);
      const { conId, filter, from, to, limit, fillWatchlist, fillPortfolio, fillCompetitors } = request;
      const input = {
        ...(conId === undefined ? {} : { conId }),
        ...(filter === undefined ? {} : { filter: typeof filter === 'string' ? filter : JSON.stringify(filter) }),
        ...(fillWatchlist === undefined ? {} : { fillWatchlist }),
        ...(fillPortfolio === undefined ? {} : { fillPortfolio }),
        ...(fillCompetitors === undefined ? {} : { fillCompetitors }),
        ...(from === undefined ? {} : { startDate: dayOf(from) }),
        ...(to === undefined ? {} : { endDate: dayOf(to) }),
        ...(limit === undefined ? {} : { totalLimit: limit }),
      };
      const { kind, dataJson } = await askOne(core, wshEventData, input, request);
      return parsed(kind, dataJson);
    },
  };
}

function dayOf(date: Date): string {
  return formatDate(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate());
}
