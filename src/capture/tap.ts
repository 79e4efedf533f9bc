// Listens in on one connection from the client's side and writes what it hears into a capture.
import type { Direction } from './format.js';
import type { CaptureWriter } from './writer.js';

/** What the owner of a connection calls, in the order in which things happen. None of it throws or waits. */
export interface Tap {
  /** The socket is open. */
  connected(): void;
  /** A chunk came from the server. */
  read(chunk: Uint8Array): void;
  /** A chunk went to the server. */
  wrote(chunk: Uint8Array): void;
  /** One side ended its half (`in`: the server). */
  ended(direction: Direction): void;
  /** The socket of one side failed. */
  failed(direction: Direction, error: unknown): void;
  /** The socket is closed: nothing comes after it. */
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

/**
 * A tap of the shape that `connect({ tap })` takes: it hears bytes only, and knows a new connection by the client's first
 * bytes, `API` and NUL, which no frame begins with (its length would be above a thousand million).
 */
export function chunkTap(writer: CaptureWriter): (direction: Direction, chunk: Uint8Array) => void {
  let isFirst = true;
  return (direction, chunk) => {
    if (isFirst || (direction === 'out' && isHello(chunk))) writer.mark({ what: 'connected', serverVersion: undefined });
    isFirst = false;
    writer.bytes(direction, chunk);
  };
}

function isHello(chunk: Uint8Array): boolean {
  return chunk[0] === 65 && chunk[1] === 80 && chunk[2] === 73 && chunk[3] === 0;
}

// The code of a system error says it without an address or a path.
function reason(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return error instanceof Error ? error.name : 'unknown';
}
