// The first whole picture of a stream, as one call: it settles, and leaves nothing open.

import { DecodeError } from '../../protocol/errors.js';
import type { Call, Core } from '../core.js';
import { TimeoutError } from '../wire/errors.js';
import { boundOf } from './bound.js';
import { type Subscription, watchState } from './subscription.js';

const WITHIN_MS = 30_000;

/**
 * The stream is closed when its picture is complete. @throws what ended the stream; {DecodeError} when a part of it could not be
 * read; {TimeoutError} after 30 s by default.
 */
export async function picture<T, V>(core: Core, asked: string, stream: Subscription<T, V>, call: Call = {}): Promise<V> {
  const timeout = call.timeout ?? WITHIN_MS;
  let seen = 0;
  const bound = boundOf(asked, call);
  let refuse = (_: unknown): void => {};
  const stopCounting = stream.on(() => {
    seen++;
    const tooMany = bound(core.frameBytes);
    if (tooMany !== undefined) refuse(tooMany);
  });
  let stop = (): void => {};
  try {
    // The stream has asked by then: where both deadlines end at once, what it waited for in admission is the better reason.
    await Promise.resolve();
    await new Promise<void>((resolve, reject) => {
      refuse = reject;
      stop = core.timer.after(timeout, () => reject(new TimeoutError(asked, timeout, { seen })));
      // At once, so that nothing is asked again for a caller who is gone.
      watchState(stream, (state) => {
        if (state.at !== 'stale' || state.error === undefined) return;
        reject(new DecodeError(state.error.reason, state.error, seen));
        stream.close();
      });
      stream.complete().then(resolve, reject);
    });
    return stream.view;
  } finally {
    stop();
    stopCounting();
    stream.close();
  }
}
