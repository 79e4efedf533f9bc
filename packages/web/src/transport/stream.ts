// The WebSocket of the stream, as little of it as is needed: frames go in and out, and an end is told once.

import type { Agent } from 'node:https';
import { WebSocket } from 'ws';

/** An open socket, as who writes to it sees it. */
export interface StreamSocket {
  send(text: string): void;
  /** Ends it; `closed` is told all the same. */
  close(): void;
}

/** What happens to a socket. */
export interface StreamEvents {
  opened(): void;
  frame(data: string | Uint8Array): void;
  /** It is over, or never came about: the last thing that is told, once. */
  closed(why: string): void;
}

/** Opens a socket; what comes of it is told by the events, never by throwing. */
export type OpenStream = (
  to: { readonly url: URL; readonly headers: Readonly<Record<string, string>> },
  events: StreamEvents,
) => StreamSocket;

const LARGEST = 16 * 1024 * 1024;
const OPEN_WITHIN = 15_000;

/** Over TLS. `agent`: a pinned one; unset: certificates are checked as everywhere. */
export function webSocketStream(agent?: Agent): OpenStream {
  return ({ url, headers }, events) => {
    const socket = new WebSocket(url, {
      // Said outright: nothing in the environment switches the check off.
      ...(agent === undefined ? { rejectUnauthorized: true } : { agent }),
      headers: { 'User-Agent': 'ibwire-web/0.1', ...headers },
      maxPayload: LARGEST,
      handshakeTimeout: OPEN_WITHIN,
      perMessageDeflate: false,
    });
    let why = '';
    socket.on('open', () => events.opened());
    socket.on('message', (data, isBinary) => {
      const bytes = Array.isArray(data) ? Buffer.concat(data) : data instanceof ArrayBuffer ? new Uint8Array(data) : data;
      events.frame(isBinary ? bytes : Buffer.from(bytes).toString('utf8'));
    });
    socket.on('error', (error) => {
      why = error.message;
    });
    socket.on('close', (code, reason) => events.closed(why || `${code} ${reason.toString('utf8')}`.trim()));
    return {
      send(text) {
        if (socket.readyState === WebSocket.OPEN) socket.send(text);
      },
      close: () => socket.terminate(),
    };
  };
}
