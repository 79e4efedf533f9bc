// IRA-MLP: partnership units are not opened, nor options that could deliver them.
import type { Contract } from '../facts/contract.js';
import { onlyIra } from './only-ira.js';

const UNITS = new Set(['MLP', 'LTD PART']);
const isUnit = (type: unknown): type is string => typeof type === 'string' && UNITS.has(type.trim().toUpperCase());

/** Why a contract counts as a partnership unit, undefined when it does not. */
export function partnershipReason(contract: Contract, listed: readonly string[]): string | undefined {
  const { stockType, underlyingStockType } = contract.facts;
  if (isUnit(stockType)) return `stock type ${stockType}`;
  if (isUnit(underlyingStockType)) return `underlying of stock type ${underlyingStockType}`;
  return listed.includes(contract.symbol) && contract.secType !== 'CASH' ? 'on the list of the policy' : undefined;
}

export const mlp = onlyIra('IRA-MLP', (ask, { snapshot }) => {
  if (!ask.opens) return undefined;
  for (const contract of ask.contracts) {
    const reason = partnershipReason(contract, snapshot.policy.partnershipUnits);
    if (reason !== undefined) return { symbol: contract.symbol, reason };
  }
  return undefined;
});
