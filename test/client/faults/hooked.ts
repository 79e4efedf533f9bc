// What comes to a client, watched where it comes in: the greeting of each connection, and an answer that is broken in half.

import type { openTransport } from '../../../src/client/wire/transport.js';

export interface Hooks {
  /** The first bytes of a connection have come; they count from 1. */
  greeted(connection: number): void;
  /** True when the next bytes are to be broken in half. */
  breaks(): boolean;
  /** Half of them have come; false: the rest is lost. */
  broken(): boolean;
}

export function hooked(open: typeof openTransport, hooks: Hooks): typeof openTransport {
  let connections = 0;
  return (options, events) => {
    let mine = 0;
    return open(options, {
      ...events,
      chunk(bytes) {
        if (mine === 0) {
          mine = ++connections;
          events.chunk(bytes);
          hooks.greeted(mine);
        } else if (hooks.breaks()) {
          const half = bytes.length >> 1;
          events.chunk(bytes.subarray(0, half));
          if (hooks.broken()) events.chunk(bytes.subarray(half));
        } else events.chunk(bytes);
      },
    });
  };
}
