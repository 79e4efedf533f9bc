// The session: connections that come and go under one client id, told as one state with a reason on it.

import { EventEmitter } from 'eventemitter3';
import type { Incoming, OutgoingKind, RequestInput } from '../protocol/registry.js';
import { V } from '../protocol/versions.js';
import { sessionChannel } from './channels.js';
import { type Call, type Core, type GapCause, type Recoverable, type Release, recoveryRanks } from './core.js';
import { ClosedError, ConnectError, GatewayError, ReadOnlyError } from './errors.js';
import type { Gatekeeper } from './gatekeeper.js';
import { createOrderIds, createReqIds, type OrderIds, type ReqIds } from './ids.js';
import { type Link, openLink } from './link.js';
import { classify } from './notices/classify.js';
import { type FarmsHealth, farmsDown, withFarmNotice } from './notices/farms.js';
import type { Verdict } from './notices/verdict.js';
import { isOrderKind } from './order-kinds.js';
import { type ErrorMessage, Router } from './router.js';
import type { SessionEvents, SessionNotice, SessionState } from './session-events.js';
import type { SessionOptions } from './session-options.js';
import { watchSilence } from './silence.js';
import { backOff } from './time/back-off.js';
import { maintenanceAt, nextClockTime } from './time/maintenance.js';
import { hostOffset } from './time/parse.js';
import type { Timer } from './timer.js';

const RESTART_QUIET_MS = 15_000;
/** Notices that are kept for `health`, the newest. */
const KEPT_NOTICES = 50;

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
  /** The gateway's clock against UTC, in minutes; undefined when its greeting shows no readable time. */
  hostOffset: number | undefined;
  /** Newest notices, those before the first `ready` among them, when nobody could listen yet. */
  readonly notices: SessionNotice[] = [];
  readonly gatekeeper: Gatekeeper;
  private currentState: SessionState = { at: 'idle' };
  private link: Link | undefined;
  private readonly open: typeof openLink;
  private clientId: number;
  private port: number;
  /** The gateway has said that its API is read-only: orders are refused here from then on. */
  private isGatewayReadOnly = false;
  private lostAt: number | undefined;
  private stopProbe: () => void = () => {};
  private stopRetry: () => void = () => {};
  private readonly stopping = new AbortController();

  /** `open` makes connections; another one than the socket's is for tests. */
  constructor(options: SessionOptions, gatekeeper: Gatekeeper, open: typeof openLink = openLink) {
    this.open = open;
    this.options = options;
    this.timer = options.timer;
    this.clientId = options.clientId;
    this.port = options.port;
    this.router = new Router({
      unaddressed: (message) => this.heedUnaddressed(message),
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
    return this.options.isReadOnly || this.isGatewayReadOnly;
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
    this.say('state', state);
  }

  /** A listener that throws stops nothing here. */
  private say<E extends keyof SessionEvents>(event: E, ...args: SessionEvents[E]): void {
    try {
      // The emitter's own types cannot follow a generic event name.
      this.events.emit(event, ...(args as never));
    } catch (error) {
      if (event === 'thrown') queueMicrotask(() => rethrow(error));
      else this.thrown(error);
    }
  }

  private async connectOnce(attempt: number, signal: AbortSignal | undefined): Promise<void> {
    const { options } = this;
    this.enter({ at: 'connecting', attempt, port: this.port });
    this.farms = new Map();
    this.isGatewayReadOnly = false;
    let current: Link | undefined;
    const signals = signal === undefined ? this.stopping.signal : AbortSignal.any([signal, this.stopping.signal]);
    const link = await this.open(
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
        message: (message) => this.router.deliver(message),
        unknown: (message) => this.say('unreadable', message),
        unreadable: (error) => this.say('unreadable', error),
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

  private heedUnaddressed(message: Incoming): void {
    if (message.kind === 'nextValidId') this.raiseMark(message.orderId);
    else if (message.kind === 'error' && message.errorCode === 321) this.heedReadOnly(message);
  }

  /** The number at the start of a connection is taken in when it is ready; later ones answer reqIds. */
  private raiseMark(orderId: number | undefined): void {
    if (!this.isReady || orderId === undefined) return;
    try {
      this.orderIds.raise(orderId, 'asAnswer');
    } catch (error) {
      this.thrown(error);
    }
  }

  private heedReadOnly(error: ErrorMessage): void {
    const verdict = classify({ code: 321, text: error.errorString ?? '' }, { is: 'nobody' });
    if (verdict.means === 'unaddressedRefusal' && verdict.refusal === 'readOnly') this.isGatewayReadOnly = true;
  }

  private becomeReady(link: Link): void {
    const now = this.timer.now();
    this.hostOffset = hostOffset(link.connectionTime, now);
    let missing: readonly number[];
    try {
      missing = this.orderIds.raise(link.nextValidId, 'atStart');
    } catch (error) {
      this.link = undefined;
      link.destroy();
      throw error;
    }
    this.epoch++;
    this.gatekeeper.reset();
    this.enter({ at: 'ready', since: now, epoch: this.epoch });
    this.stopProbe();
    this.stopProbe = watchSilence(this.timer, this.options.silence, this.options.probeWithin, {
      heardAt: () => this.lastHeard,
      probe: () => this.probe(),
      dead: (since) =>
        link.destroy(
          new ClosedError(`the gateway has been silent for ${this.timer.now() - since} ms and did not answer a probe`),
        ),
    });
    this.say('ready', { epoch: this.epoch, serverVersion: link.serverVersion, accounts: link.accounts });
    if (missing.length > 0) this.say('neverArrived', missing);
    if (this.epoch > 1) {
      this.say('gap', { from: this.lostAt ?? now, to: now, cause: 'disconnected' });
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
    this.gatekeeper.drain(new ClosedError('the connection was lost before it was sent'));
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
        // The port that a 1300 named may be gone again: the configured one has its turn.
        if (failure instanceof ConnectError && failure.phase === 'socket') this.port = options.port;
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
    if (this.isReadOnly && isOrderKind(kind)) throw new ReadOnlyError(kind, this.options.isReadOnly ? 'client' : 'gateway');
    if (kind === 'placeOrder') this.refuseBeforeRestart(kind);
    this.link.send(kind, message);
    if (!isAdmitted) this.gatekeeper.count(kind);
  }

  /** When the application is known to restart next, epoch milliseconds; undefined when that is not known. */
  get nextRestart(): number | undefined {
    const { restart } = this.options;
    return restart === undefined ? undefined : nextClockTime(this.timer.now(), restart);
  }

  private refuseBeforeRestart(kind: OutgoingKind): void {
    const at = this.nextRestart;
    if (at === undefined) return;
    const left = at - this.timer.now();
    if (left <= (this.options.restart?.quietMs ?? RESTART_QUIET_MS))
      throw new ClosedError(`the gateway restarts in ${left} ms, and orders sent just before that vanish; nothing was sent`, {
        asked: kind,
      });
  }

  /** True in a known maintenance window: outages are expected then. */
  get isMaintenance(): boolean {
    return maintenanceAt(this.timer.now(), this.options.region) !== undefined;
  }

  admit(kind: OutgoingKind, message: object, call: Call & { readonly timeout: number }): Promise<Release> | Release {
    return this.gatekeeper.admit(kind, message, call);
  }

  learn(verdict: Verdict): void {
    this.gatekeeper.learn(verdict);
  }

  note(error: ErrorMessage, verdict: Verdict): void {
    this.gatekeeper.learn(verdict);
    this.tell(this.noticeOf(error, verdict));
  }

  stale(asked: OutgoingKind, since: number): void {
    this.say('stale', { asked, since, expected: this.isMaintenance });
  }

  private tell(notice: SessionNotice): void {
    this.notices.push(notice);
    if (this.notices.length > KEPT_NOTICES) this.notices.shift();
    this.say('notice', notice);
  }

  thrown(error: unknown): void {
    // Nobody listening: the error of a user's listener must not vanish.
    if (this.events.listenerCount('thrown') > 0) this.say('thrown', error);
    else queueMicrotask(() => rethrow(error));
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
        this.farmChanged(verdict);
        break;
      case 'link':
        this.linkChanged(verdict);
        break;
      case 'portMoved':
        if (verdict.port !== undefined) this.port = verdict.port;
        this.tell(notice);
        this.link?.destroy(new ClosedError('the gateway moves to another port'));
        return;
      case 'competingSession':
        for (const stream of this.live) if (stream.rank === 'data') stream.lost('competing', notice.at);
        this.say('competing', notice);
        break;
      case 'rate':
        this.gatekeeper.learn(verdict);
        break;
      default:
    }
    this.tell(notice);
  }

  /** When a farm is back, the streams have to show that they move again. */
  private farmChanged({ farm }: Extract<Verdict, { means: 'farm' }>): void {
    const before = farmsDown(this.farms, 'market').length;
    this.farms = withFarmNotice(this.farms, farm, this.timer.now());
    if (farmsDown(this.farms, 'market').length >= before) return;
    for (const stream of this.live) if (stream.rank === 'data') stream.verify();
  }

  private linkChanged(verdict: Extract<Verdict, { means: 'link' }>): void {
    const now = this.timer.now();
    const { state } = this;
    if (verdict.now === 'lost') {
      for (const stream of this.live) stream.lost('broker', now);
      if (state.at === 'ready') {
        this.lostAt = now;
        const cause = verdict.competing ? 'another login has taken the session' : 'the gateway has lost its link to the broker';
        this.enter({ at: 'degraded', since: now, epoch: this.epoch, cause });
        this.say('degraded', { cause, expected: this.isMaintenance });
      }
      return;
    }
    const withData = verdict.now === 'backWithData';
    if (state.at === 'degraded') this.enter({ at: 'ready', since: now, epoch: this.epoch });
    this.say('restored', { withData });
    if (withData) {
      for (const stream of [...this.live]) stream.verify();
      this.lostAt = undefined;
      return;
    }
    const from = this.lostAt ?? now;
    for (const stream of this.live) stream.lost('dataLost', from);
    this.say('gap', { from, to: now, cause: 'dataLost' });
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
    this.say('closed', cause);
  }
}

function rethrow(error: unknown): never {
  throw error;
}

function isClientIdInUse(error: Error): boolean {
  return error instanceof ConnectError && error.cause instanceof GatewayError && error.cause.errorCode === 326;
}
