// The session: connections that come and go under one client id, told as one state with a reason on it.

import type { EventEmitter } from 'eventemitter3';
import type { DecodeError } from '../../protocol/errors.js';
import type { OutgoingKind, RequestInput } from '../../protocol/registry.js';
import type { Gatekeeper } from '../admission/gatekeeper.js';
import { LiveStreams } from '../conversation/live-streams.js';
import { passOrderGate } from '../conversation/order-gate.js';
import { Owed } from '../conversation/owed.js';
import type { ErrorMessage } from '../conversation/party.js';
import type { Router } from '../conversation/router.js';
import { createToldContracts, listenForContracts } from '../conversation/told.js';
import type { AdmissionCall, Core, Recoverable, Release } from '../core.js';
import { createFollowedQuotes } from '../market/followed-quotes.js';
import type { FarmsHealth } from '../notices/farms.js';
import type { Verdict } from '../notices/verdict.js';
import { maintenanceAt, nextClockTime } from '../time/maintenance.js';
import { hostOffset } from '../time/parse.js';
import { sessionChannel } from '../wire/channels.js';
import { ClosedError } from '../wire/errors.js';
import { createOrderIds, createReqIds, type ReqIds } from '../wire/ids.js';
import { type Link, openLink } from '../wire/link.js';
import { watchSilence } from '../wire/silence.js';
import type { Timer } from '../wire/timer.js';
import { listenForTypes } from './account-types.js';
import { type Connected, Connector } from './connector.js';
import { type Oddity, type SessionEvents, type SessionNotice, type SessionState, whyNotConnected } from './events.js';
import { Intake, type Receiver } from './intake.js';
import type { SessionOptions } from './options.js';
import { type Concerned, Outages } from './outages.js';
import { probe } from './probe.js';
import { untilReady } from './readiness.js';
import { SessionVoice } from './voice.js';

export class Session implements Core, Connected, Concerned, Receiver {
  readonly router: Router;
  readonly reqIds: ReqIds;
  readonly orderIds = createOrderIds();
  readonly told = createToldContracts();
  readonly owed = new Owed(this);
  readonly followed = createFollowedQuotes();
  readonly timer: Timer;
  readonly calls = new Set<(cause: Error) => void>();
  readonly options: SessionOptions;
  epoch = 0;
  /** What the gateway has said of the owner of each account (`AccountType`), whoever asked for it. */
  readonly accountTypes = new Map<string, string>();
  /** The gateway's clock against UTC, in minutes; undefined when its greeting shows no readable time. */
  hostOffset: number | undefined;
  readonly gatekeeper: Gatekeeper;
  readonly untilReady = (asked: string, signal?: AbortSignal): Promise<void> => untilReady(this, asked, signal);
  /** A notice of the library's own. */
  readonly warn = (text: string): void => this.voice.warn(text);
  private currentState: SessionState = { at: 'idle' };
  private readonly voice: SessionVoice;
  private readonly streams = new LiveStreams();
  private readonly outages: Outages;
  private readonly intake: Intake;
  private readonly connector: Connector;
  private stopProbe: () => void = () => {};
  private toldAccounts: readonly string[] = [];

  /** `open` makes connections; another one than the socket's is for tests. */
  constructor(options: SessionOptions, gatekeeper: Gatekeeper, open: typeof openLink = openLink) {
    this.options = options;
    this.timer = options.timer;
    this.voice = new SessionVoice(options.timer);
    this.outages = new Outages(options.timer, this.streams, this.voice, this);
    this.gatekeeper = gatekeeper;
    const { voice, outages, streams, orderIds } = this;
    this.intake = new Intake(options, { voice, outages, streams, gatekeeper, orderIds }, this);
    this.router = this.intake.router;
    this.reqIds = createReqIds((id) => this.router.isBusy(id));
    listenForContracts(this.router, this.told);
    listenForTypes(this.router, this.accountTypes);
    this.connector = new Connector(options, open, this.intake.linkEvents, this);
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

  private get link(): Link | undefined {
    return this.connector.link;
  }

  get lastHeard(): number {
    return this.intake.lastHeard;
  }

  get frameBytes(): number {
    return this.intake.frameBytes;
  }

  get farms(): FarmsHealth {
    return this.outages.farms;
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
    return this.options.isReadOnly || this.intake.isReadOnly;
  }

  get serverVersion(): number {
    return this.link?.serverVersion ?? 0;
  }

  get connectionTime(): string {
    return this.link?.connectionTime ?? '';
  }

  /** While the link is away those of the last one: a login that has no accounts would hold nothing. */
  get accounts(): readonly string[] {
    return this.toldAccounts;
  }

  /** The client id in use; differs from the one asked for only when `onClientIdInUse` is `next`. */
  get usedClientId(): number {
    return this.connector.clientId;
  }

  /** First connection. @throws {ConnectError} with what the attempts have met; the signal's reason. */
  async start(signal: AbortSignal | undefined): Promise<void> {
    try {
      await this.connector.first(signal);
    } catch (reason) {
      this.close(reason instanceof Error ? reason : undefined);
      throw reason;
    }
  }

  enter(state: SessionState): void {
    this.currentState = state;
    if (sessionChannel.hasSubscribers) sessionChannel.publish(state);
    this.voice.say('state', state);
  }

  begins(): void {
    this.outages.begins();
    this.intake.isReadOnly = false;
  }

  moves(port: number | undefined): void {
    if (port !== undefined) this.connector.moved(port);
    this.link?.destroy(new ClosedError('the gateway moves to another port'));
  }

  ready(link: Link): void {
    this.toldAccounts = link.accounts;
    const now = this.timer.now();
    this.hostOffset = hostOffset(link.connectionTime, now);
    const missing = this.orderIds.raise(link.nextValidId, 'atStart');
    this.epoch++;
    this.gatekeeper.reset();
    this.enter({ at: 'ready', since: now, epoch: this.epoch });
    this.stopProbe();
    this.stopProbe = watchSilence(this.timer, this.options.silence, this.options.probeWithin, {
      heardAt: () => this.lastHeard,
      probe: () => probe(this),
      dead: (since) =>
        link.destroy(
          new ClosedError(`the gateway has been silent for ${this.timer.now() - since} ms and did not answer a probe`),
        ),
    });
    this.voice.say('ready', { epoch: this.epoch, serverVersion: link.serverVersion, accounts: link.accounts });
    if (missing.length > 0) this.voice.say('neverArrived', missing);
    this.outages.connected();
  }

  ended(cause: Error | undefined): void {
    const reason = new ClosedError(
      cause === undefined ? 'the gateway closed the connection' : `the connection broke: ${cause.message}`,
      { cause },
    );
    this.stopProbe();
    if (this.currentState.at === 'closed') return;
    this.lose();
    if (!this.options.reconnect) {
      this.close(reason);
      return;
    }
    this.connector.again(1, reason, 0);
  }

  /** The streams are stale from now on, and calls that wait for an answer will get none. */
  private lose(): void {
    this.outages.disconnected();
    const reason = new ClosedError('the connection was lost before the answer came');
    for (const end of [...this.calls]) end(reason);
    this.gatekeeper.drain(new ClosedError('the connection was lost before it was sent'));
  }

  notConnected(asked: string): Error {
    return new ClosedError(`${whyNotConnected(this.state)}; nothing was sent`, { asked });
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
    return this.intake.isReadOnly ? 'gateway' : undefined;
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

  /** Ends the session for good. Everything open settles; safe to call twice. */
  close(cause?: Error): void {
    if (this.currentState.at === 'closed') return;
    this.enter({ at: 'closed', cause });
    this.stopProbe();
    const reason = cause ?? new ClosedError('the session was closed');
    for (const end of [...this.calls]) end(reason);
    this.streams.close(reason);
    this.gatekeeper.close(reason);
    this.connector.stop(reason);
    this.voice.say('closed', cause);
  }
}
