// Waits until the session can be asked again.

import type { EventEmitter } from 'eventemitter3';
import type { SessionEvents, SessionState } from './events.js';

/** What tells of it. */
interface Coming {
  readonly isReady: boolean;
  readonly state: SessionState;
  readonly events: EventEmitter<SessionEvents>;
  notConnected(asked: string): Error;
}

/**
 * Resolves at once when the session is ready, else when it has come back.
 * @throws the signal's reason; {ClosedError} when the session ends instead.
 */
export function untilReady(session: Coming, asked: string, signal?: AbortSignal): Promise<void> {
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
