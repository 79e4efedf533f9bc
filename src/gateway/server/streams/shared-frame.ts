// One message for many requests: encoded once, then only the request id is put in its place.
import { BINARY_ID } from '../../../protocol/envelope.js';
import type { IncomingKind, MessageInput } from '../../../protocol/registry.js';
import type { Client } from '../client.js';

/** A frame cut at its request id. */
interface Cut {
  readonly head: Uint8Array;
  readonly tail: Uint8Array;
  readonly isText: boolean;
}

/** Frames of one message by the server version of the client that gets them. */
export class SharedFrame<K extends IncomingKind> {
  readonly #kind: K;
  readonly #message: MessageInput<K>;
  readonly #cuts = new Map<number, Cut | undefined>();

  constructor(kind: K, message: MessageInput<K>) {
    this.#kind = kind;
    this.#message = message;
  }

  /** Sends the message under a request id. */
  send(client: Client, reqId: number): void {
    const cut = client.isPlain && reqId >= 0 ? this.#cutFor(client) : undefined;
    if (cut === undefined) client.send(this.#kind, { ...this.#message, reqId });
    else write(client, cut, reqId);
  }

  #cutFor(client: Client): Cut | undefined {
    const { serverVersion } = client;
    if (!this.#cuts.has(serverVersion)) this.#cuts.set(serverVersion, this.#make(client));
    return this.#cuts.get(serverVersion);
  }

  #make(client: Client): Cut | undefined {
    const form = client.form(this.#kind);
    if (form === 'unknown') return undefined;
    // 7 and 8 take one byte on either wire, and stand where the id stands.
    const one = client.encoder.encode(this.#kind, { ...this.#message, reqId: 7 }, form);
    const other = client.encoder.encode(this.#kind, { ...this.#message, reqId: 8 }, form);
    const at = one.findIndex((byte, i) => byte !== other[i]);
    if (at < 4) return undefined;
    return { head: one.slice(0, at), tail: one.slice(at + 1), isText: client.serverVersion < BINARY_ID || form?.wire === 'text' };
  }
}

function write(client: Client, { head, tail, isText }: Cut, reqId: number): void {
  const { wire } = client;
  wire.reserve(head.length + tail.length + 12);
  const { bytes, at } = wire;
  bytes.set(head, at);
  let to = at + head.length;
  if (isText) to += bytes.write(String(reqId), to, 'latin1');
  else {
    let rest = reqId;
    while (rest > 127) {
      bytes[to++] = (rest & 127) | 128;
      rest = Math.floor(rest / 128);
    }
    bytes[to++] = rest;
  }
  bytes.set(tail, to);
  to += tail.length;
  bytes.writeUInt32BE(to - at - 4, at);
  wire.at = to;
  wire.frames += 1;
}
