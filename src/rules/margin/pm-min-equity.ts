// PM-MIN-EQUITY: portfolio margin adds no risk below 100,000 of equity.
import { ONE, readDecimal, writeDecimal } from '../decimal.js';
import { onlyBorrowing } from './borrows.js';

const LEAST = 100_000n * ONE;

export const pmMinEquity = onlyBorrowing('PM-MIN-EQUITY', (ask, { snapshot }) => {
  if (snapshot.kind !== 'portfolio-margin' || !ask.opens) return undefined;
  const equity = readDecimal(snapshot.account.netLiquidation);
  if (equity === undefined) return {};
  return equity < LEAST ? { netLiquidation: writeDecimal(equity) } : undefined;
});
