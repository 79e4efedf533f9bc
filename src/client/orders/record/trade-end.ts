// What is told of an order when it ends, and what tells one report of it from another.

import type { Trade } from '../trade.js';
import type { Fill } from './fills.js';
import type { TradeEnd } from './trade-state.js';
import type { ReportedOrder } from './trade-types.js';

/** The end as it looks now. */
export function endOf(trade: Trade, at: TradeEnd['at']): TradeEnd {
  return {
    at,
    reason: at === 'filled' ? undefined : trade.life.reason,
    filled: trade.filledQuantity,
    remaining: trade.remaining,
    averagePrice: trade.averagePrice,
    fills: trade.fills,
    commissions: trade.commissions,
    realizedPnl: trade.realizedPnl,
    isReported: trade.fillBook.isReported,
  };
}

/** The terms a change may touch, as one text. */
export function termsOf(order: ReportedOrder | undefined): string {
  const { totalQuantity, lmtPrice, auxPrice, trailStopPrice, trailingPercent, tif } = order ?? {};
  return [totalQuantity, lmtPrice, auxPrice, trailStopPrice, trailingPercent, tif].join('|');
}

/** Whether a fill moves the quantity of its order: of a combination only its own executions do, not those of its legs. */
export function counts(secType: string | undefined, fill: Fill): boolean {
  return secType !== 'BAG' || fill.contract?.secType === 'BAG';
}
