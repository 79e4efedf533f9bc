// One question on the wire and everybody who waits for its answer, each with a deadline and a signal of its own.

import { DecodeError } from '../../protocol/errors.js';
import type { Incoming, IncomingKind, OutgoingKind } from '../../protocol/registry.js';
import { sentMessage } from '../contracts/told.js';
import type { Core, Release } from '../core.js';
import type { Verdict } from '../notices/verdict.js';
import { requestChannel } from '../wire/channels.js';
import { TimeoutError, type UnusableError } from '../wire/errors.js';
import type { Bound } from './bound.js';
import { gatewayError, hasReqId } from './request.js';
import type { ErrorMessage, Party } from './router.js';
import type { List, One } from './shapes.js';

export interface QuestionTerms {
  readonly core: Core;
  readonly spec: One | List;
  /** The kind that ends a list. */
  readonly end: IncomingKind | undefined;
  readonly input: object;
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
  resolve(items: readonly Incoming[]): void;
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
  private readonly items: Incoming[] = [];
  private readonly callers = new Set<Caller>();
  private id: number | undefined;
  /** The next row is the first again. */
  private beginsAnew = false;
  private undo: (() => void)[] = [];
  private outcome: Outcome = { is: 'open' };

  constructor(terms: QuestionTerms) {
    this.terms = terms;
    this.asked = terms.spec.open;
  }

  /** One more who waits for the answer. When nobody does any more, what was asked is taken back. */
  join({ signal, timeout }: Patience): Promise<readonly Incoming[]> {
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
    const { core, spec, end } = this.terms;
    const { router } = core;
    const kinds = end === undefined ? spec.items : [...spec.items, end];
    if (hasReqId(spec.open)) {
      this.id = core.reqIds.next();
      this.undo.push(router.own(this.id, this));
    } else this.undo.push(router.await(kinds, this));
    const onClosed = (cause: Error): void => this.fail(cause);
    core.calls.add(onClosed);
    this.undo.push(() => core.calls.delete(onClosed));
    try {
      const input = sentMessage(this.terms.input, core.told);
      core.send(spec.open, this.id === undefined ? input : { ...input, reqId: this.id }, true);
    } catch (error) {
      this.fail(error);
    }
  }

  message(message: Incoming): void {
    const { core, spec, end, input } = this.terms;
    if (!this.awaits(message.kind)) {
      core.router.unclaimed++; // a kind that this request never asked for
      return;
    }
    if ((spec.items as readonly string[]).includes(message.kind)) {
      const tooMany = this.terms.bound();
      if (tooMany !== undefined) {
        this.giveUp(tooMany);
        return;
      }
      if (spec.shape === 'one' && spec.matches?.(input as never, message as never) === false) return;
      if (this.beginsAnew && message.kind !== end) {
        this.items.length = 0;
        this.beginsAnew = false;
      }
      this.items.push(message);
      if (spec.shape === 'one') this.finish();
    }
    if (message.kind === end) this.finish();
  }

  unusable(error: UnusableError): void {
    this.giveUp(error);
  }

  awaits(kind: string): boolean {
    return kind === this.terms.end || (this.terms.spec.items as readonly string[]).includes(kind);
  }

  /** An answer with a hole is none: what was asked is taken back. */
  unreadable(error: DecodeError): void {
    this.giveUp(new DecodeError(error.reason, error, this.items.length));
  }

  notice(error: ErrorMessage, verdict: Verdict): void {
    const { core, spec } = this.terms;
    switch (verdict.means) {
      case 'requestFailed':
        core.learn(verdict);
        this.fail(gatewayError(error, spec.open));
        return;
      case 'requestEmpty':
        if (spec.shape === 'list') this.finish();
        else this.fail(gatewayError(error, spec.open));
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
    if (requestChannel.hasSubscribers) requestChannel.publish({ kind: this.asked, id: this.id, outcome: outcome.is });
    for (const caller of this.callers) {
      caller.stop();
      // A list of one's own: what one caller does with it is no other's business.
      if (outcome.is === 'answered') caller.resolve([...this.items]);
      else caller.reject(outcome.reason);
    }
    this.callers.clear();
  }
}
