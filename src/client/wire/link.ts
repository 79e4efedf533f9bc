// One connection from socket to ready: handshake, startApi, accounts and the next order id, each with its own deadline.

import { type Decoder, incomingDecoder, tableOf, type Unknown } from '../../protocol/decode.js';
import { outgoingEncoder, type RequestEncoder } from '../../protocol/encode.js';
import { BINARY_ID } from '../../protocol/envelope.js';
import { DecodeError, FrameError } from '../../protocol/errors.js';
import { FrameDecoder } from '../../protocol/frames.js';
import { hello, looksLikeGreeting, readGreeting } from '../../protocol/handshake.js';
import type { Incoming, OutgoingKind, RequestInput } from '../../protocol/registry.js';
import type { Sinks } from '../../protocol/sinks.js';
import type { Address } from './address.js';
import { frameChannel } from './channels.js';
import { withoutLongTexts } from './cut.js';
import { type Handshake, type Heard, handshake } from './handshake.js';
import type { Timer } from './timer.js';
import { openTransport, type Transport } from './transport.js';

export interface LinkOptions {
  readonly host: string;
  readonly port: number;
  readonly clientId: number;
  readonly minVersion: number;
  readonly maxVersion: number;
  /** Connect options of the handshake, such as `+PACEAPI`. */
  readonly connectOptions: string;
  readonly optionalCapabilities: string;
  readonly connectWithin: number;
  readonly stepWithin: number;
  readonly timer: Timer;
  readonly signal: AbortSignal | undefined;
}

export interface LinkEvents {
  /** Who takes fields without a message. */
  readonly sinks: Sinks;
  /** `bytes`: how long its frame was. */
  message(message: Incoming, address: Address, bytes: number): void;
  /** A sink could not use what it was handed; the link goes on. */
  unusable(kind: string, cause: unknown): void;
  /** A kind that no table knows. */
  unknown(message: Unknown): void;
  /** One message could not be read; the link goes on. */
  unreadable(error: DecodeError): void;
  /** Fields of a message that no table knows. */
  leftOver(kind: string, fields: number): void;
  /** Bytes have come, whatever they hold. */
  heard(): void;
  /** After `openLink` has resolved: the connection ended. Called once. */
  ended(cause: Error | undefined): void;
  /** A copy of every chunk, for captures. */
  tap?(direction: 'in' | 'out', bytes: Uint8Array): void;
}

export interface Link {
  readonly serverVersion: number;
  readonly connectionTime: string;
  readonly accounts: readonly string[];
  readonly nextValidId: number;
  readonly isOpen: boolean;
  readonly unsent: number;
  /** Fields of newer servers that were passed over so far. */
  readonly trailing: number;
  /** @throws {TooOldError} {EncodeError} and nothing is sent. */
  send<K extends OutgoingKind>(kind: K, message: RequestInput<K>): void;
  destroy(cause?: Error): void;
}

/**
 * Opens a link and resolves when it is ready: server version, `managedAccounts` and `nextValidId` have come. Whatever else
 * comes before (open orders, notices) goes to `message` as it comes. `transport`: what carries the bytes, a socket unless told.
 * @throws {ConnectError} whose phase names the step that is missing; the signal's reason when aborted.
 */
export async function openLink(
  options: LinkOptions,
  events: LinkEvents,
  transport: typeof openTransport = openTransport,
): Promise<Link> {
  const opening = new Opening(options, events, transport);
  return opening.run();
}

/** The kind that was read last. */
function kindOf(decoder: Decoder<Incoming>): string {
  return tableOf('incoming', decoder.id)?.kind ?? 'unknown';
}

class Opening {
  private readonly options: LinkOptions;
  private readonly events: LinkEvents;
  private readonly openTransport: typeof openTransport;
  private transport: Transport | undefined;
  private readonly frames = new FrameDecoder({ limit: 4096 });
  /** Both are there once the greeting has come. */
  private decoder: Decoder<Incoming> | undefined;
  private encoder: RequestEncoder | undefined;
  private trailing = 0;
  private state: Handshake = { at: 'handshake' };
  private stopDeadline: () => void = () => {};
  private settle: { resolve(link: Link): void; reject(reason: unknown): void } | undefined;
  private readonly onFrame = (bytes: Uint8Array, start: number, end: number): void => this.frame(bytes, start, end);
  private readonly onRun = (bytes: Uint8Array, at: number, end: number): number => this.handOn(bytes, at, end);

  constructor(options: LinkOptions, events: LinkEvents, transport: typeof openTransport) {
    this.options = options;
    this.events = events;
    this.openTransport = transport;
  }

  async run(): Promise<Link> {
    const { options } = this;
    this.transport = await this.openTransport(options, {
      chunk: (bytes) => this.chunk(bytes),
      ended: (cause) => this.ended(cause),
    });
    const ready = new Promise<Link>((resolve, reject) => {
      this.settle = { resolve, reject };
    });
    const onAbort = (): void => this.hear({ is: 'aborted', reason: options.signal?.reason });
    options.signal?.addEventListener('abort', onAbort, { once: true });
    if (options.signal?.aborted === true) onAbort();
    this.write(hello({ min: options.minVersion, max: options.maxVersion, options: options.connectOptions }));
    this.await();
    try {
      return await ready;
    } finally {
      options.signal?.removeEventListener('abort', onAbort);
    }
  }

  /** The next step has its time. */
  private await(): void {
    const { timer, stepWithin } = this.options;
    this.stopDeadline();
    if (this.state.at === 'ready' || this.state.at === 'failed') return;
    this.stopDeadline = timer.after(stepWithin, () => this.hear({ is: 'late', within: stepWithin }));
  }

  /** The one way from state to state, and what follows of it. */
  private hear(heard: Heard): void {
    const before = this.state;
    const state = handshake(before, heard, this.options);
    this.state = state;
    if (state.at === before.at) return;
    if (before.at === 'handshake' && state.at === 'managedAccounts') this.speak(state.told.greeting.serverVersion);
    this.await();
    if (state.at === 'ready') this.settle?.resolve(this.link(state.told));
    else if (state.at === 'failed') {
      this.transport?.destroy();
      this.settle?.reject(state.reason);
    }
  }

  private speak(serverVersion: number): void {
    const { clientId, optionalCapabilities } = this.options;
    this.decoder = incomingDecoder(serverVersion);
    this.encoder = outgoingEncoder(serverVersion);
    // From here on frames may be large, and from 201 on shorter ones than an id are none. The old decoder hands over nothing:
    // a greeting is the first frame, and what follows it in the chunk is cut by the same call.
    this.frames.raise({ least: serverVersion >= BINARY_ID ? 4 : 1 });
    this.write(this.encoder.encode('startApi', { clientId, optionalCapabilities }));
  }

  private write(bytes: Uint8Array): void {
    this.events.tap?.('out', bytes);
    if (frameChannel.hasSubscribers) frameChannel.publish({ direction: 'out', bytes, start: 4, end: bytes.length });
    this.transport?.send(bytes);
  }

  private chunk(bytes: Uint8Array): void {
    // The chunk's room is used again for the next one: a tap may keep what it gets.
    if (this.events.tap !== undefined) this.events.tap('in', Uint8Array.from(bytes));
    this.events.heard();
    try {
      this.frames.push(bytes, this.onFrame, this.onRun);
    } catch (error) {
      if (!(error instanceof FrameError)) throw error;
      if (this.state.at === 'ready') this.transport?.destroy(error);
      else this.hear({ is: 'broken', error });
    }
  }

  private frame(bytes: Uint8Array, start: number, end: number): void {
    // What follows a refusal in the same chunk is nobody's: it starts no new step.
    if (this.state.at === 'failed') return;
    const { decoder } = this;
    if (decoder === undefined) {
      if (!looksLikeGreeting(end - start)) throw new FrameError('HANDSHAKE', 'the first frame is no greeting', 0, end - start);
      this.hear({ is: 'greeting', greeting: readGreeting(bytes, start, end) });
      return;
    }
    if (frameChannel.hasSubscribers) frameChannel.publish({ direction: 'in', bytes, start, end });
    try {
      this.took(decoder, decoder.hand(bytes, start, end, this.events.sinks), end - start);
    } catch (error) {
      this.failed(decoder, error);
    }
  }

  /** Frames that sinks take are read without a look at anything else. Whoever begins to listen to frames in between gets the next chunk's. */
  private handOn(bytes: Uint8Array, at: number, end: number): number {
    const { decoder } = this;
    if (decoder === undefined || this.state.at !== 'ready' || frameChannel.hasSubscribers) return at;
    try {
      const message = decoder.run(bytes, at, end, this.events.sinks);
      if (decoder.at > at) this.took(decoder, message, decoder.length);
    } catch (error) {
      this.failed(decoder, error);
    }
    return decoder.at;
  }

  private took(decoder: Decoder<Incoming>, message: Incoming | Unknown | undefined, length: number): void {
    const leftOver = decoder.trailing + decoder.unknownFields;
    if (leftOver > 0) {
      this.trailing += leftOver;
      this.events.leftOver(kindOf(decoder), leftOver);
    }
    if (message === undefined) return;
    if (message.kind === 'unknown') this.events.unknown(message);
    else {
      const kept = withoutLongTexts(message, length);
      if (this.state.at !== 'ready') this.hear({ is: 'message', message: kept });
      this.events.message(kept, decoder, length);
    }
  }

  private failed(decoder: Decoder<Incoming>, error: unknown): void {
    if (!(error instanceof DecodeError)) {
      this.events.unusable(kindOf(decoder), error);
      return;
    }
    this.events.unreadable(error);
    this.hear({ is: 'unreadable', error });
  }

  private link({ greeting, accounts, nextValidId }: Extract<Handshake, { at: 'ready' }>['told']): Link {
    const self = this;
    return {
      serverVersion: greeting.serverVersion,
      connectionTime: greeting.connectionTime,
      accounts,
      nextValidId,
      get isOpen() {
        return self.transport?.isOpen === true;
      },
      get unsent() {
        return self.transport?.unsent ?? 0;
      },
      get trailing() {
        return self.trailing;
      },
      send(kind, message) {
        const bytes = self.encoder?.encode(kind, message);
        if (bytes !== undefined) self.write(bytes);
      },
      destroy(cause) {
        self.transport?.destroy(cause);
      },
    };
  }

  private ended(cause: Error | undefined): void {
    if (this.state.at === 'ready') this.events.ended(cause);
    else this.hear({ is: 'ended', cause });
  }
}
