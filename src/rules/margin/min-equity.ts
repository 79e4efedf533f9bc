// MARGIN-MIN-EQUITY: nothing is sold short below 2,000 of equity.
import { ONE, readDecimal, writeDecimal } from '../decimal.js';
import { onlyBorrowing, shortPart } from './borrows.js';

const LEAST = 2_000n * ONE;

export const minEquity = onlyBorrowing('MARGIN-MIN-EQUITY', (ask, context) => {
  if (shortPart(ask, context).short === 0n) return undefined;
  const equity = readDecimal(context.snapshot.account.netLiquidation);
  if (equity === undefined) return {};
  return equity < LEAST ? { netLiquidation: writeDecimal(equity) } : undefined;
});
