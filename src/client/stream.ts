// Runs the shape `stream`: asks, passes on, asks again after a loss, proves that it moves, and is shared by all who want the same.

import type { Incoming, IncomingKind, MessageOf, OutgoingKind, RequestInput } from '../protocol/registry.js';
import { gatewayError, hasReqId } from './ask.js';
import { requestChannel } from './channels.js';
import type { Stream } from './conversation.js';
import type { Call, Core, GapCause, Recoverable, RecoveryRank, Release } from './core.js';
import { TimeoutError } from './errors.js';
import type { Verdict } from './notices/verdict.js';
import type { ErrorMessage, Party } from './router.js';
import { Subscription } from './subscription.js';

export interface StreamTerms<T, M> {
  /** Equal keys share one upstream; undefined: not shared. */
  readonly key?: string;
  /** Makes items of a message; calls `push` as often as it likes, in the same turn. */
  readonly take: (message: M, push: (item: T) => void) => void;
  /** The first picture, or the snapshot, is complete. */
  readonly onEnd?: (push: (item: T) => void) => void;
  /** The upstream begins anew: whatever was built up is void. */
  readonly onReset?: (cause: GapCause, push: (item: T) => void) => void;
  /** Effects of notices on the stream, such as a depth reset. */
  readonly onNotice?: (error: ErrorMessage, verdict: Verdict, push: (item: T) => void) => void;
  /** What to ask with after a loss, when it is not the first request again. */
  readonly again?: () => object;
  /** True when the end marker ends the stream (snapshots). */
  readonly isSnapshot?: boolean;
  /** A body for the cancel message beside the id. */
  readonly cancelWith?: object;
}

const shared = new WeakMap<Core, Map<string, Upstream<unknown>>>();

/**
 * Opens a stream, or joins one that asks the same. Never throws: what goes wrong ends the subscription with its error.
 * With `timeout`, the stream fails when nothing at all has come within it.
 */
export function openStream<T, K extends IncomingKind, O extends OutgoingKind>(
  core: Core,
  spec: Stream<O, K>,
  input: RequestInput<O>,
  terms: StreamTerms<T, MessageOf<K>>,
  call: Call = {},
): Subscription<T> {
  const upstreams = shared.get(core) ?? new Map<string, Upstream<unknown>>();
  shared.set(core, upstreams);
  const key = terms.key === undefined ? undefined : `${spec.open} ${terms.key}`;
  let upstream = key === undefined ? undefined : (upstreams.get(key) as Upstream<T> | undefined);
  if (upstream === undefined) {
    upstream = new Upstream<T>(core, spec, input, terms as StreamTerms<T, Incoming>, call, () => {
      if (key !== undefined && upstreams.get(key) === upstream) upstreams.delete(key);
    });
    if (key !== undefined) upstreams.set(key, upstream as Upstream<unknown>);
    void upstream.open();
  }
  const subscription = upstream.subscribe();
  const { signal } = call;
  if (signal !== undefined) {
    const onAbort = (): void => {
      subscription.finish(signal.reason instanceof Error ? signal.reason : new Error('aborted', { cause: signal.reason }));
      upstream.leave(subscription);
    };
    if (signal.aborted) onAbort();
    else {
      signal.addEventListener('abort', onAbort, { once: true });
      void subscription.ended.then(() => signal.removeEventListener('abort', onAbort));
    }
  }
  return subscription;
}

/** One request on the wire and everybody who reads it. */
class Upstream<T> implements Party, Recoverable {
  readonly asked: OutgoingKind;
  readonly rank: RecoveryRank;
  cancelled = false;
  private readonly core: Core;
  private readonly spec: Stream;
  private readonly input: object;
  private readonly terms: StreamTerms<T, Incoming>;
  private readonly call: Call;
  private readonly forget: () => void;
  private readonly subscriptions = new Set<Subscription<T>>();
  private id: number | undefined;
  private undo: (() => void)[] = [];
  private release: Release = () => {};
  private lostAt: number | undefined;
  private lostBy: GapCause = 'disconnected';
  private hasMoved = false;
  private askedAgain = false;
  private isOver = false;
  private readonly push = (item: T): void => {
    for (const subscription of this.subscriptions) subscription.push(item);
  };

  constructor(core: Core, spec: Stream, input: object, terms: StreamTerms<T, Incoming>, call: Call, forget: () => void) {
    this.core = core;
    this.spec = spec;
    this.input = input;
    this.terms = terms;
    this.call = call;
    this.forget = forget;
    this.asked = spec.open;
    this.rank = spec.rank;
  }

  subscribe(): Subscription<T> {
    const subscription: Subscription<T> = new Subscription<T>({ close: () => this.leave(subscription) }, (error) =>
      this.core.thrown(error),
    );
    this.subscriptions.add(subscription);
    if (this.hasMoved) subscription.enter({ at: 'live', since: this.core.timer.now() });
    return subscription;
  }

  leave(subscription: Subscription<T>): void {
    this.subscriptions.delete(subscription);
    if (this.subscriptions.size === 0) this.close();
  }

  async open(): Promise<void> {
    const { core, spec } = this;
    core.live.add(this);
    await Promise.resolve(); // subscribers of the same turn are there before anything can go wrong
    if (this.isOver) return;
    if (!core.isReady) {
      this.end(core.notConnected(spec.open));
      return;
    }
    await this.ask(this.input);
    const { timeout } = this.call;
    if (timeout !== undefined && !this.isOver) {
      const stop = core.timer.after(timeout, () => {
        if (!this.hasMoved) this.end(new TimeoutError(spec.open, timeout));
      });
      this.undo.push(stop);
    }
  }

  private async ask(input: object): Promise<void> {
    const { core, spec } = this;
    const patience = { signal: this.call.signal, timeout: this.call.timeout ?? spec.within };
    try {
      const release = await core.admit(spec.open, input, patience);
      if (this.isOver || !core.isReady) {
        release();
        return;
      }
      this.release = release;
      if (hasReqId(spec.open)) {
        this.id = core.reqIds.next();
        this.undo.push(core.router.own(this.id, this));
        core.send(spec.open, { ...input, reqId: this.id }, true);
      } else {
        this.undo.push(core.router.await(spec.end === undefined ? spec.items : [...spec.items, spec.end], this));
        core.send(spec.open, input, true);
      }
    } catch (error) {
      this.end(error instanceof Error ? error : new Error(String(error)));
    }
  }

  private detach(): void {
    for (const undo of this.undo) undo();
    this.undo = [];
    this.release();
    this.release = () => {};
  }

  private close(): void {
    if (this.isOver) return;
    this.cancel();
    this.end(undefined);
  }

  private cancel(): void {
    const { core, spec } = this;
    this.cancelled = true;
    if (spec.cancel === undefined || !core.isReady || (hasReqId(spec.open) && this.id === undefined)) return;
    try {
      core.send(spec.cancel, { ...this.terms.cancelWith, ...(this.id === undefined ? {} : { reqId: this.id }) });
    } catch {
      // the link may be going down: then nothing is left to cancel
    }
  }

  private end(cause: Error | undefined): void {
    if (this.isOver) return;
    this.isOver = true;
    this.core.live.delete(this);
    this.detach();
    this.forget();
    for (const subscription of [...this.subscriptions]) subscription.finish(cause);
    this.subscriptions.clear();
    if (requestChannel.hasSubscribers)
      requestChannel.publish({ kind: this.asked, id: this.id, outcome: cause === undefined ? 'closed' : 'failed' });
  }

  message(message: Incoming): void {
    if (this.isOver) return;
    if (!this.hasMoved || this.lostAt !== undefined) this.moved();
    if (message.kind === this.spec.end) {
      this.terms.onEnd?.(this.push);
      if (this.terms.isSnapshot === true) this.end(undefined);
      if (!(this.spec.items as readonly string[]).includes(message.kind)) return;
    }
    this.terms.take(message, this.push);
  }

  private moved(): void {
    const now = this.core.timer.now();
    this.hasMoved = true;
    this.askedAgain = false;
    for (const subscription of this.subscriptions) subscription.enter({ at: 'live', since: now });
    if (this.lostAt === undefined) return;
    const gap = { from: this.lostAt, to: now, cause: this.lostBy };
    this.lostAt = undefined;
    for (const subscription of this.subscriptions) subscription.gap(gap);
  }

  notice(error: ErrorMessage, verdict: Verdict): void {
    if (this.isOver) return;
    switch (verdict.means) {
      case 'requestFailed':
        this.core.learn(verdict);
        this.end(gatewayError(error, this.asked));
        return;
      case 'requestEmpty':
        if (this.terms.isSnapshot === true) this.end(undefined);
        return;
      case 'requestEcho':
        return;
      case 'stream':
        this.streamNotice(error, verdict);
        return;
      default:
        this.terms.onNotice?.(error, verdict, this.push);
        this.core.note(error, verdict);
    }
  }

  private streamNotice(error: ErrorMessage, verdict: Extract<Verdict, { means: 'stream' }>): void {
    this.terms.onNotice?.(error, verdict, this.push);
    this.core.note(error, verdict);
    switch (verdict.effect) {
      case 'ended':
        this.end(gatewayError(error, this.asked));
        return;
      case 'askAgain':
      case 'cancelThenAskAgain':
        this.lost('asked', this.core.timer.now());
        if (verdict.effect === 'cancelThenAskAgain') this.cancel();
        this.cancelled = false;
        void this.reopen();
        return;
      default:
    }
  }

  lost(cause: GapCause, at: number): void {
    if (this.isOver) return;
    if (this.lostAt === undefined) {
      this.lostAt = at;
      this.lostBy = cause;
      for (const subscription of this.subscriptions) subscription.enter({ at: 'stale', since: at, cause });
    }
    if (cause === 'disconnected') this.detach();
  }

  async reopen(): Promise<void> {
    if (this.isOver) return;
    this.detach();
    this.id = undefined;
    this.terms.onReset?.(this.lostBy, this.push);
    await this.ask(this.terms.again?.() ?? this.input);
    this.verify();
  }

  /** Must move within the time its shape gives, or it is asked again once, then reported as stale. */
  verify(): void {
    const { core, spec } = this;
    if (spec.moves === undefined || this.isOver) return;
    const before = this.lostAt ?? core.timer.now();
    this.lostAt ??= before;
    this.lostBy = this.lostBy ?? 'silent';
    this.undo.push(
      core.timer.after(spec.moves, () => {
        if (this.isOver || this.lostAt === undefined) return;
        if (this.askedAgain) {
          for (const subscription of this.subscriptions) subscription.enter({ at: 'stale', since: before, cause: 'silent' });
          return;
        }
        this.askedAgain = true;
        this.cancel();
        this.cancelled = false;
        void this.reopen();
      }),
    );
  }

  closed(cause: Error): void {
    this.end(cause);
  }
}
