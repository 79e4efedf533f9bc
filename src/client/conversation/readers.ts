// Everybody who reads one upstream: what it tells, it tells each of them, and who comes late hears where it stands.

import type { Core } from '../core.js';
import type { Condense } from './batches.js';
import type { Seat } from './outlets.js';
import type { Source } from './source.js';
import { channel, type Subscription } from './subscription.js';
import type { UpstreamState } from './upstream-state.js';

interface What<T, V> {
  readonly view?: V;
  readonly condense?: Condense<T> | undefined;
  readonly seat?: Seat<T>;
}

export class Readers<T, V> {
  private readonly core: Core;
  private readonly what: What<T, V>;
  /** Called when the last one has left. */
  private readonly left: () => void;
  // An array that is replaced, never changed: a reader may leave while its round goes on.
  private sources: readonly Source<T, V>[] = [];
  /** The only source, while its only listener gets the items from its seat. */
  private direct: Source<T, V> | undefined;
  readonly push = (item: T): void => {
    const { sources } = this;
    for (let at = 0; at < sources.length; at++) sources[at]?.push(item);
  };

  constructor(core: Core, what: What<T, V>, left: () => void) {
    this.core = core;
    this.what = what;
    this.left = left;
    what.seat?.open(this.push);
  }

  /** `signal`: ends the subscription with its reason. */
  add(signal: AbortSignal | undefined, state: UpstreamState, isWhole: boolean): Subscription<T, V> {
    const { view, condense, seat } = this.what;
    const leave = (): void => this.leave(source);
    const newest = (): T | undefined => (this.direct === source ? seat?.newest : undefined);
    const [subscription, source]: readonly [Subscription<T, V>, Source<T, V>] = channel<T, V>(
      { ...(view === undefined ? {} : { view }), condense, close: leave },
      (error) => this.core.thrown(error),
      seat === undefined ? undefined : { changed: () => this.settle(), newest },
    );
    this.sources = [...this.sources, source];
    this.settle();
    if (state.at === 'live') source.enter({ at: 'live', since: this.core.timer.now() });
    else enter(source, state);
    if (isWhole) source.completed();
    if (signal !== undefined) heedSignal(signal, source, leave);
    return subscription;
  }

  /** Items go straight to the only listener there is, where there is only one. */
  private settle(): void {
    const { seat } = this.what;
    if (seat === undefined) return;
    const [source, ...others] = this.sources;
    const only = others.length === 0 ? source?.only : undefined;
    const last = seat.direct(only);
    if (last !== undefined) this.direct?.note(last);
    this.direct = only === undefined ? undefined : source;
  }

  private leave(source: Source<T, V>): void {
    this.sources = this.sources.filter((other) => other !== source);
    this.settle();
    if (this.sources.length === 0) this.left();
  }

  /** From one state to another; the end of a loss is told with how long it was. */
  tell(before: UpstreamState, state: UpstreamState): void {
    for (const source of this.sources) enter(source, state);
    if (state.at !== 'live' || before.at !== 'stale') return;
    const gap = { from: before.since, to: state.since, cause: before.why.by };
    for (const source of this.sources) source.gap(gap);
  }

  /** Still silent, after it was asked again. */
  silent(since: number): void {
    for (const source of this.sources) source.enter({ at: 'stale', since, cause: 'silent' });
  }

  completed(): void {
    for (const source of this.sources) source.completed();
  }

  finish(cause: Error | undefined): void {
    const { sources } = this;
    this.sources = [];
    this.settle();
    for (const source of sources) source.finish(cause);
    this.what.seat?.leave();
  }
}

function enter<T, V>(source: Source<T, V>, state: UpstreamState): void {
  if (state.at === 'live') source.enter(state);
  if (state.at !== 'stale') return;
  const { since, why } = state;
  if (why.by === 'unreadable') source.holed(since, why.error, why.mend === 'stays');
  else source.enter({ at: 'stale', since, cause: why.by });
}

function heedSignal<T, V>(signal: AbortSignal, source: Source<T, V>, leave: () => void): void {
  const onAbort = (): void => {
    source.finish(signal.reason instanceof Error ? signal.reason : new Error('aborted', { cause: signal.reason }));
    leave();
  };
  if (signal.aborted) onAbort();
  else {
    signal.addEventListener('abort', onAbort, { once: true });
    void source.ended.then(() => signal.removeEventListener('abort', onAbort));
  }
}
