// Every absolute price of an order put on the price grid; distances, offsets and percentages stay.
import { limitMode, type PriceGrid, type SnapMode, snap } from '../../contracts/price-grid.js';
import type { OrderDraft, OrderType } from '../draft.js';

/** Order types whose auxPrice is a price; elsewhere it is a distance or an offset. */
const TRIGGERED: ReadonlySet<OrderType> = new Set(['STP', 'STP LMT', 'STP PRT', 'MIT', 'LIT']);

/**
 * Limits snap so that they are never worse than asked (a buy down, a sale up), triggers to the nearest price. Returns a
 * new order; the sender compares and tells.
 */
export function snapOrder<T extends OrderDraft>(order: T, grid: PriceGrid): T {
  const towards = limitMode(order.action);
  const at = (price: number | undefined, mode: SnapMode): number | undefined =>
    price === undefined ? undefined : Number(snap(price, grid, mode).toString());
  const lmtPrice = at(order.lmtPrice, towards);
  const adjustedStopLimitPrice = at(order.adjustedStopLimitPrice, towards);
  const auxPrice = TRIGGERED.has(order.orderType) ? at(order.auxPrice, 'nearest') : order.auxPrice;
  const trailStopPrice = at(order.trailStopPrice, 'nearest');
  const triggerPrice = at(order.triggerPrice, 'nearest');
  const adjustedStopPrice = at(order.adjustedStopPrice, 'nearest');
  return {
    ...order,
    ...(lmtPrice !== undefined && { lmtPrice }),
    ...(auxPrice !== undefined && { auxPrice }),
    ...(trailStopPrice !== undefined && { trailStopPrice }),
    ...(triggerPrice !== undefined && { triggerPrice }),
    ...(adjustedStopPrice !== undefined && { adjustedStopPrice }),
    ...(adjustedStopLimitPrice !== undefined && { adjustedStopLimitPrice }),
  };
}
