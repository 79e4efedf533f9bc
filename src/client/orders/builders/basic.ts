// Market, limit, stop and touched orders, at once, at the open, at the close.
import type { Action, OrderOf } from '../draft.js';
import type { Amount } from './amount.js';
import { assemble, type Size } from './assemble.js';
import type {
  ClosingOptions,
  FixedOptions,
  MarketClosingOptions,
  MarketFixedOptions,
  MarketOptions,
  RestingOptions,
} from './attributes.js';

/** At the market. `size` may be `cash(5000)`. */
export function market(action: Action, size: Size, options: MarketOptions = {}): OrderOf<'MKT'> {
  return assemble('MKT', action, size, {}, options);
}

/** At `lmtPrice` or better. The price may be negative for combinations and some futures. */
export function limit(action: Action, size: Size, lmtPrice: Amount, options: RestingOptions = {}): OrderOf<'LMT', 'lmtPrice'> {
  return assemble('LMT', action, size, { lmtPrice }, options);
}

/** A market order once `stopPrice` trades (auxPrice on the wire). */
export function stop(action: Action, size: Size, stopPrice: Amount, options: MarketOptions = {}): OrderOf<'STP', 'auxPrice'> {
  return assemble('STP', action, size, { auxPrice: stopPrice }, options);
}

/** A limit order at `lmtPrice` once `stopPrice` trades. */
export function stopLimit(
  action: Action,
  size: Size,
  stopPrice: Amount,
  lmtPrice: Amount,
  options: RestingOptions = {},
): OrderOf<'STP LMT', 'auxPrice' | 'lmtPrice'> {
  return assemble('STP LMT', action, size, { lmtPrice, auxPrice: stopPrice }, options);
}

/** A stop for futures whose market order is protected by the exchange's price band. */
export function stopWithProtection(
  action: Action,
  size: Amount,
  stopPrice: Amount,
  options: MarketOptions = {},
): OrderOf<'STP PRT', 'auxPrice'> {
  return assemble('STP PRT', action, size, { auxPrice: stopPrice }, options);
}

/** A market order for futures protected by the exchange's price band. */
export function marketWithProtection(action: Action, size: Amount, options: MarketOptions = {}): OrderOf<'MKT PRT'> {
  return assemble('MKT PRT', action, size, {}, options);
}

/** A market order once the price improves to `trigger` (below for a buy, above for a sale). */
export function marketIfTouched(
  action: Action,
  size: Size,
  trigger: Amount,
  options: MarketOptions = {},
): OrderOf<'MIT', 'auxPrice'> {
  return assemble('MIT', action, size, { auxPrice: trigger }, options);
}

/** A limit order at `lmtPrice` once the price improves to `trigger`. */
export function limitIfTouched(
  action: Action,
  size: Size,
  trigger: Amount,
  lmtPrice: Amount,
  options: RestingOptions = {},
): OrderOf<'LIT', 'auxPrice' | 'lmtPrice'> {
  return assemble('LIT', action, size, { lmtPrice, auxPrice: trigger }, options);
}

/** In the closing auction, at its price. */
export function marketOnClose(action: Action, size: Size, options: MarketClosingOptions = {}): OrderOf<'MOC'> {
  return assemble('MOC', action, size, {}, options);
}

/** In the closing auction, at `lmtPrice` or better. */
export function limitOnClose(
  action: Action,
  size: Size,
  lmtPrice: Amount,
  options: ClosingOptions = {},
): OrderOf<'LOC', 'lmtPrice'> {
  return assemble('LOC', action, size, { lmtPrice }, options);
}

/** In the opening auction, at its price. */
export function marketOnOpen(action: Action, size: Size, options: MarketFixedOptions = {}): OrderOf<'MKT', 'tif'> {
  return assemble('MKT', action, size, {}, { ...options, tif: 'OPG' });
}

/** In the opening auction, at `lmtPrice` or better. */
export function limitOnOpen(
  action: Action,
  size: Size,
  lmtPrice: Amount,
  options: FixedOptions = {},
): OrderOf<'LMT', 'lmtPrice' | 'tif'> {
  return assemble('LMT', action, size, { lmtPrice }, { ...options, tif: 'OPG' });
}

/** At the market; what is left becomes a limit order at the price of the fill. */
export function marketToLimit(action: Action, size: Size, options: RestingOptions = {}): OrderOf<'MTL'> {
  return assemble('MTL', action, size, {}, options);
}

/** For the calculated opening price of an auction; what is left becomes a limit order. `lmtPrice` caps it. */
export function auction(action: Action, size: Amount, lmtPrice?: Amount, options: FixedOptions = {}): OrderOf<'MTL', 'tif'> {
  return assemble('MTL', action, size, { lmtPrice }, { ...options, tif: 'AUC' });
}

/** A limit order with an amount it may be bettered by, unseen. */
export function discretionary(
  action: Action,
  size: Size,
  lmtPrice: Amount,
  discretionaryAmt: Amount,
  options: Omit<RestingOptions, 'discretionaryAmt'> = {},
): OrderOf<'LMT', 'lmtPrice' | 'discretionaryAmt'> {
  return assemble('LMT', action, size, { lmtPrice }, { ...options, discretionaryAmt });
}

/** A limit order that takes every quote up to its price at once. */
export function sweepToFill(
  action: Action,
  size: Size,
  lmtPrice: Amount,
  options: RestingOptions = {},
): OrderOf<'LMT', 'lmtPrice' | 'sweepToFill'> {
  return assemble('LMT', action, size, { lmtPrice }, { ...options, sweepToFill: true });
}

/** A block order: large option orders on one exchange. */
export function block(
  action: Action,
  size: Size,
  lmtPrice: Amount,
  options: RestingOptions = {},
): OrderOf<'LMT', 'lmtPrice' | 'blockOrder'> {
  return assemble('LMT', action, size, { lmtPrice }, { ...options, blockOrder: true });
}

/** A limit order that shows only `displaySize` at a time. */
export function iceberg(
  action: Action,
  size: Amount,
  lmtPrice: Amount,
  displaySize: number,
  options: RestingOptions = {},
): OrderOf<'LMT', 'lmtPrice' | 'displaySize'> {
  return assemble('LMT', action, size, { lmtPrice }, { ...options, displaySize });
}
