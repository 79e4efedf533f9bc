// A client of a few lines for tests of the gateway: raw messages of any version, and waiting for what must come.

import { connect, type Socket } from 'node:net';
import type { SimulatedGateway } from '../../../src/gateway/simulate.js';
import { type Decoder, incomingDecoder } from '../../../src/protocol/decode.js';
import { outgoingEncoder, type RequestEncoder } from '../../../src/protocol/encode.js';
import { FrameDecoder } from '../../../src/protocol/frames.js';
import { hello, MAX_VERSION, readGreeting } from '../../../src/protocol/handshake.js';
import type { Incoming, IncomingKind, MessageOf, OutgoingKind, RequestInput } from '../../../src/protocol/registry.js';
import { until } from '../../helpers/until.js';

export interface WireClientOptions {
  readonly version?: number;
  readonly min?: number;
  readonly clientId?: number;
  /** Goes no further than the socket. */
  readonly silent?: boolean;
}

export interface WireClient {
  readonly socket: Socket;
  readonly serverVersion: number;
  readonly connectionTime: string;
  readonly messages: Incoming[];
  /** Every byte that came, in order. */
  readonly bytes: Buffer[];
  readonly isClosed: boolean;
  send<K extends OutgoingKind>(kind: K, message: RequestInput<K>): void;
  /** Messages of a kind so far. */
  of<K extends IncomingKind>(kind: K): MessageOf<K>[];
  /** The first message from `from` on that fits; rejects after `within` ms with what came instead. */
  wait<K extends IncomingKind>(kind: K, fits?: (message: MessageOf<K>) => boolean, within?: number): Promise<MessageOf<K>>;
  closed(within?: number): Promise<void>;
  /** A round trip: whatever the gateway had to say before has come. */
  fence(): Promise<void>;
  /** Forgets what came. */
  clear(): void;
  close(): void;
}

const open = new Set<Socket>();

/** Ends whatever a test left open. */
export function closeAll(): void {
  for (const socket of open) socket.destroy();
  open.clear();
}

/** Connects; resolves after nextValidId or a refusal, unless it is told to be silent. */
export async function wireClient(port: number, options: WireClientOptions = {}): Promise<WireClient> {
  const { version = MAX_VERSION, min = 100, clientId = 1, silent = false } = options;
  const socket = connect(port, '127.0.0.1');
  open.add(socket);
  socket.setNoDelay(true);
  const messages: Incoming[] = [];
  const bytes: Buffer[] = [];
  const frames = new FrameDecoder();
  let serverVersion = 0;
  let connectionTime = '';
  let isClosed = false;
  let decoder: Decoder<Incoming> | undefined;
  let encoder: RequestEncoder | undefined;
  const waiting = new Set<() => void>();
  const wake = (): void => {
    for (const one of [...waiting]) one();
  };
  socket.on('data', (chunk: Buffer) => {
    bytes.push(Buffer.from(chunk));
    frames.push(chunk, (frame, from, to) => {
      if (decoder === undefined) {
        const greeting = readGreeting(frame, from, to);
        serverVersion = greeting.serverVersion;
        connectionTime = greeting.connectionTime;
        decoder = incomingDecoder(serverVersion);
        encoder = outgoingEncoder(serverVersion);
        socket.write(encoder.encode('startApi', { clientId, optionalCapabilities: '' }));
        return;
      }
      const message = decoder.decode(frame, from, to);
      if (message.kind !== 'unknown') messages.push(message);
    });
    wake();
  });
  socket.on('error', () => {});
  socket.on('close', () => {
    isClosed = true;
    open.delete(socket);
    wake();
  });
  const until = <T>(look: () => T | undefined, within: number, what: string): Promise<T> =>
    new Promise((resolve, reject) => {
      const check = (): void => {
        const found = look();
        if (found === undefined) return;
        waiting.delete(check);
        clearTimeout(timer);
        resolve(found);
      };
      const timer = setTimeout(() => {
        waiting.delete(check);
        const seen = messages
          .slice(-12)
          .map((message) => (message.kind === 'error' ? `error ${message.errorCode} ${message.errorString}` : message.kind));
        reject(new Error(`no ${what} within ${within} ms; last came ${seen.join(', ')}${isClosed ? ' and the end' : ''}`));
      }, within);
      waiting.add(check);
      check();
    });
  const client: WireClient = {
    socket,
    get serverVersion() {
      return serverVersion;
    },
    get connectionTime() {
      return connectionTime;
    },
    messages,
    bytes,
    get isClosed() {
      return isClosed;
    },
    send(kind, message) {
      if (encoder === undefined) throw new Error('not connected yet');
      socket.write(encoder.encode(kind, message));
    },
    of<K extends IncomingKind>(kind: K) {
      return messages.filter((message): message is MessageOf<K> & Incoming => message.kind === kind);
    },
    wait(kind, fits = () => true, within = 3_000) {
      return until(() => client.of(kind).find(fits), within, kind);
    },
    closed: (within = 3_000) => until(() => (isClosed ? true : undefined), within, 'end').then(() => {}),
    async fence() {
      const before = client.of('currentTime').length;
      client.send('reqCurrentTime', {});
      await until(() => client.of('currentTime')[before], 10_000, 'currentTime');
      messages.splice(messages.indexOf(client.of('currentTime')[before] as Incoming), 1); // no part of what the test is about
    },
    clear: () => void messages.splice(0),
    close: () => void socket.destroy(),
  };
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  if (silent) return client;
  socket.write(hello({ min, max: version }));
  const refused = client.wait('error', ({ reqId, errorCode }) => reqId === -1 && (errorCode === 326 || errorCode === 322));
  await Promise.any([client.wait('nextValidId'), refused, client.closed()]);
  return client;
}

/** Until so many clients are left, as the gateway sees it. */
export function left(gateway: SimulatedGateway, clients: number): Promise<void> {
  return until(() => gateway.clients.length === clients);
}

/** Contracts that tests ask for again and again. */
export const AAPL = { symbol: 'AAPL', secType: 'STK', exchange: 'SMART', currency: 'USD' } as const;
export const MSFT = { symbol: 'MSFT', secType: 'STK', exchange: 'SMART', currency: 'USD' } as const;
export const EURUSD = { symbol: 'EUR', secType: 'CASH', exchange: 'IDEALPRO', currency: 'USD' } as const;

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
