// The session: connections that come and go under one client id, told as one state with a reason on it.

import type { EventEmitter } from 'eventemitter3';
import { DecodeError } from '../../protocol/errors.js';
import type { Incoming, OutgoingKind, RequestInput } from '../../protocol/registry.js';
import { V } from '../../protocol/versions.js';
import type { Gatekeeper } from '../admission/gatekeeper.js';
import { createToldContracts, listenForContracts } from '../contracts/told.js';
import { heed } from '../conversation/heed.js';
import { LiveStreams } from '../conversation/live-streams.js';
import { type ErrorMessage, Router } from '../conversation/router.js';
import type { AdmissionCall, Core, Recoverable, Release } from '../core.js';
import { type FarmsHealth, farmsDown, withFarmNotice } from '../notices/farms.js';
import type { Verdict } from '../notices/verdict.js';
import { backOff } from '../time/back-off.js';
import { maintenanceAt, nextClockTime } from '../time/maintenance.js';
import { hostOffset } from '../time/parse.js';
import { sessionChannel } from '../wire/channels.js';
import { ClosedError, ConnectError, GatewayError, UnusableError } from '../wire/errors.js';
import { createOrderIds, createReqIds, type OrderIds, type ReqIds } from '../wire/ids.js';
import { type Link, openLink } from '../wire/link.js';
import { watchSilence } from '../wire/silence.js';
import { pause, type Timer } from '../wire/timer.js';
import { listenForTypes } from './account-types.js';
import { Attempts, mayPass } from './attempts.js';
import type { Oddity, SessionEvents, SessionNotice, SessionState } from './events.js';
import type { SessionOptions, Tap } from './options.js';
import { passOrderGate, saysReadOnly } from './order-gate.js';
import { SessionVoice } from './voice.js';

/** Longest wait for a client id that a broken connection still holds. */
const ID_HELD_MS = 5_000;

export class Session implements Core {
  readonly router: Router;
  readonly reqIds: ReqIds;
  readonly orderIds: OrderIds;
  readonly told = createToldContracts();
  readonly timer: Timer;
  readonly calls = new Set<(cause: Error) => void>();
  readonly options: SessionOptions;
  epoch = 0;
  /** What the gateway has said of the owner of each account (`AccountType`), whoever asked for it. */
  readonly accountTypes = new Map<string, string>();
  farms: FarmsHealth = new Map();
  lastHeard = 0;
  frameBytes = 0;
  /** The gateway's clock against UTC, in minutes; undefined when its greeting shows no readable time. */
  hostOffset: number | undefined;
  readonly gatekeeper: Gatekeeper;
  private currentState: SessionState = { at: 'idle' };
  private link: Link | undefined;
  private readonly open: typeof openLink;
  private readonly voice: SessionVoice;
  private readonly streams = new LiveStreams();
  private clientId: number;
  private port: number;
  /** Where a 1300 has said that the gateway is now. */
  private movedTo: number;
  /** The gateway has said that its API is read-only: orders are refused here from then on. */
  private isGatewayReadOnly = false;
  /** 1100 or 2110 came, before the start was over perhaps, and the link has not been said to be back. */
  private isBrokerAway = false;
  private lostAt: number | undefined;
  private stopProbe: () => void = () => {};
  private stopRetry: () => void = () => {};
  private readonly stopping = new AbortController();

  /** `open` makes connections; another one than the socket's is for tests. */
  constructor(options: SessionOptions, gatekeeper: Gatekeeper, open: typeof openLink = openLink) {
    this.open = open;
    this.options = options;
    this.timer = options.timer;
    this.voice = new SessionVoice(options.timer);
    this.clientId = options.clientId;
    this.port = options.port;
    this.movedTo = options.port;
    this.router = new Router({
      unaddressed: (message) => this.heedUnaddressed(message),
      misaddressed: (message) => this.misaddressed(message),
      notice: (error, verdict) => this.heed(error, verdict),
      anotherLogin: (error, verdict) => this.voice.say('competing', this.voice.noticeOf(error, verdict)),
      thrown: (error) => this.thrown(error),
      unusable: (message, error) => this.unusable(message.kind, error),
    });
    this.reqIds = createReqIds((id) => this.router.isBusy(id));
    this.orderIds = createOrderIds();
    listenForContracts(this.router, this.told);
    listenForTypes(this.router, this.accountTypes);
    this.gatekeeper = gatekeeper;
  }

  get events(): EventEmitter<SessionEvents> {
    return this.voice.events;
  }

  /** Adds a listener of the user. */
  listen<E extends keyof SessionEvents>(event: E, listener: (...args: SessionEvents[E]) => unknown): () => void {
    return this.voice.listen(event, listener);
  }

  get notices(): readonly SessionNotice[] {
    return this.voice.notices;
  }

  get live(): Set<Recoverable> {
    return this.streams.all;
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

  /** First connection. @throws {ConnectError} with what the attempts have met; the signal's reason. */
  async start(signal: AbortSignal | undefined): Promise<void> {
    const { timer, onClientIdInUse } = this.options;
    const began = timer.now();
    const attempts = new Attempts(began);
    for (let attempt = 1; ; attempt++) {
      try {
        await this.connectOnce(attempt, signal);
        return;
      } catch (error) {
        if (!mayPass(error)) throw this.startFailed(error);
        attempts.note(error);
        const inMs = this.nextAttempt(attempt, error, timer.now() - began);
        if (inMs === undefined || this.currentState.at === 'closed') throw this.startFailed(attempts.told(timer.now()) ?? error);
        if (isClientIdInUse(error) && onClientIdInUse === 'next') this.clientId++;
        this.enter({ at: 'reconnecting', attempt, inMs, cause: error });
        await pause(timer, inMs, signal).catch((reason: unknown) => {
          throw this.startFailed(reason);
        });
      }
    }
  }

  /** Milliseconds until the first connection is tried again; undefined when it is not. `passed`: since the first attempt. */
  private nextAttempt(attempt: number, failure: ConnectError, passed: number): number | undefined {
    const { clientIdWithin, startWithin, onClientIdInUse, random, backOff: how } = this.options;
    const left = startWithin - passed;
    if (isClientIdInUse(failure)) {
      const inMs = onClientIdInUse === 'next' ? 0 : ID_HELD_MS;
      return inMs <= Math.max(left, clientIdWithin - passed) ? inMs : undefined;
    }
    // The last attempt comes at the end of the time, however long the wait would be.
    return left > 0 ? Math.min(left, backOff(attempt, random, how)) : undefined;
  }

  private startFailed(reason: unknown): unknown {
    this.close(reason instanceof Error ? reason : undefined);
    return reason;
  }

  private enter(state: SessionState): void {
    this.currentState = state;
    if (sessionChannel.hasSubscribers) sessionChannel.publish(state);
    this.voice.say('state', state);
  }

  private async connectOnce(attempt: number, signal: AbortSignal | undefined): Promise<void> {
    const { options } = this;
    this.enter({ at: 'connecting', attempt, port: this.port });
    this.farms = new Map();
    this.isGatewayReadOnly = false;
    this.isBrokerAway = false;
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
        sinks: this.router.sinks,
        message: (message, address, bytes) => {
          this.frameBytes = bytes;
          try {
            this.router.deliver(message, address);
          } catch (error) {
            this.unusable(message.kind, error);
          }
        },
        unusable: (kind, cause) => this.unusable(kind, cause),
        unknown: (message) => this.voice.unreadable(message),
        unreadable: (error) => {
          this.voice.unreadable(error);
          this.router.unreadable(error);
        },
        leftOver: (kind, fields) => this.voice.leftOver(kind, fields),
        heard: () => {
          this.lastHeard = options.timer.now();
        },
        ended: (cause) => {
          if (this.link === current) this.ended(cause);
        },
        ...(options.tap === undefined ? {} : { tap: this.guarded(options.tap) }),
      },
    );
    current = link;
    this.link = link;
    this.becomeReady(link);
  }

  /** Somebody who waits for its kind is missing it. */
  private misaddressed(message: Incoming): void {
    const error = new DecodeError('is missing', {
      kind: message.kind,
      serverVersion: this.serverVersion,
      row: 'reqId',
      offset: undefined,
    });
    this.voice.unreadable(error);
    this.router.unreadable(error);
  }

  private heedUnaddressed(message: Incoming): void {
    if (message.kind === 'nextValidId') this.raiseMark(message.orderId);
    else if (message.kind === 'error' && saysReadOnly(message)) this.isGatewayReadOnly = true;
  }

  /** The number at the start of a connection is taken in when it is ready; later ones answer reqIds. */
  private raiseMark(orderId: number | undefined): void {
    if (!this.isReady || orderId === undefined) return;
    try {
      this.orderIds.raise(orderId, 'asAnswer');
    } catch (error) {
      this.unusable('nextValidId', error);
    }
  }

  /** Values of the gateway that make no sense where they are needed: the message is told of, and nothing else happens. */
  private unusable(kind: string, cause: unknown): void {
    this.voice.say('unreadable', new UnusableError(kind, cause));
  }

  /** A tap that throws or rejects is a listener like others: the bytes go on. */
  private guarded(tap: Tap): Tap {
    const thrown = (error: unknown): void => this.thrown(error);
    return (direction, bytes) => {
      try {
        heed(tap(direction, bytes) as unknown, thrown);
      } catch (error) {
        thrown(error);
      }
    };
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
    this.voice.say('ready', { epoch: this.epoch, serverVersion: link.serverVersion, accounts: link.accounts });
    if (missing.length > 0) this.voice.say('neverArrived', missing);
    if (this.epoch > 1) {
      this.voice.say('gap', { from: this.lostAt ?? now, to: now, cause: 'disconnected' });
      this.lostAt = undefined;
      void this.reopenAll();
    }
    if (this.isBrokerAway) this.degrade('the gateway has no link to the broker');
  }

  /** Asks every live stream again, as long as this connection is there. */
  private async reopenAll(): Promise<void> {
    const { epoch } = this;
    await this.streams.reopen(() => this.epoch === epoch && this.isReady);
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
    this.lose();
    if (!this.options.reconnect) {
      this.close(reason);
      return;
    }
    this.retry(1, reason, 0);
  }

  /** The streams are stale from now on, and calls that wait for an answer will get none. */
  private lose(): void {
    const now = this.timer.now();
    this.lostAt ??= now;
    this.streams.lost('disconnected', now);
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
        if (failure instanceof ConnectError && failure.phase === 'socket') this.tryOtherPort();
        this.retry(attempt + 1, failure, held && options.onClientIdInUse === 'wait' ? ID_HELD_MS : 0);
      });
    });
  }

  /** Nobody listens: a gateway that moved may be restarting where it is, or be back on the configured port. */
  private tryOtherPort(): void {
    this.port = this.port === this.movedTo ? this.options.port : this.movedTo;
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
    passOrderGate(kind, this);
    this.link.send(kind, message);
    if (!isAdmitted) this.gatekeeper.count(kind);
  }

  /** When the application is known to restart next, epoch milliseconds; undefined when that is not known. */
  get nextRestart(): number | undefined {
    const { restart } = this.options;
    return restart === undefined ? undefined : nextClockTime(this.timer.now(), restart);
  }

  get restartsIn(): number | undefined {
    const at = this.nextRestart;
    return at === undefined ? undefined : at - this.timer.now();
  }

  get quietMs(): number | undefined {
    return this.options.restart?.quietMs;
  }

  get readOnly(): 'client' | 'gateway' | undefined {
    if (this.options.isReadOnly) return 'client';
    return this.isGatewayReadOnly ? 'gateway' : undefined;
  }

  /** True in a known maintenance window: outages are expected then. */
  get isMaintenance(): boolean {
    return maintenanceAt(this.timer.now(), this.options.region) !== undefined;
  }

  admit(kind: OutgoingKind, message: object, call: AdmissionCall): Promise<Release> | Release {
    return this.gatekeeper.admit(kind, message, call);
  }

  learn(verdict: Verdict): void {
    this.gatekeeper.learn(verdict);
  }

  note(error: ErrorMessage, verdict: Verdict): void {
    this.gatekeeper.learn(verdict);
    this.voice.tell(this.voice.noticeOf(error, verdict));
  }

  /** A notice of the library's own. */
  warn(text: string): void {
    const verdict: Verdict = { means: 'notice', level: 'warning' };
    this.voice.tell({ code: 0, text, id: undefined, verdict, at: this.timer.now() });
  }

  stale(asked: OutgoingKind, since: number): void {
    this.voice.say('stale', { asked, since, expected: this.isMaintenance });
  }

  thrown(error: unknown): void {
    this.voice.thrown(error);
  }

  unreadable(error: DecodeError): void {
    this.voice.unreadable(error);
  }

  /** Messages that could not be read, and fields that nobody asked for, by kind. */
  get oddities(): readonly Oddity[] {
    return this.voice.oddities;
  }

  /** Errors that no conversation took: most of them are the session's business. */
  private heed(error: ErrorMessage, verdict: Verdict): void {
    const notice = this.voice.noticeOf(error, verdict);
    switch (verdict.means) {
      case 'farm':
        this.farmChanged(verdict);
        break;
      case 'link':
        this.linkChanged(verdict);
        if (verdict.competing) this.voice.say('competing', notice);
        break;
      case 'portMoved':
        if (verdict.port !== undefined) {
          this.movedTo = verdict.port;
          this.port = verdict.port;
        }
        this.voice.tell(notice);
        this.link?.destroy(new ClosedError('the gateway moves to another port'));
        return;
      case 'competingSession':
        this.streams.lost('competing', notice.at, 'data');
        this.voice.say('competing', notice);
        break;
      case 'alarm':
        this.voice.say('alarm', notice);
        break;
      case 'rate':
        this.gatekeeper.learn(verdict);
        break;
      default:
    }
    this.voice.tell(notice);
  }

  /** When a farm is back, the streams have to show that they move again. */
  private farmChanged({ farm }: Extract<Verdict, { means: 'farm' }>): void {
    const before = farmsDown(this.farms, 'market').length;
    this.farms = withFarmNotice(this.farms, farm, this.timer.now());
    if (farmsDown(this.farms, 'market').length >= before) return;
    this.streams.verify('data');
  }

  private degrade(cause: string): void {
    const since = this.timer.now();
    this.lostAt = since;
    this.enter({ at: 'degraded', since, epoch: this.epoch, cause });
    this.voice.say('degraded', { cause, expected: this.isMaintenance });
  }

  private linkChanged(verdict: Extract<Verdict, { means: 'link' }>): void {
    const now = this.timer.now();
    const { state } = this;
    if (verdict.now === 'lost') {
      this.isBrokerAway = true;
      this.streams.lost('broker', now);
      const cause = verdict.competing ? 'another login has taken the session' : 'the gateway has lost its link to the broker';
      if (state.at === 'ready') this.degrade(cause);
      return;
    }
    this.isBrokerAway = false;
    const withData = verdict.now === 'backWithData';
    if (state.at === 'degraded') this.enter({ at: 'ready', since: now, epoch: this.epoch });
    this.voice.say('restored', { withData });
    if (withData) {
      this.streams.verify();
      this.lostAt = undefined;
      return;
    }
    const from = this.lostAt ?? now;
    this.streams.lost('dataLost', from);
    this.voice.say('gap', { from, to: now, cause: 'dataLost' });
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
    this.streams.close(reason);
    this.gatekeeper.close(reason);
    this.stopping.abort(reason);
    this.link?.destroy();
    this.link = undefined;
    this.voice.say('closed', cause);
  }
}

function isClientIdInUse(error: Error): boolean {
  return error instanceof ConnectError && error.cause instanceof GatewayError && error.cause.errorCode === 326;
}
