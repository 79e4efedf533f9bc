// One request on the wire and everybody who reads it: asks, passes on, asks again after a loss, proves that it moves.

import { DecodeError } from '../../protocol/errors.js';
import type { Incoming, IncomingKind, OutgoingKind } from '../../protocol/registry.js';
import type { Sink } from '../../protocol/sinks.js';
import { sentMessage } from '../contracts/told.js';
import type { Call, Core, GapCause, LossCause, Recoverable, RecoveryRank } from '../core.js';
import type { Verdict } from '../notices/verdict.js';
import { requestChannel } from '../wire/channels.js';
import { TimeoutError } from '../wire/errors.js';
import { type Bound, boundOf } from './bound.js';
import { Readers } from './readers.js';
import { gatewayError, hasReqId } from './request.js';
import type { ErrorMessage, Party } from './router.js';
import type { Stream } from './shapes.js';
import type { Asking, StreamTerms } from './stream-terms.js';
import type { Subscription } from './subscription.js';
import { damaged, type Hole, hasMoved, holeOf, lost, moved, type UpstreamState } from './upstream-state.js';

/** Between two repetitions that the gateway demands: the first at once, then doubling. */
const REASK_FLOOR_MS = 1000;
const REASK_CAP_MS = 60_000;
/** While another login has the data: the first try to have it back, and the slowest. */
const COMPETING_FLOOR_MS = 30_000;
const COMPETING_CAP_MS = 600_000;

const nothing = (): void => {};

/** The request as it stands on the wire. */
type Request =
  | { readonly at: 'none' }
  /** Refused while the broker was away: to be asked again when it is back. */
  | { readonly at: 'refused' }
  /** `abort`: whoever has gone waits for no place. */
  | { readonly at: 'admitting'; readonly abort: AbortController }
  | { readonly at: 'sent'; readonly id: number | undefined; readonly takeBack: () => void };

const NONE: Request = { at: 'none' };

export class Upstream<T, V> implements Party, Recoverable, Asking {
  readonly asked: OutgoingKind;
  readonly rank: RecoveryRank;
  readonly isStream = true;
  /** Its cancel takes it out of the router in the same turn. */
  readonly cancelled = false;
  private readonly core: Core;
  private readonly spec: Stream;
  private input: object;
  private readonly terms: StreamTerms<T, Incoming, V>;
  private readonly call: Call;
  private readonly forget: () => void;
  private readonly hasId: boolean;
  /** Copies of what every message needs. */
  private readonly end: IncomingKind | undefined;
  private readonly take: StreamTerms<T, Incoming, V>['take'];
  private readonly push: (item: T) => void;
  private readonly sink: Sink | undefined;
  private readonly readers: Readers<T, V>;
  /** Counts the rows of a first picture; undefined where there is none, and when it is whole. */
  private bound: Bound | undefined;
  /** The gateway says when the first picture is whole. */
  private readonly comesWhole: boolean;
  private state: UpstreamState = { at: 'idle' };
  private request: Request = NONE;
  private picture: 'coming' | 'whole' = 'coming';
  /** When a hole was last filled: damage soon after it is not asked for once more. */
  private healedAt: number | undefined;
  private stopDeadline: () => void = nothing;
  /** While it has to show that it moves: ends the wait. */
  private stopProof: (() => void) | undefined;
  private stopReask: () => void = nothing;
  private reaskMs = 0;
  private reaskedAt = 0;

  constructor(core: Core, spec: Stream, input: object, terms: StreamTerms<T, Incoming, V>, call: Call, forget: () => void) {
    this.core = core;
    this.spec = spec;
    this.input = input;
    this.terms = terms;
    this.call = call;
    this.forget = forget;
    this.asked = spec.open;
    this.rank = spec.rank;
    this.hasId = hasReqId(spec.open);
    this.end = spec.end;
    this.comesWhole = spec.end !== undefined && (spec.endsSnapshots !== true || terms.isSnapshot === true);
    this.take = terms.take;
    this.bound = this.comesWhole ? boundOf(spec.open, call) : undefined;
    this.readers = new Readers<T, V>(core, terms, () => this.giveUp(undefined));
    this.push = this.readers.push;
    this.sink = terms.sink?.(this.push);
  }

  /** True until something has come: an error without an id may be the answer. */
  get isWaiting(): boolean {
    return !hasMoved(this.state);
  }

  /** `signal`: ends the subscription with its reason. */
  subscribe(signal: AbortSignal | undefined): Subscription<T, V> {
    return this.readers.add(signal, this.state, this.picture === 'whole');
  }

  private get isOver(): boolean {
    return this.state.at === 'over';
  }

  /** What comes has something to show. */
  private get isWatched(): boolean {
    return this.state.at !== 'live' || this.stopProof !== undefined;
  }

  /** While nothing that comes has to be looked at, the sink takes what it can by itself. */
  private steer(): void {
    const { request, sink } = this;
    if (sink === undefined || request.at !== 'sent' || request.id === undefined) return;
    const { sinks } = this.core.router;
    if (this.isWatched || this.bound !== undefined) sinks.disown(request.id);
    else sinks.own(request.id, sink);
  }

  async open(): Promise<void> {
    const { core, spec } = this;
    core.live.add(this);
    const wasReady = core.isReady;
    this.terms.onOpen?.(this);
    await Promise.resolve(); // subscribers of the same turn are there before anything can go wrong
    if (this.isOver) return;
    const { isSnapshot } = this.terms;
    if (!core.isReady && (!wasReady || isSnapshot === true)) {
      this.finish(core.notConnected(spec.open));
      return;
    }
    const timeout = this.call.timeout ?? (isSnapshot === true ? spec.within : undefined);
    // Asked before its deadline is set: where both end at once, what it waited for is the better reason.
    const asked = core.isReady ? this.ask(timeout ?? spec.within) : undefined;
    if (timeout !== undefined && !this.isOver) {
      this.stopDeadline = core.timer.after(timeout, () => {
        if (isSnapshot === true || this.isWaiting) this.giveUp(new TimeoutError(spec.open, timeout));
      });
    }
    if (asked === undefined) {
      // The link fell in the turn in which the stream was opened: it comes back with the others.
      this.lost('disconnected', core.timer.now());
      return;
    }
    await asked;
    if (isSnapshot !== true) this.prove();
  }

  /** `patience`: milliseconds that admission may take. */
  private async ask(patience: number): Promise<void> {
    const { core, spec } = this;
    const abort = new AbortController();
    let mine: Request = { at: 'admitting', abort };
    this.request = mine;
    const keeps = this.terms.keeps ?? (this.terms.isSnapshot === true ? 'untilAnswered' : 'untilClosed');
    try {
      const admitted = core.admit(spec.open, this.input, { signal: abort.signal, timeout: patience, keeps });
      const release = typeof admitted === 'function' ? admitted : await admitted;
      if (this.request !== mine || !core.isReady) {
        release();
        return;
      }
      const id = this.hasId ? core.reqIds.next() : undefined;
      const { items, end } = spec;
      const disown =
        id === undefined ? core.router.await(end === undefined ? items : [...items, end], this) : core.router.own(id, this);
      mine = {
        at: 'sent',
        id,
        takeBack: () => {
          disown();
          release();
        },
      };
      this.request = mine;
      if (id !== undefined) this.terms.onId?.(id);
      if (this.state.at === 'idle') this.state = { at: 'asking' };
      const input = sentMessage(this.input, core.told);
      core.send(spec.open, (id === undefined ? input : { ...input, reqId: id }) as never, true); // checked by openStream
    } catch (error) {
      if (this.request === mine) this.finish(error instanceof Error ? error : new Error(String(error)));
    }
  }

  /** Takes back everything that hangs on the request as it was asked. */
  private detach(): void {
    const { request } = this;
    this.request = NONE;
    if (request.at === 'sent') request.takeBack();
    else if (request.at === 'admitting') request.abort.abort();
    this.proven();
    this.stopReask();
  }

  private cancel(): void {
    const { core, spec, request } = this;
    if (spec.cancel === undefined || request.at !== 'sent' || !core.isReady) return;
    const body = { ...this.terms.cancelWith, ...(request.id === undefined ? {} : { reqId: request.id }) };
    try {
      core.send(spec.cancel, body as never); // the tables check it
    } catch {
      // the link may be going down: then nothing is left to cancel
    }
  }

  private giveUp(cause: Error | undefined): void {
    if (this.isOver) return;
    this.cancel();
    this.finish(cause);
  }

  private finish(cause: Error | undefined): void {
    if (this.isOver) return;
    this.state = { at: 'over' };
    const id = this.request.at === 'sent' ? this.request.id : undefined;
    this.core.live.delete(this);
    this.stopDeadline();
    this.detach();
    this.forget();
    this.terms.onOver?.();
    this.readers.finish(cause);
    if (requestChannel.hasSubscribers)
      requestChannel.publish({ kind: this.asked, id, outcome: cause === undefined ? 'closed' : 'failed' });
  }

  message(message: Incoming): void {
    const { kind } = message;
    const isItem = (this.spec.items as readonly string[]).includes(kind);
    if (!isItem && kind !== this.end) {
      this.core.router.unclaimed++; // a kind that this request never asked for
      return;
    }
    const tooMany = this.bound?.(this.core.frameBytes);
    if (tooMany !== undefined) {
      this.giveUp(tooMany);
      return;
    }
    if (this.isWatched && this.spec.silent?.includes(kind) !== true) this.moved();
    if (kind === this.end) {
      const hole = holeOf(this.state);
      if (hole?.mend === 'atEnd') {
        this.askForHole(hole);
        return;
      }
      this.finishPicture(hole);
      if (!isItem) return;
    }
    this.take(message, this.push, this);
  }

  private finishPicture(hole: Hole | undefined): void {
    if (hole?.mend === 'stays') {
      if (this.terms.isSnapshot === true) this.finish(hole.error);
      return;
    }
    this.terms.onEnd?.(this.push);
    if (hole?.mend === 'asked') this.become(moved(this.state, this.core.timer.now(), false));
    this.completed();
    if (this.terms.isSnapshot === true) this.finish(undefined);
  }

  awaits(kind: string): boolean {
    return kind === this.end || (this.spec.items as readonly string[]).includes(kind);
  }

  unreadable(error: DecodeError): void {
    const { core, state, terms } = this;
    if (state.at === 'over') return;
    const now = core.timer.now();
    const hole = holeOf(state);
    const isSecond =
      (hole !== undefined && hole.mend !== 'atEnd') || (this.healedAt !== undefined && now - this.healedAt < REASK_CAP_MS);
    // Without an id the rest of this answer could not be told from the next: it is let go by first.
    const mustWait = !this.hasId && this.comesWhole && this.picture === 'coming' && !isSecond && error.kind !== this.end;
    const made: Hole = { by: 'unreadable', error, mend: isSecond ? 'stays' : mustWait ? 'atEnd' : 'asked' };
    const stale = damaged(state, made, now);
    this.picture = 'coming';
    this.become(stale);
    if (this.isOver) return; // whoever was told has closed it
    if (terms.isSnapshot === true) this.giveUp(error);
    else if (isSecond) core.stale(this.asked, stale.since);
    else if (!mustWait) this.askForHole(made);
  }

  /** What was read says what cannot be meant. */
  misread(kind: string, row: string, reason: string): void {
    const { core, request } = this;
    const id = request.at === 'sent' ? request.id : undefined;
    const error = new DecodeError(reason, { kind, serverVersion: core.serverVersion, row, offset: undefined, id });
    core.unreadable(error);
    this.unreadable(error);
  }

  /** Asks for the whole once more: its rows take the place of what could not be read. */
  private askForHole(hole: Hole): void {
    this.cancel();
    const { state } = this;
    // Readers know it as damaged; how it is mended is nothing new to them.
    if (state.at === 'stale') this.state = { ...state, why: { ...hole, mend: 'asked' } };
    void this.reopen();
  }

  private become(state: UpstreamState): void {
    const before = this.state;
    if (state === before) return;
    this.state = state;
    if (state.at === 'live' && holeOf(before) !== undefined) this.healedAt = state.since;
    this.steer();
    this.readers.tell(before, state);
  }

  private moved(): void {
    const state = moved(this.state, this.core.timer.now(), this.comesWhole);
    if (state.at !== 'live') return;
    this.proven();
    this.become(state);
  }

  notice(error: ErrorMessage, verdict: Verdict): void {
    if (this.isOver || this.terms.ignores?.(error) === true) return;
    switch (verdict.means) {
      case 'requestFailed':
        this.core.learn(verdict);
        if (this.core.isDegraded && this.terms.isSnapshot !== true) {
          this.waitForBroker();
          return;
        }
        this.finish(gatewayError(error, this.asked));
        return;
      case 'requestEmpty':
        this.moved();
        this.finishPicture(holeOf(this.state));
        return;
      case 'requestEcho':
        return;
      case 'stream':
        this.streamNotice(error, verdict);
        return;
      default:
        this.terms.onNotice?.(error, verdict, this.push, this);
        this.core.note(error, verdict);
    }
  }

  /** Nothing that is refused while the broker is away is refused for good: it is asked again when the broker is back. */
  private waitForBroker(): void {
    this.detach();
    this.request = { at: 'refused' };
    this.lost('broker', this.core.timer.now());
  }

  private streamNotice(error: ErrorMessage, verdict: Extract<Verdict, { means: 'stream' }>): void {
    // An empty scan is an answer too.
    if (verdict.effect === 'emptyBatch') this.moved();
    this.terms.onNotice?.(error, verdict, this.push, this);
    this.core.note(error, verdict);
    switch (verdict.effect) {
      case 'ended':
        this.finish(gatewayError(error, this.asked));
        return;
      case 'askAgain':
      case 'cancelThenAskAgain':
        this.lost('asked', this.core.timer.now());
        if (verdict.effect === 'cancelThenAskAgain') this.cancel();
        this.askLater();
        return;
      default:
    }
  }

  /** The gateway wants to be asked again: at once, and ever more slowly while it goes on saying so. */
  private askLater(): void {
    const { timer } = this.core;
    const now = timer.now();
    this.reaskMs = now - this.reaskedAt > REASK_CAP_MS ? 0 : Math.min(REASK_CAP_MS, Math.max(REASK_FLOOR_MS, this.reaskMs * 2));
    this.reaskedAt = now;
    this.detach();
    if (this.reaskMs === 0) void this.reopen();
    else this.stopReask = timer.after(this.reaskMs, () => void this.reopen());
  }

  askInstead(input: object): void {
    if (this.isOver) return;
    this.cancel();
    this.input = input;
    this.detach();
    void this.ask(Number.POSITIVE_INFINITY);
  }

  completed(): void {
    if (holeOf(this.state) !== undefined) return;
    this.picture = 'whole';
    this.bound = undefined;
    this.steer();
    this.readers.completed();
  }

  fail(cause: Error): void {
    this.giveUp(cause);
  }

  lost(cause: LossCause, at: number): void {
    if (this.isOver) return;
    const state = lost(this.state, cause, at);
    if (holeOf(this.state) !== undefined && holeOf(state) === undefined) this.healedAt = undefined;
    this.become(state);
    if (cause === 'disconnected') this.detach();
    else if (cause === 'competing') this.retryLater(COMPETING_FLOOR_MS);
  }

  async reopen(): Promise<void> {
    const { state } = this;
    if (state.at === 'over') return;
    this.detach();
    const [since, cause]: readonly [number, GapCause] =
      state.at === 'stale' ? [state.since, state.why.by] : [this.core.timer.now(), 'disconnected'];
    this.terms.onReset?.(cause, this.push, since);
    const again = this.terms.again?.();
    if (again !== undefined) this.input = again;
    await this.ask(Number.POSITIVE_INFINITY);
    this.prove();
  }

  /** Another login has the data and says nothing when it leaves: it is asked for again, ever more slowly. */
  private retryLater(ms: number): void {
    const { timer } = this.core;
    this.stopReask();
    this.stopReask = timer.after(ms, () => {
      if (this.state.at !== 'stale' || this.state.why.by !== 'competing') return;
      this.cancel();
      void this.reopen().then(() => this.retryLater(Math.min(COMPETING_CAP_MS, ms * 2)));
    });
  }

  /** The link came back with its data. */
  verify(): void {
    if (this.request.at === 'refused') void this.reopen();
    else this.prove();
  }

  /** Must move within the time its shape gives, or it is asked again once, then reported as stale. */
  private prove(): void {
    const { core, spec, state } = this;
    if (this.request.at !== 'sent') return;
    if (spec.moves === undefined && hasMoved(state)) {
      // Silence is normal: the link is back with what was asked, so what comes next is true.
      if (state.at === 'stale' && state.why.by === 'broker') this.moved();
      return;
    }
    if (spec.isQuiet === true) return;
    const since = core.timer.now();
    this.proven();
    this.stopProof = core.timer.after(spec.moves ?? spec.within, () => this.stillSilent(since));
    this.steer();
  }

  /** It has moved, or need not show it any more. */
  private proven(): void {
    this.stopProof?.();
    this.stopProof = undefined;
    this.steer();
  }

  private stillSilent(since: number): void {
    this.proven();
    this.lost('silent', since);
    const { state } = this;
    if (state.at !== 'stale') return;
    if (state.isAskedAgain) {
      this.readers.silent(state.since);
      this.core.stale(this.asked, state.since);
      return;
    }
    this.state = { ...state, isAskedAgain: true };
    this.cancel();
    void this.reopen();
  }

  closed(cause: Error): void {
    this.finish(cause);
  }
}
