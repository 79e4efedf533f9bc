// LOT-SIZE: whole lots only; the whole of an odd stock holding may leave with a warning.
import { type Rule, shownId } from '../context.js';
import { floorTo, readPositive, writeDecimal } from '../decimal.js';
import { heldOf } from '../facts/ask.js';
import { finding } from '../finding.js';

export const lotSize: Rule = {
  codes: ['LOT-SIZE'],
  judge: (context) =>
    context.asks.flatMap((ask) => {
      const { order, contract } = ask;
      const size = readPositive(order.totalQuantity);
      if (size === undefined) return [];
      const lot = readPositive(contract.facts.sizeIncrement);
      const minSize = readPositive(contract.facts.minSize);
      const isOdd = lot !== undefined && size % lot !== 0n;
      const isSmall = minSize !== undefined && size < minSize;
      if (!isOdd && !isSmall) return [];
      const isFullExit = contract.secType === 'STK' && order.action === 'SELL' && size === heldOf(ask.key, context.snapshot);
      const floor = lot === undefined ? 0n : floorTo(size, lot);
      const ceil = lot === undefined ? (minSize ?? size) : floor + lot;
      const facts = {
        quantity: writeDecimal(size),
        lot: isOdd && lot !== undefined ? writeDecimal(lot) : undefined,
        minSize: isSmall && minSize !== undefined ? writeDecimal(minSize) : undefined,
        floor: isOdd && floor > 0n && floor >= (minSize ?? 0n) ? writeDecimal(floor) : undefined,
        ceil: isOdd ? writeDecimal(ceil) : undefined,
        wholeHolding: isFullExit ? writeDecimal(size) : undefined,
        ceilOnly:
          isOdd && floor > 0n && floor >= (minSize ?? 0n)
            ? undefined
            : writeDecimal(minSize !== undefined && minSize > ceil ? minSize : ceil),
      };
      return [finding('LOT-SIZE', facts, { orderId: shownId(ask, context), ...(isFullExit ? { severity: 'warn' } : {}) })];
    }),
};
