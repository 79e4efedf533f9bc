// One connection from socket to ready: handshake, startApi, accounts and the next order id, each with its own deadline.

import { type Decoder, incomingDecoder, tableOf, type Unknown } from '../../protocol/decode.js';
import { outgoingEncoder, type RequestEncoder } from '../../protocol/encode.js';
import { BINARY_ID } from '../../protocol/envelope.js';
import { DecodeError, FrameError } from '../../protocol/errors.js';
import { FrameDecoder } from '../../protocol/frames.js';
import { type Greeting, hello, looksLikeGreeting, readGreeting } from '../../protocol/handshake.js';
import type { Incoming, OutgoingKind, RequestInput } from '../../protocol/registry.js';
import type { Sinks } from '../../protocol/sinks.js';
import type { Address } from './address.js';
import { frameChannel } from './channels.js';
import { cut, withoutLongTexts } from './cut.js';
import { ConnectError, type ConnectPhase, GatewayError } from './errors.js';
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

/** Errors that refuse startApi; the gateway hangs up after each. */
const START_REFUSALS: ReadonlySet<number> = new Set([320, 322, 326, 503]);

const UNREADABLE = 'What the gateway sent could not be read: record the bytes with `ibwire record` and look at the last frame.';

const HINTS: Readonly<Record<ConnectPhase, string>> = {
  socket: '',
  handshake:
    'Something listens there but does not speak as TWS does: check the port, and whether the application is still logging in or wants an answer on its screen.',
  version: '',
  start: 'The gateway hung up at once: the client id may be in use, or this address may not be among its trusted ones.',
  managedAccounts: 'The application may still be logging in, or may be asking on its screen whether to accept the connection.',
  nextValidId: 'The application may still be logging in, or may be asking on its screen whether to accept the connection.',
};

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
  private frames = new FrameDecoder({ limit: 4096 });
  private decoder: Decoder<Incoming> | undefined;
  private encoder: RequestEncoder | undefined;
  private greeting: Greeting | undefined;
  private accounts: readonly string[] | undefined;
  private nextValidId: number | undefined;
  private refusal: GatewayError | undefined;
  /** A message of the start that could not be read. */
  private damage: DecodeError | undefined;
  private trailing = 0;
  private isReady = false;
  private phase: ConnectPhase = 'socket';
  private stopDeadline: () => void = () => {};
  private settle: { resolve(link: Link): void; reject(reason: unknown): void } | undefined;
  private readonly onFrame = (bytes: Uint8Array, start: number, end: number): void => this.frame(bytes, start, end);

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
    const onAbort = (): void => this.fail(options.signal?.reason);
    options.signal?.addEventListener('abort', onAbort, { once: true });
    if (options.signal?.aborted === true) onAbort();
    this.write(hello({ min: options.minVersion, max: options.maxVersion, options: options.connectOptions }));
    this.enter('handshake');
    try {
      return await ready;
    } finally {
      options.signal?.removeEventListener('abort', onAbort);
    }
  }

  private enter(phase: ConnectPhase): void {
    this.phase = phase;
    this.stopDeadline();
    this.stopDeadline = this.options.timer.after(this.options.stepWithin, () => {
      const what = phase === 'handshake' ? 'server version' : phase;
      this.fail(this.connectError(`No ${what} came within ${this.options.stepWithin} ms.${this.unread()}`, this.damage));
    });
  }

  private connectError(message: string, cause?: unknown): ConnectError {
    // Bytes that cannot be read after a greeting are no sign of a login that is still under way.
    const isDamaged = cause instanceof FrameError || cause instanceof DecodeError;
    const hint = isDamaged && this.greeting !== undefined ? UNREADABLE : HINTS[this.phase];
    return new ConnectError(this.phase, `${this.options.host}:${this.options.port}: ${message}`, {
      cause,
      ...(hint === '' ? {} : { hint }),
    });
  }

  private fail(reason: unknown): void {
    const settle = this.settle;
    this.settle = undefined;
    this.stopDeadline();
    this.transport?.destroy();
    settle?.reject(reason);
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
      this.frames.push(bytes, this.onFrame);
    } catch (error) {
      if (!(error instanceof FrameError)) throw error;
      if (this.settle === undefined) this.transport?.destroy(error);
      else this.fail(this.connectError(error.message, error));
    }
  }

  private frame(bytes: Uint8Array, start: number, end: number): void {
    // What follows a refusal in the same chunk is nobody's: it starts no new step.
    if (this.settle === undefined && !this.isReady) return;
    const { decoder } = this;
    if (decoder === undefined) {
      this.greet(bytes, start, end);
      return;
    }
    if (frameChannel.hasSubscribers) frameChannel.publish({ direction: 'in', bytes, start, end });
    try {
      const message = decoder.hand(bytes, start, end, this.events.sinks);
      const leftOver = decoder.trailing + decoder.unknownFields;
      if (leftOver > 0) {
        this.trailing += leftOver;
        this.events.leftOver(kindOf(decoder), leftOver);
      }
      if (message === undefined) return;
      if (message.kind === 'unknown') this.events.unknown(message);
      else {
        const kept = withoutLongTexts(message, end - start);
        if (this.settle !== undefined) this.starting(kept);
        this.events.message(kept, decoder, end - start);
      }
    } catch (error) {
      if (!(error instanceof DecodeError)) {
        this.events.unusable(kindOf(decoder), error);
        return;
      }
      this.events.unreadable(error);
      if (this.settle !== undefined) this.startUnreadable(error);
    }
  }

  /** The start waits for two messages: one of them that cannot be read ends it at once. Of others it is said when it fails. */
  private startUnreadable(error: DecodeError): void {
    const { kind } = error;
    if (kind === 'managedAccounts' || kind === 'nextValidId') {
      this.phase = kind;
      this.fail(this.connectError(`What it says at the start cannot be read: ${error.message}.`, error));
    } else this.damage = error;
  }

  private greet(bytes: Uint8Array, start: number, end: number): void {
    const { options } = this;
    if (!looksLikeGreeting(end - start)) throw new FrameError('HANDSHAKE', 'the first frame is no greeting', 0, end - start);
    const greeting = readGreeting(bytes, start, end);
    this.greeting = greeting;
    const { serverVersion } = greeting;
    if (greeting.redirect !== undefined) {
      this.phase = 'version';
      this.fail(this.connectError(`The server asks to connect to '${cut(greeting.redirect, 200)}' instead.`));
      return;
    }
    if (serverVersion < options.minVersion || serverVersion > options.maxVersion) {
      this.phase = 'version';
      this.fail(
        this.connectError(`The server speaks version ${serverVersion}, outside ${options.minVersion} to ${options.maxVersion}.`),
      );
      return;
    }
    this.decoder = incomingDecoder(serverVersion);
    this.encoder = outgoingEncoder(serverVersion);
    // From here on frames may be large, and from 201 on shorter ones than an id are none. The old decoder hands over nothing:
    // a greeting is the first frame, and what follows it in the chunk is cut by the same call.
    this.frames.raise({ least: serverVersion >= BINARY_ID ? 4 : 1 });
    this.write(
      this.encoder.encode('startApi', { clientId: options.clientId, optionalCapabilities: options.optionalCapabilities }),
    );
    this.enter('managedAccounts');
  }

  private starting(message: Incoming): void {
    if (message.kind === 'managedAccounts') {
      this.accounts = (message.accountsList ?? '').split(',').filter((account) => account !== '');
      // Said twice, it is the same step still, with what is left of its time.
      if (this.nextValidId === undefined && this.phase !== 'nextValidId') this.enter('nextValidId');
    } else if (message.kind === 'nextValidId') {
      this.nextValidId = message.orderId;
    } else if (message.kind === 'error' && START_REFUSALS.has(message.errorCode ?? 0)) {
      this.refusal = new GatewayError({
        errorCode: message.errorCode ?? 0,
        text: message.errorString ?? '',
        id: undefined,
        asked: 'startApi',
      });
      if (message.errorCode === 326) {
        this.phase = 'start';
        this.fail(
          new ConnectError('start', `Client id ${this.options.clientId} is in use.`, {
            cause: this.refusal,
            hint: 'A connection that broke off keeps its id for about a minute: wait, or use another id (orders belong to the id that placed them).',
          }),
        );
      }
    }
    if (this.settle !== undefined && this.accounts !== undefined && this.nextValidId !== undefined) this.becomeReady();
  }

  private becomeReady(): void {
    const settle = this.settle;
    this.settle = undefined;
    this.isReady = true;
    this.stopDeadline();
    settle?.resolve(this.link());
  }

  private link(): Link {
    const self = this;
    return {
      serverVersion: this.greeting?.serverVersion ?? 0,
      connectionTime: this.greeting?.connectionTime ?? '',
      accounts: this.accounts ?? [],
      nextValidId: this.nextValidId ?? 0,
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
    if (this.isReady) {
      this.events.ended(cause);
      return;
    }
    if (this.settle === undefined) return; // given up already, with a reason of its own
    if (this.phase === 'managedAccounts' || this.phase === 'nextValidId') this.phase = 'start';
    if (this.refusal !== undefined) {
      const said = `The start was refused: ${cut(this.refusal.text, 200)}`;
      this.fail(new ConnectError('start', `${this.options.host}:${this.options.port}: ${said}`, { cause: this.refusal }));
      return;
    }
    const how = cause === undefined ? 'The other side hung up.' : `The connection broke: ${cause.message}.`;
    this.fail(this.connectError(`${how}${this.unread()}`, this.damage ?? cause));
  }

  private unread(): string {
    return this.damage === undefined ? '' : ` One of its messages could not be read: ${this.damage.message}.`;
  }
}
