// One caller's patience with an answer that several may share.
import type { Call } from '../core.js';
import { TimeoutError } from '../wire/errors.js';
import type { Timer } from '../wire/timer.js';

/** Settles as the answer does, or before it by the caller's own signal or deadline; the answer goes on for others. */
export function within<T>(
  clock: { readonly timer: Timer },
  call: Call | undefined,
  answer: Promise<T>,
  asked = 'request',
): Promise<T> {
  const { signal, timeout } = call ?? {};
  if (signal === undefined && timeout === undefined) return answer;
  answer.catch(() => {});
  if (signal?.aborted === true) return Promise.reject(signal.reason);
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
