// FOP-NEEDS-WHATIF: the margin of a written futures option is the broker's answer, never an estimate.
import { type Context, type Rule, shownId } from '../context.js';
import { readDecimal } from '../decimal.js';
import { type Ask, heldOf, sameSide } from '../facts/ask.js';
import { isEngineKind } from '../facts/snapshot.js';
import { finding } from '../finding.js';
import { nameOf } from '../naming.js';

/** Contracts of a kind that an order would leave written: sold beyond what is held and not offered elsewhere. */
export function writtenBy(ask: Ask, context: Context, secType: string) {
  const { snapshot } = context;
  return ask.effects
    .flatMap((effect) => effect.changes)
    .filter(({ contract, quantity }) => {
      if (contract.secType !== secType || quantity >= 0n) return false;
      const key = snapshot.book.keyOf(contract);
      return heldOf(key, snapshot) - sameSide(key, -1n, ask.id, ask.group, snapshot) + quantity < 0n;
    })
    .map(({ contract }) => contract);
}

export const fopNeedsWhatIf: Rule = {
  codes: ['FOP-NEEDS-WHATIF'],
  judge: (context) =>
    isEngineKind(context.snapshot)
      ? context.asks.flatMap((ask) => {
          const written = writtenBy(ask, context, 'FOP')[0];
          if (written === undefined || readDecimal(ask.order.answer?.initMarginChange) !== undefined) return [];
          return [finding('FOP-NEEDS-WHATIF', { contract: nameOf(written) }, { orderId: shownId(ask, context) })];
        })
      : [],
};
