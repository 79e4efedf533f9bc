// The ports on which TWS and IB Gateway usually listen, and whether something does.

import { createConnection } from 'node:net';

export interface KnownPort {
  readonly port: number;
  readonly application: string;
}

/** Paper first. A port only suggests: the account ids say what is behind it. */
export const KNOWN_PORTS: readonly KnownPort[] = [
  { port: 4002, application: 'IB Gateway, paper' },
  { port: 7497, application: 'TWS, paper' },
  { port: 4001, application: 'IB Gateway, live' },
  { port: 7496, application: 'TWS, live' },
];

export type Reach =
  | { readonly is: 'open'; readonly ms: number }
  | { readonly is: 'refused' | 'silent' }
  | { readonly is: 'failed'; readonly why: string };

/** Tries a TCP connection and hangs up. */
export function reach(host: string, port: number, withinMs: number): Promise<Reach> {
  return new Promise((resolve) => {
    const began = performance.now();
    const socket = createConnection({ host, port });
    const end = (reached: Reach): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(reached);
    };
    const timer = setTimeout(() => end({ is: 'silent' }), withinMs);
    socket.once('connect', () => end({ is: 'open', ms: performance.now() - began }));
    socket.on('error', (error: NodeJS.ErrnoException) =>
      end(error.code === 'ECONNREFUSED' ? { is: 'refused' } : { is: 'failed', why: error.message }),
    );
  });
}
