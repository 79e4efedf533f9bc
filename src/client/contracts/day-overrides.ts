// Days that are not as published: holidays and half days that a user knows of, put over the trading hours of a contract.

import { shown } from '../../input/shown.js';
import { InputError } from '../input/input-error.js';
import { dayOf } from '../time/wire-text.js';
import { DAY, HOUR, MINUTE, type Zone } from '../time/zone.js';
import { joined, type Session, type TradingHours } from './trading-hours.js';

/** What a day is, whatever was published for it or was not. */
export interface DayOverride {
  /** `yyyyMMdd` on the calendar of the exchange. */
  readonly date: string;
  /** Its sessions on the clock of the exchange, `HH:mm` (`24:00` is the end of the day); none: closed all day. */
  readonly sessions: readonly { readonly open: string; readonly close: string }[];
}

/**
 * The hours with those days replaced, from midnight to midnight of the exchange: what reaches in from the days beside is cut there.
 * @throws {InputError} for a date or a time that is none, or a session that does not end after it begins.
 */
export function withOverrides(hours: TradingHours, overrides: readonly DayOverride[], zone: Zone): TradingHours {
  let { sessions, covered } = hours;
  for (const { date, sessions: own } of overrides) {
    const midnight = midnightOf(date);
    const day = { open: zone.toInstant(midnight), close: zone.toInstant(midnight + DAY) };
    const added = own.map(({ open, close }): Session => {
      const session = { open: zone.toInstant(midnight + timeOf(open)), close: zone.toInstant(midnight + timeOf(close)) };
      if (session.open >= session.close) throw new InputError('sessions', `must end after they begin, got ${open} to ${close}`);
      return session;
    });
    sessions = joined([...sessions.flatMap((session) => without(session, day)), ...added]);
    covered = joined([...covered, day]);
  }
  return { ...hours, sessions, covered };
}

/** The parts of a session outside a day. */
function without({ open, close }: Session, day: Session): readonly Session[] {
  const parts = [
    { open, close: Math.min(close, day.open) },
    { open: Math.max(open, day.close), close },
  ];
  return parts.filter((part) => part.open < part.close);
}

function midnightOf(date: string): number {
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})$/.exec(date) ?? [];
  const midnight = dayOf(Number(year), Number(month), Number(day));
  if (Number.isNaN(midnight)) throw new InputError('date', `must be a day as yyyyMMdd, got ${shown(date)}`);
  return midnight;
}

function timeOf(text: string): number {
  const [, hour, minute] = /^([01]\d|2[0-3]|24):([0-5]\d)$/.exec(text) ?? [];
  const time = Number(hour) * HOUR + Number(minute) * MINUTE;
  if (!(time <= DAY)) throw new InputError('sessions', `must have times as HH:mm, got ${shown(text)}`);
  return time;
}
