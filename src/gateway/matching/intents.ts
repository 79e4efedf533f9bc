/** Orders as the accounts judge them: what they would trade, at which price. */
import type { Intent, IntentLeg } from '../accounts/admission.js';
import { lesser, type Quantity, quantityNumber, quantityOfSize } from '../accounts/amount.js';
import { bookOf, type EngineState } from './engine-state.js';
import { type LiveOrder, remainingOf } from './live-order.js';

/**
 * The price to reckon with: the worst that the fields of the order let it trade at; where they name none, what the market asks
 * for this much.
 */
export function reckonPrice(state: EngineState, order: LiveOrder, quantity: Quantity = remainingOf(order)): number {
  const book = bookOf(state, order.instrument);
  const worse = order.isBuy ? Math.max : Math.min;
  const toward = order.isBuy ? 1 : -1;
  const { lmtPrice, auxPrice, discretionaryAmt = 0, trailStopPrice, trailingPercent, lmtPriceOffset = 0 } = order.order;
  const market = marketPrice(state, order, quantity);
  const prices: number[] = [];
  const { pricing, wake } = order.kind;
  const isTrail = wake === 'trail' || wake === 'trailTouch';
  const distance = trailingPercent ? (book.quote.last * trailingPercent) / 100 : (auxPrice ?? 0);
  const stop = isTrail ? (order.stop ?? trailStopPrice ?? book.quote.last + toward * distance) : auxPrice;
  if (pricing === 'limit' && isTrail) prices.push(order.limit ?? (stop ?? market) + toward * lmtPriceOffset);
  else if (pricing === 'limit') prices.push(lmtPrice === undefined ? market : lmtPrice + toward * discretionaryAmt);
  else if (order.kind.capped && lmtPrice) prices.push(lmtPrice);
  else if (wake && stop !== undefined && wake !== 'touch') prices.push(worse(stop, market));
  else prices.push(market);
  return prices.concat(adjustedPrices(order)).reduce((one, other) => worse(one, other));
}

/** Prices of what a stop becomes once it is adjusted. */
function adjustedPrices({ order, isAdjusted, isBuy }: LiveOrder): readonly number[] {
  const { adjustedOrderType, adjustedStopPrice, adjustedStopLimitPrice } = order;
  if (isAdjusted || !adjustedOrderType || adjustedOrderType === 'None') return [];
  const price = adjustedOrderType === 'STP LMT' ? adjustedStopLimitPrice : adjustedStopPrice;
  return price === undefined || !isBuy ? [] : [price];
}

/** What the other side asks for a quantity on average, its deeper rows included; without a quote the last price. */
function marketPrice(state: EngineState, { instrument, isBuy, parts }: LiveOrder, quantity: Quantity): number {
  const { quote } = bookOf(state, instrument);
  const touch = isBuy ? quote.ask : quote.bid;
  if (!(touch > 0)) return quote.last > 0 ? quote.last : quote.close;
  const first = quantityOfSize(isBuy ? quote.askSize : quote.bidSize);
  if (parts || quantity <= first) return touch;
  let left = quantity;
  let spent = 0;
  let price = touch;
  const take = (size: Quantity): void => {
    const taken = lesser(size, left);
    spent += quantityNumber(taken) * price;
    left -= taken;
  };
  take(first);
  const { asks, bids } = state.setup.market.book(instrument.conId);
  for (const row of isBuy ? asks : bids) {
    if (isBuy ? row.price <= touch : row.price >= touch) continue;
    price = row.price;
    take(quantityOfSize(row.size));
  }
  take(left);
  return Math.ceil((spent / quantityNumber(quantity)) * 1e8) / 1e8;
}

/** The trades of a quantity of the order, signed. A combo's legs are reckoned at the market. */
export function intentOf(state: EngineState, order: LiveOrder, quantity: Quantity = remainingOf(order)): Intent {
  const signed = order.isBuy ? quantity : -quantity;
  if (!order.parts) return { legs: [{ instrument: order.instrument, signed, price: reckonPrice(state, order, quantity) }] };
  const legs: IntentLeg[] = order.parts.map(({ instrument, ratio }) => {
    const { quote } = bookOf(state, instrument);
    const buys = signed > 0n === ratio > 0;
    const touch = buys ? quote.ask : quote.bid;
    return { instrument, signed: signed * BigInt(ratio), price: touch > 0 ? touch : quote.last };
  });
  return { legs };
}

/** What else of an account may still fill. Of a one-cancels-all group only its first member counts, children that wait do not. */
export function pendingIntents(state: EngineState, account: string, except: LiveOrder): readonly Intent[] {
  const live = state.liveByAccount.get(account);
  if (!live || live.size <= 1) return [];
  const intents: Intent[] = [];
  const groups = new Set<unknown>([except.oca ?? except.order.ocaGroup]);
  groups.delete(undefined);
  groups.delete('');
  for (const other of live) {
    if (other === except || other.final || other.isStaged || other.holds.has('parent')) continue;
    if (other.oca && (groups.has(other.oca) || groups.has(other.oca.key))) continue;
    if (other.oca) groups.add(other.oca);
    intents.push(intentOf(state, other));
  }
  return intents;
}
