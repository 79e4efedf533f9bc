// Runs the shapes `one` and `list`: every call settles exactly once, by answer, error, deadline, abort or disconnect.

import type { Incoming, IncomingKind, MessageOf, OutgoingKind, RequestInput } from '../../protocol/registry.js';
import type { Call, Core, Release } from '../core.js';
import { checkCall } from '../input/check-call.js';
import { isWriteKind } from '../session/order-gate.js';
import { boundOf } from './bound.js';
import { canonical } from './canonical.js';
import { type Patience, Question } from './question.js';
import { questionsOf } from './questions.js';
import { hasReqId } from './request.js';
import type { List, One } from './shapes.js';
import { takeTurn } from './turns.js';

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
  if (hasReqId(spec.open)) return converse(core, spec, end, input, { ...call, signal, timeout });
  const began = core.timer.now();
  const giveOn = await takeTurn(core, end ?? spec.items[0] ?? spec.open, spec.open, { signal, timeout });
  try {
    const left = Math.max(0, timeout - (core.timer.now() - began));
    return await converse(core, spec, end, input, { ...call, signal, timeout: left });
  } finally {
    giveOn();
  }
}

async function converse(
  core: Core,
  spec: One | List,
  end: IncomingKind | undefined,
  input: object,
  call: Call & Patience,
): Promise<readonly Incoming[]> {
  const { signal, timeout } = call;
  const questions = questionsOf(core);
  const key = sharingKey(spec, input, call);
  const underWay = questions.find(key);
  if (underWay !== undefined) return underWay.join(call);
  if (!core.isReady) throw core.notConnected(spec.open);

  const began = core.timer.now();
  const left = (): Patience => ({ signal, timeout: Math.max(0, timeout - (core.timer.now() - began)) });
  const begin = (release: Release): Promise<readonly Incoming[]> => {
    const over = (): void => questions.end(key, question);
    const question = new Question({ core, spec, end, input, bound: boundOf(core, spec.open, call), release, over });
    questions.begin(key, question);
    const answer = question.join(left());
    question.open();
    return answer;
  };
  const expected = questions.expect(key);
  const gone = signal === undefined ? expected.signal : AbortSignal.any([signal, expected.signal]);
  const admitted = core.admit(spec.open, input, { signal: gone, timeout, keeps: 'untilAnswered' });
  // Where there is room it leaves in this turn, so that an equal one of the same turn finds it.
  if (typeof admitted === 'function') {
    expected.stop();
    return begin(admitted);
  }
  let release: Release;
  try {
    release = await admitted;
  } catch (error) {
    if (error instanceof Question) return error.join(left());
    throw error;
  } finally {
    expected.stop();
  }
  const other = questions.find(key);
  if (other === undefined && signal?.aborted !== true && core.isReady) return begin(release);
  release();
  if (other !== undefined) return other.join(left());
  signal?.throwIfAborted();
  throw core.notConnected(spec.open);
}

/** Equal for questions that have the same answer; undefined for what changes something, and what answers without an id. */
function sharingKey(spec: One | List, input: object, { maxRows, maxBytes }: Call): string | undefined {
  if (!hasReqId(spec.open) || isWriteKind(spec.open)) return undefined;
  return canonical([spec.open, spec.shape, spec.items, input, maxRows, maxBytes]);
}
