// The sessions of an exchange in the past.

import { DecodeError } from '../../protocol/errors.js';
import type { ContractInput } from '../contracts/details.js';
import { askOne } from '../conversation/ask.js';
import type { Call, Core } from '../core.js';
import { formatUtc } from '../time/format.js';
import { plainZones } from '../time/zones.js';
import { historicalSchedule } from './conversations.js';
import { checkDuration } from './duration.js';
import { toldInstant } from './told-time.js';

const KIND = 'historicalSchedule';

/** A session: from when to when, and the trading day that it belongs to (`yyyyMMdd`). */
export interface ScheduledSession {
  readonly start: Date;
  readonly end: Date;
  /** `yyyyMMdd`: the trading day it belongs to. */
  readonly refDate: string;
}

/** Sessions of an exchange, on the clock of its zone. */
export interface Schedule {
  /** The exchange's zone, as the gateway names it. */
  readonly timeZone: string;
  readonly sessions: readonly ScheduledSession[];
}

/** For which days the sessions are asked for. */
export interface ScheduleRequest {
  /** For example `30 D`. */
  readonly duration: string;
  readonly end?: Date;
  /** Regular hours only; default true. */
  readonly useRTH?: boolean;
}

/** @throws {InputError} for a duration that is none; {TooOldError} below the server version that has schedules. {DecodeError} for times that cannot be read, or in a zone that is not known. */
export async function askSchedule(core: Core, contract: ContractInput, request: ScheduleRequest, call?: Call): Promise<Schedule> {
  checkDuration(request.duration, '1 day');
  const answer = await askOne(
    core,
    historicalSchedule,
    {
      contract,
      endDateTime: request.end === undefined ? '' : formatUtc(request.end.getTime()),
      barSizeSetting: '1 day',
      durationStr: request.duration,
      useRTH: request.useRTH ?? true,
      whatToShow: 'SCHEDULE',
      formatDate: 1,
      keepUpToDate: false,
    },
    call,
  );
  const timeZone = answer.timeZone ?? '';
  // The times are in the zone that the message names, although they are written in the form that means UTC elsewhere.
  const zone = plainZones.find(timeZone);
  const isNamed = answer.sessions === undefined || answer.sessions.length === 0 || zone !== undefined;
  if (!isNamed) throw unknownZone(core, timeZone);
  const instant = (text: string | undefined, row: string): Date =>
    new Date(toldInstant(core, text, { zone, dash: 'zone' }, { kind: KIND, row }));
  const sessions = (answer.sessions ?? []).map(
    ({ startDateTime, endDateTime, refDate }, at): ScheduledSession => ({
      start: instant(startDateTime, `sessions[${at}].startDateTime`),
      end: instant(endDateTime, `sessions[${at}].endDateTime`),
      refDate: refDate ?? '',
    }),
  );
  return { timeZone, sessions };
}

function unknownZone({ serverVersion }: Core, timeZone: string): DecodeError {
  const place = { kind: KIND, row: 'timeZone', serverVersion, offset: undefined };
  return new DecodeError(timeZone === '' ? 'is missing' : `'${timeZone}' is a time zone that is not known`, place);
}
