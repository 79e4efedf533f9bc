// MARGIN-NO-LOCATE: shares are borrowed before they are sold short; the locate itself is the broker's duty.
import { larger, readDecimal, writeDecimal } from '../decimal.js';
import { onlyBorrowing, shortPart } from './borrows.js';

export const noLocate = onlyBorrowing('MARGIN-NO-LOCATE', (ask, context) => {
  const { held, short } = shortPart(ask, context);
  const held0 = context.snapshot.book.holdings.get(ask.key)?.contract;
  const shortable = readDecimal(ask.contract.facts.shortableShares) ?? readDecimal(held0?.facts.shortableShares);
  if (short === 0n || (shortable !== undefined && short <= shortable)) return undefined;
  const most = larger(0n, held + larger(0n, shortable ?? 0n) - larger(0n, short + held - (ask.size ?? 0n)));
  return {
    short: writeDecimal(short),
    shortable: shortable === undefined ? undefined : writeDecimal(shortable),
    maxQuantity: writeDecimal(most),
  };
});
