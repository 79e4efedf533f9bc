// Whether a contract is a unit of a partnership, or a fund taxed as one.
import type { Policy } from '../policy-types.js';
import type { Contract } from './contract.js';

const UNITS = new Set(['MLP', 'LTD PART']);
const isUnit = (type: unknown): type is string => typeof type === 'string' && UNITS.has(type.trim().toUpperCase());

/** Why a contract counts as a partnership unit, undefined when it does not. */
export function partnershipReason(contract: Contract, listed: readonly string[]): string | undefined {
  const { stockType, underlyingStockType } = contract.facts;
  if (isUnit(stockType)) return `stock type ${stockType}`;
  if (isUnit(underlyingStockType)) return `underlying of stock type ${underlyingStockType}`;
  return listed.includes(contract.symbol) && contract.secType !== 'CASH' ? 'on the list of the policy' : undefined;
}

/** True for shares and funds that are taxed as a partnership. */
export const isTaxedAsPartnership = ({ secType, facts, symbol }: Contract, policy: Policy): boolean =>
  (secType === 'STK' || secType === 'FUND') && (facts.partnership === true || policy.partnershipFunds.includes(symbol));
