// What may be changed on a working order, and what needs cancel and replace.
import Big from 'big.js';
import type { Finding } from '../../../rules/finding.js';
import { say } from '../../../rules/guards/guard.js';
import { canonical } from '../../conversation/canonical.js';
import { parseInstant } from '../../time/parse.js';
import type { OrderDraft } from '../draft.js';

/** An order as far as a change looks at it; any record with the official field names will do. */
export type Changeable = Pick<OrderDraft, 'action' | 'orderType'> & {
  readonly [K in keyof OrderDraft]?: OrderDraft[K] | undefined;
};

/** One field of an order that becomes another: its official name, and both values. */
export interface Change {
  readonly field: string;
  readonly from: unknown;
  readonly to: unknown;
}

/** Whether a working order may become another one. A union: switch over `at`; findings say why not. */
export type Modification =
  | { readonly at: 'same' }
  | { readonly at: 'allowed'; readonly changes: readonly Change[] }
  | { readonly at: 'refused'; readonly changes: readonly Change[]; readonly findings: readonly Finding[] };

/** Prices and distances: safe to change while they stay of the same kind. */
const PRICES = [
  ...([
    'lmtPrice',
    'auxPrice',
    'trailStopPrice',
    'trailingPercent',
    'lmtPriceOffset',
    'percentOffset',
    'discretionaryAmt',
  ] as const),
  ...(['triggerPrice', 'adjustedStopPrice', 'adjustedStopLimitPrice', 'adjustedTrailingAmount'] as const),
] as const;
const SIZES = ['totalQuantity', 'cashQty', 'displaySize'] as const;
/** Times, which come back on the clock of the exchange. */
const INSTANTS: ReadonlySet<string> = new Set(['goodTillDate', 'goodAfterTime', 'activeStartTime', 'activeStopTime']);
/** What gateways have been seen to change under one permId besides: the type with its prices, and the lifetime. */
const UNUSUAL: ReadonlySet<string> = new Set(['orderType', 'tif', 'outsideRth', ...INSTANTS]);
const CHANGEABLE: ReadonlySet<string> = new Set([...PRICES, ...SIZES]);

/** Unset is a state of its own there, not the same as false. */
const THREE_STATES: ReadonlySet<string> = new Set(['usePriceMgmtAlgo', 'routeMarketableToBbo', 'seekPriceImprovement']);

/** Fields the gateway fills in by itself: a difference there is not the user's. */
const ECHOED: ReadonlySet<string> = new Set([
  'orderId',
  'permId',
  'clientId',
  'parentPermId',
  'filledQuantity',
  'submitter',
  'autoCancelDate',
  'shareholder',
]);

/**
 * The difference between the working order, as it was sent and not as the gateway echoes it, and the wanted one. Allowed are prices and sizes that both orders have, tif
 * DAY to IOC, and transmit false to true (releasing a staged order); anything else is refused with cancel-replace as the
 * remedy (limits §9). `filled` is the executed quantity: a total at or below it is refused. `isUnusual`: what some gateways accept is
 * allowed too, the order type with its prices and the lifetime.
 */
export function modification(
  before: Changeable,
  after: Changeable,
  filled: string | number | Big = 0,
  isUnusual = false,
): Modification {
  const changes = differences(before, after);
  if (changes.length === 0) return { at: 'same' };
  const refused = changes.filter((change) => !isAllowed(change) && !(isUnusual && mayPass(change)));
  const findings = [...refused.map(refusal), ...tooSmall(after, filled, changes)];
  return findings.length === 0 ? { at: 'allowed', changes } : { at: 'refused', changes, findings };
}

function differences(before: object, after: object): readonly Change[] {
  const [old, wanted] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  return [...new Set([...old.keys(), ...wanted.keys()])].flatMap((field) => {
    if (ECHOED.has(field)) return [];
    const [from, to]: readonly unknown[] = [old.get(field), wanted.get(field)];
    return isSame(field, from, to) ? [] : [{ field, from, to }];
  });
}

// Unset, false, empty and the quantities 1 and 1.0 are no differences; a price of 0 is one.
function isSame(field: string, from: unknown, to: unknown): boolean {
  if (field === 'totalQuantity' && typeof from === 'string' && typeof to === 'string') return sameNumber(from, to);
  if (field === 'transmit') return (from ?? true) === (to ?? true);
  if (INSTANTS.has(field) && isSameInstant(from, to)) return true;
  if (THREE_STATES.has(field)) return from === to;
  return canonical(plain(from)) === canonical(plain(to));
}

function plain(value: unknown): unknown {
  return value === false || value === '' || (Array.isArray(value) && value.length === 0) ? undefined : value;
}

/** Days and clocks of unknown zones are no instants: only equal texts are equal there. */
function isSameInstant(from: unknown, to: unknown): boolean {
  if (typeof from !== 'string' || typeof to !== 'string') return false;
  const [a, b] = [parseInstant(from), parseInstant(to)];
  return a !== undefined && a === b;
}

/** Whether a field is a time, and what is told of it is certainly another moment than what is wanted. */
export function isOtherInstant(field: string, told: unknown, wanted: unknown): boolean {
  if (!INSTANTS.has(field) || typeof told !== 'string' || typeof wanted !== 'string') return false;
  const [a, b] = [parseInstant(told), parseInstant(wanted)];
  return a !== undefined && b !== undefined && a !== b;
}

const mayPass = ({ field }: Change): boolean => UNUSUAL.has(field) || CHANGEABLE.has(field);

function sameNumber(a: string, b: string): boolean {
  try {
    return new Big(a).eq(b);
  } catch {
    return a === b;
  }
}

function isAllowed({ field, from, to }: Change): boolean {
  if (CHANGEABLE.has(field)) return from !== undefined && to !== undefined;
  if (field === 'tif') return (from === 'DAY' || from === undefined) && to === 'IOC';
  return field === 'transmit' && to !== false;
}

function refusal({ field, from, to }: Change): Finding {
  const shown = (value: unknown): string => (value === undefined ? 'nothing' : canonical(value));
  return say('MODIFY-FIELD', { field, from: shown(from), to: shown(to) });
}

/** Numbers as text and text as numbers are taken as the field has them. */
export function inFieldTypes(changes: Partial<OrderDraft>): Partial<OrderDraft> {
  return Object.fromEntries(
    Object.entries(changes).map(([field, value]: [string, unknown]) => {
      if (field === 'totalQuantity' && typeof value === 'number') return [field, decimalText(value)];
      const isNumber = (PRICES as readonly string[]).includes(field) || field === 'cashQty' || field === 'displaySize';
      return isNumber && typeof value === 'string' && value.trim() !== '' ? [field, Number(value)] : [field, value];
    }),
  );
}

function decimalText(value: number): string {
  return Number.isFinite(value) ? new Big(value).toFixed() : String(value);
}

function tooSmall(after: Changeable, filled: string | number | Big, changes: readonly Change[]): readonly Finding[] {
  if (!changes.some((change) => change.field === 'totalQuantity') || after.totalQuantity === undefined) return [];
  const [total, done] = [new Big(after.totalQuantity), new Big(filled)];
  if (total.gt(done)) return [];
  return [say('MODIFY-FILLED', { totalQuantity: total.toFixed(), filled: done.toFixed() })];
}
