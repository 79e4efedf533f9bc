// What the gateway has told of contracts in this session, and a contract as it goes back: by conId and exchange alone.
import type { Incoming } from '../../protocol/registry.js';
import { contradictionsOf, type NamedContract } from '../../rules/facts/contradiction.js';
import { InputError } from '../input/input-error.js';
import { MOST_FIELD_TEXT } from '../wire/cut.js';
import type { Router } from './router.js';

/** A contract as far as it is told. */
export interface ToldContract extends NamedContract {
  readonly exchange?: string | undefined;
  readonly localSymbol?: string | undefined;
}

export interface ToldContracts {
  take(contract: ToldContract | undefined): void;
  /** As it was told last. */
  of(conId: number | undefined): ToldContract | undefined;
  /** The last telling that such a contract does not contradict: rows of holdings and details have been seen to disagree. */
  fitting(contract: ToldContract): ToldContract | undefined;
}

const MOST_TOLD = 50_000;
/** Tellings of one conId that contradict each other. */
const MOST_TELLINGS = 3;
const isBlank = (text: string | undefined): boolean => text === undefined || text === '';

export function createToldContracts(): ToldContracts {
  const told = new Map<number, readonly ToldContract[]>();
  const of = (conId: number | undefined): ToldContract | undefined => (conId === undefined ? undefined : told.get(conId)?.[0]);
  return {
    of,
    fitting: (contract) => told.get(contract.conId ?? 0)?.find((known) => contradictionsOf(contract, known).length === 0),
    take(contract) {
      const conId = contract?.conId;
      if (contract === undefined || conId === undefined || conId <= 0 || contract.secType === 'BAG' || isOverlong(contract))
        return;
      // A row of a holding names no exchange: the one that details told stays known.
      const exchange = isBlank(contract.exchange) ? of(conId)?.exchange : contract.exchange;
      const telling = exchange === contract.exchange ? contract : { ...contract, exchange };
      const others = (told.get(conId) ?? []).filter((known) => contradictionsOf(contract, known).length > 0);
      told.set(conId, [telling, ...others.slice(0, MOST_TELLINGS - 1)]);
      const oldest = told.keys().next();
      if (told.size > MOST_TOLD && oldest.done !== true) told.delete(oldest.value);
    },
  };
}

/** No name of a contract is so long: whoever says so wants it kept. */
function isOverlong(contract: ToldContract): boolean {
  for (const name in contract) {
    const value = contract[name as keyof ToldContract];
    if (typeof value === 'string' && value.length > MOST_FIELD_TEXT) return true;
  }
  return false;
}

/** Messages that tell of contracts. */
const TELLS = [
  'contractDetails',
  'bondContractDetails',
  'scannerData',
  'symbolSamples',
  'position',
  'positionMulti',
  'updatePortfolio',
  'openOrder',
  'execDetails',
  'completedOrder',
] as const satisfies readonly Incoming['kind'][];

/** Takes in every contract that the gateway tells of. */
export function listenForContracts(router: Router, told: ToldContracts): void {
  const take = (message: Incoming): void => {
    if (message.kind === 'scannerData') for (const { contract } of message.elements ?? []) told.take(contract);
    else if (message.kind === 'symbolSamples') for (const { contract } of message.contractDescriptions ?? []) told.take(contract);
    else if ('contract' in message && typeof message.contract === 'object') told.take(message.contract);
  };
  for (const kind of TELLS) router.listen(kind, take);
}

/** What could contradict a conId: the gateway answers a contradiction with 478, though the conId alone would do. */
const NAMES: ReadonlySet<string> = new Set([
  'symbol',
  'secType',
  'lastTradeDateOrContractMonth',
  'lastTradeDate',
  'strike',
  'right',
  'multiplier',
  'currency',
  'localSymbol',
  'tradingClass',
  'primaryExchange',
  'secIdType',
  'secId',
  'description',
  'issuerId',
]);

/** Kinds that a conId does not tell apart: a combination is its legs, a continuous future has the conId of a month. */
const BY_NAME: ReadonlySet<string> = new Set(['BAG', 'CONTFUT', 'FUT+CONTFUT', 'NEWS']);

/** Where a kind is routed when nothing says where. */
const ROUTES: Readonly<Record<string, string>> = {
  STK: 'SMART',
  OPT: 'SMART',
  WAR: 'SMART',
  CFD: 'SMART',
  IOPT: 'SMART',
  BAG: 'SMART',
  CASH: 'IDEALPRO',
};

/** The contract with an exchange: its own, else the usual one of its kind, else the one it was told with. */
export function routed<C extends ToldContract>(contract: C, told: ToldContract | undefined): C {
  if (!isBlank(contract.exchange)) return contract;
  const exchange = ROUTES[contract.secType ?? told?.secType ?? ''] ?? told?.exchange;
  return isBlank(exchange) ? contract : { ...contract, exchange };
}

/** A contract that can be traded. @throws {InputError} when it names no exchange and none is usual for its kind. */
export function tradable<C extends ToldContract>(contract: C, told: ToldContracts): C {
  const found = routed(contract, told.of(contract.conId));
  if (isBlank(found.exchange))
    throw new InputError(
      'contract.exchange',
      'is not named, and none is usual for this kind: name it, as contracts.details tells it',
    );
  return found;
}

/**
 * The contract as it goes to the gateway. One that the gateway has told of goes by conId and exchange, with whatever is no name of
 * it; one that nobody has told of, or that says something else than was told, goes as it was written.
 */
export function sentContract<C extends ToldContract>(contract: C, told: ToldContracts): C {
  const { conId, secType } = contract;
  if (conId === undefined || conId <= 0 || BY_NAME.has(secType ?? '')) return contract;
  const known = told.fitting(contract);
  if (known === undefined) return contract;
  const { exchange } = routed(contract, known);
  const left: Record<string, unknown> = { conId, exchange };
  for (const name of Object.keys(contract) as (keyof C & string)[])
    if (!NAMES.has(name) && name !== 'conId' && name !== 'exchange') left[name] = contract[name];
  return left as C;
}

/** A request with its contract as it is sent; the same object where nothing changes. */
export function sentMessage<M extends object>(message: M, told: ToldContracts): M {
  const { contract } = message as { readonly contract?: ToldContract };
  if (contract === undefined || contract === null) return message;
  const sent = sentContract(contract, told);
  return sent === contract ? message : { ...message, contract: sent };
}
