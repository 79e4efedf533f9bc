// Limits and switches in force when nothing else is said.
import type { Policy } from './types.js';

/** Defaults of every policy value (rule book, case files). */
export const defaultPolicy: Policy = Object.freeze({
  maxQuantity: Object.freeze({
    STK: '1000',
    OPT: '50',
    BAG: '50',
    FUT: '10',
    FOP: '10',
    CASH: '250000',
    BOND: '100',
    WAR: '1000',
  }),
  maxNotional: null,
  priceCollar: '0.10',
  marketBuffer: '0.05',
  iraFuturesMultiplier: '2',
  creditPremium: false,
  multiCurrency: false,
  allowUnsettled: false,
  requireContractDetails: true,
  fractional: false,
  duplicateWindowSeconds: 10,
  restricted: Object.freeze([]),
  readOnly: false,
  requireConfirmation: false,
  pdt: 'legacy',
  iraCrypto: false,
  maxSnapshotAgeSeconds: 60,
  vertexCap: 12,
  partnershipUnits: Object.freeze([]),
  partnershipFunds: Object.freeze([]),
  ocaNeverBlocks: false,
} satisfies Policy);

const complete = new WeakMap<object, Policy>();

/** A whole policy: what is given, over the defaults. Quantity caps are merged kind by kind. Cached by identity. */
export function policyOf(given: Partial<Policy> | undefined): Policy {
  if (typeof given !== 'object' || given === null) return defaultPolicy;
  const known = complete.get(given);
  if (known !== undefined) return known;
  const stated = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const made: Policy = { ...defaultPolicy, ...stated, maxQuantity: { ...defaultPolicy.maxQuantity, ...given.maxQuantity } };
  complete.set(given, made);
  return made;
}
