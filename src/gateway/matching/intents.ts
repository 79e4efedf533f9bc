/** Orders as the accounts judge them: what they would trade, at which price. */
import type { Intent, IntentLeg } from '../accounts/admission.js';
import type { Quantity } from '../accounts/amount.js';
import { bookOf, type EngineState } from './engine-state.js';
import { type LiveOrder, remainingOf } from './live-order.js';

/** The price to reckon with: the limit, the trigger, else what the market asks. */
export function reckonPrice(state: EngineState, order: LiveOrder): number {
  const { quote } = bookOf(state, order.instrument);
  const touch = order.isBuy ? quote.ask : quote.bid;
  const market = touch > 0 ? touch : quote.last > 0 ? quote.last : quote.close;
  const { lmtPrice, auxPrice } = order.order;
  if (order.kind.pricing === 'limit' && lmtPrice !== undefined) return lmtPrice;
  if (order.kind.wake === 'stop' && auxPrice !== undefined)
    return order.isBuy ? Math.max(auxPrice, market) : Math.min(auxPrice, market);
  return market;
}

/** The trades of a quantity of the order, signed. A combo's legs are reckoned at the market. */
export function intentOf(state: EngineState, order: LiveOrder, quantity: Quantity = remainingOf(order)): Intent {
  const signed = order.isBuy ? quantity : -quantity;
  if (!order.parts) return { legs: [{ instrument: order.instrument, signed, price: reckonPrice(state, order) }] };
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
