// Keeps the request of an upstream alive: asks, asks again after a loss, and wants to see that it moves.

import type { Incoming } from '../../protocol/registry.js';
import type { Core, GapCause, LossCause } from '../core.js';
import { Insistence, type Insistent } from './insistence.js';
import type { Stream } from './shapes.js';
import type { StreamTerms } from './stream-terms.js';
import { type Asker, UpstreamRequest } from './upstream-request.js';
import { hasMoved, holeOf, type UpstreamState } from './upstream-state.js';

/** Whose request is kept. */
export interface Kept extends Asker {
  readonly state: UpstreamState;
  /** The stream begins anew: what was built up since `since` is void. */
  reset(cause: GapCause, since: number): void;
  /** From now on it has to show that it moves, or no more. */
  steer(): void;
  /** Something has come, or what comes next is true all the same. */
  moved(): void;
  lost(cause: LossCause, at: number): void;
  /** It was asked again, and nothing has come; nothing is certain since then. */
  stillSilent(since: number): void;
}

export class Keeper<T, V> implements Insistent {
  readonly request: UpstreamRequest<T, V>;
  private readonly spec: Stream;
  private readonly terms: StreamTerms<T, Incoming, V>;
  private readonly kept: Kept;
  private readonly insistence: Insistence;
  private input: object;
  /** It was silent, and has been asked again for that. */
  private isAskedAgain = false;

  constructor(core: Core, spec: Stream, input: object, terms: StreamTerms<T, Incoming, V>, kept: Kept) {
    this.spec = spec;
    this.input = input;
    this.terms = terms;
    this.kept = kept;
    this.request = new UpstreamRequest(core, spec, terms, kept);
    this.insistence = new Insistence(core.timer, this);
  }

  /** It has to show that it moves. */
  get isProving(): boolean {
    return this.insistence.isProving;
  }

  /** `patience`: milliseconds that admission may take. */
  async ask(patience: number): Promise<void> {
    await this.request.ask(this.input, patience);
    this.mustMove();
  }

  /** This instead, from now on. */
  askInstead(input: object): void {
    this.request.cancel();
    this.input = input;
    this.detach();
    void this.request.ask(input, Number.POSITIVE_INFINITY);
  }

  /** After a loss: what was built up is void. */
  async reopen(): Promise<void> {
    const { kept, terms } = this;
    const { state } = kept;
    if (state.at === 'over') return;
    this.detach();
    if (state.at === 'stale') kept.reset(state.why.by, state.since);
    if (kept.state.at === 'over') return; // whoever was told has closed it
    this.input = terms.again?.() ?? this.input;
    await this.ask(Number.POSITIVE_INFINITY);
  }

  /** The same where the gateway still has the request. */
  reopenCancelled(): void {
    this.request.ended(); // its end was read, or nothing of it has come
    this.request.cancel();
    void this.reopen();
  }

  /** The link came back with its data. */
  verify(): void {
    const { kept, request, spec } = this;
    const { state } = kept;
    if (request.isRefused) void this.reopen();
    else if (spec.moves !== undefined || !hasMoved(state)) this.mustMove();
    // Silence is normal: the link is back with what was asked, so what comes next is true.
    else if (request.isSent && state.at === 'stale' && state.why.by === 'broker') kept.moved();
  }

  /** Must show something within the time its shape gives. */
  private mustMove(): void {
    const { insistence, spec } = this;
    if (!this.request.isSent || this.terms.isSnapshot === true) return;
    if (spec.isQuiet === true) insistence.keepAskingQuietly();
    else insistence.mustMove(spec.moves ?? spec.within);
    this.kept.steer();
  }

  moved(): void {
    this.isAskedAgain = false;
    this.insistence.moved();
  }

  silent(since: number): void {
    const { kept } = this;
    kept.lost('silent', since);
    const { state } = kept;
    if (state.at !== 'stale') return; // whoever was told has closed it
    if (this.isAskedAgain) {
      kept.stillSilent(state.since);
      this.keepAsking();
      return;
    }
    this.isAskedAgain = true;
    this.reopenCancelled();
  }

  /** From now on it is asked for again and again, until it moves. */
  keepAsking(): void {
    this.insistence.keepAsking();
  }

  retry(): boolean {
    const { state } = this.kept;
    if (state.at === 'live' || state.at === 'over' || holeOf(state) !== undefined) return false;
    if (this.spec.isQuiet !== true) this.reopenCancelled();
    else {
      // Silence is normal: nothing has come, and nothing is void.
      this.request.cancel();
      this.detach();
      void this.ask(Number.POSITIVE_INFINITY);
    }
    return true;
  }

  /** The gateway wants to be asked again. */
  demanded(cancelsFirst: boolean): void {
    if (cancelsFirst) this.request.cancel();
    this.request.detach();
    this.insistence.moved();
    this.insistence.demanded(() => void this.reopen());
  }

  /** The broker was away: it is to be asked again when it is back. */
  refused(): void {
    this.insistence.end();
    this.request.refused();
  }

  /** Takes back everything that hangs on the request as it was asked. */
  detach(): void {
    this.request.detach();
    this.insistence.end();
  }
}
