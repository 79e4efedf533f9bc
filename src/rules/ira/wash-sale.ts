// IRA-WASH-SALE: a purchase here within 30 days of a loss sale in a linked taxable account.
import { onlyIra } from './only-ira.js';

const WINDOW = 30;

export const washSale = onlyIra('IRA-WASH-SALE', (ask, { snapshot }) => {
  const sales = snapshot.situation.linkedLossSales;
  if (!Array.isArray(sales)) return undefined;
  const bought = ask.effects
    .flatMap((effect) => effect.changes)
    .filter(({ contract, quantity }) => contract.secType === 'STK' && quantity > 0n)
    .map(({ contract }) => contract.symbol);
  const recent = sales.filter((sale) => bought.includes(sale?.symbol) && sale.daysAgo >= 0 && sale.daysAgo <= WINDOW);
  if (recent.length === 0) return undefined;
  const last = recent.reduce((a, b) => (b.daysAgo < a.daysAgo ? b : a));
  return { symbol: last.symbol, daysAgo: String(last.daysAgo), wait: String(WINDOW + 1 - last.daysAgo) };
});
