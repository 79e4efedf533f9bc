// Listens in on one connection from the client's side and writes what it hears into a capture.
import type { Direction } from './format.js';
import type { CaptureWriter } from './writer.js';

/** What the owner of a connection calls, in the order in which things happen. None of it throws or waits. */
export interface Tap {
  connected(): void;
  /** A chunk came from the server. */
  read(chunk: Uint8Array): void;
  /** A chunk went to the server. */
  wrote(chunk: Uint8Array): void;
  /** One side ended its half (`in`: the server). */
  ended(direction: Direction): void;
  /** The socket of one side failed. */
  failed(direction: Direction, error: unknown): void;
  closed(): void;
}

/** A tap that writes to `writer`; the writer stays the caller's, to close or to use for the next connection. */
export function tap(writer: CaptureWriter): Tap {
  return {
    connected: () => writer.mark({ what: 'connected', serverVersion: undefined }),
    read: (chunk) => writer.bytes('in', chunk),
    wrote: (chunk) => writer.bytes('out', chunk),
    ended: (direction) => writer.mark({ what: 'eof', direction }),
    failed: (direction, error) => writer.mark({ what: 'failed', direction, text: reason(error) }),
    closed: () => writer.mark({ what: 'disconnected' }),
  };
}

// The code of a system error says it without an address or a path.
function reason(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return error instanceof Error ? error.name : 'unknown';
}
