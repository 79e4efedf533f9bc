// The one way out: judged as things stand, let in, and judged again in the turn in which its bytes are written where it had to wait.

import type { OutgoingKind } from '../../../protocol/registry.js';
import type { Finding } from '../../../rules/finding.js';
import type { Core } from '../../core.js';
import { pause } from '../../wire/timer.js';
import { UntoldError } from '../judge/verdict.js';
import { RuleError } from '../order-errors.js';

/** How long what leaves may wait, unless its call says otherwise. */
export const WITHIN_MS = 10_000;

/** Something that wants to leave: an order, a group, a change, a cancel, an instruction. */
export interface WayOut {
  readonly kind: OutgoingKind;
  /** How many leave at once, all or none; `raw` is let in by nobody, and counted when it leaves. */
  readonly messages: number | 'raw';
  /** Epoch milliseconds until which it may wait. */
  readonly until: number;
  readonly signal: AbortSignal | undefined;
  /** Judges as things stand. @throws what refuses it; {UntoldError} when it may pass once more is told. */
  look(): readonly Finding[];
  /** Writes its bytes, in the turn of the judgement. */
  write(findings: readonly Finding[]): void;
  /** It had to wait, and does not leave. */
  failed(error: unknown): void;
}

/** Leaves in this turn, or waits until it may. @throws what refuses it in this turn. */
export function goOut(core: Core, way: WayOut): void {
  const failed = (error: unknown): void => {
    if (error instanceof UntoldError) untilTold(core, error, way.until, way.signal).then(go).catch(failed);
    else way.failed(error);
  };
  const go = (): void => {
    // Before it asks for its turn, which would be lost if it may not leave.
    const findings = way.look();
    const admitted = letIn(core, way);
    if (typeof admitted === 'function') inTurn(admitted, () => way.write(findings));
    else
      admitted
        .then((release) =>
          inTurn(release, () => {
            way.signal?.throwIfAborted();
            way.write(way.look());
          }),
        )
        .catch(failed);
  };
  try {
    go();
  } catch (error) {
    if (!(error instanceof UntoldError)) throw error;
    failed(error);
  }
}

type Admitted = ReturnType<Core['admit']>;

function letIn(core: Core, { kind, messages, until, signal }: WayOut): Admitted {
  if (messages === 'raw') return () => {};
  return core.admit(kind, {}, { signal, timeout: until - core.timer.now(), messages });
}

function inTurn(release: () => void, act: () => void): void {
  try {
    act();
  } finally {
    release();
  }
}

/** Waits until what was missing may have come. @throws the refusal itself when `until` passes first, the signal's reason. */
export async function untilTold(
  core: Core,
  error: Pick<UntoldError, 'told' | 'refuse' | 'findings'>,
  until: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  const left = until - core.timer.now();
  if (left <= 0) {
    error.refuse();
    throw new RuleError(error.findings);
  }
  const over = new AbortController();
  const either = signal === undefined ? over.signal : AbortSignal.any([signal, over.signal]);
  try {
    await Promise.race([error.told(), pause(core.timer, left, either)]);
  } finally {
    over.abort();
  }
  signal?.throwIfAborted();
}
