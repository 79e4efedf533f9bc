// From what a person writes to the one instrument that is meant, or an error that names the candidates.

import { canonical } from '../conversation/canonical.js';
import { callUser } from '../conversation/heed.js';
import { lifetimeCache } from '../conversation/lifetime-cache.js';
import { ClientError, GatewayError } from '../wire/errors.js';
import type { ContractInput, DetailsMessage } from './details.js';

/** An instrument as the gateway knows it; `conId` is certain. */
export type QualifiedContract = NonNullable<DetailsMessage['contract']> & { readonly conId: number };

/** Several instruments fit. Take one of `candidates`, or say more: primary exchange, currency, trading class, expiry. */
export class AmbiguousContractError extends ClientError {
  declare readonly code: 'AMBIGUOUS_CONTRACT';
  readonly asked: ContractInput;
  readonly candidates: readonly QualifiedContract[];

  constructor(asked: ContractInput, candidates: readonly QualifiedContract[]) {
    const shown = candidates
      .slice(0, 8)
      .map((one) => `${one.conId} ${one.localSymbol ?? one.symbol} ${one.primaryExchange || one.exchange} ${one.currency}`);
    super(
      'AMBIGUOUS_CONTRACT',
      `${candidates.length} instruments fit ${nameOf(asked)}: ${shown.join(', ')}${candidates.length > 8 ? ', …' : ''}`,
    );
    this.asked = asked;
    this.candidates = candidates;
  }
}

/** No instrument fits: the gateway's answer, or its memory here. */
export class UnknownContractError extends ClientError {
  declare readonly code: 'UNKNOWN_CONTRACT';
  readonly asked: ContractInput;

  constructor(asked: ContractInput, options?: ErrorOptions) {
    super('UNKNOWN_CONTRACT', `no instrument fits ${nameOf(asked)}`, options);
    this.asked = asked;
  }
}

/** One of many. */
export type Qualification =
  | { readonly at: 'found'; readonly contract: QualifiedContract }
  | { readonly at: 'ambiguous'; readonly candidates: readonly QualifiedContract[]; readonly error: AmbiguousContractError }
  | { readonly at: 'unknown'; readonly error: UnknownContractError }
  | { readonly at: 'failed'; readonly error: unknown };

/** Keeps identities of instruments beyond the session. Values are JSON text. */
export interface ContractStore {
  /** What `set` kept under the key, or undefined. What cannot be read is asked for again. */
  get(key: string): string | undefined;
  /** Keeps it. What it throws goes to the session, and the call goes on. */
  set(key: string, text: string): void;
}

/** What `qualify` remembers. Unset: "no such instrument" for ten minutes, everything else for the session. */
export interface QualifyOptions {
  /** Milliseconds for which "no such instrument" is remembered; default 10 minutes. */
  readonly unknownLifetimeMs?: number;
  readonly store?: ContractStore;
}

/** At most so many questions at a time. */
const AT_ONCE = 8;
const NO_DEFINITION = 200;

export interface Qualifier {
  one(contract: ContractInput): Promise<QualifiedContract>;
  many(contracts: readonly ContractInput[]): Promise<readonly Qualification[]>;
}

export function createQualifier(
  ask: (contract: ContractInput) => Promise<readonly DetailsMessage[]>,
  now: () => number,
  thrown: (error: unknown) => void,
  { unknownLifetimeMs = 600_000, store }: QualifyOptions = {},
): Qualifier {
  const found = lifetimeCache<QualifiedContract>({ lifetimeMs: 12 * 3_600_000, now });
  const unknown = lifetimeCache<true>({ lifetimeMs: unknownLifetimeMs, now });

  const load = async (contract: ContractInput, key: string): Promise<QualifiedContract> => {
    const kept = read(store?.get(key));
    if (kept !== undefined) return kept;
    let details: readonly DetailsMessage[];
    try {
      details = await ask(contract);
    } catch (error) {
      if (!(error instanceof GatewayError) || error.errorCode !== NO_DEFINITION) throw error;
      unknown.set(key, true);
      throw new UnknownContractError(contract, { cause: error });
    }
    const candidates = candidatesOf(contract, details);
    const [only] = candidates;
    if (only === undefined) throw new UnknownContractError(contract);
    if (candidates.length > 1) throw new AmbiguousContractError(contract, candidates);
    callUser(() => store?.set(key, JSON.stringify(only)), thrown);
    return only;
  };

  const one = (contract: ContractInput): Promise<QualifiedContract> => {
    const key = canonical(contract);
    if (unknown.get(key) === true) return Promise.reject(new UnknownContractError(contract));
    return found.load(key, () => load(contract, key));
  };

  const settled = async (contract: ContractInput): Promise<Qualification> => {
    try {
      return { at: 'found', contract: await one(contract) };
    } catch (error) {
      if (error instanceof AmbiguousContractError) return { at: 'ambiguous', candidates: error.candidates, error };
      return error instanceof UnknownContractError ? { at: 'unknown', error } : { at: 'failed', error };
    }
  };

  return {
    one,
    async many(contracts) {
      const results: Qualification[] = [];
      let next = 0;
      const work = async (): Promise<void> => {
        for (let i = next++; i < contracts.length; i = next++) {
          const contract = contracts[i];
          if (contract !== undefined) results[i] = await settled(contract);
        }
      };
      await Promise.all(Array.from({ length: Math.min(AT_ONCE, contracts.length) }, work));
      return results;
    },
  };
}

/** One per conId: the row of the exchange that was asked for, else of SMART, else the first. */
function candidatesOf(asked: ContractInput, details: readonly DetailsMessage[]): readonly QualifiedContract[] {
  const byConId = new Map<number, QualifiedContract>();
  for (const { contract } of details) {
    if (contract?.conId === undefined || contract.conId === 0) continue;
    const known = byConId.get(contract.conId);
    const wanted = asked.exchange === undefined || asked.exchange === '' ? 'SMART' : asked.exchange;
    if (known === undefined || (known.exchange !== wanted && contract.exchange === wanted))
      byConId.set(contract.conId, { ...contract, conId: contract.conId });
  }
  const all = [...byConId.values()];
  const { primaryExchange } = asked;
  if (all.length < 2 || primaryExchange === undefined || primaryExchange === '') return all;
  const fitting = all.filter((one) => one.primaryExchange === primaryExchange);
  return fitting.length > 0 ? fitting : all;
}

function read(text: string | undefined): QualifiedContract | undefined {
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    const isOne =
      typeof value === 'object' && value !== null && 'conId' in value && typeof value.conId === 'number' && value.conId > 0;
    return isOne ? (value as QualifiedContract) : undefined;
  } catch {
    return undefined;
  }
}

function nameOf({
  conId,
  symbol,
  localSymbol,
  secType,
  exchange,
  currency,
  lastTradeDateOrContractMonth,
  strike,
  right,
}: ContractInput): string {
  const parts = [
    conId === undefined || conId === 0 ? undefined : `#${conId}`,
    secType,
    symbol ?? localSymbol,
    lastTradeDateOrContractMonth,
    strike,
    right,
    exchange,
    currency,
  ];
  return parts.filter((part) => part !== undefined && part !== '').join(' ');
}
