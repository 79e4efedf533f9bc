// How far back one request for bars may reach, by unit and by bar size: what the gateway would refuse is refused before it is asked.

import { shown } from '../../input/shown.js';
import { InputError } from '../input/input-error.js';
import { type BarSize, barSizes, isBarSize, sizeFacts, type WhatToShow } from './bar-size.js';

type Unit = 'S' | 'D' | 'W' | 'M' | 'Y';

interface UnitFacts {
  /** The most of it that one request may ask for. */
  readonly most: number;
  /** The unit that longer spans are asked in, and how many of this one make one of it. */
  readonly longer?: readonly [unit: Unit, of: number];
}

// `S` counts seconds of trading, so a day of them is longer than a day of the calendar.
const units: Readonly<Record<Unit, UnitFacts>> = {
  S: { most: 86_400, longer: ['D', 86_400] },
  D: { most: 365, longer: ['Y', 365] },
  W: { most: 52, longer: ['Y', 52] },
  M: { most: 12, longer: ['Y', 12] },
  Y: { most: 68 },
};

/** Bars of one second go back this many seconds of trading, and are asked for in no other unit. */
const MOST_OF_ONE_SECOND = 2_000;

const KEPT_UP_TO_DATE: ReadonlySet<WhatToShow> = new Set<WhatToShow>(['TRADES', 'MIDPOINT', 'BID', 'ASK']);
const LEAST_KEPT_MS = 5_000;

/** @throws {InputError} for a bar size that does not exist, or a duration that cannot be asked for, with one that can. */
export function checkDuration(duration: string, size: BarSize): void {
  if (!isBarSize(size)) throw new InputError('size', `must be one of ${barSizes.join(', ')}, got ${shown(size)}`);
  const parts = /^([1-9]\d{0,8}) ([SDWMY])$/.exec(duration);
  if (parts === null) {
    const form = 'must be a whole number above 0, a blank, and S, D, W, M or Y, as in 5 D';
    throw new InputError('duration', `${form}, got ${shown(duration)}`);
  }
  const count = Number(parts[1]);
  const unit = parts[2] as Unit;
  const { most, longer } = units[unit];
  if (count > most) {
    const instead = longer === undefined ? `${most} ${unit}` : `${Math.ceil(count / longer[1])} ${longer[0]}`;
    throw new InputError('duration', `reaches at most ${most} ${unit} in this unit, got ${shown(duration)}: ask for ${instead}`);
  }
  if (sizeFacts(size).ms > 1000 || (unit === 'S' && count <= MOST_OF_ONE_SECOND)) return;
  const instead = `ask for ${MOST_OF_ONE_SECOND} S, for longer bars (5 secs), or for history.span, which pages`;
  throw new InputError(
    'duration',
    `reaches at most ${MOST_OF_ONE_SECOND} S with bars of 1 secs, got ${shown(duration)}: ${instead}`,
  );
}

/** @throws {InputError} for bars that are never kept up to date, with what is. */
export function checkKeptUpToDate(size: BarSize, show: WhatToShow): void {
  if (sizeFacts(size).ms < LEAST_KEPT_MS)
    throw new InputError(
      'size',
      `bars that go on have 5 secs or more, got ${shown(size)}: ask for 5 secs, or for market.tickByTick`,
    );
  if (!KEPT_UP_TO_DATE.has(show))
    throw new InputError('show', `bars that go on are of ${[...KEPT_UP_TO_DATE].join(', ')}, got ${shown(show)}`);
}
