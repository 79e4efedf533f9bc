// One request on the wire and everybody who reads it: asks, passes on, asks again after a loss, proves that it moves.

import type { DecodeError } from '../../protocol/errors.js';
import type { Incoming, OutgoingKind } from '../../protocol/registry.js';
import type { Sink } from '../../protocol/sinks.js';
import type { Call, Core, GapCause, LossCause, Recoverable, RecoveryRank } from '../core.js';
import type { Verdict } from '../notices/verdict.js';
import { publishOutcome } from '../wire/channels.js';
import { TimeoutError, type UnusableError } from '../wire/errors.js';
import { Wait } from '../wire/wait.js';
import { damageOf, unusableOf } from './damage.js';
import { FirstPicture } from './first-picture.js';
import { Keeper, type Kept } from './keeper.js';
import type { ErrorMessage } from './party.js';
import { Readers } from './readers.js';
import { gatewayError } from './request.js';
import { isItem, type Stream } from './shapes.js';
import type { Asking, StreamTerms } from './stream-terms.js';
import type { Subscription } from './subscription.js';
import { reactionTo } from './upstream-notices.js';
import { beingMended, damaged, hasMoved, holeOf, lost, mendOf, moved, type UpstreamState } from './upstream-state.js';

export class Upstream<T, V> implements Kept, Recoverable, Asking {
  readonly asked: OutgoingKind;
  readonly rank: RecoveryRank;
  readonly isStream = true;
  /** Its cancel takes it out of the router in the same turn. */
  readonly cancelled = false;
  private readonly core: Core;
  private readonly spec: Stream;
  private readonly terms: StreamTerms<T, Incoming, V>;
  private readonly forget: () => void;
  /** Copies of what every message needs. */
  private readonly take: StreamTerms<T, Incoming, V>['take'];
  private readonly push: (item: T) => void;
  private readonly sink: Sink | undefined;
  private readonly readers: Readers<T, V>;
  private readonly keeper: Keeper<T, V>;
  private readonly deadline: Wait;
  private readonly picture: FirstPicture;
  state: UpstreamState = { at: 'idle' };
  /** When a hole was last filled: damage soon after it is not asked for once more. */
  private healedAt: number | undefined;

  constructor(core: Core, spec: Stream, input: object, terms: StreamTerms<T, Incoming, V>, call: Call, forget: () => void) {
    this.core = core;
    this.spec = spec;
    this.terms = terms;
    this.forget = forget;
    this.asked = spec.open;
    this.rank = spec.rank;
    this.take = terms.take;
    this.picture = new FirstPicture(spec, terms.isSnapshot === true, call);
    this.readers = new Readers<T, V>(core, terms, () => this.fail(undefined));
    this.push = this.readers.push;
    this.keeper = new Keeper(core, spec, input, terms, this);
    this.deadline = new Wait(core.timer);
    this.sink = terms.sink?.(this.push, this);
  }

  /** True until something has come: an error without an id may be the answer. */
  get isWaiting(): boolean {
    return !hasMoved(this.state);
  }

  private get isOver(): boolean {
    return this.state.at === 'over';
  }

  /** `signal`: ends the subscription with its reason. */
  subscribe(signal: AbortSignal | undefined): Subscription<T, V> {
    return this.readers.add(signal, this.state, this.picture.isWhole);
  }

  /** What comes has something to show. */
  private get isWatched(): boolean {
    return this.state.at !== 'live' || this.keeper.isProving;
  }

  /** While nothing that comes has to be looked at, the sink takes what it can by itself. */
  steer(): void {
    const { id } = this.keeper.request;
    if (this.sink === undefined || id === undefined) return;
    const { sinks } = this.core.router;
    if (this.isWatched || this.picture.isCounted) sinks.disown(id);
    else sinks.own(id, this.sink, this.terms.seat?.place ?? this.terms.place);
  }

  async open({ timeout: given }: Call): Promise<void> {
    const { core, spec, terms } = this;
    core.live.add(this);
    const wasReady = core.isReady;
    terms.onOpen?.(this);
    await Promise.resolve(); // subscribers of the same turn are there before anything can go wrong
    if (this.isOver) return;
    if (!core.isReady && (!wasReady || terms.isSnapshot === true)) {
      this.finish(core.notConnected(spec.open));
      return;
    }
    const timeout = given ?? (terms.isSnapshot === true ? spec.within : undefined);
    // Asked before its deadline is set: where both end at once, what it waited for is the better reason.
    const asked = core.isReady ? this.keeper.ask(timeout ?? spec.within) : undefined;
    if (timeout !== undefined && core.live.has(this)) {
      this.deadline.begin(timeout, () => {
        if (terms.isSnapshot === true || this.isWaiting) this.fail(new TimeoutError(spec.open, timeout));
      });
    }
    // Where the link fell in the turn in which the stream was opened, it comes back with the others.
    if (asked === undefined) this.lost('disconnected', core.timer.now());
    else await asked;
  }

  sending(): void {
    if (this.state.at === 'idle') this.state = { at: 'asking' };
  }

  fail(cause: Error | undefined): void {
    if (this.isOver) return;
    this.keeper.request.cancel();
    this.finish(cause);
  }

  private finish(cause: Error | undefined): void {
    if (this.isOver) return;
    this.state = { at: 'over' };
    const { id } = this.keeper.request;
    this.core.live.delete(this);
    this.deadline.end();
    this.keeper.detach();
    this.forget();
    this.terms.onOver?.();
    this.readers.finish(cause);
    publishOutcome({ kind: this.asked, id, outcome: cause === undefined ? 'closed' : 'failed' });
  }

  message(message: Incoming): void {
    const { kind } = message;
    if (!this.awaits(kind)) {
      this.core.router.unclaimed++; // a kind that this request never asked for
      return;
    }
    if (this.terms.isOthers?.(message) === true) return;
    const tooMany = this.picture.count(this.core.frameBytes);
    if (tooMany !== undefined) {
      this.fail(tooMany);
      return;
    }
    if (this.isWatched && this.spec.silent?.includes(kind) !== true) this.moved();
    if (kind === this.spec.end) {
      if (this.keeper.request.asksAnew()) return;
      if (holeOf(this.state)?.mend === 'atEnd') {
        this.askForHole();
        return;
      }
      this.finishPicture();
      if (!isItem(this.spec, kind)) return;
    }
    this.take(message, this.push, this);
  }

  private finishPicture(): void {
    const hole = holeOf(this.state);
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
    return kind === this.spec.end || isItem(this.spec, kind);
  }

  unusable(error: UnusableError): void {
    this.unreadable(unusableOf(this.core, error, this.keeper.request.id));
  }

  unreadable(error: DecodeError): void {
    const { core, state, terms } = this;
    if (state.at === 'over') return;
    const now = core.timer.now();
    if (error.kind === this.spec.end) this.keeper.request.ended();
    // Without an id the rest of this answer could not be told from the next: it is let go by first.
    const isUnderWay = !this.keeper.request.hasId && this.picture.isUnderWay && error.kind !== this.spec.end;
    const mend = mendOf(state, isUnderWay, this.healedAt === undefined ? undefined : now - this.healedAt);
    const stale = damaged(state, { by: 'unreadable', error, mend }, now);
    this.picture.void();
    this.become(stale);
    if (this.isOver) return; // whoever was told has closed it
    if (terms.isSnapshot === true) this.fail(error);
    else if (mend === 'stays') core.stale(this.asked, stale.since);
    else if (mend === 'asked') this.askForHole();
  }

  /** What was read says what cannot be meant. */
  misread(kind: string, row: string, reason: string): void {
    const error = damageOf(this.core, { kind, row, id: this.keeper.request.id }, reason);
    this.core.unreadable(error);
    this.unreadable(error);
  }

  /** Asks for the whole once more: its rows take the place of what could not be read. */
  private askForHole(): void {
    this.state = beingMended(this.state); // readers know it as damaged: nothing new to them
    this.keeper.reopenCancelled();
  }

  private become(state: UpstreamState): void {
    const before = this.state;
    if (state === before) return;
    this.state = state;
    if (state.at === 'live' && holeOf(before) !== undefined) this.healedAt = state.since;
    this.steer();
    this.readers.tell(before, state);
  }

  moved(): void {
    const state = moved(this.state, this.core.timer.now(), this.picture.comesWhole);
    if (state.at !== 'live') return;
    this.keeper.moved();
    this.steer();
    this.become(state);
  }

  notice(error: ErrorMessage, verdict: Verdict): void {
    if (this.isOver || this.terms.ignores?.(error) === true) return;
    const { core, terms } = this;
    const { isTold, act } = reactionTo(verdict, terms.isSnapshot === true, core.isDegraded);
    if (act === 'move') this.moved();
    if (isTold) {
      terms.onNotice?.(error, verdict, this.push, this);
      core.note(error, verdict);
    } else core.learn(verdict);
    switch (act) {
      case 'fail':
        this.keeper.request.ended();
        this.finish(gatewayError(error, this.asked, verdict));
        return;
      case 'endPicture':
        this.moved();
        this.finishPicture();
        return;
      case 'waitForBroker':
        this.keeper.refused();
        this.lost('broker', core.timer.now());
        return;
      case 'askAgain':
      case 'cancelThenAskAgain':
        this.lost('asked', core.timer.now());
        this.keeper.demanded(act === 'cancelThenAskAgain');
        return;
      default:
    }
  }

  askInstead(input: object): void {
    if (!this.isOver) this.keeper.askInstead(input);
  }

  completed(): void {
    if (holeOf(this.state) !== undefined) return;
    this.picture.whole();
    this.steer();
    this.readers.completed();
  }

  lost(cause: LossCause, at: number): void {
    if (this.isOver) return;
    const state = lost(this.state, cause, at);
    if (holeOf(this.state) !== undefined && holeOf(state) === undefined) this.healedAt = undefined;
    this.become(state);
    if (cause === 'disconnected') this.keeper.detach();
    else if (cause === 'competing' && state.at === 'stale') this.keeper.keepAsking();
  }

  reset(cause: GapCause, since: number): void {
    this.terms.onReset?.(cause, this.push, since);
  }

  reopen(): Promise<void> {
    return this.keeper.reopen();
  }

  verify(): void {
    this.keeper.verify();
  }

  stillSilent(since: number): void {
    this.readers.silent(since);
    this.core.stale(this.asked, since);
  }

  closed(cause: Error): void {
    this.finish(cause);
  }
}
