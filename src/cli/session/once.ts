// One raw request and its one answer, for what no facade asks.

import type { Ib } from '../../client/connect.js';
import type { Call } from '../../client/core.js';
import { ClosedError, GatewayError, TimeoutError } from '../../client/wire/errors.js';
import type { IncomingKind, MessageOf, OutgoingKind, RequestInput } from '../../protocol/registry.js';

/** Sends a request and resolves with the first message of a kind. @throws {GatewayError} {TimeoutError} {ClosedError}; the signal's reason. */
export function once<O extends OutgoingKind, K extends IncomingKind>(
  ib: Ib,
  asked: O,
  input: RequestInput<O>,
  answer: K,
  call: Call,
): Promise<MessageOf<K>> {
  const timeout = call.timeout ?? 10_000;
  return new Promise((resolve, reject) => {
    const fail = (reason: unknown): void => {
      settle();
      reject(reason);
    };
    const onAbort = (): void => fail(call.signal?.reason);
    const stops = [
      ib.raw.on(answer, (message) => {
        settle();
        resolve(message);
      }),
      ib.raw.on('error', ({ errorCode, errorString }) => {
        if (errorCode === 321 || errorCode === 320 || errorCode === 505)
          fail(new GatewayError({ errorCode, text: errorString ?? '', id: undefined, asked }));
      }),
      ib.on('closed', (cause) => fail(cause ?? new ClosedError('the session was closed', { asked }))),
    ];
    const timer = setTimeout(() => fail(new TimeoutError(asked, timeout)), timeout);
    const settle = (): void => {
      clearTimeout(timer);
      call.signal?.removeEventListener('abort', onAbort);
      for (const stop of stops) stop();
    };
    call.signal?.addEventListener('abort', onAbort, { once: true });
    if (call.signal?.aborted === true) return onAbort();
    try {
      ib.raw.send(asked, input);
    } catch (error) {
      fail(error);
    }
  });
}

/** The gateway's clock minus ours in milliseconds, half the way there taken off; within a second before server version 197. */
export async function clockSkew(
  ib: Ib,
  call: Call,
  now: () => number,
): Promise<{ readonly ms: number; readonly within: number }> {
  const began = now();
  if (ib.serverVersion >= 197) {
    const { timeInMillis } = await once(ib, 'reqCurrentTimeInMillis', {}, 'currentTimeInMillis', call);
    return { ms: Number(timeInMillis) - (began + now()) / 2, within: (now() - began) / 2 };
  }
  const { time } = await once(ib, 'reqCurrentTime', {}, 'currentTime', call);
  return { ms: Number(time) * 1000 + 500 - (began + now()) / 2, within: 500 + (now() - began) / 2 };
}
