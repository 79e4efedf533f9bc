// What carries bytes between clients and the server, and keeps the time of whoever reads them: sockets, unless somebody has another.
import type { Socket } from 'node:net';
import { Listener } from './listener.js';

/** One connection: what the server needs of a socket. */
export interface Carrier extends Pick<Socket, 'writable' | 'writableLength' | 'remoteAddress' | 'remotePort'> {
  /** `taken` runs when the bytes may be written over. */
  write(bytes: Uint8Array, taken?: () => void): void;
  on(event: 'data', run: (chunk: Buffer) => void): void;
  on(event: 'error', run: (error: Error) => void): void;
  on(event: 'close', run: () => void): void;
  setNoDelay(isOn: boolean): void;
  pause(): void;
  resume(): void;
  /** Ends it at once. */
  destroy(): void;
  /** Ends it when what was written has left. */
  destroySoon(): void;
}

/** Where clients come in. */
export interface Entrance {
  /** 0 until it listens. */
  readonly port: number;
  /** 0 takes a free port. A port that was listened on before is let go once the new one is open. */
  listen(port: number): Promise<void>;
  /** Ends every connection and stops listening. */
  close(): Promise<void>;
}

export interface Network {
  entrance(host: string, accept: (carrier: Carrier) => void): Entrance;
  /** Runs at the end of this turn; the answer takes it back. */
  soon(run: () => void): () => void;
  /** Runs after so many ms of the clients' time, which is not the gateway's where that runs faster; the answer takes it back. */
  after(ms: number, run: () => void): () => void;
}

export const sockets: Network = {
  entrance: (host, accept) => new Listener(host, accept),
  soon(run) {
    const planned = setImmediate(run);
    return () => clearImmediate(planned);
  },
  after(ms, run) {
    const planned = setTimeout(run, ms);
    return () => clearTimeout(planned);
  },
};
