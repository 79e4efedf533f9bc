// Trailing orders: by amount or by percent.
import { namesOf, refuseOthers } from '../../input/known-properties.js';
import type { Action, OrderOf } from '../draft.js';
import type { Amount } from './amount.js';
import { assemble, type PricesGiven, type Size } from './assemble.js';
import type { MarketOptions, RestingOptions } from './attributes.js';

/** The distance that is kept: an amount of price, or a percentage (5 is five percent). */
export type Trail =
  | { readonly amount: Amount; readonly percent?: never; readonly startAt?: Amount }
  | { readonly percent: Amount; readonly amount?: never; readonly startAt?: Amount };

/** A trail whose first stop price is given; a limit needs one to lean on. */
export type StartedTrail = Trail & { readonly startAt: Amount };

/** Where the limit of a trailing limit stands: fixed, or at an offset from the moving stop. */
export type TrailLimitPrice =
  | { readonly lmtPrice: Amount; readonly lmtPriceOffset?: never }
  | { readonly lmtPriceOffset: Amount; readonly lmtPrice?: never };

const trailNames = namesOf<Trail>({ amount: true, percent: true, startAt: true });

/** The prices of a trail by their official names. @throws {InputError} */
export function moved(by: Trail): Pick<PricesGiven, 'auxPrice' | 'trailingPercent' | 'trailStopPrice'> {
  refuseOthers(trailNames, by, 'trail.');
  return { auxPrice: by.amount, trailingPercent: by.percent, trailStopPrice: by.startAt };
}

/** A stop that follows the price: `trail('SELL', 100, { amount: 2.5 })`, `{ percent: 5 }`. */
export function trail(action: Action, size: Size, by: Trail, options: MarketOptions = {}): OrderOf<'TRAIL'> {
  return assemble('TRAIL', action, size, moved(by), options);
}

/** A trailing stop that becomes a limit order. */
export function trailLimit(
  action: Action,
  size: Size,
  by: StartedTrail,
  limit: TrailLimitPrice,
  options: RestingOptions = {},
): OrderOf<'TRAIL LIMIT', 'trailStopPrice'> {
  return assemble('TRAIL LIMIT', action, size, { ...moved(by), ...limit }, options);
}

/** A trailing market-if-touched order. */
export function trailMarketIfTouched(action: Action, size: Amount, by: Trail, options: MarketOptions = {}): OrderOf<'TRAIL MIT'> {
  return assemble('TRAIL MIT', action, size, moved(by), options);
}

/** A trailing limit-if-touched order; the limit stands at an offset from the trigger. */
export function trailLimitIfTouched(
  action: Action,
  size: Amount,
  by: Trail,
  lmtPriceOffset: Amount,
  options: RestingOptions = {},
): OrderOf<'TRAIL LIT', 'lmtPriceOffset'> {
  return assemble('TRAIL LIT', action, size, { ...moved(by), lmtPriceOffset }, options);
}
