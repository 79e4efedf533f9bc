// Waits until the session can be asked again.

import type { Session } from './session.js';

/**
 * Resolves at once when the session is ready, else when it has come back.
 * @throws the signal's reason; {ClosedError} when the session ends instead.
 */
export function untilReady(session: Session, asked: string, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted === true) return Promise.reject(signal.reason);
  if (session.isReady) return Promise.resolve();
  if (session.state.at === 'closed') return Promise.reject(session.notConnected(asked));
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      session.events.off('ready', onReady);
      session.events.off('closed', onClosed);
      signal?.removeEventListener('abort', onAbort);
    };
    const onReady = (): void => {
      stop();
      resolve();
    };
    const onClosed = (): void => {
      stop();
      reject(session.notConnected(asked));
    };
    const onAbort = (): void => {
      stop();
      reject(signal?.reason);
    };
    session.events.on('ready', onReady);
    session.events.on('closed', onClosed);
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}
