// Where a message goes: a pure function of the message and of who is registered. The router does what it says.

import type { DecodeError } from '../../protocol/errors.js';
import type { Incoming } from '../../protocol/registry.js';
import { incomingKinds } from '../../protocol/registry.js';
import type { Key } from '../../protocol/schema/message.js';
import { classified } from '../notices/classify.js';
import type { NoticeTarget, Verdict } from '../notices/verdict.js';
import type { Address } from '../wire/address.js';
import { ownerOf } from '../wire/ids.js';
import type { ErrorMessage, OrderParty, Party } from './party.js';

/** Who is registered. */
export interface Directory {
  /** By request id, each with the route of what it is sent. */
  readonly requests: Pick<ReadonlyMap<number, ToRequest>, 'get' | 'values'>;
  /** Who waits for kinds without an id, by id of the kind; none is empty. */
  readonly kinds: readonly (ReadonlySet<Party> | undefined)[];
  readonly orders: OrderParty | undefined;
}

/** The request that it names; executions go to the orders first. */
export interface ToRequest {
  readonly to: 'request';
  readonly party: Party;
  readonly orders: OrderParty | undefined;
}

/** An error or notice, with what it means. */
export interface ToldError {
  readonly to: 'error';
  readonly verdict: Verdict;
  /** What the session hears of it. */
  readonly session: 'notice' | 'anotherLogin' | undefined;
  /** Whose it is, and what it means to them. */
  readonly party: Party | OrderParty | undefined;
  readonly told: Verdict;
  /** It says that the gateway's API is read-only. */
  readonly readOnly: boolean;
  /** Its request is settled already. */
  readonly isLate: boolean;
}

export type Route =
  | ToRequest
  /** Those who wait for its kind, after the orders where it is about orders. */
  | { readonly to: 'waiting'; readonly parties: ReadonlySet<Party>; readonly orders: OrderParty | undefined }
  | ToldError
  /** The orders alone, or nobody: `late`: its request is settled; `missed`: somebody waits for it, and it does not say who. */
  | {
      readonly to: 'nobody';
      readonly why: 'late' | 'missed' | 'unclaimed' | 'ofOrders';
      readonly orders: OrderParty | undefined;
    };

/** The id of what concerns no request and no order. */
const NOBODY = -1;

/** By id of the kind. */
const keys: readonly (Key | undefined)[] = incomingKinds.reduce<(Key | undefined)[]>((byId, { id, key }) => {
  byId[id] = key;
  return byId;
}, []);

function isAboutOrders(kind: string, key: Key | undefined): boolean {
  return key === 'orderId' || key === 'execId' || kind === 'execDetails' || kind === 'completedOrder';
}

/** Where a message goes. */
export function routeOf(message: Incoming, { id, owner }: Address, directory: Directory): Route {
  if (message.kind === 'error') return errorRoute(message, directory);
  const own = owner === undefined ? undefined : directory.requests.get(owner);
  if (own !== undefined) return message.kind === 'execDetails' ? { ...own, orders: directory.orders } : own;
  const key = keys[id];
  // Orders and executions also go to the book when a request asked for them; unasked ones carry the id -1.
  const orders = isAboutOrders(message.kind, key) ? directory.orders : undefined;
  const parties = directory.kinds[id];
  if (parties !== undefined) return { to: 'waiting', parties, orders };
  const why = whyNobody(message.kind, key, owner, directory);
  return { to: 'nobody', why: why === 'unclaimed' && orders !== undefined ? 'ofOrders' : why, orders };
}

function whyNobody(
  kind: string,
  key: Key | undefined,
  owner: number | undefined,
  { requests }: Directory,
): 'late' | 'missed' | 'unclaimed' | 'ofOrders' {
  if (key === 'orderId' || key === 'execId') return 'ofOrders';
  if (owner !== undefined && ownerOf(owner) === 'request') return 'late';
  return key === 'reqId' && owner === undefined && isMissed(kind, requests) ? 'missed' : 'unclaimed';
}

/** Whether somebody waits for such a message, so that one without an owner may be theirs. */
function isMissed(kind: string, requests: Directory['requests']): boolean {
  for (const { party } of requests.values()) if (party.awaits(kind)) return true;
  return false;
}

function errorRoute(error: ErrorMessage, directory: Directory): ToldError {
  const id = error.reqId ?? NOBODY;
  const party = directory.requests.get(id)?.party;
  const known = party === undefined && id !== NOBODY ? directory.orders?.targetOf(id) : undefined;
  const target = party === undefined ? (known ?? strangerOf(id)) : asTarget(party);
  const { verdict, anotherLogin, readOnly } = classified({ code: error.errorCode ?? 0, text: error.errorString ?? '' }, target);
  const route = { to: 'error', verdict, told: verdict, readOnly, isLate: target.is === 'gone' } as const;
  if (isForSession(verdict))
    return { ...route, session: 'notice', party: verdict.means === 'competingSession' ? party : undefined };
  if (party !== undefined) return { ...route, session: anotherLogin ? 'anotherLogin' : undefined, party };
  switch (target.is) {
    case 'nobody':
      return { ...route, ...unaddressed(verdict, directory) };
    case 'order':
      return known === undefined
        ? { ...route, session: 'notice', party: undefined }
        : { ...route, session: undefined, party: directory.orders };
    default:
      return { ...route, session: undefined, party: undefined };
  }
}

/** An error without an id may be the answer to a request without one; where it may be that of several, the session hears it too. */
function unaddressed(verdict: Verdict, { kinds }: Directory): Pick<ToldError, 'session' | 'party' | 'told'> {
  const nobodys = { session: 'notice', party: undefined, told: verdict } as const;
  if (verdict.means !== 'unaddressedRefusal' && verdict.means !== 'stream') return nobodys;
  const waiting = new Set<Party>();
  const isNamed = (party: Party): boolean => verdict.kinds.length === 0 || verdict.kinds.includes(party.asked);
  for (const parties of kinds)
    for (const party of parties ?? []) if (isNamed(party) && (party.isWaiting || verdict.means === 'stream')) waiting.add(party);
  const chosen = waiting.size === 1 || verdict.kinds.length > 0 ? [...waiting].at(-1) : undefined;
  if (chosen === undefined) return nobodys;
  const told: Verdict =
    verdict.means === 'stream' ? verdict : { means: 'requestFailed', refusal: verdict.refusal, teaches: undefined };
  return { session: waiting.size === 1 ? undefined : 'notice', party: chosen, told };
}

/**
 * Whose a message is that could not be read: the request that it names, or, where it names none, everybody who may be missing
 * it.
 */
export function damageRoute(
  { kind, id }: Pick<DecodeError, 'kind' | 'id'>,
  { requests, kinds, orders }: Directory,
): { readonly orders: OrderParty | undefined; readonly parties: Iterable<Party> } {
  const table = incomingKinds.find((one) => one.kind === kind);
  const key = table?.key;
  const toOrders = isAboutOrders(kind, key) || kind === 'error' ? orders : undefined;
  const owner = id === undefined ? undefined : requests.get(id);
  if (owner !== undefined) return { orders: toOrders, parties: [owner.party] };
  // Late ones are passed over as those are that can be read.
  if (key === 'reqId' && id !== undefined && ownerOf(id) === 'request') return { orders: toOrders, parties: [] };
  const waiting = table === undefined ? undefined : kinds[table.id];
  const asking = [...requests.values()].map(({ party }) => party).filter((party) => party.awaits(kind));
  return { orders: toOrders, parties: new Set([...(waiting ?? []), ...asking]) };
}

function asTarget({ asked, cancelled }: Party): NoticeTarget {
  return { is: 'request', asked, cancelled };
}

/** Whom an id stands for that nobody here knows, or knows no more. */
function strangerOf(id: number): NoticeTarget {
  const owner = ownerOf(id);
  if (owner === 'session') return { is: 'nobody' };
  return owner === 'request' ? { is: 'gone' } : { is: 'order', working: undefined, asked: 'place' };
}

/** Verdicts that concern the session whatever id the frame carried. */
function isForSession(verdict: Verdict): boolean {
  switch (verdict.means) {
    case 'farm':
    case 'link':
    case 'portMoved':
    case 'competingSession':
    case 'alarm':
    case 'rate':
    case 'clientIdInUse':
      return true;
    default:
      return false;
  }
}
