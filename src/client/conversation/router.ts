// Hands each message to whom `routeOf` says it belongs. One look-up on the hot path.

import { ByRequest } from '../../protocol/by-request.js';
import { tableOfKind } from '../../protocol/encode.js';
import type { DecodeError } from '../../protocol/errors.js';
import type { Incoming, IncomingKind, MessageOf } from '../../protocol/registry.js';
import { Sinks } from '../../protocol/sinks.js';
import type { Verdict } from '../notices/verdict.js';
import type { Address } from '../wire/address.js';
import { UnusableError } from '../wire/errors.js';
import { heed } from './heed.js';
import type { ErrorMessage, OrderParty, Party } from './party.js';
import { type Directory, damageRoute, routeOf, type ToldError, type ToRequest } from './route.js';

export interface RouterEvents {
  /** A message that no request owns by its id, and no error: before anybody gets it. */
  unaddressed(message: Incoming): void;
  /** An error or notice nobody claimed, or one that concerns the session. */
  notice(error: ErrorMessage, verdict: Verdict): void;
  /** A request failed because another login of the user has its data; the request is told too. */
  anotherLogin(error: ErrorMessage, verdict: Verdict): void;
  /** The gateway says that its API is read-only. */
  readOnly(): void;
  /** A message of a kind that somebody waits for, without the id that would say who. */
  misaddressed(message: Incoming): void;
  /** A listener of the user threw: the message path goes on. */
  thrown(error: unknown): void;
  /** A party could not use its message: no listener's fault, and the message path goes on. */
  unusable(message: Incoming, error: unknown): void;
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
  private readonly requests = new ByRequest<ToRequest>();
  /** By id of the kind; none is empty. */
  private readonly kinds: (Set<Party> | undefined)[] = [];
  /** By id of the kind. Arrays that are replaced, never changed: a listener may leave while its round goes on. */
  private readonly raw: (readonly RawListener[] | undefined)[] = [];

  private directory: Directory;

  constructor(events: RouterEvents) {
    this.events = events;
    this.directory = { requests: this.requests, kinds: this.kinds, orders: undefined };
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
    const route: ToRequest = { to: 'request', party, orders: undefined };
    this.requests.set(id, route);
    return () => {
      if (this.requests.get(id) !== route) return;
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
    this.directory = { ...this.directory, orders };
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
  deliver(message: Incoming, address: Address): void {
    const listeners = this.raw[address.id];
    if (listeners !== undefined) this.deliverRaw(message, listeners);
    const route = routeOf(message, address, this.directory);
    switch (route.to) {
      case 'request':
        if (route.orders !== undefined) this.hand(route.orders, message);
        this.hand(route.party, message);
        return;
      case 'error':
        this.deliverError(message as ErrorMessage, route); // no other kind has that route
        return;
      case 'waiting':
        this.events.unaddressed(message);
        if (route.orders !== undefined) this.hand(route.orders, message);
        for (const party of [...route.parties]) this.hand(party, message);
        return;
      case 'nobody':
        this.events.unaddressed(message);
        if (route.orders !== undefined) this.hand(route.orders, message);
        if (route.why === 'late') this.late++;
        else if (route.why !== 'ofOrders') this.unclaimed++;
        if (route.why === 'missed') this.events.misaddressed(message);
        return;
      default:
        unreachable(route);
    }
  }

  private deliverError(error: ErrorMessage, { verdict, session, party, told, readOnly, isLate }: ToldError): void {
    if (readOnly) this.events.readOnly();
    if (isLate) this.late++;
    if (session === 'notice') this.events.notice(error, verdict);
    else if (session === 'anotherLogin') this.events.anotherLogin(error, verdict);
    if (party !== undefined) this.tell(party, error, told);
  }

  /** Tells whose a message is that could not be read. */
  unreadable(error: DecodeError): void {
    const { orders, parties } = damageRoute(error, this.directory);
    this.tellOfDamage(orders, error);
    for (const party of parties) this.tellOfDamage(party, error);
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

  private tell(party: Party | OrderParty, error: ErrorMessage, verdict: Verdict): void {
    try {
      party.notice(error, verdict);
    } catch (thrown) {
      this.unusable(party, error, thrown);
    }
  }
}

function unreachable(route: never): never {
  throw new TypeError(`no such route: ${JSON.stringify(route)}`);
}
