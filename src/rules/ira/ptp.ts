// IRA-PTP: a fund taxed as a partnership can pass taxable business income into the IRA.
import { partnershipReason } from './mlp.js';
import { onlyIra } from './only-ira.js';

export const ptp = onlyIra('IRA-PTP', (ask, { snapshot }) => {
  if (!ask.opens) return undefined;
  const { partnershipFunds, partnershipUnits } = snapshot.policy;
  const fund = ask.contracts.find(
    (contract) =>
      (contract.secType === 'STK' || contract.secType === 'FUND') &&
      (contract.facts.partnership === true || partnershipFunds.includes(contract.symbol)) &&
      partnershipReason(contract, partnershipUnits) === undefined,
  );
  return fund === undefined ? undefined : { symbol: fund.symbol };
});
