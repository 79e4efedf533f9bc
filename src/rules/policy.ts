// Limits and switches in force when nothing else is said.
import { anything, type Check, type Checks, list, listOr, plainOr, record } from '../input/checks.js';
import { insist } from '../input/option-error.js';
import { readDecimal } from './decimal.js';
import { contractKinds } from './facts/contract.js';
import type { Policy, Restriction } from './policy-types.js';

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
  feeReserve: '0',
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

const names = (known: Iterable<string>): Checks<Record<string, unknown>> =>
  Object.fromEntries([...known].map((name) => [name, anything]));
const restriction: Checks<Restriction> = { symbol: anything, mode: anything };

/** The names that a policy may have, down to the kinds of its caps: a limit under another name would hold for nothing. */
export const policyNames: Check = record<Record<string, unknown>>({
  ...names(Object.keys(defaultPolicy)),
  maxQuantity: plainOr(anything, record(names(contractKinds))),
  restricted: listOr(list(plainOr(anything, record(restriction))), anything),
});

const complete = new WeakMap<object, Policy>();

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;
/** A cap that is stated but cannot be read allows nothing. */
const cap = (value: unknown): string | null => (value === null ? null : readDecimal(value) === undefined ? '0' : String(value));

function caps(given: unknown): Policy['maxQuantity'] {
  if (!isObject(given)) return defaultPolicy.maxQuantity;
  const stated = Object.entries(given).filter(([, value]) => value !== undefined);
  return { ...defaultPolicy.maxQuantity, ...Object.fromEntries(stated.map(([kind, value]) => [kind, cap(value)])) };
}

/** Keeps a value that has the shape of the default; anything else falls back to the default. */
function shaped(fallback: unknown, value: unknown): unknown {
  if (Array.isArray(fallback))
    return Array.isArray(value) ? value.filter((item) => typeof item === 'string' || isObject(item)) : fallback;
  return typeof value === typeof fallback ? value : fallback;
}

/** A whole policy: what is given, over the defaults. Quantity caps are merged kind by kind. Cached by identity. @throws {OptionError} */
export function policyOf(given: Partial<Policy> | undefined): Policy {
  if (!isObject(given)) return defaultPolicy;
  const known = complete.get(given);
  if (known !== undefined) return known;
  insist(policyNames, 'policy', given);
  const stated: Partial<Record<string, unknown>> = given;
  const fitted = Object.entries(defaultPolicy).map(([name, fallback]) => [name, shaped(fallback, stated[name])]);
  const made: Policy = {
    ...(Object.fromEntries(fitted) as Policy),
    maxQuantity: caps(given.maxQuantity),
    maxNotional: given.maxNotional === undefined ? defaultPolicy.maxNotional : cap(given.maxNotional),
    priceCollar:
      given.priceCollar === null
        ? null
        : readDecimal(given.priceCollar) === undefined
          ? defaultPolicy.priceCollar
          : (given.priceCollar ?? null),
    pdt: given.pdt === 'intraday' ? 'intraday' : 'legacy',
  };
  complete.set(given, made);
  return made;
}
