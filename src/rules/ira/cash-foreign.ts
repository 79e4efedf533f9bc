// IRA-CASH-FOREIGN: a cash-type IRA stays in its base currency; bringing another currency home is fine.
import { onlyIra } from './only-ira.js';

export const cashForeign = onlyIra('IRA-CASH-FOREIGN', (ask, { snapshot }) => {
  const { kind, base, policy } = snapshot;
  if (kind !== 'ira-cash' || policy.multiCurrency || !ask.opens) return undefined;
  const { contract } = ask;
  const wanted =
    contract.secType === 'CASH'
      ? [ask.order.action === 'SELL' ? contract.currency : contract.symbol]
      : ask.contracts.map((one) => one.currency);
  const currency = wanted.find((one) => one !== base);
  return currency === undefined ? undefined : { base, currency };
});
