// Guards that say whether orders may leave at all: read-only, live accounts, lists, hours, kill switch.
import { type Finding, reject, warn } from './finding.js';
import { effectiveContract, type Guard, type GuardedContract } from './guard.js';

/** Nothing leaves. */
export function readOnly(): Guard {
  return () => [reject('READ-ONLY', 'orders are switched off', 'open the session without read-only')];
}

/** Paper accounts start with D. The port proves nothing: a live session can listen on any. */
export function isPaper(account: string): boolean {
  return /^D[A-Z]*\d/.test(account);
}

/** Live accounts trade only when allowed: all of them, or those named. An order without account is refused. */
export function liveSwitch(allowed: boolean | readonly string[] = false): Guard {
  return ({ order }) => {
    const { account } = order;
    if (account === undefined || account === '') {
      return [reject('ACCOUNT-MISSING', 'the order names no account, so it may be live', 'name the account on the order')];
    }
    if (isPaper(account) || allowed === true || (allowed !== false && allowed.includes(account))) return [];
    const facts = { account: `${account.slice(0, 2)}…` };
    return [
      reject(
        'LIVE-ACCOUNT',
        'the account is a live one and live trading is off',
        'allow this account explicitly, or use a paper account',
        facts,
      ),
    ];
  };
}

/** What a list names. A contract must match in every part that is given. */
export interface ListEntry {
  readonly conId?: number;
  readonly symbol?: string;
  readonly secType?: string;
  readonly exchange?: string;
  readonly currency?: string;
}

function matches(entry: ListEntry, contract: GuardedContract): boolean {
  return Object.entries(entry).every(([key, wanted]) => contract[key as keyof ListEntry] === wanted);
}

const describe = ({ secType = '?', symbol = '?', conId }: GuardedContract): string =>
  conId === undefined ? `${secType} ${symbol}` : `${secType} ${symbol} (${conId})`;

/** Only what the list names may be traded. An empty list lets nothing pass. */
export function allowOnly(entries: readonly ListEntry[]): Guard {
  return (attempt) => {
    const contract = effectiveContract(attempt);
    if (entries.some((entry) => Object.keys(entry).length > 0 && matches(entry, contract))) return [];
    return [reject('NOT-ALLOWED', `${describe(contract)} is not on the list of what may be traded`, 'add it to the list')];
  };
}

/** What the list names may not be traded. A contract that lacks a field the list asks for cannot be told apart: refused. */
export function deny(entries: readonly ListEntry[]): Guard {
  return (attempt, { legs = [] }) => {
    const own = effectiveContract(attempt);
    const parts = legs.map(({ contract }, at) => contract ?? { conId: own.comboLegs?.[at]?.conId });
    const found = [own, ...parts].flatMap((contract) => entries.flatMap((entry) => denied(entry, contract) ?? []));
    const hit = found.find(({ code }) => code === 'RESTRICTED');
    if (hit !== undefined) return [hit];
    // What a combination lacks of its own, its legs say.
    const unknown = (parts.length > 0 ? parts : [own]).flatMap((contract) =>
      entries.flatMap((entry) => denied(entry, contract) ?? []),
    );
    return unknown.slice(0, 1);
  };
}

function denied(entry: ListEntry, contract: GuardedContract): Finding | undefined {
  const asked = Object.entries(entry);
  const unknown = asked.filter(([key]) => contract[key as keyof ListEntry] === undefined).map(([key]) => key);
  if (asked.length === 0 || !asked.every(([key, wanted]) => unknown.includes(key) || contract[key as keyof ListEntry] === wanted))
    return undefined;
  return unknown.length === 0
    ? reject('RESTRICTED', `${describe(contract)} is on the list of what may not be traded`, 'take it off the list')
    : reject(
        'DENY-UNKNOWN',
        `${describe(contract)} has no ${unknown[0]}, so the deny list cannot be applied`,
        'qualify the contract first',
      );
}

/** Orders leave only while the market is open. `closed: 'warn'` lets them wait at the gateway. */
export function openMarket(policy: { readonly closed?: 'reject' | 'warn'; readonly unknown?: 'reject' | 'warn' } = {}): Guard {
  const say = { reject, warn };
  return (_, { market = 'unknown' }) => {
    if (market === 'open') return [];
    if (market === 'closed')
      return [say[policy.closed ?? 'reject']('HOURS-CLOSED', 'the market is closed', 'wait for the next session', { market })];
    return [
      say[policy.unknown ?? 'reject'](
        'HOURS-UNKNOWN',
        'whether the market is open is not published',
        'fetch the trading hours of this week',
        { market },
      ),
    ];
  };
}

/** A switch that stops all orders; whoever listens cancels what works. */
export interface KillSwitch {
  readonly guard: Guard;
  /** Why it is on; undefined while it is off. */
  readonly reason: () => string | undefined;
  /** Stops orders first, then tells every listener, even when one throws. Once on, further calls change nothing. */
  engage(reason: string): void;
  release(): void;
  /** Told once per engaging. Returns its own removal. */
  onEngage(listener: (reason: string) => void): () => void;
}

/** Makes a kill switch, off. */
export function killSwitch(): KillSwitch {
  let engaged: string | undefined;
  const listeners = new Set<(reason: string) => void>();
  return {
    guard: () =>
      engaged === undefined
        ? []
        : [reject('KILL-SWITCH', `the kill switch is on: ${engaged}`, 'release it when the cause is gone', { reason: engaged })],
    reason: () => engaged,
    engage: (reason) => {
      if (engaged !== undefined) return;
      engaged = reason;
      const failures: unknown[] = [];
      for (const listener of [...listeners]) {
        try {
          listener(reason);
        } catch (error) {
          failures.push(error);
        }
      }
      if (failures.length > 0) throw new AggregateError(failures, 'the kill switch is on, but listeners failed');
    },
    release: () => {
      engaged = undefined;
    },
    onEngage: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
