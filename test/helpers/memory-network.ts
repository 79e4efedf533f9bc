// Clients and gateways that meet in memory and in one virtual time: a network without a socket.

import { ConnectError } from '../../src/client/wire/errors.js';
import type { openTransport, Transport, TransportEvents } from '../../src/client/wire/transport.js';
import type { VirtualClock } from '../../src/gateway/clock.js';
import type { Carrier, Entrance, Network } from '../../src/gateway/server/network.js';

export interface MemoryNetwork extends Network {
  /** Connects a client to whoever listens on the port. */
  readonly openTransport: typeof openTransport;
  /** Connections that have not ended. */
  readonly open: number;
}

/** Who reads one direction. */
interface Reader {
  chunk(bytes: Buffer): void;
  /** After the last chunk. */
  end(): void;
}

/** One direction: what is written within a turn is read in the next, and the end after all of it. */
class Lane {
  private readonly soon: Network['soon'];
  private readonly reader: Reader;
  private waiting: Buffer[] = [];
  private isEnding = false;
  private isPaused = false;
  private isOver = false;
  private unplan: (() => void) | undefined;

  constructor(soon: Network['soon'], reader: Reader) {
    this.soon = soon;
    this.reader = reader;
  }

  get held(): number {
    return this.waiting.reduce((sum, { length }) => sum + length, 0);
  }

  write(bytes: Uint8Array): void {
    if (this.isEnding || this.isOver) return;
    this.waiting.push(Buffer.from(bytes));
    this.plan();
  }

  /** What was written still arrives. */
  end(): void {
    this.isEnding = true;
    this.plan();
  }

  /** The reader is gone. */
  drop(): void {
    this.isOver = true;
    this.waiting = [];
    this.unplan?.();
  }

  pause(): void {
    this.isPaused = true;
  }

  resume(): void {
    this.isPaused = false;
    this.plan();
  }

  private plan(): void {
    if (!this.isOver && !this.isPaused) this.unplan ??= this.soon(() => this.deliver());
  }

  private deliver(): void {
    this.unplan = undefined;
    while (this.waiting.length > 0 && !this.isPaused && !this.isOver) this.reader.chunk(this.waiting.shift() as Buffer);
    if (!this.isEnding || this.isPaused || this.isOver) return;
    this.isOver = true;
    this.reader.end();
  }
}

export function memoryNetwork(clock: VirtualClock): MemoryNetwork {
  const doors = new Map<number, (carrier: Carrier) => void>();
  const live = new Set<() => void>();
  let lastPort = 4000;
  const after = (ms: number, run: () => void): (() => void) => {
    const timer = clock.at(clock.now() + ms, run);
    return () => timer.cancel();
  };
  const soon = (run: () => void): (() => void) => after(0, run);

  const entrance: Network['entrance'] = (_host, accept): Entrance => {
    let port = 0;
    const mine = new Set<() => void>();
    return {
      get port() {
        return port;
      },
      listen(wanted) {
        doors.delete(port);
        port = wanted === 0 ? ++lastPort : wanted;
        doors.set(port, (carrier) => {
          const end = (): void => carrier.destroy();
          mine.add(end);
          carrier.on('close', () => mine.delete(end));
          accept(carrier);
        });
        return Promise.resolve();
      },
      close() {
        doors.delete(port);
        for (const end of [...mine]) end();
        return Promise.resolve();
      },
    };
  };

  const openTransport: MemoryNetwork['openTransport'] = async ({ host, port, signal }, events) => {
    await new Promise<void>((resolve) => void soon(resolve));
    signal?.throwIfAborted();
    const accept = doors.get(port);
    if (accept === undefined) throw new ConnectError('socket', `${host}:${port}: nobody listens.`);
    const [carrier, transport] = pairOf(soon, events, live);
    accept(carrier);
    return transport;
  };

  return {
    entrance,
    soon,
    after,
    openTransport,
    get open() {
      return live.size;
    },
  };
}

/** Both ends of a connection: the server's and the client's. */
function pairOf(soon: Network['soon'], events: TransportEvents, live: Set<() => void>): readonly [Carrier, Transport] {
  const closed: (() => void)[] = [];
  const heard: ((chunk: Buffer) => void)[] = [];
  let cause: Error | undefined;
  let isServerOpen = true;
  let isClientOpen = true;
  const toServer = new Lane(soon, { chunk: (bytes) => heard[0]?.(bytes), end: () => closeServer() });
  const toClient = new Lane(soon, { chunk: (bytes) => events.chunk(bytes), end: () => closeClient() });
  const closeServer = (): void => {
    if (!isServerOpen) return;
    isServerOpen = false;
    toServer.drop();
    toClient.end();
    soon(() => {
      for (const run of closed) run();
    });
  };
  const closeClient = (): void => {
    if (!isClientOpen) return;
    isClientOpen = false;
    toClient.drop();
    toServer.resume(); // a reader that is paused is told of the end all the same
    toServer.end();
    live.delete(closeClient);
    soon(() => events.ended(cause));
  };
  live.add(closeClient);
  const on = (event: 'data' | 'error' | 'close', run: (given: never) => void): void => {
    if (event === 'data') heard.push(run as (chunk: Buffer) => void);
    if (event === 'close') closed.push(run as () => void);
  };
  const carrier: Carrier = {
    remoteAddress: 'memory',
    remotePort: 0,
    get writable() {
      return isServerOpen;
    },
    get writableLength() {
      return toClient.held;
    },
    write(bytes, taken) {
      toClient.write(bytes);
      taken?.();
    },
    on,
    setNoDelay() {},
    pause: () => toServer.pause(),
    resume: () => toServer.resume(),
    destroy: closeServer,
    destroySoon: closeServer,
  };
  const transport: Transport = {
    send: (bytes) => toServer.write(bytes),
    get unsent() {
      return toServer.held;
    },
    get isOpen() {
      return isClientOpen;
    },
    destroy(reason) {
      cause ??= reason;
      closeClient();
    },
  };
  return [carrier, transport];
}
