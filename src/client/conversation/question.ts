// One question on the wire and everybody who waits for its answer, each with a deadline and a signal of its own.

import { DecodeError } from '../../protocol/errors.js';
import type { Incoming, IncomingKind, OutgoingKind } from '../../protocol/registry.js';
import type { Core, Release } from '../core.js';
import type { Verdict } from '../notices/verdict.js';
import { publishOutcome } from '../wire/channels.js';
import { TimeoutError, type UnusableError } from '../wire/errors.js';
import type { Bound } from './bound.js';
import type { ErrorMessage, Party } from './party.js';
import { gatewayError, hasReqId } from './request.js';
import { type Gathering, isItem, type List, type One } from './shapes.js';
import { sentMessage } from './told.js';

export interface QuestionTerms {
  readonly core: Core;
  readonly spec: One | List;
  /** The kind that ends a list. */
  readonly end: IncomingKind | undefined;
  readonly input: object;
  /** Undefined: the answers are the messages. */
  readonly gathering: Gathering<unknown> | undefined;
  readonly bound: Bound;
  /** Gives back what admission lent. */
  readonly release: Release;
  /** It is over: nobody can join any more. */
  readonly over: () => void;
}

/** How long one caller waits. */
export interface Patience {
  readonly signal: AbortSignal | undefined;
  readonly timeout: number;
}

interface Caller {
  resolve(items: readonly unknown[]): void;
  reject(reason: unknown): void;
  /** Stops its deadline and its abort listener. */
  stop(): void;
}

type Outcome = { readonly is: 'open' } | { readonly is: 'answered' } | { readonly is: 'failed'; readonly reason: unknown };

/** As a notice it says that the gateway asks the history server once more, whose answer begins from the start. */
const HISTORY_SERVER = 165;

/** Everything it registers is taken back in `settle`, whichever way it ends. */
export class Question implements Party {
  readonly asked: OutgoingKind;
  cancelled = false;
  readonly isWaiting = true;
  private readonly terms: QuestionTerms;
  /** Messages, or what is gathered of them. */
  private readonly items: unknown[] = [];
  private readonly callers = new Set<Caller>();
  private id: number | undefined;
  /** The rest of an answer to somebody else may come before its own. */
  private isAmid = false;
  /** The next row is the first again. */
  private beginsAnew = false;
  private undo: (() => void)[] = [];
  private outcome: Outcome = { is: 'open' };

  constructor(terms: QuestionTerms) {
    this.terms = terms;
    this.asked = terms.spec.open;
  }

  /** One more who waits for the answer. When nobody does any more, what was asked is taken back. */
  join({ signal, timeout }: Patience): Promise<readonly unknown[]> {
    if (this.outcome.is === 'answered') return Promise.resolve([...this.items]);
    if (this.outcome.is === 'failed') return Promise.reject(this.outcome.reason);
    return new Promise((resolve, reject) => {
      const leave = (reason: unknown): void => {
        caller.stop();
        this.callers.delete(caller);
        reject(reason);
        if (this.callers.size === 0) this.giveUp(reason);
      };
      const onAbort = (): void => leave(signal?.reason);
      const stopDeadline = this.terms.core.timer.after(timeout, () =>
        leave(new TimeoutError(this.asked, timeout, { seen: this.items.length })),
      );
      signal?.addEventListener('abort', onAbort, { once: true });
      const caller: Caller = {
        resolve,
        reject,
        stop() {
          stopDeadline();
          signal?.removeEventListener('abort', onAbort);
        },
      };
      this.callers.add(caller);
    });
  }

  open(): void {
    const { core, spec, end, gathering } = this.terms;
    const { router } = core;
    const kinds = end === undefined ? spec.items : [...spec.items, end];
    if (hasReqId(spec.open)) {
      this.id = core.reqIds.next();
      this.undo.push(router.own(this.id, this));
      if (gathering !== undefined)
        router.sinks.own(
          this.id,
          gathering.sink((part, frameBytes) => this.take(part, gathering.kind, frameBytes)),
        );
    } else this.undo.push(router.await(kinds, this));
    const onClosed = (cause: Error): void => this.fail(cause);
    core.calls.add(onClosed);
    this.undo.push(() => core.calls.delete(onClosed));
    try {
      const input = sentMessage(this.terms.input, core.told);
      core.send(spec.open, this.id === undefined ? input : { ...input, reqId: this.id }, true);
      if (this.id === undefined && end !== undefined) this.isAmid = core.owed.noteAsked(end);
    } catch (error) {
      this.fail(error);
    }
  }

  message(message: Incoming): void {
    const { core, spec, gathering, input } = this.terms;
    const { kind } = message;
    if (!this.awaits(kind))
      core.router.unclaimed++; // a kind that this request never asked for
    else if (spec.shape === 'one' && spec.matches?.(input as never, message as never) === false) this.count(core.frameBytes);
    else this.take(gathering === undefined ? message : gathering.partOf(message), kind, core.frameBytes);
  }

  /** What one message of a kind has brought; undefined where it has brought nothing to keep. */
  private take(item: unknown, kind: IncomingKind, frameBytes: number): void {
    const { spec, end } = this.terms;
    if (isItem(spec, kind)) {
      if (!this.count(frameBytes)) return;
      if (this.beginsAnew && kind !== end) {
        this.items.length = 0;
        this.beginsAnew = false;
      }
      if (item !== undefined) this.items.push(item);
      if (spec.shape === 'one' && spec.goesOn?.(item as never) !== true) this.finish();
    }
    if (kind !== end) return;
    if (this.isAmid) this.askAnew();
    else this.finish();
  }

  /** The end may have been another's, and the rows before it the rest of his: what comes from here to the next end is whole. */
  private askAnew(): void {
    const { core, spec, end, input } = this.terms;
    this.isAmid = false;
    this.items.length = 0;
    try {
      core.send(spec.open, sentMessage(input, core.told));
      if (end !== undefined) core.owed.noteAsked(end);
    } catch (error) {
      this.fail(error);
    }
  }

  /** False when the answer has become longer than it may: then it is over. */
  private count(frameBytes: number): boolean {
    const tooMany = this.terms.bound(frameBytes);
    if (tooMany !== undefined) this.giveUp(tooMany);
    return tooMany === undefined;
  }

  unusable(error: UnusableError): void {
    this.giveUp(error);
  }

  awaits(kind: string): boolean {
    return kind === this.terms.end || isItem(this.terms.spec, kind);
  }

  /** An answer with a hole is none: what was asked is taken back. */
  unreadable(error: DecodeError): void {
    this.giveUp(new DecodeError(error.reason, error, this.items.length));
  }

  notice(error: ErrorMessage, verdict: Verdict): void {
    const { core, spec, end } = this.terms;
    switch (verdict.means) {
      case 'requestFailed':
        if (this.id === undefined && end !== undefined) core.owed.noteEnded(end);
        core.learn(verdict);
        this.fail(gatewayError(error, spec.open, verdict));
        return;
      case 'competingSession':
        this.fail(gatewayError(error, spec.open, verdict));
        return;
      case 'requestEmpty':
        if (this.beginsAnew) this.items.length = 0;
        // Rows, and then word that there are none: which of it holds is not known.
        if (spec.shape === 'list' && this.items.length === 0) this.finish();
        else this.fail(gatewayError(error, spec.open, verdict));
        return;
      default:
        this.beginsAnew ||= error.errorCode === HISTORY_SERVER;
        core.note(error, verdict);
    }
  }

  private finish(): void {
    if (this.outcome.is !== 'open') return;
    if (this.terms.spec.cancelAfter === true) this.cancel();
    this.settle({ is: 'answered' });
  }

  private fail(reason: unknown): void {
    this.settle({ is: 'failed', reason });
  }

  /** What was asked is taken back. */
  private giveUp(reason: unknown): void {
    if (this.outcome.is !== 'open') return;
    this.cancel();
    this.fail(reason);
  }

  private cancel(): void {
    const { core, spec } = this.terms;
    this.cancelled = true;
    if (spec.cancel === undefined || !core.isReady) return;
    try {
      core.send(spec.cancel, this.id === undefined ? {} : { reqId: this.id });
    } catch {
      // an old server may not know the cancel: the answer is passed over when it comes
    }
  }

  private settle(outcome: Exclude<Outcome, { is: 'open' }>): void {
    if (this.outcome.is !== 'open') return;
    this.outcome = outcome;
    for (const undo of this.undo) undo();
    this.terms.over();
    this.terms.release();
    publishOutcome({ kind: this.asked, id: this.id, outcome: outcome.is });
    for (const caller of this.callers) {
      caller.stop();
      // A list of one's own: what one caller does with it is no other's business.
      if (outcome.is === 'answered') caller.resolve([...this.items]);
      else caller.reject(outcome.reason);
    }
    this.callers.clear();
  }
}
