// Runs the shapes `one` and `list`: every call settles exactly once, by answer, error, deadline, abort or disconnect.

import type { IncomingKind, MessageOf, OutgoingKind, RequestInput } from '../../protocol/registry.js';
import type { Call, Core, Release } from '../core.js';
import { boundOf } from './bound.js';
import { canonical } from './canonical.js';
import { isWriteKind } from './order-gate.js';
import { type Patience, Question, type QuestionTerms } from './question.js';
import { questionsOf } from './questions.js';
import { hasReqId } from './request.js';
import type { Gathering, List, One } from './shapes.js';
import { takeTurn } from './turns.js';

/** Asks and resolves with the one answer. */
export function askOne<K extends IncomingKind, O extends OutgoingKind>(
  core: Core,
  spec: One<O, K>,
  input: RequestInput<O>,
  call: Call = {},
): Promise<MessageOf<K>> {
  return askParts(core, spec, input, call).then(([answer]) => answer as MessageOf<K>);
}

/** The same where the answer may come in parts. */
export function askParts<K extends IncomingKind, O extends OutgoingKind>(
  core: Core,
  spec: One<O, K>,
  input: RequestInput<O>,
  call: Call = {},
): Promise<readonly MessageOf<K>[]> {
  return run(core, { spec, end: undefined, input, gathering: undefined }, call) as Promise<readonly MessageOf<K>[]>;
}

/** Asks and resolves with all answers, in the order in which they came. */
export function askList<K extends IncomingKind, O extends OutgoingKind>(
  core: Core,
  spec: List<O, K>,
  input: RequestInput<O>,
  call: Call = {},
): Promise<readonly MessageOf<K>[]> {
  return run(core, { spec, end: spec.end, input, gathering: undefined }, call) as Promise<readonly MessageOf<K>[]>;
}

/** The same for answers that are gathered while they are read. */
export function askGathered<P, O extends OutgoingKind>(
  core: Core,
  spec: List<O>,
  gathering: Gathering<P>,
  input: RequestInput<O>,
  call: Call = {},
): Promise<readonly P[]> {
  return run(core, { spec, end: spec.end, input, gathering }, call) as Promise<readonly P[]>;
}

type Asked = Pick<QuestionTerms, 'spec' | 'end' | 'input' | 'gathering'>;

async function run(core: Core, asked: Asked, call: Call): Promise<readonly unknown[]> {
  const { spec, end } = asked;
  const timeout = call.timeout ?? spec.within;
  const { signal } = call;
  signal?.throwIfAborted();
  if (hasReqId(spec.open)) return converse(core, asked, { ...call, signal, timeout });
  const began = core.timer.now();
  const giveOn = await takeTurn(core, end ?? spec.items[0] ?? spec.open, spec.open, { signal, timeout });
  try {
    const left = Math.max(0, timeout - (core.timer.now() - began));
    return await converse(core, asked, { ...call, signal, timeout: left });
  } finally {
    giveOn();
  }
}

async function converse(core: Core, asked: Asked, call: Call & Patience): Promise<readonly unknown[]> {
  const { spec, input } = asked;
  const { signal, timeout } = call;
  const questions = questionsOf(core);
  const key = sharingKey(asked, call);
  const underWay = questions.find(key);
  if (underWay !== undefined) return underWay.join(call);
  if (!core.isReady) throw core.notConnected(spec.open);

  const began = core.timer.now();
  const left = (): Patience => ({ signal, timeout: Math.max(0, timeout - (core.timer.now() - began)) });
  const begin = (release: Release): Promise<readonly unknown[]> => {
    const over = (): void => questions.end(key, question);
    const question = new Question({ core, ...asked, bound: boundOf(spec.open, call), release, over });
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
function sharingKey({ spec, input, gathering }: Asked, { maxRows, maxBytes }: Call): string | undefined {
  if (!hasReqId(spec.open) || isWriteKind(spec.open)) return undefined;
  // A kind is gathered in one way only.
  return canonical([spec.open, spec.shape, spec.items, gathering !== undefined, input, maxRows, maxBytes]);
}
