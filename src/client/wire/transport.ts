// One TCP connection: chunks in, one write per turn out, one reason when it ends.

import { createConnection, type Socket } from 'node:net';
import { ConnectError } from './errors.js';
import type { Timer } from './timer.js';

export interface TransportOptions {
  readonly host: string;
  readonly port: number;
  /** Milliseconds that the TCP connect may take. */
  readonly connectWithin: number;
  readonly timer: Timer;
  readonly signal: AbortSignal | undefined;
}

export interface Transport {
  /** Queues bytes; everything queued within one turn of the event loop leaves in one write. */
  send(bytes: Uint8Array): void;
  /** Bytes that the socket has not yet taken. */
  readonly unsent: number;
  readonly isOpen: boolean;
  /** Ends the connection at once; `ended` is still called, with the cause given here. */
  destroy(cause?: Error): void;
}

export interface TransportEvents {
  /** The bytes are good until the call returns. */
  chunk(bytes: Uint8Array): void;
  /** Called exactly once, after the last chunk. `cause` is undefined when the other side closed in order. */
  ended(cause: Error | undefined): void;
}

/** Room for what has come since the last read: a kernel that holds more gives it in one call. 65,536 cost 15 ns more per tick. */
const READ_BYTES = 262_144;

const REFUSED: Readonly<Record<string, string>> = {
  ECONNREFUSED:
    'Nothing listens there. TWS listens on 7496 (live) and 7497 (paper), IB Gateway on 4001 and 4002; in TWS the socket API has to be enabled in Global Configuration, API, Settings.',
  ENOTFOUND: 'The host name is unknown.',
  EHOSTUNREACH: 'The host cannot be reached.',
  ETIMEDOUT: 'The host does not answer.',
};

/**
 * Connects. The socket sends small writes at once (no Nagle).
 * @throws {ConnectError} phase `socket`, with a hint; the signal's reason when aborted.
 */
export function openTransport(options: TransportOptions, events: TransportEvents): Promise<Transport> {
  const { host, port, timer, signal } = options;
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(signal.reason);
      return;
    }
    let receive = (_: Uint8Array): void => {};
    // One buffer for all chunks: what is read from it is decoded before the next read, so nothing outlives the call.
    const onread = {
      buffer: new Uint8Array(READ_BYTES),
      callback(length: number, buffer: Uint8Array): boolean {
        receive(buffer.subarray(0, length));
        return true;
      },
    };
    const socket = createConnection({ host, port, noDelay: true, keepAlive: true, onread });
    const stop = timer.after(options.connectWithin, () => {
      fail(new ConnectError('socket', `${host}:${port} did not accept a connection within ${options.connectWithin} ms.`));
    });
    const onAbort = (): void => fail(signal?.reason);
    const fail = (reason: unknown): void => {
      settle();
      socket.on('error', () => {}); // whatever a socket says after it was given up
      socket.destroy();
      reject(reason);
    };
    const onError = (error: NodeJS.ErrnoException): void => {
      const hint = REFUSED[error.code ?? ''];
      fail(
        new ConnectError('socket', `${host}:${port}: ${error.message}.`, {
          cause: error,
          ...(hint === undefined ? {} : { hint }),
        }),
      );
    };
    const settle = (): void => {
      stop();
      signal?.removeEventListener('abort', onAbort);
      socket.off('error', onError);
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    socket.once('error', onError);
    socket.once('connect', () => {
      settle();
      receive = (bytes) => events.chunk(bytes);
      resolve(transportOver(socket, events));
    });
  });
}

function transportOver(socket: Socket, events: TransportEvents): Transport {
  let cause: Error | undefined;
  let corked = false;
  const flush = (): void => {
    corked = false;
    socket.uncork();
  };
  socket.on('end', () => socket.destroy());
  socket.on('error', (error: Error) => {
    cause ??= error;
  });
  socket.once('close', () => events.ended(cause));
  return {
    send(bytes) {
      if (socket.destroyed) return;
      const isFirst = !corked;
      if (isFirst) {
        corked = true;
        socket.cork();
      }
      socket.write(bytes);
      if (isFirst) setImmediate(flush);
    },
    get unsent() {
      return socket.writableLength;
    },
    get isOpen() {
      return !socket.destroyed;
    },
    destroy(reason) {
      cause ??= reason;
      if (corked) flush();
      socket.destroy();
    },
  };
}
