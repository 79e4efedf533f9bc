// Day trades counted from executions, under the legacy limit and the intraday regime that replaces it.

import { businessDays, dayNumber, dayText } from './calendar/business-days.js';
import { instantOf, newYork } from './calendar/new-york.js';
import { absolute, ONE, readDecimal, readPositive, smaller } from './decimal.js';
import type { AccountKind, DecimalText } from './types.js';

/** One execution. `contract` names one security, kind first, for example `STK:AAA` or `OPT:AAA 20270115C100`. */
export interface DayTradeFill {
  /** ISO time with an offset. */
  readonly time: string;
  readonly contract: string;
  readonly side: string;
  readonly quantity: DecimalText;
  readonly orderId?: string | number | undefined;
}

/** Fills of the last days, and what else the count needs. Days as `yyyy-MM-dd`. */
export interface DayTradeInput {
  /** YYYY-MM-DD. */
  readonly asOf: string;
  readonly kind: AccountKind;
  readonly netLiquidation?: DecimalText | undefined;
  readonly holidays: readonly string[];
  readonly fills: readonly DayTradeFill[];
  /** Signed positions before the first fill. */
  readonly startPositions?: Readonly<Record<string, DecimalText>> | undefined;
  /** Which rule binds this account; the stricter one when not given. */
  readonly regime?: 'legacy' | 'intraday' | undefined;
  /** The broker's own count; -1 stands for unlimited. */
  readonly dayTradesRemaining?: number | undefined;
  /** Flag only above six percent of the trades in the window. Off when not given. */
  readonly sixPercentException?: boolean | undefined;
}

/** How many day trades there were in five business days, and whether another may be opened. */
export interface DayTradeReport {
  readonly dayTrades: number;
  /** Day trades per trade date inside the window. */
  readonly byDate: Readonly<Record<string, number>>;
  /** First and last business day of the window. */
  readonly window: readonly [string, string];
  readonly flagged: boolean;
  readonly mayOpen: boolean;
  /** Day trades used if everything opened on the as-of day is also closed on it. */
  readonly potential: number;
  /** Day trades left by the smaller of the own and the broker's count; undefined where no limit binds. */
  readonly remaining: number | undefined;
  /** Own remainder and the broker's, where they differ. */
  readonly difference: { readonly own: number; readonly broker: number } | undefined;
}

/** An input that cannot be counted, and what is wrong with it. It is returned, not thrown. */
export type DayTradeError = { readonly error: 'DAY-TRADES-BAD-INPUT'; readonly what: string };

const NOT_COUNTED = new Set(['FUT', 'FOP', 'CASH', 'CRYPTO']);
const EVENING = 20;
const LIMIT = 3;
const LEAST_EQUITY = 25_000n * ONE;

interface Running {
  overnight: bigint;
  opened: bigint;
  isClosing: boolean;
  day: number;
}

/** Applies one execution. Returns true when it begins a day trade. */
function apply(state: Running, quantity: bigint): boolean {
  let left = quantity;
  let begins = false;
  const against = (held: bigint): bigint =>
    held > 0n !== left > 0n && held !== 0n ? smaller(absolute(left), absolute(held)) : 0n;
  const sign = quantity > 0n ? 1n : -1n;
  const closed = against(state.opened);
  if (closed > 0n) {
    begins = !state.isClosing;
    state.isClosing = true;
    state.opened += sign * closed;
    left -= sign * closed;
  }
  const old = left === 0n ? 0n : against(state.overnight);
  state.overnight += sign * old;
  left -= sign * old;
  if (left !== 0n) {
    state.opened += left;
    state.isClosing = false;
  }
  return begins;
}

/**
 * Counts day trades per security and New York trade date (from 20:00 on the next business day) in the window of five business days
 * that ends on `asOf`, and says whether the account may open. The input is not changed. Malformed input gives an error.
 */
export function dayTrades(input: DayTradeInput): DayTradeReport | DayTradeError {
  const bad = (what: string): DayTradeError => ({ error: 'DAY-TRADES-BAD-INPUT', what });
  const asOf = dayNumber(input.asOf);
  if (asOf === undefined) return bad('asOf');
  const calendar = businessDays(input.holidays);
  const last = calendar.onOrBefore(asOf);
  const first = calendar.shift(last, -4);

  const states = new Map<string, Running>();
  for (const [contract, text] of Object.entries(input.startPositions ?? {})) {
    const overnight = readDecimal(text);
    if (overnight === undefined) return bad(`position ${contract}`);
    states.set(contract, { overnight, opened: 0n, isClosing: false, day: Number.NEGATIVE_INFINITY });
  }
  const fills: { at: number; place: number; day: number; fill: DayTradeFill; quantity: bigint }[] = [];
  for (const [place, fill] of input.fills.entries()) {
    const at = instantOf(fill.time);
    const size = readPositive(fill.quantity);
    if (at === undefined || size === undefined || (fill.side !== 'BUY' && fill.side !== 'SELL')) return bad(`fill ${place + 1}`);
    if (NOT_COUNTED.has(fill.contract.split(':')[0] ?? '')) continue;
    const { day, hour } = newYork(at);
    fills.push({
      at,
      place,
      day: calendar.onOrAfter(hour >= EVENING ? day + 1 : day),
      fill,
      quantity: fill.side === 'BUY' ? size : -size,
    });
  }
  fills.sort((a, b) => a.at - b.at || a.place - b.place);

  const counts = new Map<number, number>();
  const trades = new Set<string>();
  for (const { day, fill, quantity, place } of fills) {
    let state = states.get(fill.contract);
    if (state === undefined) {
      state = { overnight: 0n, opened: 0n, isClosing: false, day };
      states.set(fill.contract, state);
    }
    if (state.day !== day) Object.assign(state, { overnight: state.overnight + state.opened, opened: 0n, isClosing: false, day });
    if (apply(state, quantity)) counts.set(day, (counts.get(day) ?? 0) + 1);
    if (day >= first && day <= last) trades.add(`${day}|${fill.contract}|${fill.orderId ?? `fill ${place}`}`);
  }

  const inWindow = [...counts].filter(([day]) => day >= first && day <= last).sort(([a], [b]) => a - b);
  const used = inWindow.reduce((sum, [, count]) => sum + count, 0);
  const exits = [...states.values()].filter((state) => state.day === last && state.opened !== 0n && !state.isClosing).length;
  const isBound = (input.regime ?? 'legacy') === 'legacy' && (input.kind === 'reg-t' || input.kind === 'ira-margin');
  const equity = readDecimal(input.netLiquidation);
  const isSmall = equity === undefined || equity < LEAST_EQUITY;
  const own = Math.max(0, LIMIT - used);
  const tag = input.dayTradesRemaining;
  const broker = tag === undefined || tag < 0 ? undefined : tag;
  const remaining = broker === undefined ? own : Math.min(own, broker);
  const isExcepted = input.sixPercentException === true && used * 100 <= trades.size * 6;
  return {
    dayTrades: used,
    byDate: Object.fromEntries(inWindow.map(([day, count]) => [dayText(day), count])),
    window: [dayText(first), dayText(last)],
    flagged: isBound && used > LIMIT && !isExcepted,
    mayOpen: !(isBound && isSmall && remaining === 0),
    potential: used + exits,
    remaining: isBound && isSmall ? remaining : undefined,
    difference: broker !== undefined && broker !== own ? { own, broker } : undefined,
  };
}
