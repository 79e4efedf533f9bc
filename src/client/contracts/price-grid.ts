// Prices a venue accepts: increments by price band (a market rule), snapped in exact decimals.
import Big from 'big.js';
import { InputError } from '../input/input-error.js';

/** One band of a market rule as the gateway sends it: from `lowEdge` on, prices are multiples of `increment`. */
export interface PriceIncrement {
  readonly lowEdge: number | string;
  readonly increment: number | string;
}

interface Band {
  readonly lowEdge: Big;
  readonly increment: Big;
}

/** The prices that exist. `basis` says what they rest on: without the route's rule, minTick is only the finest step. */
export interface PriceGrid {
  readonly bands: readonly [Band, ...Band[]];
  readonly basis: 'rule' | 'minTick';
}

/** Where a price between two steps goes. */
export type SnapMode = 'down' | 'up' | 'nearest';

/**
 * The grid of a route: its market rule (from `marketRuleIds`, same position as the exchange in `validExchanges`).
 * `minTick` serves only when there is no rule. Throws InputError without either, or for a rule that is none.
 */
export function priceGrid(rule: readonly PriceIncrement[] | undefined, minTick?: number | string): PriceGrid {
  if (rule !== undefined && rule.length > 0) {
    const [first, ...rest] = rule.map(band).sort((a, b) => a.lowEdge.cmp(b.lowEdge));
    if (first === undefined) throw new InputError('rule', 'has no bands');
    rest.reduce((below, above) => {
      if (below.lowEdge.eq(above.lowEdge)) throw new InputError('rule', `has two bands from ${above.lowEdge.toFixed()}`);
      return above;
    }, first);
    return { bands: [first, ...rest], basis: 'rule' };
  }
  if (minTick === undefined) throw new InputError('rule', 'neither a market rule nor a minTick is known');
  return { bands: [band({ lowEdge: 0, increment: minTick }, 0)], basis: 'minTick' };
}

function band({ lowEdge, increment }: PriceIncrement, i: number): Band {
  const parsed = { lowEdge: number(`rule[${i}].lowEdge`, lowEdge), increment: number(`rule[${i}].increment`, increment) };
  if (parsed.increment.lte(0)) throw new InputError(`rule[${i}].increment`, `must be above 0, got ${parsed.increment.toFixed()}`);
  if (parsed.lowEdge.lt(0)) throw new InputError(`rule[${i}].lowEdge`, `must not be below 0, got ${parsed.lowEdge.toFixed()}`);
  return parsed;
}

function number(field: string, value: number | string | Big): Big {
  try {
    return new Big(value);
  } catch {
    throw new InputError(field, 'must be a decimal number');
  }
}

/** The nearest price that exists: `down` towards minus infinity, `up` towards plus infinity, `nearest` (ties go up). */
export function snap(price: number | string | Big, grid: PriceGrid, mode: SnapMode): Big {
  const exact = number('price', price);
  if (mode === 'down') return down(exact, grid);
  if (mode === 'up') return up(exact, grid);
  const [below, above] = [down(exact, grid), up(exact, grid)];
  return exact.minus(below).lt(above.minus(exact)) ? below : above;
}

/** How a limit is snapped so that it is never worse than asked: a buy down, a sale up. */
export function limitMode(action: string): SnapMode {
  return action === 'BUY' ? 'down' : 'up';
}

/** Whether a price exists on the grid. */
export function isOnGrid(price: number | string | Big, grid: PriceGrid): boolean {
  const exact = number('price', price);
  return down(exact, grid).eq(exact);
}

// Bands are stated for positive prices; a negative price (combinations, some futures) mirrors them.
function down(price: Big, grid: PriceGrid): Big {
  return price.lt(0) ? ceiling(price.neg(), grid).neg() : floor(price, grid);
}
function up(price: Big, grid: PriceGrid): Big {
  return price.lt(0) ? floor(price.neg(), grid).neg() : ceiling(price, grid);
}

// Exact: a remainder is never rounded, a quotient would be.
function multipleBelow(price: Big, increment: Big): Big {
  return price.minus(price.mod(increment));
}

function floor(price: Big, { bands }: PriceGrid): Big {
  let limit = price;
  let inclusive = true;
  for (let i = bandOf(price, bands); i > 0; i--) {
    const { lowEdge, increment } = bands[i] as Band;
    let found = multipleBelow(limit, increment);
    if (!inclusive && found.eq(limit)) found = found.minus(increment);
    if (found.gte(lowEdge)) return found;
    limit = lowEdge;
    inclusive = false;
  }
  const { increment } = bands[0];
  const found = multipleBelow(limit, increment);
  return !inclusive && found.eq(limit) && found.gt(0) ? found.minus(increment) : found;
}

function ceiling(price: Big, { bands }: PriceGrid): Big {
  let least = price;
  for (let i = bandOf(price, bands); i < bands.length; i++) {
    const { increment } = bands[i] as Band;
    const below = multipleBelow(least, increment);
    const found = below.eq(least) ? below : below.plus(increment);
    const next = bands[i + 1];
    if (next === undefined || found.lt(next.lowEdge)) return found;
    least = next.lowEdge;
  }
  return least;
}

function bandOf(price: Big, bands: PriceGrid['bands']): number {
  let i = 0;
  while (i + 1 < bands.length && (bands[i + 1] as Band).lowEdge.lte(price)) i++;
  return i;
}
