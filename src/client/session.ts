// The session: connections that come and go under one client id, told as one state with a reason on it.

import { EventEmitter } from 'eventemitter3';
import type { Unknown } from '../protocol/decode.js';
import type { DecodeError } from '../protocol/errors.js';
import type { Incoming, OutgoingKind, RequestInput } from '../protocol/registry.js';
import { V } from '../protocol/versions.js';
import { sessionChannel } from './channels.js';
import { type Call, type Core, type Gap, type GapCause, type Recoverable, type Release, recoveryRanks } from './core.js';
import { ClosedError, ConnectError, GatewayError, ReadOnlyError } from './errors.js';
import type { Gatekeeper } from './gatekeeper.js';
import { createOrderIds, createReqIds, type OrderIds, type ReqIds } from './ids.js';
import { type Link, openLink } from './link.js';
import { type FarmsHealth, withFarmNotice } from './notices/farms.js';
import type { Verdict } from './notices/verdict.js';
import { type ErrorMessage, Router } from './router.js';
import { type BackOff, backOff } from './time/back-off.js';
import type { Timer } from './timer.js';

export type SessionState =
  | { readonly at: 'idle' }
  | { readonly at: 'connecting'; readonly attempt: number; readonly port: number }
  | { readonly at: 'ready'; readonly since: number; readonly epoch: number }
  /** Connected to the gateway, which has lost the broker. */
  | { readonly at: 'degraded'; readonly since: number; readonly epoch: number; readonly cause: string }
  | { readonly at: 'reconnecting'; readonly attempt: number; readonly inMs: number; readonly cause: Error }
  | { readonly at: 'closed'; readonly cause: Error | undefined };

/** An error or notice of the gateway that no call took for its own, or that concerns the session. */
export interface SessionNotice {
  readonly code: number;
  readonly text: string;
  readonly id: number | undefined;
  readonly verdict: Verdict;
  readonly at: number;
}

export interface SessionEvents {
  state: [state: SessionState];
  /** A connection is ready; `epoch` counts them from 1. */
  ready: [info: { readonly epoch: number; readonly serverVersion: number; readonly accounts: readonly string[] }];
  degraded: [info: { readonly cause: string }];
  restored: [info: { readonly withData: boolean }];
  /** The link was gone or its data lost. */
  gap: [gap: Gap];
  notice: [notice: SessionNotice];
  /** Another login of the user has taken the live data. */
  competing: [notice: SessionNotice];
  /** Order ids that we handed out and that the gateway has forgotten: those orders never arrived. */
  neverArrived: [orderIds: readonly number[]];
  /** A message that could not be read, or of a kind nobody knows. */
  unreadable: [what: DecodeError | Unknown];
  /** A listener of the user threw. */
  thrown: [error: unknown];
  closed: [cause: Error | undefined];
}

export interface SessionOptions {
  readonly host: string;
  readonly port: number;
  readonly clientId: number;
  readonly minVersion: number;
  readonly maxVersion: number;
  readonly connectOptions: string;
  readonly optionalCapabilities: string;
  readonly connectWithin: number;
  readonly stepWithin: number;
  /** Milliseconds of silence before the link is probed; 0 never probes. */
  readonly silence: number;
  /** Milliseconds a probe may take before the link counts as dead. */
  readonly probeWithin: number;
  /** False: a lost connection ends the session. */
  readonly reconnect: boolean;
  readonly backOff: BackOff;
  readonly onClientIdInUse: 'wait' | 'next';
  readonly isReadOnly: boolean;
  readonly timer: Timer;
  readonly random: () => number;
  readonly tap: ((direction: 'in' | 'out', bytes: Uint8Array) => void) | undefined;
}

/** Longest wait for a client id that a broken connection still holds. */
const ID_HELD_MS = 5_000;

export class Session implements Core {
  readonly events = new EventEmitter<SessionEvents>();
  readonly router: Router;
  readonly reqIds: ReqIds;
  readonly orderIds: OrderIds;
  readonly timer: Timer;
  readonly live = new Set<Recoverable>();
  readonly calls = new Set<(cause: Error) => void>();
  readonly options: SessionOptions;
  epoch = 0;
  farms: FarmsHealth = new Map();
  lastHeard = 0;
  readonly gatekeeper: Gatekeeper;
  private currentState: SessionState = { at: 'idle' };
  private link: Link | undefined;
  private clientId: number;
  private port: number;
  private lostAt: number | undefined;
  private stopProbe: () => void = () => {};
  private stopRetry: () => void = () => {};
  private readonly stopping = new AbortController();

  constructor(options: SessionOptions, gatekeeper: Gatekeeper) {
    this.options = options;
    this.timer = options.timer;
    this.clientId = options.clientId;
    this.port = options.port;
    this.router = new Router({
      notice: (error, verdict) => this.heed(error, verdict),
      thrown: (error) => this.thrown(error),
    });
    this.reqIds = createReqIds((id) => this.router.isBusy(id));
    this.orderIds = createOrderIds();
    this.gatekeeper = gatekeeper;
  }

  get state(): SessionState {
    return this.currentState;
  }

  get isReady(): boolean {
    return this.link?.isOpen === true && (this.currentState.at === 'ready' || this.currentState.at === 'degraded');
  }

  get isDegraded(): boolean {
    return this.currentState.at === 'degraded';
  }

  get isReadOnly(): boolean {
    return this.options.isReadOnly;
  }

  get serverVersion(): number {
    return this.link?.serverVersion ?? 0;
  }

  get connectionTime(): string {
    return this.link?.connectionTime ?? '';
  }

  get accounts(): readonly string[] {
    return this.link?.accounts ?? [];
  }

  /** The client id in use; differs from the one asked for only when `onClientIdInUse` is `next`. */
  get usedClientId(): number {
    return this.clientId;
  }

  /** First connection. @throws {ConnectError}; the signal's reason. */
  async start(signal: AbortSignal | undefined): Promise<void> {
    try {
      await this.connectOnce(1, signal);
    } catch (error) {
      this.close(error instanceof Error ? error : undefined);
      throw error;
    }
  }

  private enter(state: SessionState): void {
    this.currentState = state;
    if (sessionChannel.hasSubscribers) sessionChannel.publish(state);
    this.events.emit('state', state);
  }

  private async connectOnce(attempt: number, signal: AbortSignal | undefined): Promise<void> {
    const { options } = this;
    this.enter({ at: 'connecting', attempt, port: this.port });
    this.farms = new Map();
    let current: Link | undefined;
    const signals = signal === undefined ? this.stopping.signal : AbortSignal.any([signal, this.stopping.signal]);
    const link = await openLink(
      {
        host: options.host,
        port: this.port,
        clientId: this.clientId,
        minVersion: options.minVersion,
        maxVersion: options.maxVersion,
        connectOptions: options.connectOptions,
        optionalCapabilities: options.optionalCapabilities,
        connectWithin: options.connectWithin,
        stepWithin: options.stepWithin,
        timer: options.timer,
        signal: signals,
      },
      {
        message: (message) => this.received(message),
        unknown: (message) => this.events.emit('unreadable', message),
        unreadable: (error) => this.events.emit('unreadable', error),
        heard: () => {
          this.lastHeard = options.timer.now();
        },
        ended: (cause) => {
          if (this.link === current) this.ended(cause);
        },
        ...(options.tap === undefined ? {} : { tap: options.tap }),
      },
    );
    current = link;
    this.link = link;
    this.becomeReady(link);
  }

  private received(message: Incoming): void {
    // The number at the start of a connection is taken in when it is ready; later ones answer reqIds.
    if (message.kind === 'nextValidId' && this.isReady && message.orderId !== undefined)
      this.orderIds.raise(message.orderId, 'asAnswer');
    this.router.deliver(message);
  }

  private becomeReady(link: Link): void {
    const now = this.timer.now();
    this.epoch++;
    const missing = this.orderIds.raise(link.nextValidId, 'atStart');
    this.gatekeeper.reset();
    this.enter({ at: 'ready', since: now, epoch: this.epoch });
    this.watchSilence();
    this.events.emit('ready', { epoch: this.epoch, serverVersion: link.serverVersion, accounts: link.accounts });
    if (missing.length > 0) this.events.emit('neverArrived', missing);
    if (this.epoch > 1) {
      this.events.emit('gap', { from: this.lostAt ?? now, to: now, cause: 'disconnected' });
      this.lostAt = undefined;
      void this.reopenAll();
    }
  }

  /** Asks every live stream again, what others rest on first. */
  private async reopenAll(): Promise<void> {
    const epoch = this.epoch;
    for (const rank of recoveryRanks) {
      const due = [...this.live].filter((stream) => stream.rank === rank);
      await Promise.all(due.map((stream) => stream.reopen()));
      if (this.epoch !== epoch || !this.isReady) return;
    }
  }

  private watchSilence(): void {
    const { options } = this;
    this.stopProbe();
    if (options.silence <= 0) return;
    const wait = (ms: number, then: () => void): void => {
      this.stopProbe = options.timer.after(ms, then);
    };
    const check = (): void => {
      const silent = options.timer.now() - this.lastHeard;
      if (silent < options.silence) {
        wait(options.silence - silent, check);
        return;
      }
      const before = this.lastHeard;
      this.probe();
      wait(options.probeWithin, () => {
        if (this.lastHeard !== before) check();
        else
          this.link?.destroy(
            new ClosedError(`the gateway has been silent for ${options.timer.now() - before} ms and did not answer a probe`),
          );
      });
    };
    wait(options.silence, check);
  }

  private probe(): void {
    try {
      if (this.serverVersion >= V.CURRENT_TIME_IN_MILLIS) this.send('reqCurrentTimeInMillis', {});
      else this.send('reqCurrentTime', {});
    } catch {
      // the link is going down: its end is on the way
    }
  }

  private ended(cause: Error | undefined): void {
    const reason = new ClosedError(
      cause === undefined ? 'the gateway closed the connection' : `the connection broke: ${cause.message}`,
      { cause },
    );
    this.link = undefined;
    this.stopProbe();
    if (this.currentState.at === 'closed') return;
    this.lose('disconnected');
    if (!this.options.reconnect) {
      this.close(reason);
      return;
    }
    this.retry(1, reason, 0);
  }

  /** The streams are stale from now on, and calls that wait for an answer will get none. */
  private lose(cause: GapCause): void {
    const now = this.timer.now();
    this.lostAt ??= now;
    for (const stream of this.live) stream.lost(cause, now);
    if (cause !== 'disconnected') return;
    const reason = new ClosedError('the connection was lost before the answer came');
    for (const end of [...this.calls]) end(reason);
  }

  private retry(attempt: number, cause: Error, leastMs: number): void {
    const { options } = this;
    const inMs = Math.max(leastMs, backOff(attempt, options.random, options.backOff));
    this.enter({ at: 'reconnecting', attempt, inMs, cause });
    this.stopRetry = options.timer.after(inMs, () => {
      this.connectOnce(attempt, undefined).catch((error: unknown) => {
        if (this.currentState.at === 'closed') return;
        const failure = error instanceof Error ? error : new Error(String(error));
        const held = isClientIdInUse(failure);
        if (held && options.onClientIdInUse === 'next') this.clientId++;
        this.retry(attempt + 1, failure, held && options.onClientIdInUse === 'wait' ? ID_HELD_MS : 0);
      });
    });
  }

  notConnected(asked: string): Error {
    const { state } = this;
    const why =
      state.at === 'closed'
        ? 'the session is closed'
        : state.at === 'reconnecting'
          ? `not connected, the next attempt comes in ${state.inMs} ms (${state.cause.message})`
          : `not connected (${state.at})`;
    return new ClosedError(`${why}; nothing was sent`, { asked });
  }

  send<K extends OutgoingKind>(kind: K, message: RequestInput<K>, isAdmitted = false): void {
    if (this.link?.isOpen !== true) throw this.notConnected(kind);
    if (this.options.isReadOnly && isOrderKind(kind)) throw new ReadOnlyError(kind, 'client');
    this.link.send(kind, message);
    if (!isAdmitted) this.gatekeeper.count(kind);
  }

  admit(kind: OutgoingKind, message: object, call: Call & { readonly timeout: number }): Promise<Release> | Release {
    return this.gatekeeper.admit(kind, message, call);
  }

  learn(verdict: Verdict): void {
    this.gatekeeper.learn(verdict);
  }

  note(error: ErrorMessage, verdict: Verdict): void {
    this.gatekeeper.learn(verdict);
    this.events.emit('notice', this.noticeOf(error, verdict));
  }

  thrown(error: unknown): void {
    // Nobody listening: the error of a user's listener must not vanish.
    if (this.events.listenerCount('thrown') > 0) this.events.emit('thrown', error);
    else
      queueMicrotask(() => {
        throw error;
      });
  }

  private noticeOf(error: ErrorMessage, verdict: Verdict): SessionNotice {
    return {
      code: error.errorCode ?? 0,
      text: error.errorString ?? '',
      id: error.reqId,
      verdict,
      at: error.errorTime ?? this.timer.now(),
    };
  }

  /** Errors that no conversation took: most of them are the session's business. */
  private heed(error: ErrorMessage, verdict: Verdict): void {
    const notice = this.noticeOf(error, verdict);
    switch (verdict.means) {
      case 'farm':
        this.farms = withFarmNotice(this.farms, verdict.farm, this.timer.now());
        break;
      case 'link':
        this.linkChanged(verdict);
        break;
      case 'portMoved':
        if (verdict.port !== undefined) this.port = verdict.port;
        break;
      case 'competingSession':
        this.events.emit('competing', notice);
        break;
      case 'rate':
        this.gatekeeper.learn(verdict);
        break;
      default:
    }
    this.events.emit('notice', notice);
  }

  private linkChanged(verdict: Extract<Verdict, { means: 'link' }>): void {
    const now = this.timer.now();
    const { state } = this;
    if (verdict.now === 'lost') {
      if (state.at === 'ready') {
        this.lostAt = now;
        const cause = verdict.competing ? 'another login has taken the session' : 'the gateway has lost its link to the broker';
        this.enter({ at: 'degraded', since: now, epoch: this.epoch, cause });
        this.events.emit('degraded', { cause });
      }
      return;
    }
    const withData = verdict.now === 'backWithData';
    if (state.at === 'degraded') this.enter({ at: 'ready', since: now, epoch: this.epoch });
    this.events.emit('restored', { withData });
    if (withData) {
      for (const stream of this.live) stream.verify();
      this.lostAt = undefined;
      return;
    }
    const from = this.lostAt ?? now;
    for (const stream of this.live) stream.lost('dataLost', from);
    this.events.emit('gap', { from, to: now, cause: 'dataLost' });
    this.lostAt = undefined;
    void this.reopenAll();
  }

  /** Ends the session for good. Everything open settles; safe to call twice. */
  close(cause?: Error): void {
    if (this.currentState.at === 'closed') return;
    this.enter({ at: 'closed', cause });
    this.stopProbe();
    this.stopRetry();
    const reason = cause ?? new ClosedError('the session was closed');
    for (const end of [...this.calls]) end(reason);
    for (const stream of [...this.live]) stream.closed(reason);
    this.gatekeeper.close(reason);
    this.stopping.abort(reason);
    this.link?.destroy();
    this.link = undefined;
    this.events.emit('closed', cause);
  }
}

function isClientIdInUse(error: Error): boolean {
  return error instanceof ConnectError && error.cause instanceof GatewayError && error.cause.errorCode === 326;
}

const orderKinds: ReadonlySet<OutgoingKind> = new Set<OutgoingKind>([
  'placeOrder',
  'cancelOrder',
  'reqGlobalCancel',
  'exerciseOptions',
]);

/** Requests that could trade. A read-only session does not even encode them. */
export function isOrderKind(kind: OutgoingKind): boolean {
  return orderKinds.has(kind);
}
