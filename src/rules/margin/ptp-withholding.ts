// PTP-1446F: ten percent of sale proceeds may be withheld from a person who is not a US person.
import { isIra } from '../account-kind.js';
import { type Rule, shownId } from '../context.js';
import { finding } from '../finding.js';
import { partnershipReason } from '../ira/mlp.js';

export const ptpWithholding: Rule = {
  codes: ['PTP-1446F'],
  judge: (context) => {
    const { kind, account, policy } = context.snapshot;
    if (kind === undefined || isIra(kind) || account.usPerson !== false) return [];
    return context.asks.flatMap((ask) => {
      const unit = ask.contracts.find(
        (contract) =>
          (contract.secType === 'STK' || contract.secType === 'FUND') &&
          (contract.facts.partnership === true ||
            policy.partnershipFunds.includes(contract.symbol) ||
            partnershipReason(contract, policy.partnershipUnits) !== undefined),
      );
      return unit === undefined ? [] : [finding('PTP-1446F', { symbol: unit.symbol }, { orderId: shownId(ask, context) })];
    });
  },
};
