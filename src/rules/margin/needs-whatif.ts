// MARGIN-NEEDS-WHATIF: margin that is not estimated here has to be asked of the broker.
import { readDecimal } from '../decimal.js';
import { onlyBorrowing } from './borrows.js';
import { openingMargin, workingMargin } from './opening-margin.js';

export const needsWhatIf = onlyBorrowing('MARGIN-NEEDS-WHATIF', (ask, { snapshot, asks }) => {
  if (!ask.opens) return undefined;
  if (readDecimal(snapshot.account.availableFunds) === undefined) return { unknown: 'available funds' };
  const { unknown } = openingMargin(ask, snapshot);
  if (unknown === 'answer') return { unknown: 'the what-if answer for this order' };
  if (unknown === 'netLiquidation') return { unknown: 'net liquidation' };
  const working = workingMargin(snapshot, new Set(asks.map((one) => one.id))).unknown;
  return working === undefined ? undefined : { unknown: `the margin of working order ${working}` };
});
