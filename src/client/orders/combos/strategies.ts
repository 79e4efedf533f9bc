// Spreads by name, from legs or from a chain. Every function returns the BAG that one BUYs to open the strategy as named.
import type { Right } from '../../contracts/draft.js';
import { InputError } from '../../input/input-error.js';
import { type Bag, type BagOptions, bag, buy, type ChainOption, pick, sell, type UnderlyingLeg } from './legs.js';

/** Options that come into every strategy from a chain. */
export interface FromChain extends BagOptions {
  readonly tradingClass?: string;
}

type Chain = readonly ChainOption[];

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
  const { expiry, right, long, short } = terms;
  if (long === short) throw new InputError('short', `must differ from the long strike ${long}`);
  return bag([buy(named(chain, expiry, long, right, terms)), sell(named(chain, expiry, short, right, terms))], terms);
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
  const { expiry, putWing, shortPut, shortCall, callWing } = terms;
  rising('strikes', putWing, shortPut, shortCall, callWing);
  return bag(
    [
      buy(named(chain, expiry, putWing, 'P', terms)),
      sell(named(chain, expiry, shortPut, 'P', terms)),
      sell(named(chain, expiry, shortCall, 'C', terms)),
      buy(named(chain, expiry, callWing, 'C', terms)),
    ],
    terms,
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
  const { expiry, right, low, body, high, broken = false } = terms;
  rising('strikes', low, body, high);
  if (!broken && Math.abs(high - body - (body - low)) > 1e-9 * high) {
    throw new InputError(
      'strikes',
      `wings ${low} and ${high} are not equally far from ${body}: set broken to build it all the same`,
    );
  }
  return bag(
    [
      buy(named(chain, expiry, low, right, terms)),
      sell(named(chain, expiry, body, right, terms), 2),
      buy(named(chain, expiry, high, right, terms)),
    ],
    terms,
  );
}

/** Long a call and a put of one strike. */
export function straddle(chain: Chain, terms: FromChain & { readonly expiry: string; readonly strike: number }): Bag {
  const { expiry, strike } = terms;
  return bag([buy(named(chain, expiry, strike, 'C', terms)), buy(named(chain, expiry, strike, 'P', terms))], terms);
}

/** Long a put and a call further up. */
export function strangle(
  chain: Chain,
  terms: FromChain & { readonly expiry: string; readonly put: number; readonly call: number },
): Bag {
  const { expiry, put, call } = terms;
  rising('strikes', put, call);
  return bag([buy(named(chain, expiry, call, 'C', terms)), buy(named(chain, expiry, put, 'P', terms))], terms);
}

/** Short the near expiry, long the far one, same strike. */
export function calendar(
  chain: Chain,
  terms: FromChain & { readonly strike: number; readonly right: Right; readonly near: string; readonly far: string },
): Bag {
  const { strike, right, near, far } = terms;
  return diagonal(chain, { ...terms, near: { expiry: near, strike }, far: { expiry: far, strike }, right });
}

/** One side of a diagonal; its class may differ from the other's (SPX and SPXW). */
export interface DatedStrike {
  readonly expiry: string;
  readonly strike: number;
  readonly tradingClass?: string;
}

/** Short the near expiry, long the far one, strikes may differ. */
export function diagonal(
  chain: Chain,
  terms: FromChain & {
    readonly right: Right;
    readonly near: DatedStrike;
    readonly far: DatedStrike;
  },
): Bag {
  const { right, near, far } = terms;
  rising('expiries', near.expiry, far.expiry);
  const at = (side: DatedStrike): ChainOption => named(chain, side.expiry, side.strike, right, { ...terms, ...side });
  return bag([sell(at(near)), buy(at(far))], terms);
}

/** Long the stock, long a put below, short a call above. The ratio of the stock is the option's multiplier. */
export function collar(
  stock: UnderlyingLeg,
  chain: Chain,
  terms: FromChain & { readonly expiry: string; readonly put: number; readonly call: number },
): Bag {
  const { expiry, put, call } = terms;
  rising('strikes', put, call);
  const [long, short] = [named(chain, expiry, put, 'P', terms), named(chain, expiry, call, 'C', terms)];
  return bag([buy(stock, shares(long, short)), buy(long), sell(short)], terms);
}

/** Long the stock, short a call. */
export function coveredCall(
  stock: UnderlyingLeg,
  chain: Chain,
  terms: FromChain & { readonly expiry: string; readonly strike: number },
): Bag {
  const call = named(chain, terms.expiry, terms.strike, 'C', terms);
  return bag([buy(stock, shares(call)), sell(call)], terms);
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
