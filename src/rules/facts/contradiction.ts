// What a caller wrote about a contract against what its conId is known to be.
import { dayNumber } from '../calendar/business-days.js';

/** The names by which a contract can be told from another. */
export interface NamedContract {
  readonly conId?: number | undefined;
  readonly symbol?: string | undefined;
  readonly secType?: string | undefined;
  readonly currency?: string | undefined;
  readonly lastTradeDateOrContractMonth?: string | undefined;
  readonly strike?: number | undefined;
  readonly right?: string | undefined;
  readonly multiplier?: string | undefined;
  readonly tradingClass?: string | undefined;
}

const DAY = 'lastTradeDateOrContractMonth';
const POINTS = ['symbol', 'secType', 'currency', DAY, 'strike', 'right', 'multiplier', 'tradingClass'] as const;
const NOTHING: readonly string[] = [];
const isOpen = (stated: unknown, known: unknown): boolean => stated === known || !stated || !known;
const isSaid = (value: unknown): boolean => value !== undefined && value !== '' && value !== '?' && value !== 0 && value !== '0';
const dayOf = (text: string): string => text.replaceAll('-', '').slice(0, 8).trim();

/** Days are told on the clock of the login's zone too, up to a day away. */
function isSameDay(one: string, other: string): boolean {
  if (one.startsWith(other) || other.startsWith(one)) return true;
  const [a, b] = [dayNumber(one), dayNumber(other)];
  return a !== undefined && b !== undefined && Math.abs(a - b) <= 1;
}

/** Equal in meaning: numbers as numbers, C as CALL, a month as any day of it, a date with a time as its day. */
function isSame(name: keyof NamedContract, stated: unknown, known: unknown): boolean {
  if (Number(stated) === Number(known)) return true;
  const [a, b] = [String(stated), String(known)];
  if (name === 'right') return a[0]?.toUpperCase() === b[0]?.toUpperCase();
  if (name !== DAY) return false;
  return isSameDay(dayOf(a), dayOf(b));
}

/** Each point in which `stated` says something else than `known`. A point that either leaves open contradicts nothing. */
export function contradictionsOf(stated: NamedContract, known: NamedContract | undefined): readonly string[] {
  if (known === undefined || !isSaid(stated.conId) || stated.conId !== known.conId) return NOTHING;
  // Written out: properties by a name that changes take ten times as long.
  const isOneText =
    isOpen(stated.symbol, known.symbol) &&
    isOpen(stated.secType, known.secType) &&
    isOpen(stated.currency, known.currency) &&
    isOpen(stated.lastTradeDateOrContractMonth, known.lastTradeDateOrContractMonth) &&
    isOpen(stated.strike, known.strike) &&
    isOpen(stated.right, known.right) &&
    isOpen(stated.multiplier, known.multiplier) &&
    isOpen(stated.tradingClass, known.tradingClass);
  if (isOneText) return NOTHING;
  return POINTS.flatMap((name) => {
    const [given, told] = [stated[name], known[name]];
    const agrees = given === told || !isSaid(given) || !isSaid(told) || isSame(name, given, told);
    return agrees ? [] : [`${name} is ${told}, not ${given}`];
  });
}
