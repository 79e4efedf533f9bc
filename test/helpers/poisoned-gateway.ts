// Stands between a client and a gateway and hangs a tail on the texts of every message, whatever its kind; takes it off on the way back.

import { createConnection, createServer, type Socket } from 'node:net';
import { incomingDecoder, outgoingDecoder } from '../../src/protocol/decode.js';
import { incomingEncoder, outgoingEncoder } from '../../src/protocol/encode.js';
import { FrameDecoder } from '../../src/protocol/frames.js';
import { greeting, readGreeting, readHello } from '../../src/protocol/handshake.js';

export interface Poison {
  readonly tail: string;
  /** Names of fields whose text is left as it is: a client reads it as a word of a list. Numbers and times are left anyhow. */
  readonly spared: ReadonlySet<string>;
}

export interface PoisonedGateway extends AsyncDisposable {
  readonly port: number;
  /** Names of fields that got a tail. */
  readonly poisoned: ReadonlySet<string>;
}

type Change = (name: string, text: string) => string;

function changed(value: unknown, name: string, change: Change): unknown {
  if (typeof value === 'string') return value === '' ? value : change(name, value);
  if (Array.isArray(value)) return value.map((one) => changed(one, name, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, held]) => [key, changed(held, key, change)]));
}

/** The gateway on `port`, with a tail on its texts. */
export async function poisonedGateway(port: number, serverVersion: number, { tail, spared }: Poison): Promise<PoisonedGateway> {
  const poisoned = new Set<string>();
  const sockets = new Set<Socket>();
  const hang: Change = (name, text) => {
    if (name === 'kind' || spared.has(name) || /^[-+.\d:; /]+$/.test(text)) return text;
    poisoned.add(name);
    return name === 'accountsList' ? text.replaceAll(/[^,]+/g, `$&${tail}`) : `${text}${tail}`;
  };
  const take: Change = (_, text) => text.replaceAll(tail, '');
  const server = createServer((client) => {
    const gateway = createConnection({ port, host: '127.0.0.1', noDelay: true });
    const pair = [
      [client, gateway],
      [gateway, client],
    ] as const;
    for (const [one, other] of pair) {
      sockets.add(one);
      one.on('error', () => {});
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
    }
    fromClient(client, gateway, serverVersion, take);
    fromGateway(gateway, client, serverVersion, hang, tail);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    poisoned,
    [Symbol.asyncDispose]: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** The hello goes as it is, then message by message. */
function fromClient(from: Socket, to: Socket, serverVersion: number, change: Change): void {
  const frames = new FrameDecoder();
  const [decoder, encoder] = [outgoingDecoder(serverVersion), outgoingEncoder(serverVersion)];
  let early: Uint8Array | undefined = new Uint8Array(0);
  from.on('data', (bytes: Buffer) => {
    let chunk: Uint8Array = bytes;
    if (early !== undefined) {
      const whole: Uint8Array = Uint8Array.from([...early, ...bytes]);
      const hello = readHello(whole);
      early = hello === undefined ? whole : undefined;
      if (hello === undefined) return;
      to.write(whole.subarray(0, hello.length));
      chunk = whole.subarray(hello.length);
    }
    frames.push(chunk, (all, start, end) => {
      const message = changed(decoder.decode(all, start, end), '', change) as { readonly kind: never };
      to.write(encoder.encode(message.kind, message as never));
    });
  });
}

/** The greeting's time gets a tail too. */
function fromGateway(from: Socket, to: Socket, serverVersion: number, change: Change, tail: string): void {
  const frames = new FrameDecoder();
  const [decoder, encoder] = [incomingDecoder(serverVersion), incomingEncoder(serverVersion)];
  let isGreeted = false;
  from.on('data', (bytes: Buffer) => {
    frames.push(bytes, (all, start, end) => {
      if (isGreeted) {
        const message = changed(decoder.decode(all, start, end), '', change) as { readonly kind: never };
        to.write(encoder.encode(message.kind, message as never));
        return;
      }
      isGreeted = true;
      to.write(greeting(serverVersion, `${readGreeting(all, start, end).connectionTime}${tail}`));
    });
  });
}
