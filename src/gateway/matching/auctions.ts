/** Orders for the opening and the closing auction: they trade once, whole, at the auction's price, or not at all. */
import { type EngineState, freshBook, later } from './engine-state.js';
import { bearable, fill, starve } from './fill.js';
import { cancelNow } from './finish.js';
import { type LiveOrder, remainingOf } from './live-order.js';
import { announce } from './report.js';
import { endOfDay } from './sessions.js';

export function auctionAtOpen(state: EngineState, order: LiveOrder, opening: number): void {
  later(state, order, opening, () => {
    const { quote } = freshBook(state, order.instrument);
    execute(state, order, quote.open > 0 ? quote.open : quote.last);
  });
}

export function auctionAtClose(state: EngineState, order: LiveOrder): void {
  later(state, order, endOfDay(state, order), () => execute(state, order, freshBook(state, order.instrument).quote.last));
}

function execute(state: EngineState, order: LiveOrder, price: number): void {
  if (order.holds.has('parent') || order.isPendingCancel) {
    cancelNow(state, order, '', 'System');
    return;
  }
  order.holds.clear();
  const limit = order.kind.pricing === 'limit' ? order.order.lmtPrice : undefined;
  if (limit !== undefined && (order.isBuy ? price > limit : price < limit)) {
    cancelNow(state, order, '', 'System');
    return;
  }
  announce(state, order);
  const terms = { price, liquidity: 2, exchange: order.instrument.primaryExchange ?? order.instrument.exchange } as const;
  const quantity = bearable(state, order, remainingOf(order), terms);
  if (quantity > 0n) fill(state, order, quantity, terms);
  if (!order.final) starve(state, order);
}
