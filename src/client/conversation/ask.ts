// Runs the shapes `one` and `list`: every call settles exactly once, by answer, error, deadline, abort or disconnect.

import { tableOfKind } from '../../protocol/encode.js';
import { DecodeError } from '../../protocol/errors.js';
import type { Incoming, IncomingKind, MessageOf, OutgoingKind, RequestInput } from '../../protocol/registry.js';
import { sentMessage } from '../contracts/told.js';
import type { Call, Core, Release } from '../core.js';
import { checkCall } from '../input/check-call.js';
import type { Verdict } from '../notices/verdict.js';
import { requestChannel } from '../wire/channels.js';
import { GatewayError, TimeoutError, type UnusableError } from '../wire/errors.js';
import { type Bound, boundOf } from './bound.js';
import type { ErrorMessage, Party } from './router.js';
import type { List, One } from './shapes.js';
import { takeTurn } from './turns.js';

/** True when the request carries an id that its answers repeat. */
export function hasReqId(kind: OutgoingKind): boolean {
  return tableOfKind('outgoing', kind).key === 'reqId';
}

export function gatewayError(error: ErrorMessage, asked: string): GatewayError {
  return new GatewayError({
    errorCode: error.errorCode ?? 0,
    text: error.errorString ?? '',
    id: error.reqId,
    asked,
    ...(error.advancedOrderRejectJson === undefined ? {} : { advancedOrderRejectJson: error.advancedOrderRejectJson }),
    ...(error.errorTime === undefined ? {} : { errorTime: error.errorTime }),
  });
}

/** Asks and resolves with the one answer. */
export function askOne<K extends IncomingKind, O extends OutgoingKind>(
  core: Core,
  spec: One<O, K>,
  input: RequestInput<O>,
  call: Call = {},
): Promise<MessageOf<K>> {
  return run(core, spec, undefined, input, call).then((items) => items[0] as MessageOf<K>);
}

/** Asks and resolves with all answers, in the order in which they came. */
export function askList<K extends IncomingKind, O extends OutgoingKind>(
  core: Core,
  spec: List<O, K>,
  input: RequestInput<O>,
  call: Call = {},
): Promise<readonly MessageOf<K>[]> {
  return run(core, spec, spec.end, input, call) as Promise<readonly MessageOf<K>[]>;
}

async function run(
  core: Core,
  spec: One | List,
  end: IncomingKind | undefined,
  input: object,
  call: Call,
): Promise<readonly Incoming[]> {
  checkCall(call);
  const timeout = call.timeout ?? spec.within;
  const { signal } = call;
  signal?.throwIfAborted();
  if (hasReqId(spec.open)) return converse(core, spec, end, input, { ...call, timeout });
  const began = core.timer.now();
  const giveOn = await takeTurn(core, end ?? spec.items[0] ?? spec.open, spec.open, { signal, timeout });
  try {
    const left = Math.max(0, timeout - (core.timer.now() - began));
    return await converse(core, spec, end, input, { ...call, timeout: left });
  } finally {
    giveOn();
  }
}

async function converse(
  core: Core,
  spec: One | List,
  end: IncomingKind | undefined,
  input: object,
  call: Call & { readonly timeout: number },
): Promise<readonly Incoming[]> {
  const { signal, timeout } = call;
  if (!core.isReady) throw core.notConnected(spec.open);
  const began = core.timer.now();
  const release = await core.admit(spec.open, input, { signal, timeout });
  if (signal?.aborted === true || !core.isReady) {
    release();
    signal?.throwIfAborted();
    throw core.notConnected(spec.open);
  }
  return new Promise((resolve, reject) => {
    new Conversation({
      core,
      spec,
      end,
      input,
      signal,
      bound: boundOf(core, spec.open, call),
      timeout: Math.max(0, timeout - (core.timer.now() - began)),
      release,
      resolve,
      reject,
    }).open();
  });
}

interface Terms {
  readonly core: Core;
  readonly spec: One | List;
  readonly end: IncomingKind | undefined;
  readonly input: object;
  readonly signal: AbortSignal | undefined;
  readonly bound: Bound;
  readonly timeout: number;
  readonly release: Release;
  resolve(items: readonly Incoming[]): void;
  reject(reason: unknown): void;
}

/** One running call. Everything it registers is taken back in `settle`, whichever way it ends. */
class Conversation implements Party {
  readonly asked: OutgoingKind;
  cancelled = false;
  readonly isWaiting = true;
  private readonly terms: Terms;
  private readonly items: Incoming[] = [];
  private id: number | undefined;
  private undo: (() => void)[] = [];
  private isSettled = false;

  constructor(terms: Terms) {
    this.terms = terms;
    this.asked = terms.spec.open;
  }

  open(): void {
    const { core, spec, end, signal, timeout } = this.terms;
    const { router } = core;
    const kinds = end === undefined ? spec.items : [...spec.items, end];
    if (hasReqId(spec.open)) {
      this.id = core.reqIds.next();
      this.undo.push(router.own(this.id, this));
    } else this.undo.push(router.await(kinds, this));
    this.undo.push(
      core.timer.after(timeout, () => this.giveUp(new TimeoutError(spec.open, timeout, { seen: this.items.length }))),
    );
    const onAbort = (): void => this.giveUp(signal?.reason);
    signal?.addEventListener('abort', onAbort, { once: true });
    this.undo.push(() => signal?.removeEventListener('abort', onAbort));
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
        core.note(error, verdict);
    }
  }

  private finish(): void {
    if (this.isSettled) return;
    if (this.terms.spec.cancelAfter === true) this.cancel();
    if (this.settle('answered')) this.terms.resolve(this.items);
  }

  private fail(reason: unknown): void {
    if (this.settle('failed')) this.terms.reject(reason);
  }

  /** Deadline or abort: what was asked is taken back. */
  private giveUp(reason: unknown): void {
    if (this.isSettled) return;
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

  private settle(outcome: string): boolean {
    if (this.isSettled) return false;
    this.isSettled = true;
    for (const undo of this.undo) undo();
    this.terms.release();
    if (requestChannel.hasSubscribers) requestChannel.publish({ kind: this.asked, id: this.id, outcome });
    return true;
  }
}
