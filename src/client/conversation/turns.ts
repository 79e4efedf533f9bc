// Requests without an id go one after the other, because nothing tells their answers apart.

import type { Call, Core } from '../core.js';
import { TimeoutError } from '../wire/errors.js';

interface Waiter {
  go(): void;
}

const lines = new WeakMap<Core, Map<string, Waiter[]>>();

/** How many requests hold or wait for a turn: for tests of leaks. */
export function turnsTaken(core: Core): number {
  return lines.get(core)?.size ?? 0;
}

/**
 * Resolves when it is this request's turn, with what gives the turn on. `line` names what would answer it.
 * @throws {TimeoutError} when the turn does not come in time; the signal's reason.
 */
export function takeTurn(
  core: Core,
  line: string,
  asked: string,
  call: Call & { readonly timeout: number },
): Promise<() => void> {
  const all = lines.get(core) ?? new Map<string, Waiter[]>();
  lines.set(core, all);
  const waiting = all.get(line);
  const giveOn = (): void => {
    const next = all.get(line)?.shift();
    if (next === undefined) all.delete(line);
    else next.go();
  };
  if (waiting === undefined) {
    all.set(line, []);
    return Promise.resolve(giveOn);
  }
  return new Promise((resolve, reject) => {
    const { signal, timeout } = call;
    const leave = (reason: unknown): void => {
      waiting.splice(waiting.indexOf(waiter), 1);
      settle();
      reject(reason);
    };
    const onAbort = (): void => leave(signal?.reason);
    const stop = core.timer.after(timeout, () =>
      leave(new TimeoutError(asked, timeout, { hint: 'Another request of the same kind was still waiting for its answer.' })),
    );
    const settle = (): void => {
      stop();
      signal?.removeEventListener('abort', onAbort);
    };
    const waiter: Waiter = {
      go() {
        settle();
        resolve(giveOn);
      },
    };
    waiting.push(waiter);
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}
