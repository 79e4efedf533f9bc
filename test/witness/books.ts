// What the oracle looks at, and what one order may be sold for or may cost at most, in whole cents.

import type { Currency, Line } from './world.js';

export interface Leg {
  readonly conId: number;
  readonly each: number;
}

/** Terms as the bytes hold them. */
export interface Terms {
  readonly conId: number;
  readonly action: string;
  readonly orderType: string;
  readonly quantity: number;
  /** Cents. */
  readonly lmt?: number;
  readonly aux?: number;
  readonly discretion?: number;
  readonly trailStop?: number;
  /** What an adjustable stop is at most moved to, and the limit that it may get. */
  readonly adjusted?: number;
  readonly adjustedLimit?: number;
  readonly cashQty?: number;
  /** Of a trail, in percent; of a relative order, as a share. */
  readonly percent?: number;
  readonly share?: number;
  /** Distance of a trail's limit. */
  readonly offset?: number;
  /** Of a combination: what one unit bought brings, negative what it takes. */
  readonly legs?: readonly Leg[];
  /** Each leg fills by itself, or not. */
  readonly isLoose?: boolean;
  readonly ocaGroup?: string;
  readonly ocaType?: number;
  readonly parent?: string;
  /** Fields whose reach the oracle cannot bound. */
  readonly strange: readonly string[];
}

export interface Live {
  readonly key: string;
  /** Terms in force and terms that may come into force. */
  readonly terms: readonly Terms[];
  readonly filled: number;
}

export interface Books {
  readonly cash: Readonly<Record<Currency, number>>;
  readonly positions: ReadonlyMap<number, number>;
  readonly live: readonly Live[];
  /** Contracts of options under instruction to be exercised. */
  readonly exercised: ReadonlyMap<number, number>;
  /** Whether a long call may stand behind a short one: only in accounts of the margin type. */
  readonly maySpread: boolean;
}

export const FEE = 100;
export const sells = ({ action }: Terms): boolean => action !== 'BUY';
export const multiplierOf = (line: Line): number => (line.secType === 'OPT' ? 100 : 1);
/** How far a market may have run, either way, when an order fills at it. */
const RUN = 0.03;
export const risen = (price: number): number => Math.ceil(price * (1 + RUN));

function sizeOf(terms: Terms, line: Line): number {
  const price = sells(terms) ? line.last * (1 - RUN) : line.last;
  return Math.max(terms.quantity, Math.ceil((terms.cashQty ?? 0) / price));
}

export const BY_LIMIT: ReadonlySet<string> = new Set(['LMT', 'LOC', 'LIT', 'STP LMT']);
const BY_STOP: ReadonlySet<string> = new Set(['STP', 'STP PRT']);

/** Dearest price at which the first life of a purchase may be filled. */
function first(terms: Terms, { last }: Line): number {
  const { lmt, aux = 0, trailStop = 0, percent = 0, share = 0, offset = 0, discretion = 0, orderType } = terms;
  if (BY_LIMIT.has(orderType)) return (lmt ?? Number.POSITIVE_INFINITY) + discretion;
  if (BY_STOP.has(orderType)) return risen(Math.max(aux, last));
  if (orderType.startsWith('TRAIL')) {
    const start = Math.max(trailStop, last + aux, last * (1 + percent / 100));
    return Math.max(risen(start), start + offset);
  }
  // What waits for a price says it where others say their distance.
  const distance = orderType === 'MIT' ? 0 : aux;
  return risen(last * (1 + share)) + distance;
}

const dearest = (terms: Terms, line: Line): number =>
  Math.max(first(terms, line), risen(terms.adjusted ?? 0), terms.adjustedLimit ?? 0);

/** What a purchase takes at most. */
export function costOf(terms: Terms, size: number, line: Line): number {
  const bySize = terms.quantity > 0 ? size * multiplierOf(line) * dearest(terms, line) : 0;
  return Math.max(bySize, terms.cashQty ?? 0) + FEE;
}

export const remaining = (terms: Terms, live: Live, line: Line): number => Math.max(0, sizeOf(terms, line) - live.filled);
