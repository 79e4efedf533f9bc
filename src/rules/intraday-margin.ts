// The intraday margin regime: the deepest deficit of a day and the days that follow from it.

import { businessDays, dayNumber, dayText } from './calendar/business-days.js';
import { absolute, ONE, readDecimal, smaller, writeDecimal } from './decimal.js';
import type { AccountKind, DecimalText } from './types.js';

/** A moment of a day, and the margin level after it. `reducing`: a trade that only made the position smaller. */
export interface MarginEvent {
  /** For people; the order does not matter, because the worst one is assumed. */
  readonly time?: string | undefined;
  /** Intraday margin level right after the event: what could be withdrawn, or the negative of what is missing. */
  readonly levelAfter: DecimalText;
  /** A transaction that lowers the level. Not known counts as yes. */
  readonly reducing?: boolean | undefined;
}

/** A day of an account: its value, and how its margin level moved. */
export interface IntradayMarginInput {
  readonly kind: AccountKind;
  readonly netLiquidation?: DecimalText | undefined;
  /** YYYY-MM-DD. */
  readonly date: string;
  readonly holidays: readonly string[];
  readonly events: readonly MarginEvent[];
}

/** What the rules of intraday margin say of a day. */
export interface IntradayMargin {
  /** False for kinds without an intraday margin; nothing else is told then. */
  readonly applies: boolean;
  readonly deficit?: DecimalText;
  /** Not above the lesser of 1,000 and five percent of equity; unknown equity is never minor. */
  readonly minor?: boolean;
  /** A restriction can follow from here if late payment is a practice. */
  readonly fifthBusinessDay?: string;
  /** The deficit ceases to be outstanding. */
  readonly fifteenthBusinessDay?: string;
}

/** An input that cannot be judged, and what is wrong with it. It is returned, not thrown. */
export type IntradayMarginError = { readonly error: 'INTRADAY-BAD-INPUT'; readonly what: string };

const MINOR = 1_000n * ONE;

/** Deficit of a day: the deepest negative level right after a reducing transaction, 0 if there was none. */
export function intradayMargin(input: IntradayMarginInput): IntradayMargin | IntradayMarginError {
  if (input.kind !== 'reg-t' && input.kind !== 'ira-margin') return { applies: false };
  const day = dayNumber(input.date);
  if (day === undefined) return { error: 'INTRADAY-BAD-INPUT', what: 'date' };
  let deepest = 0n;
  for (const [place, event] of input.events.entries()) {
    const level = readDecimal(event.levelAfter);
    if (level === undefined) return { error: 'INTRADAY-BAD-INPUT', what: `event ${place + 1}` };
    if (event.reducing !== false) deepest = smaller(deepest, level);
  }
  const deficit = absolute(deepest);
  if (deficit === 0n) return { applies: true, deficit: '0' };
  const equity = readDecimal(input.netLiquidation);
  const calendar = businessDays(input.holidays);
  return {
    applies: true,
    deficit: writeDecimal(deficit),
    minor: equity !== undefined && deficit <= MINOR && deficit * 20n <= equity,
    fifthBusinessDay: dayText(calendar.shift(day, 5)),
    fifteenthBusinessDay: dayText(calendar.shift(day, 15)),
  };
}
