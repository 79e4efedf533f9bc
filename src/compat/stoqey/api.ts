// `IBApi` as programs for @stoqey/ib use it, over a session of ours: its calls go out as they are, messages come as its events.

import { type Ib, unstarted } from '../../client/connect.js';
import { mustBe } from '../../client/input/check-call.js';
import { ConnectError } from '../../client/wire/errors.js';
import { openLink } from '../../client/wire/link.js';
import { flag, list, listOr, number, record, text, whole } from '../../input/checks.js';
import type { Incoming, IncomingKind, OutgoingKind, RequestInput } from '../../protocol/registry.js';
import { incomingKinds } from '../../protocol/registry.js';
import type { EventName } from './event-name.js';
import { type Event, eventsOf } from './events.js';
import { ErrorCode } from './names.js';
import { pace } from './pace.js';
import { Requests } from './requests.js';

/** How an `IBApi` is made. */
export interface IBApiCreationOptions {
  /** Default 127.0.0.1. */
  host?: string;
  /** Default 7496. */
  port?: number;
  /** Default 0. */
  clientId?: number;
  /** Default 40; more wait. */
  maxReqPerSec?: number;
  /** Of ibwire: accounts whose live orders may leave, or all. Without it orders of live accounts are refused, paper orders are not. */
  live?: boolean | readonly string[];
  /** Of ibwire: lowest and highest server version. */
  versions?: readonly [min: number, max: number];
}

const optionChecks = record<IBApiCreationOptions>({
  host: text,
  port: whole(1, 65_535),
  clientId: whole(0, 2_147_483_647),
  maxReqPerSec: number(1),
  live: listOr(list(text), flag),
  versions: list(whole(1, 9_999)),
});

/** Events that `result` does not repeat. */
const ABOUT_CONNECTION: ReadonlySet<EventName> = new Set(['connected', 'disconnected', 'error', 'received', 'sent', 'server']);

/** What stands between a call and the wire. */
type Phase = { readonly at: 'away' } | { readonly at: 'starting'; readonly ib: Ib } | { readonly at: 'ready'; readonly ib: Ib };

/**
 * The class of @stoqey/ib: `connect()`, the calls of the official API by their names, events. Differences: `docs/migration.md`.
 * ```ts
 * const ib = new IBApi({ port: 4002 })
 * ib.once(EventName.currentTime, (time) => console.log(time))
 * ib.connect().reqCurrentTime()
 * ```
 */
export class IBApi extends Requests {
  readonly #options: IBApiCreationOptions;
  readonly #pace: ReturnType<typeof pace>;
  #phase: Phase = { at: 'away' };
  /** Calls before `connect`, and before the session is ready: they leave then. */
  #queue: (() => void)[] = [];

  constructor(options: IBApiCreationOptions = {}) {
    super();
    mustBe(optionChecks, '', options);
    this.#options = options;
    this.#pace = pace(options.maxReqPerSec ?? 40);
  }

  /** 0 without a connection. */
  get serverVersion(): number {
    return this.#phase.at === 'away' ? 0 : this.#phase.ib.serverVersion;
  }

  /** True between `connected` and `disconnected`. */
  get isConnected(): boolean {
    return this.#phase.at === 'ready';
  }

  /** Gateways without the length prefix are older than ibwire knows. */
  disableUseV100Plus(): void {}

  /** Begins to connect; `connected`, `managedAccounts` and `nextValidId` come as events, or `error` and `disconnected`. */
  connect(clientId?: number): this {
    if (this.#phase.at !== 'away') {
      this.tell(['info', 'Cannot connect if already connected.', ErrorCode.ALREADY_CONNECTED]);
      return this;
    }
    const { host = '127.0.0.1', port = 7496, live = false, versions } = this.#options;
    const { ib, start } = unstarted(openLink, {
      host,
      port,
      clientId: clientId ?? this.#options.clientId ?? 0,
      reconnect: false,
      limits: 'none',
      orders: { accounts: 'none', rawOrders: true, live },
      ...(versions !== undefined && { versions }),
    });
    const held: Incoming[] = [];
    this.#phase = { at: 'starting', ib };
    for (const { kind } of incomingKinds) ib.raw.on(kind as IncomingKind, (message) => this.#take(message, held));
    ib.on('closed', () => this.#away(ib));
    start().then(
      () => this.#begin(ib, held),
      (error: unknown) => this.#failed(ib, error),
    );
    return this;
  }

  /** Ends the connection. */
  disconnect(): this {
    if (this.#phase.at === 'away') this.tell(['info', 'Cannot disconnect if already disconnected.', ErrorCode.NOT_CONNECTED]);
    else this.#phase.ib.close();
    return this;
  }

  protected override ask<K extends OutgoingKind>(kind: K, message: RequestInput<K>): this {
    const send = (): void => this.#pace.run(() => this.#send(kind, message));
    if (this.#phase.at === 'ready') send();
    else this.#queue.push(send);
    return this;
  }

  #send<K extends OutgoingKind>(kind: K, message: RequestInput<K>): void {
    if (this.#phase.at !== 'ready') return;
    try {
      this.#phase.ib.raw.send(kind, message);
    } catch (error) {
      const { reqId, orderId } = message as { readonly reqId?: number; readonly orderId?: number };
      const code = kind === 'placeOrder' ? ErrorCode.FAIL_SEND_ORDER : ErrorCode.FAIL_SEND;
      this.tell(['error', error, code, reqId ?? orderId ?? ErrorCode.NO_VALID_ID]);
    }
  }

  #take(message: Incoming, held: Incoming[]): void {
    if (this.#phase.at !== 'ready') {
      held.push(message);
      return;
    }
    this.#emit(message);
  }

  #emit(message: Incoming): void {
    if (message.kind !== 'error') {
      for (const event of eventsOf(message)) this.tell(event);
      return;
    }
    const { reqId = ErrorCode.NO_VALID_ID, errorCode, errorString = '', advancedOrderRejectJson } = message;
    if (reqId === ErrorCode.NO_VALID_ID) this.tell(['info', errorString, errorCode]);
    else this.tell(['error', new Error(errorString), errorCode, reqId, parsed(advancedOrderRejectJson)]);
  }

  #begin(ib: Ib, held: readonly Incoming[]): void {
    this.#phase = { at: 'ready', ib };
    this.tell(['connected']);
    this.tell(['server', ib.serverVersion, ib.connectionTime]);
    for (const message of held) this.#emit(message);
    const queue = this.#queue;
    this.#queue = [];
    for (const send of queue) send();
  }

  #failed(ib: Ib, error: unknown): void {
    const isOpen = error instanceof ConnectError && error.phase !== 'socket';
    this.tell(['error', error, isOpen ? ErrorCode.FAIL_SEND : ErrorCode.CONNECT_FAIL, ErrorCode.NO_VALID_ID]);
    this.#left(ib);
  }

  /** What ends before it has begun is told by `#failed`, with its error. */
  #away(ib: Ib): void {
    if (this.#phase.at === 'ready') this.#left(ib);
  }

  #left(ib: Ib): void {
    if (this.#phase.at === 'away' || this.#phase.ib !== ib) return;
    this.#phase = { at: 'away' };
    this.#pace.stop();
    this.tell(['disconnected']);
  }

  /** Emits an event, and repeats it as `result` and `all`. */
  private tell([name, ...args]: Event): void {
    const emit = this.emit.bind(this) as (name: EventName, ...args: readonly unknown[]) => boolean; // events.ts knows its arguments
    emit(name, ...args);
    if (!ABOUT_CONNECTION.has(name)) emit('result', name, args);
    emit('all', name, args);
  }
}

function parsed(json: string | undefined): unknown {
  if (json === undefined || json === '') return undefined;
  try {
    return JSON.parse(json);
  } catch {
    return json;
  }
}
