// FX-ODD-LOT: a small order in the interbank currency book.
import { type Rule, shownId } from '../context.js';
import { amountOf, ONE, readDecimal, writeAmount } from '../decimal.js';
import type { Ask } from '../facts/ask.js';
import type { Snapshot } from '../facts/snapshot.js';
import { finding } from '../finding.js';

const SMALLEST = amountOf(25_000n * ONE);

/** Worth of a pair order in base currency: through either of its currencies, as far as a rate or a price is known. */
function worthOf(ask: Ask, snapshot: Snapshot): bigint | undefined {
  const bought = amountOf(ask.size ?? 0n);
  const direct = snapshot.rate(ask.contract.symbol);
  if (direct !== undefined) return (bought * direct) / ONE;
  const price = readDecimal(ask.order.lmtPrice) ?? readDecimal(ask.order.reference);
  const other = snapshot.rate(ask.contract.currency);
  return price === undefined || other === undefined ? undefined : (((bought * price) / ONE) * other) / ONE;
}

export const fxOddLot: Rule = {
  codes: ['FX-ODD-LOT'],
  judge: (context) =>
    context.asks.flatMap((ask) => {
      if (ask.contract.secType !== 'CASH') return [];
      const venue = ask.order.exchange ?? 'IDEALPRO';
      const worth = venue === 'IDEALPRO' ? worthOf(ask, context.snapshot) : undefined;
      if (worth === undefined || worth >= SMALLEST) return [];
      return [
        finding('FX-ODD-LOT', { worth: writeAmount(worth), currency: context.snapshot.base }, { orderId: shownId(ask, context) }),
      ];
    }),
};
