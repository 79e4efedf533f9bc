// CROSS-ZERO: one sale that closes a long and opens a short.
import { writeDecimal } from '../decimal.js';
import { onlyBorrowing, shortPart } from './borrows.js';

export const crossZero = onlyBorrowing('CROSS-ZERO', (ask, context) => {
  const { held, short } = shortPart(ask, context);
  if (held <= 0n || short <= 0n) return undefined;
  return { held: writeDecimal(held), quantity: writeDecimal(ask.size ?? 0n), short: writeDecimal(short) };
});
