// Connections under one client id: the first, and those after a loss. Each attempt, and the wait before the next.

import { backOff } from '../time/back-off.js';
import { ConnectError, GatewayError } from '../wire/errors.js';
import type { Link, LinkEvents, openLink } from '../wire/link.js';
import { pause } from '../wire/timer.js';
import { Wait } from '../wire/wait.js';
import { Attempts, mayPass } from './attempts.js';
import type { SessionState } from './events.js';
import type { SessionOptions } from './options.js';

/** Longest wait for a client id that a broken connection still holds. */
const ID_HELD_MS = 5_000;

/** Whose connections they are. */
export interface Connected {
  readonly state: SessionState;
  enter(state: SessionState): void;
  /** An attempt begins: nothing is known of the gateway. */
  begins(): void;
  /** The connection is there. @throws where what it said at its start makes no sense. */
  ready(link: Link): void;
  /** It is gone. */
  ended(cause: Error | undefined): void;
}

export class Connector {
  /** The connection that is there. */
  link: Link | undefined;
  /** The client id in use; differs from the one asked for only when `onClientIdInUse` is `next`. */
  clientId: number;
  private readonly options: SessionOptions;
  private readonly open: typeof openLink;
  private readonly events: Omit<LinkEvents, 'ended'>;
  private readonly whose: Connected;
  private readonly next: Wait;
  private readonly stopping = new AbortController();
  private port: number;
  /** Where a 1300 has said that the gateway is now. */
  private movedTo: number;

  /** `open` makes connections; another one than the socket's is for tests. */
  constructor(options: SessionOptions, open: typeof openLink, events: Omit<LinkEvents, 'ended'>, whose: Connected) {
    this.options = options;
    this.open = open;
    this.events = events;
    this.whose = whose;
    this.next = new Wait(options.timer);
    this.clientId = options.clientId;
    this.port = options.port;
    this.movedTo = options.port;
  }

  /** First connection. @throws {ConnectError} with what the attempts have met; the signal's reason. */
  async first(signal: AbortSignal | undefined): Promise<void> {
    const { timer, onClientIdInUse } = this.options;
    const began = timer.now();
    const attempts = new Attempts(began);
    for (let attempt = 1; ; attempt++) {
      try {
        await this.connect(attempt, signal);
        return;
      } catch (error) {
        if (!mayPass(error)) throw error;
        attempts.note(error);
        const inMs = this.waitAfter(attempt, error, timer.now() - began);
        if (inMs === undefined || this.isClosed) throw attempts.told(timer.now()) ?? error;
        if (isClientIdInUse(error) && onClientIdInUse === 'next') this.clientId++;
        this.whose.enter({ at: 'reconnecting', attempt, inMs, cause: error });
        await pause(timer, inMs, signal);
      }
    }
  }

  /** Milliseconds until the first connection is tried again; undefined when it is not. `passed`: since the first attempt. */
  private waitAfter(attempt: number, failure: ConnectError, passed: number): number | undefined {
    const { clientIdWithin, startWithin, onClientIdInUse, random, backOff: how } = this.options;
    const left = startWithin - passed;
    if (isClientIdInUse(failure)) {
      const inMs = onClientIdInUse === 'next' ? 0 : ID_HELD_MS;
      return inMs <= Math.max(left, clientIdWithin - passed) ? inMs : undefined;
    }
    // The last attempt comes at the end of the time, however long the wait would be.
    return left > 0 ? Math.min(left, backOff(attempt, random, how)) : undefined;
  }

  private async connect(attempt: number, signal: AbortSignal | undefined): Promise<void> {
    const { options, port, clientId } = this;
    this.whose.enter({ at: 'connecting', attempt, port });
    this.whose.begins();
    let current: Link | undefined;
    const signals = signal === undefined ? this.stopping.signal : AbortSignal.any([signal, this.stopping.signal]);
    const link = await this.open(
      { ...options, port, clientId, signal: signals },
      {
        ...this.events,
        ended: (cause) => {
          if (this.link !== current) return;
          this.link = undefined;
          this.whose.ended(cause);
        },
      },
    );
    current = link;
    this.link = link;
    try {
      this.whose.ready(link);
    } catch (error) {
      this.link = undefined;
      link.destroy();
      throw error;
    }
  }

  /** After a loss, until it is there again or the session is closed. */
  again(attempt: number, cause: Error, leastMs: number): void {
    const { options } = this;
    const inMs = Math.max(leastMs, backOff(attempt, options.random, options.backOff));
    this.whose.enter({ at: 'reconnecting', attempt, inMs, cause });
    this.next.begin(inMs, () => {
      this.connect(attempt, undefined).catch((error: unknown) => {
        if (this.isClosed) return;
        const failure = error instanceof Error ? error : new Error(String(error));
        const held = isClientIdInUse(failure);
        if (held && options.onClientIdInUse === 'next') this.clientId++;
        if (failure instanceof ConnectError && failure.phase === 'socket') this.tryOtherPort();
        this.again(attempt + 1, failure, held && options.onClientIdInUse === 'wait' ? ID_HELD_MS : 0);
      });
    });
  }

  /** Nobody listens: a gateway that moved may be restarting where it is, or be back on the configured port. */
  private tryOtherPort(): void {
    this.port = this.port === this.movedTo ? this.options.port : this.movedTo;
  }

  /** The gateway will be there from now on. */
  moved(port: number): void {
    this.movedTo = port;
    this.port = port;
  }

  private get isClosed(): boolean {
    return this.whose.state.at === 'closed';
  }

  /** No more attempts; the connection ends without a word. */
  stop(reason: Error): void {
    this.next.end();
    this.stopping.abort(reason);
    this.link?.destroy();
    this.link = undefined;
  }
}

function isClientIdInUse(error: Error): boolean {
  return error instanceof ConnectError && error.cause instanceof GatewayError && error.cause.errorCode === 326;
}
