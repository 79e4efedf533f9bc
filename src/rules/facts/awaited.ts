// Where the market stands when the conditions of an order let it begin: not where it stands now.
import { larger, ONE, readDecimal, smaller } from '../decimal.js';
import type { OrderCondition, OrderFacts } from '../types.js';

type Way = 'up' | 'down';

const waitsFor = ({ conditions, conditionsCancelOrder }: OrderFacts): readonly OrderCondition[] =>
  conditionsCancelOrder === true ? [] : (conditions ?? []);

/** The price that a condition waits for. The broker counts a change from the last close: undefined where that is not told. */
function awaitedPrice({ price, changePercent, close }: OrderCondition): bigint | undefined {
  const [from, percent] = [readDecimal(close), readDecimal(changePercent)];
  const changed = from === undefined || percent === undefined ? undefined : from + (from * percent) / (100n * ONE);
  return readDecimal(price) ?? changed;
}

/** An option moves by no more than its underlying, and a put is worth no more than its strike. */
function optionAt({ contract, underlyingPrice }: OrderFacts, condition: OrderCondition, now: bigint): bigint | undefined {
  const under = readDecimal(underlyingPrice);
  if (under === undefined) return undefined;
  const { isMore } = condition;
  const isCall = contract.right?.toUpperCase().startsWith('C') === true;
  if (isCall !== isMore) return now;
  const strike = isCall ? undefined : readDecimal(contract.strike);
  const at = awaitedPrice(condition);
  if (at === undefined) return strike;
  const gain = larger(0n, isMore ? at - under : under - at);
  if (gain === 0n) return now;
  return strike === undefined ? now + gain : smaller(now + gain, strike);
}

/** The price of the order's contract once one of its conditions holds. Undefined: nothing bounds it. */
function onceItHolds(order: OrderFacts, condition: OrderCondition, now: bigint, way: Way): bigint | undefined {
  const { conId, underConId } = order.contract;
  // What waits for the other way begins no farther than now.
  if (condition.conId === conId) return awaitedPrice(condition) ?? (condition.isMore === (way === 'up') ? undefined : now);
  return condition.conId === underConId && way === 'up' ? optionAt(order, condition, now) : now;
}

/**
 * `price` of the market now, or the farthest `way` at which a condition about the contract or its underlying lets the order begin.
 * Undefined: not known.
 */
export function awaited(order: OrderFacts, price: bigint | undefined, way: Way = 'up'): bigint | undefined {
  if (price === undefined) return undefined;
  let farthest = price;
  for (const condition of waitsFor(order)) {
    const at = onceItHolds(order, condition, price, way);
    if (at === undefined) return undefined;
    farthest = way === 'up' ? larger(farthest, at) : smaller(farthest, at);
  }
  return farthest;
}

/** A combination waits for a price of itself, of a leg or of what is under one: what it costs then cannot be told. */
export function awaitsItsLegs(order: OrderFacts): boolean {
  const { conId, comboLegs = [] } = order.contract;
  const about = new Set([conId, ...comboLegs.flatMap(({ contract }) => [contract.conId, contract.underConId])]);
  return waitsFor(order).some((condition) => about.has(condition.conId));
}
