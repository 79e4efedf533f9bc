// PRICE-TICK: a limit is a multiple of the tick that holds in its price band.
import { type Rule, shownId } from '../context.js';
import { readDecimal, readPositive, writeDecimal } from '../decimal.js';
import type { Contract } from '../facts/contract.js';
import { finding } from '../finding.js';

/** Tick at a price: of the highest band that starts at or below it, else the contract's own. */
export function tickAt(contract: Contract, price: bigint): bigint | undefined {
  const { priceBands, minTick } = contract.facts;
  let tick = readPositive(minTick);
  let edge: bigint | undefined;
  const size = price < 0n ? -price : price;
  for (const band of Array.isArray(priceBands) ? priceBands : []) {
    const low = readDecimal(band?.lowEdge);
    const increment = readPositive(band?.increment);
    if (low === undefined || increment === undefined || low > size || (edge !== undefined && low < edge)) continue;
    edge = low;
    tick = increment;
  }
  return tick;
}

export const priceTick: Rule = {
  codes: ['PRICE-TICK'],
  judge: (context) =>
    context.asks.flatMap((ask) => {
      const price = readDecimal(ask.order.lmtPrice);
      const tick = price === undefined ? undefined : tickAt(ask.contract, price);
      if (price === undefined || tick === undefined || price % tick === 0n) return [];
      const rest = price % tick;
      const lower = price - (rest < 0n ? rest + tick : rest);
      const facts = {
        price: writeDecimal(price),
        tick: writeDecimal(tick),
        lower: writeDecimal(lower),
        upper: writeDecimal(lower + tick),
      };
      return [finding('PRICE-TICK', facts, { orderId: shownId(ask, context) })];
    }),
};
