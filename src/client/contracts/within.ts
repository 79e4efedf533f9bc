// One caller's patience with an answer that several may share.
import type { Call } from '../core.js';
import { TimeoutError } from '../wire/errors.js';
import type { Timer } from '../wire/timer.js';

/** Asks, and settles as the answer does, or before it by the caller's own signal or deadline; the answer goes on for others. */
export async function within<T>(
  clock: { readonly timer: Timer },
  call: Call | undefined,
  ask: () => Promise<T>,
  asked = 'request',
): Promise<T> {
  const { signal, timeout } = call ?? {};
  signal?.throwIfAborted();
  const answer = ask();
  if (signal === undefined && timeout === undefined) return answer;
  answer.catch(() => {});
  return new Promise((resolve, reject) => {
    const stop = timeout === undefined ? () => {} : clock.timer.after(timeout, () => fail(new TimeoutError(asked, timeout)));
    const abort = (): void => fail(signal?.reason);
    const leave = (): void => {
      stop();
      signal?.removeEventListener('abort', abort);
    };
    const fail = (reason: unknown): void => {
      leave();
      reject(reason);
    };
    signal?.addEventListener('abort', abort, { once: true });
    answer.then((value) => {
      leave();
      resolve(value);
    }, fail);
  });
}
