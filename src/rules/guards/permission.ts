// Guards that say whether orders may leave at all: read-only, live accounts, lists, hours, live data, a person's word.
import { type Checks, list, number, oneOf, record, text } from '../../input/checks.js';
import { insist } from '../../input/option-error.js';
import { exercisedInto } from '../facts/exercise.js';
import { isPaper, maskAccount } from '../naming.js';
import type { ContractFacts, OrderFacts } from '../types.js';
import { type Age, ageChecks } from './caps.js';
import { each, type Guard, say } from './guard.js';

/** Nothing leaves. */
export function readOnly(): Guard {
  return () => [say('READ-ONLY')];
}

/** Live accounts trade only when allowed: all of them, or those named. An order without account is refused. */
export function liveSwitch(allowed: boolean | readonly string[] = false): Guard {
  return each(({ account }) => {
    if (account === undefined || account === '') return [say('ACCOUNT-MISSING')];
    if (isPaper(account) || allowed === true || (allowed !== false && allowed.includes(account))) return [];
    return [say('LIVE-ACCOUNT', { account: maskAccount(account) })];
  });
}

/** An order names an account of the login. */
export function accountOfLogin(): Guard {
  return each(({ account }, _, { login = [] }) => {
    if (account === undefined || account === '' || login.length === 0 || login.includes(account)) return [];
    return [say('ACCOUNT-FOREIGN', { account: maskAccount(account) })];
  });
}

/** What a list names. A contract must match in every part that is given. */
export interface ListEntry {
  readonly conId?: number;
  readonly symbol?: string;
  readonly secType?: string;
  readonly exchange?: string;
  readonly currency?: string;
}

const entry: Checks<ListEntry> = { conId: number(), symbol: text, secType: text, exchange: text, currency: text };
const entryChecks = list(record(entry));

/** A contract as lists look at it; what it does not say is undefined. */
function listable(contract: ContractFacts, exchange: string | undefined): ListEntry {
  const { conId, symbol, secType, currency } = contract;
  return {
    ...(conId !== undefined && { conId }),
    ...(symbol && { symbol }),
    ...(secType && { secType }),
    ...(exchange && { exchange }),
    ...(currency && { currency }),
  };
}

/** What an order trades besides its own contract: the legs of a combination, the underlying of an option that is exercised. */
function partsOf(order: OrderFacts): readonly ListEntry[] {
  const parts = (order.contract.comboLegs ?? []).map(({ contract }) => contract);
  const into = exercisedInto(order);
  return (into === undefined ? parts : [...parts, into]).map((one) => listable(one, undefined));
}

const describe = ({ secType = '?', symbol = '?', conId }: ListEntry): string =>
  conId === undefined ? `${secType} ${symbol}` : `${secType} ${symbol} (${conId})`;

/**
 * Only what the list names may be traded, of a combination every leg, of an option that is exercised the underlying too. An empty
 * list lets nothing pass.
 */
export function allowOnly(entries: readonly ListEntry[]): Guard {
  insist(entryChecks, 'entries', entries);
  return each((order) => {
    const own = listable(order.contract, order.exchange);
    const isNamed = (one: ListEntry, apart: readonly string[] = []): boolean =>
      entries.some((entry) => {
        const asked = Object.entries(entry).filter(([key]) => !apart.includes(key));
        return asked.length > 0 && asked.every(([key, wanted]) => one[key as keyof ListEntry] === wanted);
      });
    // An entry that names a combination by its kind and place names its legs as well, by whatever else it says.
    const apart = order.contract.secType === 'BAG' ? ['secType', 'exchange'] : ['exchange'];
    const other = isNamed(own) ? partsOf(order).find((part) => !isNamed(part, apart)) : own;
    return other === undefined ? [] : [say('NOT-ALLOWED', { contract: describe(other) })];
  });
}

/**
 * What the list names may not be traded, nor be got or given by an exercise. A contract that lacks a field the list asks for cannot
 * be told apart: refused.
 */
export function deny(entries: readonly ListEntry[]): Guard {
  insist(entryChecks, 'entries', entries);
  return each((order) => {
    const own = listable(order.contract, order.exchange);
    const parts = partsOf(order);
    const found = [own, ...parts].flatMap((one) => entries.map((entry) => against(entry, one)));
    if (found.some(({ is }) => is === 'denied')) {
      const hit = [own, ...parts].find((one) => entries.some((entry) => against(entry, one).is === 'denied')) ?? own;
      return [say('RESTRICTED', { symbol: describe(hit), mode: 'no-trade' })];
    }
    // What a combination lacks of its own, its legs say.
    for (const one of order.contract.secType === 'BAG' && parts.length > 0 ? parts : [own, ...parts]) {
      const unknown = entries.map((entry) => against(entry, one)).find(({ is }) => is === 'unknown');
      if (unknown?.is === 'unknown') return [say('DENY-UNKNOWN', { contract: describe(one), missing: unknown.missing })];
    }
    return [];
  });
}

/** AAPL in whatever letters: what is denied is not let through by a spelling. */
const plain = (name: string | number): string => String(name).trim().toUpperCase();

type Against = { readonly is: 'denied' | 'free' } | { readonly is: 'unknown'; readonly missing: string };

function against(entry: ListEntry, contract: ListEntry): Against {
  const asked = Object.entries(entry);
  const missing = asked.find(([key]) => contract[key as keyof ListEntry] === undefined)?.[0];
  const isOther = asked.some(([key, wanted]) => {
    const own = contract[key as keyof ListEntry];
    return own !== undefined && plain(own) !== plain(wanted);
  });
  if (asked.length === 0 || isOther) return { is: 'free' };
  return missing === undefined ? { is: 'denied' } : { is: 'unknown', missing };
}

/** What a market that is closed, or of unknown hours, means for an order. */
export interface HoursPolicy {
  /** Default `reject`; `warn` lets the order wait at the gateway. */
  readonly closed?: 'reject' | 'warn';
  /** Default `reject`. */
  readonly unknown?: 'reject' | 'warn';
}

const verdict = oneOf('reject', 'warn');
const hoursChecks = record<HoursPolicy>({ closed: verdict, unknown: verdict });

/** Orders leave only while the market is open. `closed: 'warn'` lets them wait at the gateway. */
export function openMarket(policy: HoursPolicy = {}): Guard {
  insist(hoursChecks, '', policy);
  return each(({ session }) => {
    if (session === 'open') return [];
    if (session === 'closed') return [say('HOURS-CLOSED', {}, policy.closed ?? 'reject')];
    return [say('HOURS-UNKNOWN', {}, policy.unknown ?? 'reject')];
  });
}

/**
 * Refuses orders for contracts whose last price was not live, or not seen within `maxAgeMs` (60 seconds): whoever has no
 * entitlement sees delayed prices, and trades on the market of a quarter of an hour ago. Exits are not held up.
 */
export function liveData(options: Age = {}): Guard {
  insist(ageChecks, '', options);
  const { maxAgeMs = 60_000 } = options;
  return each(({ seen, closes }) => {
    if (closes === true) return [];
    const ageMs = seen === undefined ? undefined : seen.ageSeconds * 1000;
    if (seen?.source === 'live' && ageMs !== undefined && ageMs >= 0 && ageMs <= maxAgeMs) return [];
    const facts =
      ageMs === undefined ? { none: '' } : { source: seen?.source ?? 'of unknown kind', ageMs: String(Math.round(ageMs)) };
    return [say('MARKET-DATA-NOT-LIVE', { ...facts, maxAgeMs: String(maxAgeMs) })];
  });
}

const CONFIRMATIONS = {
  required: 'CONFIRMATION-REQUIRED',
  unknown: 'CONFIRMATION-UNKNOWN',
  late: 'CONFIRMATION-LATE',
  other: 'CONFIRMATION-OTHER',
} as const;

/** A person has agreed to this exact order, where one is needed. */
export function confirmed(): Guard {
  return each(({ confirmation }: OrderFacts) =>
    confirmation === undefined || confirmation === 'good' ? [] : [say(CONFIRMATIONS[confirmation])],
  );
}
