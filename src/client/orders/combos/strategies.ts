// Spreads by name, from legs or from a chain. Every function returns the BAG that one BUYs to open the strategy as named.
import type { Right } from '../../contracts/draft.js';
import { InputError } from '../../input/input-error.js';
import { namesOf, refuseOthers } from '../../input/known-properties.js';
import { type Bag, type BagOptions, bagAt, buy, type ChainOption, pick, sell, type UnderlyingLeg } from './legs.js';

/** Options that come into every strategy from a chain. */
export interface FromChain extends BagOptions {
  readonly tradingClass?: string;
}

type Chain = readonly ChainOption[];

/** @throws {InputError} for a term that the strategy has not; each has the two of `FromChain` beside its own. */
function checkTerms<T extends FromChain>(terms: T, ...own: readonly Exclude<keyof T & string, keyof FromChain>[]): void {
  refuseOthers(new Set(['exchange', 'tradingClass', ...own]), terms, 'terms.');
}

const named = (chain: Chain, expiry: string, strike: number, right: Right, { tradingClass }: FromChain): ChainOption =>
  pick(chain, { expiry, strike, right, ...(tradingClass !== undefined && { tradingClass }) });

function rising(field: string, ...values: readonly (number | string)[]): void {
  values.reduce((before, after) => {
    if (!(before < after)) throw new InputError(field, `must rise: ${before} is not below ${after}`);
    return after;
  });
}

/** Long one strike, short another, same expiry and right. */
export function vertical(
  chain: Chain,
  terms: FromChain & { readonly expiry: string; readonly right: Right; readonly long: number; readonly short: number },
): Bag {
  checkTerms(terms, 'expiry', 'right', 'long', 'short');
  const { expiry, right, long, short } = terms;
  if (long === short) throw new InputError('short', `must differ from the long strike ${long}`);
  return bagAt([buy(named(chain, expiry, long, right, terms)), sell(named(chain, expiry, short, right, terms))], terms.exchange);
}

/** Four strikes that rise: put wing, short put, short call, call wing. Bought, it receives a credit (the limit is negative). */
export function ironCondor(
  chain: Chain,
  terms: FromChain & {
    readonly expiry: string;
    readonly putWing: number;
    readonly shortPut: number;
    readonly shortCall: number;
    readonly callWing: number;
  },
): Bag {
  checkTerms(terms, 'expiry', 'putWing', 'shortPut', 'shortCall', 'callWing');
  const { expiry, putWing, shortPut, shortCall, callWing } = terms;
  rising('strikes', putWing, shortPut, shortCall, callWing);
  return bagAt(
    [
      buy(named(chain, expiry, putWing, 'P', terms)),
      sell(named(chain, expiry, shortPut, 'P', terms)),
      sell(named(chain, expiry, shortCall, 'C', terms)),
      buy(named(chain, expiry, callWing, 'C', terms)),
    ],
    terms.exchange,
  );
}

/** Long the wings, short the body twice; the wings must be equally far unless `broken` says otherwise. */
export function butterfly(
  chain: Chain,
  terms: FromChain & {
    readonly expiry: string;
    readonly right: Right;
    readonly low: number;
    readonly body: number;
    readonly high: number;
    readonly broken?: boolean;
  },
): Bag {
  checkTerms(terms, 'expiry', 'right', 'low', 'body', 'high', 'broken');
  const { expiry, right, low, body, high, broken = false } = terms;
  rising('strikes', low, body, high);
  if (!broken && Math.abs(high - body - (body - low)) > 1e-9 * high) {
    throw new InputError(
      'strikes',
      `wings ${low} and ${high} are not equally far from ${body}: set broken to build it all the same`,
    );
  }
  return bagAt(
    [
      buy(named(chain, expiry, low, right, terms)),
      sell(named(chain, expiry, body, right, terms), 2),
      buy(named(chain, expiry, high, right, terms)),
    ],
    terms.exchange,
  );
}

/** Long a call and a put of one strike. */
export function straddle(chain: Chain, terms: FromChain & { readonly expiry: string; readonly strike: number }): Bag {
  checkTerms(terms, 'expiry', 'strike');
  const { expiry, strike } = terms;
  return bagAt([buy(named(chain, expiry, strike, 'C', terms)), buy(named(chain, expiry, strike, 'P', terms))], terms.exchange);
}

/** Long a put and a call further up. */
export function strangle(
  chain: Chain,
  terms: FromChain & { readonly expiry: string; readonly put: number; readonly call: number },
): Bag {
  checkTerms(terms, 'expiry', 'put', 'call');
  const { expiry, put, call } = terms;
  rising('strikes', put, call);
  return bagAt([buy(named(chain, expiry, call, 'C', terms)), buy(named(chain, expiry, put, 'P', terms))], terms.exchange);
}

/** Short the near expiry, long the far one, same strike. */
export function calendar(
  chain: Chain,
  terms: FromChain & { readonly strike: number; readonly right: Right; readonly near: string; readonly far: string },
): Bag {
  checkTerms(terms, 'strike', 'right', 'near', 'far');
  const { strike, near, far, ...rest } = terms;
  return diagonal(chain, { ...rest, near: { expiry: near, strike }, far: { expiry: far, strike } });
}

/** One side of a diagonal; its class may differ from the other's (SPX and SPXW). */
export interface DatedStrike {
  readonly expiry: string;
  readonly strike: number;
  readonly tradingClass?: string;
}

const sideNames = namesOf<DatedStrike>({ expiry: true, strike: true, tradingClass: true });

/** Short the near expiry, long the far one, strikes may differ. */
export function diagonal(
  chain: Chain,
  terms: FromChain & {
    readonly right: Right;
    readonly near: DatedStrike;
    readonly far: DatedStrike;
  },
): Bag {
  checkTerms(terms, 'right', 'near', 'far');
  const { right, near, far } = terms;
  rising('expiries', near.expiry, far.expiry);
  for (const side of [near, far]) refuseOthers(sideNames, side, 'terms.');
  const at = (side: DatedStrike): ChainOption => named(chain, side.expiry, side.strike, right, { ...terms, ...side });
  return bagAt([sell(at(near)), buy(at(far))], terms.exchange);
}

/** Long the stock, long a put below, short a call above. The ratio of the stock is the option's multiplier. */
export function collar(
  stock: UnderlyingLeg,
  chain: Chain,
  terms: FromChain & { readonly expiry: string; readonly put: number; readonly call: number },
): Bag {
  checkTerms(terms, 'expiry', 'put', 'call');
  const { expiry, put, call } = terms;
  rising('strikes', put, call);
  const [long, short] = [named(chain, expiry, put, 'P', terms), named(chain, expiry, call, 'C', terms)];
  return bagAt([buy(stock, shares(long, short)), buy(long), sell(short)], terms.exchange);
}

/** Long the stock, short a call. */
export function coveredCall(
  stock: UnderlyingLeg,
  chain: Chain,
  terms: FromChain & { readonly expiry: string; readonly strike: number },
): Bag {
  checkTerms(terms, 'expiry', 'strike');
  const call = named(chain, terms.expiry, terms.strike, 'C', terms);
  return bagAt([buy(stock, shares(call)), sell(call)], terms.exchange);
}

// A wrong ratio leaves calls uncovered: an unknown multiplier is refused, not taken for 100.
function shares(...options: readonly ChainOption[]): number {
  const multipliers = new Set(options.map((one) => one.multiplier));
  const multiplier = Number([...multipliers][0] ?? Number.NaN);
  if (multipliers.size !== 1 || !Number.isInteger(multiplier) || multiplier <= 0) {
    throw new InputError('multiplier', 'of the options must be known, whole and the same, to size the stock leg');
  }
  return multiplier;
}
