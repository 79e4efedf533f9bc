// One request on the wire and everybody who reads it: asks, passes on, asks again after a loss, proves that it moves.

import { DecodeError } from '../../protocol/errors.js';
import type { Incoming, IncomingKind, OutgoingKind } from '../../protocol/registry.js';
import { sentMessage } from '../contracts/told.js';
import type { Call, Core, GapCause, Recoverable, RecoveryRank, Release } from '../core.js';
import type { Verdict } from '../notices/verdict.js';
import { requestChannel } from '../wire/channels.js';
import { TimeoutError } from '../wire/errors.js';
import { type Bound, boundOf } from './bound.js';
import { gatewayError, hasReqId } from './request.js';
import type { ErrorMessage, Party } from './router.js';
import type { Stream } from './shapes.js';
import type { Asking, StreamTerms } from './stream-terms.js';
import { channel, type Feed, type Source, type Subscription } from './subscription.js';

/** Between two repetitions that the gateway demands: the first at once, then doubling. */
const REASK_FLOOR_MS = 1000;
const REASK_CAP_MS = 60_000;
/** While another login has the data: the first try to have it back, and the slowest. */
const COMPETING_FLOOR_MS = 30_000;
const COMPETING_CAP_MS = 600_000;

const nothing = (): void => {};

type Hole =
  | { readonly is: 'none' }
  /** To be asked for again when the answer under way is over. */
  | { readonly is: 'atEnd'; readonly error: DecodeError }
  | { readonly is: 'asked'; readonly error: DecodeError }
  /** The second answer could not be read either: the view stays not current until the connection is another. */
  | { readonly is: 'stays'; readonly error: DecodeError }
  | { readonly is: 'healed'; readonly at: number };

export class Upstream<T, V> implements Party, Recoverable, Asking {
  readonly asked: OutgoingKind;
  readonly rank: RecoveryRank;
  readonly isStream = true;
  cancelled = false;
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
  /** Counts the rows of a first picture; undefined where there is none, and when it is complete. */
  private bound: Bound | undefined;
  /** The gateway says when the first picture is whole. */
  private readonly comesWhole: boolean;
  private sources: readonly Source<T, V>[] = [];
  private id: number | undefined;
  private isAsked = false;
  private undo: (() => void)[] = [];
  private release: Release = nothing;
  /** Whoever has gone waits for no place. */
  private admission: AbortController | undefined;
  private stopDeadline: () => void = nothing;
  private stopVerify: () => void = nothing;
  private stopReask: () => void = nothing;
  private reaskMs = 0;
  private reaskedAt = 0;
  private lostAt: number | undefined;
  private lostBy: GapCause = 'disconnected';
  private hasMoved = false;
  private isComplete = false;
  private isVerifying = false;
  private askedAgain = false;
  private wasRefusedWhileAway = false;
  /** What could not be read since the request was last asked, and what is done about it. */
  private hole: Hole = { is: 'none' };
  private isOver = false;
  /** Counts askings, so that one which was overtaken does nothing more. */
  private asking = 0;
  /** True while the next message has to be looked at: see `moved`. */
  private isWatched = true;
  private readonly push = (item: T): void => {
    const { sources } = this;
    for (let at = 0; at < sources.length; at++) sources[at]?.push(item);
  };

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
    this.bound = this.comesWhole ? boundOf(core, spec.open, call) : undefined;
  }

  /** True until something has come: an error without an id may be the answer. */
  get isWaiting(): boolean {
    return !this.hasMoved;
  }

  /** `signal`: ends the subscription with its reason. */
  subscribe(signal: AbortSignal | undefined): Subscription<T, V> {
    const { core, terms } = this;
    const feed: Feed<T, V> = {
      ...(terms.view === undefined ? {} : { view: terms.view }),
      condense: terms.condense,
      close: () => this.leave(source),
    };
    const [subscription, source]: readonly [Subscription<T, V>, Source<T, V>] = channel<T, V>(feed, (error) =>
      core.thrown(error),
    );
    this.sources = [...this.sources, source];
    if (this.lostAt !== undefined) this.enterStale(source, this.lostAt);
    else if (this.hasMoved) source.enter({ at: 'live', since: core.timer.now() });
    if (this.isComplete) source.completed();
    if (signal !== undefined) this.heedSignal(signal, source);
    return subscription;
  }

  private heedSignal(signal: AbortSignal, source: Source<T, V>): void {
    const onAbort = (): void => {
      source.finish(signal.reason instanceof Error ? signal.reason : new Error('aborted', { cause: signal.reason }));
      this.leave(source);
    };
    if (signal.aborted) onAbort();
    else {
      signal.addEventListener('abort', onAbort, { once: true });
      void source.ended.then(() => signal.removeEventListener('abort', onAbort));
    }
  }

  private leave(source: Source<T, V>): void {
    this.sources = this.sources.filter((other) => other !== source);
    if (this.sources.length > 0 || this.isOver) return;
    this.cancel();
    this.finish(undefined);
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
        if (isSnapshot === true || !this.hasMoved) this.giveUp(new TimeoutError(spec.open, timeout));
      });
    }
    if (asked === undefined) {
      // The link fell in the turn in which the stream was opened: it comes back with the others.
      this.lost('disconnected', core.timer.now());
      return;
    }
    await asked;
    if (this.isAsked && isSnapshot !== true) this.verify();
  }

  /** `patience`: milliseconds that admission may take. */
  private async ask(patience: number): Promise<void> {
    const { core, spec } = this;
    const number = ++this.asking;
    this.admission = new AbortController();
    const { signal } = this.admission;
    const keeps = this.terms.keeps ?? (this.terms.isSnapshot === true ? 'untilAnswered' : 'untilClosed');
    try {
      const admitted = core.admit(spec.open, this.input, { signal, timeout: patience, keeps });
      const release = typeof admitted === 'function' ? admitted : await admitted;
      if (this.isOver || this.asking !== number || !core.isReady) {
        release();
        return;
      }
      this.release = release;
      if (this.hasId) {
        this.id = core.reqIds.next();
        this.undo.push(core.router.own(this.id, this));
        this.terms.onId?.(this.id);
      } else this.undo.push(core.router.await(spec.end === undefined ? spec.items : [...spec.items, spec.end], this));
      this.cancelled = false;
      this.isAsked = true;
      const input = sentMessage(this.input, core.told);
      core.send(spec.open, (this.hasId ? { ...input, reqId: this.id } : input) as never, true); // checked by openStream
    } catch (error) {
      if (this.asking === number) this.finish(error instanceof Error ? error : new Error(String(error)));
    }
  }

  /** Takes back everything that hangs on the request as it was asked. */
  private detach(): void {
    this.asking++;
    this.admission?.abort();
    this.wasRefusedWhileAway = false;
    for (const undo of this.undo) undo();
    this.undo = [];
    this.stopVerify();
    this.stopReask();
    this.release();
    this.release = nothing;
    this.isAsked = false;
    this.isVerifying = false;
    this.id = undefined;
  }

  private cancel(): void {
    const { core, spec } = this;
    this.cancelled = true;
    if (spec.cancel === undefined || !this.isAsked || !core.isReady) return;
    const body = { ...this.terms.cancelWith, ...(this.id === undefined ? {} : { reqId: this.id }) };
    try {
      core.send(spec.cancel, body as never); // the tables check it
    } catch {
      // the link may be going down: then nothing is left to cancel
    }
  }

  private giveUp(cause: Error): void {
    if (this.isOver) return;
    this.cancel();
    this.finish(cause);
  }

  private finish(cause: Error | undefined): void {
    if (this.isOver) return;
    this.isOver = true;
    const { id } = this;
    this.core.live.delete(this);
    this.stopDeadline();
    this.detach();
    this.forget();
    this.terms.onOver?.();
    const { sources } = this;
    this.sources = [];
    for (const source of sources) source.finish(cause);
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
    const tooMany = this.bound?.();
    if (tooMany !== undefined) {
      this.giveUp(tooMany);
      return;
    }
    if (this.isWatched && this.spec.silent?.includes(kind) !== true) this.moved();
    if (kind === this.end) {
      if (this.hole.is === 'atEnd') {
        this.askForHole(this.hole.error);
        return;
      }
      this.finishPicture();
      if (!isItem) return;
    }
    this.take(message, this.push, this);
  }

  private finishPicture(): void {
    if (this.hole.is === 'stays') {
      if (this.terms.isSnapshot === true) this.finish(this.hole.error);
      return;
    }
    this.terms.onEnd?.(this.push);
    if (this.hole.is === 'asked') {
      this.hole = { is: 'healed', at: this.core.timer.now() };
      this.moved();
    }
    this.completed();
    if (this.terms.isSnapshot === true) this.finish(undefined);
  }

  awaits(kind: string): boolean {
    return kind === this.end || (this.spec.items as readonly string[]).includes(kind);
  }

  unreadable(error: DecodeError): void {
    if (this.isOver) return;
    const now = this.core.timer.now();
    const { hole } = this;
    const isSecond = hole.is === 'asked' || hole.is === 'stays' || (hole.is === 'healed' && now - hole.at < REASK_CAP_MS);
    // Without an id the rest of this answer could not be told from the next: it is let go by first.
    const mustWait = !this.hasId && this.comesWhole && !this.isComplete && !isSecond && error.kind !== this.end;
    this.isWatched = true;
    this.lostAt ??= now;
    this.lostBy = 'unreadable';
    this.isComplete = false;
    this.hole = isSecond ? { is: 'stays', error } : mustWait ? { is: 'atEnd', error } : { is: 'asked', error };
    for (const source of this.sources) source.holed(this.lostAt, error, isSecond);
    if (this.isOver) return; // whoever was told has closed it
    if (this.terms.isSnapshot === true) this.giveUp(error);
    else if (isSecond) this.core.stale(this.asked, this.lostAt);
    else if (!mustWait) this.askForHole(error);
  }

  /** What was read says what cannot be meant. */
  misread(kind: string, row: string, reason: string): void {
    const { core, id } = this;
    const error = new DecodeError(reason, { kind, serverVersion: core.serverVersion, row, offset: undefined, id });
    core.unreadable(error);
    this.unreadable(error);
  }

  /** Asks for the whole once more: its rows take the place of what could not be read. */
  private askForHole(error: DecodeError): void {
    this.cancel();
    this.hole = { is: 'asked', error };
    void this.reopen();
  }

  private enterStale(source: Source<T, V>, since: number): void {
    const { hole } = this;
    if ('error' in hole) source.holed(since, hole.error, hole.is === 'stays');
    else source.enter({ at: 'stale', since, cause: this.lostBy });
  }

  private moved(): void {
    // What came before the hole is asked again; only the whole answer fills it, where the gateway says that it is whole.
    if ('error' in this.hole) {
      if (this.hole.is !== 'asked' || this.comesWhole) return;
      this.hole = { is: 'healed', at: this.core.timer.now() };
    }
    const now = this.core.timer.now();
    this.isWatched = false;
    this.hasMoved = true;
    this.askedAgain = false;
    this.isVerifying = false;
    this.stopVerify();
    for (const source of this.sources) source.enter({ at: 'live', since: now });
    if (this.lostAt === undefined) return;
    const gap = { from: this.lostAt, to: now, cause: this.lostBy };
    this.lostAt = undefined;
    for (const source of this.sources) source.gap(gap);
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
        if (this.isWatched) this.moved();
        this.finishPicture();
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
    this.wasRefusedWhileAway = true;
    this.lost('broker', this.core.timer.now());
  }

  private streamNotice(error: ErrorMessage, verdict: Extract<Verdict, { means: 'stream' }>): void {
    // An empty scan is an answer too.
    if (verdict.effect === 'emptyBatch' && this.isWatched) this.moved();
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
    if ('error' in this.hole) return;
    this.isComplete = true;
    this.bound = undefined;
    for (const source of this.sources) source.completed();
  }

  fail(cause: Error): void {
    this.giveUp(cause);
  }

  lost(cause: GapCause, at: number): void {
    if (this.isOver) return;
    // A connection that is new gives a new answer.
    if ((cause === 'disconnected' || cause === 'dataLost') && 'error' in this.hole) {
      this.hole = { is: 'none' };
      this.lostBy = cause;
      for (const source of this.sources) source.enter({ at: 'stale', since: this.lostAt ?? at, cause });
    }
    if (this.lostAt === undefined) {
      this.lostAt = at;
      this.lostBy = cause;
      this.isWatched = true;
      for (const source of this.sources) source.enter({ at: 'stale', since: at, cause });
    }
    if (cause === 'disconnected') this.detach();
    else if (cause === 'competing') this.retryLater(COMPETING_FLOOR_MS);
  }

  async reopen(): Promise<void> {
    if (this.isOver) return;
    this.detach();
    const { lostAt } = this;
    this.terms.onReset?.(this.lostBy, this.push, lostAt ?? this.core.timer.now());
    const again = this.terms.again?.();
    if (again !== undefined) this.input = again;
    await this.ask(Number.POSITIVE_INFINITY);
    if (this.isAsked) this.verify();
  }

  /** Another login has the data and says nothing when it leaves: it is asked for again, ever more slowly. */
  private retryLater(ms: number): void {
    const { timer } = this.core;
    this.stopReask();
    this.stopReask = timer.after(ms, () => {
      if (this.isOver || this.lostBy !== 'competing' || this.lostAt === undefined) return;
      this.cancel();
      void this.reopen().then(() => this.retryLater(Math.min(COMPETING_CAP_MS, ms * 2)));
    });
  }

  /** Must move within the time its shape gives, or it is asked again once, then reported as stale. */
  verify(): void {
    const { core, spec } = this;
    if (this.isOver) return;
    if (this.wasRefusedWhileAway) {
      void this.reopen();
      return;
    }
    if (!this.isAsked) return;
    if (spec.moves === undefined && this.hasMoved) {
      // Silence is normal: the link is back with what was asked, so what comes next is true.
      if (this.lostAt !== undefined && this.lostBy === 'broker') this.moved();
      return;
    }
    if (spec.isQuiet === true) return;
    const since = core.timer.now();
    this.isVerifying = true;
    this.isWatched = true;
    this.stopVerify();
    this.stopVerify = core.timer.after(spec.moves ?? spec.within, () => this.stillSilent(since));
  }

  private stillSilent(since: number): void {
    if (this.isOver || !this.isVerifying) return;
    this.isVerifying = false;
    this.lost('silent', since);
    if (this.askedAgain) {
      const at = this.lostAt ?? since;
      for (const source of this.sources) source.enter({ at: 'stale', since: at, cause: 'silent' });
      this.core.stale(this.asked, at);
      return;
    }
    this.askedAgain = true;
    this.cancel();
    void this.reopen();
  }

  closed(cause: Error): void {
    this.finish(cause);
  }
}
