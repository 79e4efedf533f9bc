// A client on a plain socket: sends requests, collects decoded messages.
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { incomingDecoder, type Unknown } from '../../../src/protocol/decode.js';
import { outgoingEncoder } from '../../../src/protocol/encode.js';
import { FrameDecoder } from '../../../src/protocol/frames.js';
import { hello, readGreeting } from '../../../src/protocol/handshake.js';
import type { Incoming, OutgoingKind, RequestInput } from '../../../src/protocol/registry.js';

export type Message = Incoming | Unknown;

export class RawClient implements AsyncDisposable {
  readonly messages: Message[] = [];
  serverVersion = 0;
  connectionTime = '';
  readonly socket: Socket;
  readonly closed: Promise<unknown>;
  private readonly waiting = new Set<() => void>();

  constructor(port: number) {
    this.socket = connect({ port, host: '127.0.0.1' });
    this.socket.on('error', () => undefined);
    this.closed = once(this.socket, 'close');
    const frames = new FrameDecoder();
    this.socket.on('data', (chunk: Buffer) => frames.push(chunk, (bytes, start, end) => this.take(bytes, start, end)));
    this.socket.on('close', () => this.wake());
  }

  private take(bytes: Uint8Array, start: number, end: number): void {
    if (this.serverVersion === 0) {
      const { serverVersion, connectionTime } = readGreeting(bytes, start, end);
      this.serverVersion = serverVersion;
      this.connectionTime = connectionTime;
    } else this.messages.push(incomingDecoder(this.serverVersion).decode(bytes, start, end));
    this.wake();
  }

  private wake(): void {
    for (const check of this.waiting) check();
  }

  /** Resolves when the condition holds; rejects when the connection ends or three seconds pass before. */
  until(holds: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = (end: () => void): void => {
        clearTimeout(timer);
        this.waiting.delete(check);
        end();
      };
      const seen = (): string => this.messages.map(({ kind }) => kind).join(' ');
      const timer = setTimeout(() => settle(() => reject(new Error(`waited in vain; came: ${seen()}`))), 3000);
      const check = (): void => {
        if (holds()) settle(resolve);
        else if (this.socket.closed) settle(() => reject(new Error(`closed; came: ${seen()}`)));
      };
      this.waiting.add(check);
      check();
    });
  }

  async handshake(min = 100, max = 225): Promise<void> {
    this.socket.write(hello({ min, max }));
    await this.until(() => this.serverVersion !== 0);
  }

  /** Handshake and startApi, then waits for the first messages. */
  async start(count: number, min = 100, max = 225): Promise<Message[]> {
    await this.handshake(min, max);
    this.send('startApi', { clientId: 0, optionalCapabilities: '' });
    return this.next(count);
  }

  send<K extends OutgoingKind>(kind: K, message: RequestInput<K>): void {
    this.socket.write(outgoingEncoder(this.serverVersion).encode(kind, message));
  }

  /** Takes the next messages, once there are that many. */
  async next(count: number): Promise<Message[]> {
    await this.until(() => this.messages.length >= count);
    return this.messages.splice(0, count);
  }

  /** Waits until the server has taken everything that was sent before: a request nobody recorded is answered last. */
  async settled(): Promise<Message[]> {
    const mark = 900_000_001;
    this.send('reqSoftDollarTiers', { reqId: mark });
    const isMark = (message: Message | undefined): boolean => message?.kind === 'error' && message.reqId === mark;
    await this.until(() => isMark(this.messages.at(-1)));
    return this.messages.splice(0).slice(0, -1);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.socket.destroy();
    await this.closed;
  }
}
