// A proxy that stands between any client and any gateway and records what both say.

import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { callback, record as known, text, whole } from '../input/checks.js';
import { insist } from '../input/option-error.js';
import { type Tap, tap } from './tap.js';
import type { CaptureWriter } from './writer.js';

/** Whom a recorder stands between, and where it writes. */
export interface RecorderOptions {
  /** The gateway that clients are passed on to; host 127.0.0.1 unless told. */
  readonly gateway: { readonly host?: string; readonly port: number };
  /** Where clients come in; 127.0.0.1 and a free port unless told. */
  readonly listen?: { readonly host?: string; readonly port?: number };
  /** Gives the writer for connection 0, 1, 2 …; the recorder closes it. When it fails, the client is turned away. */
  readonly open: (connection: number) => CaptureWriter | Promise<CaptureWriter>;
}

/** A recorder that runs. Closing it waits until every capture is on disk. */
export interface Recorder extends AsyncDisposable {
  /** The port clients connect to. */
  readonly port: number;
  /** Recordings that could not be opened or written to the end, and clients that could not be accepted. */
  readonly failures: readonly unknown[];
  /** Stops listening, ends what is open and waits until every capture is on disk. */
  close(): Promise<void>;
}

const port = whole(0, 65_535);
const optionChecks = known<RecorderOptions>(
  {
    gateway: known<RecorderOptions['gateway']>({ host: text, port }, ['port']),
    listen: known<NonNullable<RecorderOptions['listen']>>({ host: text, port }),
    open: callback,
  },
  ['gateway', 'open'],
);

/** Starts recording. Throws the system's error when the port cannot be had. */
export async function startRecorder(options: RecorderOptions): Promise<Recorder> {
  insist(optionChecks, '', options);
  const failures: unknown[] = [];
  const sockets = new Set<Socket>();
  const running = new Set<Promise<void>>();
  const server = createServer({ pauseOnConnect: true, allowHalfOpen: true, noDelay: true });
  let count = 0;
  server.on('connection', (client) => {
    const connection = record(client, options, count++, sockets)
      .catch((error: unknown) => void failures.push(error))
      .finally(() => running.delete(connection));
    running.add(connection);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.listen?.port ?? 0, options.listen?.host ?? '127.0.0.1', resolve);
  });
  server.on('error', (error) => void failures.push(error)); // a client that could not be accepted
  const close = async (): Promise<void> => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve())); // calls back also when closed before
    for (const socket of sockets) socket.destroy();
    await closed;
    await Promise.all(running);
  };
  // A listening TCP server has an address with a port.
  const { port } = server.address() as AddressInfo;
  return { port, failures, close, [Symbol.asyncDispose]: close };
}

async function record(client: Socket, options: RecorderOptions, count: number, sockets: Set<Socket>): Promise<void> {
  const held = hold(client, sockets);
  let writer: CaptureWriter;
  try {
    writer = await options.open(count);
  } catch (error) {
    client.destroy();
    await held;
    throw error;
  }
  const { host = '127.0.0.1', port } = options.gateway;
  const gateway = connect({ host, port, allowHalfOpen: true, noDelay: true });
  const ear = tap(writer);
  const ends = Promise.all([held, hold(gateway, sockets)]);
  gateway.once('connect', () => ear.connected());
  pass(client, gateway, 'out', ear);
  pass(gateway, client, 'in', ear);
  if (client.destroyed) gateway.destroy();
  else gateway.once('connect', () => client.resume());
  await ends;
  ear.closed();
  await writer.close();
}

/** Settles when the socket is gone; until then the recorder can destroy it. */
function hold(socket: Socket, sockets: Set<Socket>): Promise<void> {
  sockets.add(socket);
  return new Promise((resolve) => {
    socket.once('close', () => {
      sockets.delete(socket);
      resolve();
    });
    socket.on('error', () => undefined); // `close` follows; who passes bytes on writes the error down
  });
}

/** Passes on what `from` says, no faster than `to` takes it, and its end; what was taken from it is delivered before the end. */
function pass(from: Socket, to: Socket, direction: 'in' | 'out', ear: Tap): void {
  from.on('data', (chunk: Buffer) => {
    if (direction === 'in') ear.read(chunk);
    else ear.wrote(chunk);
    if (!to.write(chunk)) from.pause();
  });
  to.on('drain', () => from.resume());
  from.once('end', () => {
    ear.ended(direction);
    to.end();
  });
  from.once('error', (error) => ear.failed(direction, error));
  from.once('close', () => to.destroySoon());
}
