// Who gets a message: the request with that id, the orders, or whoever waits for that kind. One Map lookup on the hot path.

import { tableOfKind } from '../../protocol/encode.js';
import type { DecodeError } from '../../protocol/errors.js';
import type { Incoming, IncomingKind, MessageOf } from '../../protocol/registry.js';
import { incomingKinds } from '../../protocol/registry.js';
import type { Key, MessageTable } from '../../protocol/schema/message.js';
import { Sinks } from '../../protocol/sinks.js';
import { classify, isAnotherLogin } from '../notices/classify.js';
import type { NoticeTarget, Verdict } from '../notices/verdict.js';
import type { Address } from '../wire/address.js';
import { UnusableError } from '../wire/errors.js';
import { ownerOf } from '../wire/ids.js';
import { heed } from './heed.js';
import type { ErrorMessage, OrderParty, Party } from './party.js';

/** The id of what concerns no request and no order. */
const NOBODY = -1;

export interface RouterEvents {
  /** A message without an owner by id: before anybody gets it. */
  unaddressed(message: Incoming): void;
  /** An error or notice nobody claimed, or one that concerns the session. */
  notice(error: ErrorMessage, verdict: Verdict): void;
  /** A request failed because another login of the user has its data; the request is told too. */
  anotherLogin(error: ErrorMessage, verdict: Verdict): void;
  /** A message of a kind that somebody waits for, without the id that would say who. */
  misaddressed(message: Incoming): void;
  /** A listener of the user threw: the message path goes on. */
  thrown(error: unknown): void;
  /** A party could not use its message: no listener's fault, and the message path goes on. */
  unusable(message: Incoming, error: unknown): void;
}

/** By id of the kind. */
const keys: readonly (Key | undefined)[] = incomingKinds.reduce<(Key | undefined)[]>((byId, { id, key }) => {
  byId[id] = key;
  return byId;
}, []);

function isAboutOrders(kind: string, key: Key | undefined): boolean {
  return key === 'orderId' || key === 'execId' || kind === 'execDetails' || kind === 'completedOrder';
}

type RawListener = (message: Incoming) => unknown;

export class Router {
  /** Who takes fields of hot kinds without a message, in place of the party of that request id. */
  readonly sinks = new Sinks();
  /** Messages whose request is settled already: ticks after a cancel, answers after a time-out. */
  late = 0;
  /** Messages that belong to nobody. */
  unclaimed = 0;
  private readonly events: RouterEvents;
  private readonly requests = new Map<number, Party>();
  /** By id of the kind; none is empty. */
  private readonly kinds: (Set<Party> | undefined)[] = [];
  /** By id of the kind. Arrays that are replaced, never changed: a listener may leave while its round goes on. */
  private readonly raw: (readonly RawListener[] | undefined)[] = [];
  private orders: OrderParty | undefined;

  constructor(events: RouterEvents) {
    this.events = events;
  }

  get openRequests(): number {
    return this.requests.size;
  }

  /** Parties that wait for messages without an id. */
  get waitingByKind(): number {
    return this.kinds.reduce((count, parties) => count + (parties?.size ?? 0), 0);
  }

  isBusy(id: number): boolean {
    return this.requests.has(id);
  }

  /** Registers the owner of a request id; the answer takes it out again. */
  own(id: number, party: Party): () => void {
    this.requests.set(id, party);
    return () => {
      if (this.requests.get(id) !== party) return;
      this.requests.delete(id);
      this.sinks.disown(id);
    };
  }

  /** Registers a party for kinds that carry no id. */
  await(kinds: readonly IncomingKind[], party: Party): () => void {
    const ids = kinds.map((kind) => tableOfKind('incoming', kind).id);
    for (const id of ids) this.kinds[id] = (this.kinds[id] ?? new Set()).add(party);
    return () => {
      for (const id of ids) {
        const parties = this.kinds[id];
        parties?.delete(party);
        if (parties?.size === 0) this.kinds[id] = undefined;
      }
    };
  }

  /** Sets who gets everything about orders. */
  setOrders(orders: OrderParty): void {
    this.orders = orders;
  }

  /** Listens to a kind as it comes, beside whoever owns it. The same listener twice is one. */
  listen<K extends IncomingKind>(kind: K, listener: (message: MessageOf<K>) => unknown): () => void {
    const { id } = tableOfKind('incoming', kind);
    const entry = listener as RawListener; // called with that kind alone
    const others = (): readonly RawListener[] => (this.raw[id] ?? []).filter((other) => other !== entry);
    this.hear(id, [...others(), entry]);
    return () => this.hear(id, others());
  }

  private hear(id: number, listeners: readonly RawListener[]): void {
    this.raw[id] = listeners.length === 0 ? undefined : listeners;
    this.sinks.want(id, listeners.length > 0);
  }

  /** Hands a message to whom it belongs. A listener that throws is reported and stops nobody else. */
  deliver(message: Incoming, { id, owner }: Address): void {
    const listeners = this.raw[id];
    if (listeners !== undefined) this.deliverRaw(message, listeners);
    const party = owner === undefined ? undefined : this.requests.get(owner);
    if (party === undefined || message.kind === 'error') {
      this.deliverElse(message, id, owner);
      return;
    }
    if (message.kind === 'execDetails' && this.orders !== undefined) this.hand(this.orders, message);
    this.hand(party, message);
  }

  /**
   * Tells whose a message is that could not be read: the request that it names, or, where it names none, everybody who may be
   * missing it.
   */
  unreadable(error: DecodeError): void {
    const { kind, id } = error;
    const table = incomingKinds.find((one) => one.kind === kind);
    const key = table?.key;
    if (isAboutOrders(kind, key) || kind === 'error') this.tellOfDamage(this.orders, error);
    for (const party of this.concerned(kind, table, id)) this.tellOfDamage(party, error);
  }

  private concerned(kind: string, table: MessageTable | undefined, id: number | undefined): Iterable<Party> {
    const owner = id === undefined ? undefined : this.requests.get(id);
    if (owner !== undefined) return [owner];
    // Late ones are passed over as those are that can be read.
    if (table?.key === 'reqId' && id !== undefined && ownerOf(id) === 'request') return [];
    const waiting = table === undefined ? undefined : this.kinds[table.id];
    return new Set([...(waiting ?? []), ...[...this.requests.values()].filter((party) => party.awaits(kind))]);
  }

  private tellOfDamage(party: Pick<Party, 'unreadable'> | OrderParty | undefined, error: DecodeError): void {
    try {
      party?.unreadable(error);
    } catch (thrown) {
      this.events.thrown(thrown);
    }
  }

  private hand(party: Party | OrderParty, message: Incoming): void {
    try {
      party.message(message);
    } catch (error) {
      this.unusable(party, message, error);
    }
  }

  private unusable(party: Party | OrderParty, message: Incoming, error: unknown): void {
    this.events.unusable(message, error);
    if ('unusable' in party) party.unusable?.(new UnusableError(message.kind, error));
  }

  private deliverRaw(message: Incoming, listeners: readonly RawListener[]): void {
    for (let at = 0; at < listeners.length; at++) {
      try {
        const answer = listeners[at]?.(message);
        if (answer !== undefined) heed(answer, (error) => this.events.thrown(error));
      } catch (error) {
        this.events.thrown(error);
      }
    }
  }

  private deliverElse(message: Incoming, id: number, owner: number | undefined): void {
    const key = keys[id];
    this.events.unaddressed(message);
    if (message.kind === 'error') {
      this.deliverError(message);
      return;
    }
    // Orders and executions also go to the book when a request asked for them; unasked ones carry the id -1.
    if (this.orders !== undefined && isAboutOrders(message.kind, key)) this.hand(this.orders, message);
    const parties = this.kinds[id];
    if (parties !== undefined) {
      for (const party of [...parties]) this.hand(party, message);
      return;
    }
    if (key === 'orderId' || key === 'execId') return;
    if (owner !== undefined && ownerOf(owner) === 'request') this.late++;
    else {
      this.unclaimed++;
      if (key === 'reqId' && owner === undefined && isMissed(message.kind, this.requests)) this.events.misaddressed(message);
    }
  }

  private deliverError(error: ErrorMessage): void {
    const id = error.reqId ?? NOBODY;
    const party = this.requests.get(id);
    const known = party === undefined && id !== NOBODY ? this.orders?.targetOf(id) : undefined;
    const target = party === undefined ? (known ?? strangerOf(id)) : asTarget(party);
    const notice = { code: error.errorCode ?? 0, text: error.errorString ?? '' };
    const verdict = classify(notice, target);
    if (target.is === 'gone') this.late++;
    if (isForSession(verdict)) {
      this.events.notice(error, verdict);
      if (party !== undefined && verdict.means === 'competingSession') this.tell(party, error, verdict);
    } else if (party !== undefined) {
      if (isAnotherLogin(notice)) this.events.anotherLogin(error, verdict);
      this.tell(party, error, verdict);
    } else if (known !== undefined) this.tell(this.orders, error, verdict);
    else if (target.is === 'nobody') this.deliverUnaddressed(error, verdict);
    else if (target.is === 'order') this.events.notice(error, verdict);
  }

  /** An error without an id may be the answer to a request without one. */
  private deliverUnaddressed(error: ErrorMessage, verdict: Verdict): void {
    if (verdict.means === 'unaddressedRefusal' || verdict.means === 'stream') {
      const waiting = new Set<Party>();
      for (const parties of this.kinds) {
        for (const party of parties ?? []) {
          const isNamed = verdict.kinds.length === 0 || verdict.kinds.includes(party.asked);
          if (isNamed && (party.isWaiting || verdict.means === 'stream')) waiting.add(party);
        }
      }
      const named = verdict.kinds.length > 0;
      const chosen = waiting.size === 1 || named ? [...waiting].at(-1) : undefined;
      if (chosen !== undefined) {
        const own: Verdict =
          verdict.means === 'stream' ? verdict : { means: 'requestFailed', refusal: verdict.refusal, teaches: undefined };
        this.tell(chosen, error, own);
        if (waiting.size === 1) return;
      }
    }
    this.events.notice(error, verdict);
  }

  private tell(party: Party | OrderParty | undefined, error: ErrorMessage, verdict: Verdict): void {
    try {
      party?.notice(error, verdict);
    } catch (thrown) {
      if (party !== undefined) this.unusable(party, error, thrown);
    }
  }
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

/** Whether somebody waits for such a message, so that one without an owner may be theirs. */
function isMissed(kind: string, requests: ReadonlyMap<number, Party>): boolean {
  for (const party of requests.values()) if (party.awaits(kind)) return true;
  return false;
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
