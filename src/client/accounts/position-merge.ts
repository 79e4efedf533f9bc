// One portfolio from the positions of many accounts and brokers.
import Big from 'big.js';
import type { Position } from './position.js';

/** All holdings of one contract. */
export interface MergedPosition {
  /** The contract's own terms, from the holding that knows most. */
  readonly of: Position;
  readonly holdings: readonly Position[];
  /** The sum of all holdings. */
  readonly position: Big;
  /** What they cost together; undefined when the cost of one is not known. */
  readonly cost: Big | undefined;
  readonly marketValue: Big | undefined;
  readonly unrealizedPNL: Big | undefined;
  /** true: this text names several contract ids elsewhere in the list, so it was not put with any of them. */
  readonly isAmbiguous: boolean;
}

/**
 * Brings together what is the same contract: by contract id where there is one; a holding without one joins the only
 * contract id that has its terms. Nothing is converted: currencies stay apart. In order of first appearance.
 */
export function mergePositions(positions: readonly Position[]): readonly MergedPosition[] {
  const idsOf = new Map<string, Set<number>>();
  for (const position of positions) {
    if (position.conId === undefined) continue;
    const terms = termsOf(position);
    idsOf.set(terms, (idsOf.get(terms) ?? new Set()).add(position.conId));
  }
  const groups = new Map<string, Position[]>();
  for (const position of positions) {
    const key = keyOf(position, idsOf);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [position]);
    else group.push(position);
  }
  return [...groups.values()].map((holdings) => merged(holdings, idsOf));
}

function keyOf(position: Position, idsOf: ReadonlyMap<string, ReadonlySet<number>>): string {
  // An id is one contract, but a currency that differs would make a sum of two moneys.
  if (position.conId !== undefined) return `#${position.conId} ${position.currency}`;
  const terms = termsOf(position);
  const ids = idsOf.get(terms);
  const [only] = ids ?? [];
  return ids?.size === 1 ? `#${only} ${position.currency}` : terms;
}

/** The terms that make a contract, without where it trades. Options default to the multiplier 100 nowhere: unknown is its own value. */
function termsOf({ secType, symbol, currency, lastTradeDateOrContractMonth, strike, right, multiplier }: Position): string {
  return JSON.stringify([
    secType,
    symbol,
    currency,
    lastTradeDateOrContractMonth,
    strike?.toFixed(),
    right,
    multiplier?.toFixed(),
  ]);
}

function merged(holdings: readonly Position[], idsOf: ReadonlyMap<string, ReadonlySet<number>>): MergedPosition {
  const known = (position: Position): number => Object.values(position).filter((value) => value !== undefined).length;
  const of = holdings.reduce((best, one) => (known(one) > known(best) ? one : best));
  return {
    of,
    holdings,
    position: holdings.reduce((sum, one) => sum.plus(one.position), new Big(0)),
    cost: sumOf(holdings, (one) => one.avgCost?.times(one.position)),
    marketValue: sumOf(holdings, (one) => one.marketValue),
    unrealizedPNL: sumOf(holdings, (one) => one.unrealizedPNL),
    isAmbiguous: of.conId === undefined && (idsOf.get(termsOf(of))?.size ?? 0) > 1,
  };
}

/** The sum, when every part is known. */
function sumOf(holdings: readonly Position[], part: (one: Position) => Big | undefined): Big | undefined {
  return holdings.reduce<Big | undefined>((sum, one) => {
    const value = part(one);
    return sum === undefined || value === undefined ? undefined : sum.plus(value);
  }, new Big(0));
}
