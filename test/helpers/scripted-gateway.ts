// A gateway whose every answer a test writes down: loopback, any server version, no behaviour of its own beyond the start.

import { createServer, type Socket } from 'node:net';
import { type Decoder, outgoingDecoder } from '../../src/protocol/decode.js';
import { incomingEncoder, type MessageEncoder } from '../../src/protocol/encode.js';
import { FrameDecoder } from '../../src/protocol/frames.js';
import { greeting, readHello } from '../../src/protocol/handshake.js';
import type { IncomingKind, MessageInput, Outgoing, OutgoingKind, RequestOf } from '../../src/protocol/registry.js';

/** One connected client, as the script sees it. */
export interface Peer {
  readonly number: number;
  readonly clientId: number;
  readonly received: readonly Outgoing[];
  readonly isOpen: boolean;
  send<K extends IncomingKind>(kind: K, message: MessageInput<K>): void;
  /** Bytes as they are. */
  write(bytes: Uint8Array): void;
  /** Cuts the connection. */
  cut(): void;
  /** Reads no more, answers no more, keeps the socket open. */
  freeze(): void;
}

export interface Script {
  /** Where to listen; default a free port. */
  readonly port?: number;
  readonly serverVersion?: number;
  readonly accounts?: string;
  readonly nextValidId?: number;
  /** Answers of a request kind. */
  readonly on?: { readonly [K in OutgoingKind]?: (request: RequestOf<K>, peer: Peer) => void };
  /** Instead of the usual accounts and next id. */
  readonly onStart?: (peer: Peer) => void;
  /** Called with every new socket before anything is read; true means the script does it all. */
  readonly onSocket?: (socket: Socket, number: number) => boolean;
}

export interface ScriptedGateway extends AsyncDisposable {
  readonly port: number;
  readonly peers: readonly Peer[];
  /** Requests of all connections in the order in which they came. */
  readonly received: readonly Outgoing[];
  close(): Promise<void>;
}

export async function scriptedGateway(script: Script = {}): Promise<ScriptedGateway> {
  const serverVersion = script.serverVersion ?? 225;
  const peers: Peer[] = [];
  const received: Outgoing[] = [];
  const sockets = new Set<Socket>();
  let count = 0;
  const server = createServer((socket) => {
    count++;
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    if (script.onSocket?.(socket, count) === true) return;
    peers.push(serve(socket, count));
  });

  function serve(socket: Socket, number: number): Peer {
    const frames = new FrameDecoder();
    const decoder: Decoder<Outgoing> = outgoingDecoder(serverVersion);
    const encoder: MessageEncoder = incomingEncoder(serverVersion);
    const mine: Outgoing[] = [];
    let isGreeted = false;
    let isFrozen = false;
    let clientId = -1;
    let early = new Uint8Array(0);
    const peer: Peer = {
      number,
      get clientId() {
        return clientId;
      },
      received: mine,
      get isOpen() {
        return !socket.destroyed;
      },
      send(kind, message) {
        if (!socket.destroyed && !isFrozen) socket.write(encoder.encode(kind, message));
      },
      write(bytes) {
        if (!socket.destroyed && !isFrozen) socket.write(bytes);
      },
      cut: () => void socket.destroy(),
      freeze() {
        isFrozen = true;
      },
    };
    const take = (request: Outgoing): void => {
      mine.push(request);
      received.push(request);
      if (request.kind === 'startApi') {
        clientId = request.clientId ?? -1;
        if (script.onStart !== undefined) script.onStart(peer);
        else {
          peer.send('managedAccounts', { accountsList: script.accounts ?? 'DU9000001' });
          peer.send('nextValidId', { orderId: script.nextValidId ?? 1 });
        }
      }
      const answer = script.on?.[request.kind] as ((request: Outgoing, peer: Peer) => void) | undefined;
      answer?.(request, peer);
    };
    socket.on('data', (bytes: Buffer) => {
      if (isFrozen) return;
      let chunk: Uint8Array = bytes;
      if (!isGreeted) {
        const whole = Uint8Array.from([...early, ...bytes]);
        const hello = readHello(whole);
        if (hello === undefined) {
          early = whole;
          return;
        }
        isGreeted = true;
        socket.write(greeting(serverVersion, '20260818 09:31:02 Central European Standard Time'));
        chunk = whole.subarray(hello.length);
      }
      frames.push(chunk, (frame, start, end) => {
        const request = decoder.decode(frame, start, end);
        if (request.kind !== 'unknown') take(request);
      });
    });
    return peer;
  }

  await new Promise<void>((resolve) => server.listen(script.port ?? 0, '127.0.0.1', resolve));
  const address = server.address();
  const close = (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => server.close(() => resolve()));
  };
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    peers,
    received,
    close,
    [Symbol.asyncDispose]: close,
  };
}
