// One connected client: what it is, what it is sent, what runs on its behalf until it goes.
import type { EncodeOptions } from '../../protocol/encode.js';
import { incomingEncoder, type MessageEncoder, tableOfKind, wireFor } from '../../protocol/encode.js';
import { BINARY_ID } from '../../protocol/envelope.js';
import type { IncomingKind, MessageInput, Outgoing } from '../../protocol/registry.js';
import { withIsland } from './island.js';
import type { Carrier, Network } from './network.js';
import type { Settings } from './options.js';
import type { PacingLimits } from './pacing/limits.js';
import { MessageRate } from './pacing/pacing.js';
import { Held } from './running.js';
import type { TerminalSettings } from './terminal-settings.js';
import { Wire } from './wire.js';

/** What a fault makes of a message that is about to be sent. */
export type Fate = 'send' | 'drop' | 'twice' | { readonly after: number };

export interface ClientSetup {
  readonly socket: Carrier;
  readonly network: Network;
  readonly number: number;
  readonly settings: Settings;
  readonly limits: PacingLimits;
  readonly now: () => number;
  readonly fate: (client: Client, kind: IncomingKind) => Fate;
  readonly later: (ms: number, run: () => void) => void;
  readonly onError: (client: Client, reqId: number, code: number, text: string) => void;
  readonly onOverflow: (client: Client) => void;
  readonly terminal: () => TerminalSettings;
  /** True while every message must be looked at before it is sent. */
  readonly isBending: () => boolean;
}

/** Codes whose time is cut to whole seconds. */
const WHOLE_SECONDS = new Set([201, 202, 399, 10167]);

export class Client {
  /** Counts connections from 1. */
  readonly number: number;
  readonly socket: Carrier;
  readonly wire: Wire;
  readonly rate: MessageRate;
  /** 0 until the handshake is done. */
  serverVersion = 0;
  /** −1 until startApi. */
  clientId = -1;
  connectOptions = '';
  optionalCapabilities = '';
  /** Refused: its startApi was; it is told nothing more, and nothing it says counts. */
  stage: 'waiting' | 'started' | 'refused' = 'waiting';
  isMaster = false;
  bindsManualOrders = false;
  /** 1 live, 2 frozen, 3 delayed, 4 delayed frozen: what the client prefers. */
  marketDataType = 1;
  logLevel = 2;
  isOpen = true;
  /** Requests that wait for the message rate. */
  readonly paced: Outgoing[] = [];
  /** What runs for it until it is cancelled. */
  readonly held = new Held();
  readonly #setup: ClientSetup;
  readonly #forms = new Map<string, EncodeOptions | undefined | 'unknown'>();
  #encoder: MessageEncoder | undefined;
  #thirst = 0;

  constructor(setup: ClientSetup) {
    this.#setup = setup;
    this.number = setup.number;
    this.socket = setup.socket;
    this.rate = new MessageRate(setup.limits);
    this.wire = new Wire(setup.socket, setup.network.soon, setup.settings.maxUnread, () => setup.onOverflow(this));
  }

  /** The handshake is done: from here on messages can be written. */
  speak(serverVersion: number): void {
    this.serverVersion = serverVersion;
    this.#encoder = incomingEncoder(serverVersion);
  }

  get isStarted(): boolean {
    return this.stage === 'started';
  }

  get encoder(): MessageEncoder {
    if (this.#encoder === undefined) throw new RangeError('nothing can be sent before the handshake');
    return this.#encoder;
  }

  /** Sends a message, unless the client's version does not know its kind. Faults may lose, repeat or delay it. */
  send<K extends IncomingKind>(kind: K, message: MessageInput<K>): void {
    if (!this.isOpen) return;
    const fate = this.#setup.fate(this, kind);
    if (fate === 'drop') return;
    if (typeof fate === 'object') {
      this.#setup.later(fate.after, () => this.#put(kind, message));
      return;
    }
    this.#put(kind, message);
    if (fate === 'twice') this.#put(kind, message);
  }

  #put<K extends IncomingKind>(kind: K, message: MessageInput<K>): void {
    if (!this.isOpen) return;
    const form = this.form(kind);
    if (form === 'unknown') return;
    const told = this.#setup.terminal().compatibilityModeNasdaqStocks ? withIsland(message) : message;
    this.wire.frame(this.encoder.encode(kind, told, form));
  }

  /** What its messages mean. */
  get terminal(): TerminalSettings {
    return this.#setup.terminal();
  }

  /** True when frames may be written to the wire without asking: no fault looks at them. */
  get isPlain(): boolean {
    return !this.#setup.isBending() && !this.wire.isCorrupting;
  }

  /** How a kind is written for this client; `unknown` when its version has no such kind. */
  form(kind: IncomingKind): EncodeOptions | undefined | 'unknown' {
    if (this.#forms.has(kind)) return this.#forms.get(kind);
    const table = tableOfKind('incoming', kind);
    const { serverVersion } = this;
    let form: EncodeOptions | undefined | 'unknown';
    if (table.since !== undefined && serverVersion < table.since) form = 'unknown';
    else {
      const wanted = this.#setup.settings.wire ?? wireFor(table, serverVersion);
      const canProto = table.protobuf !== undefined && serverVersion >= BINARY_ID;
      if (wanted === 'protobuf' && canProto) form = { wire: 'protobuf' };
      else form = table.hasText ? { wire: 'text' } : 'unknown';
    }
    this.#forms.set(kind, form);
    return form;
  }

  /** An error or notice; `reqId` −1 is nobody's. */
  error(reqId: number, errorCode: number, errorString: string): void {
    const now = this.#setup.now();
    const errorTime = WHOLE_SECONDS.has(errorCode) ? now - (now % 1000) : now;
    this.#setup.onError(this, reqId, errorCode, errorString);
    this.send('error', { reqId, errorCode, errorString, errorTime });
  }

  /** Reads in sips from now on; 0 reads as it comes. */
  readAtMost(bytesPerSecond: number): void {
    this.#thirst = bytesPerSecond;
    if (bytesPerSecond <= 0) this.socket.resume();
  }

  /** A sip was taken: pauses the socket for as long as it costs. */
  sipped(bytes: number): void {
    if (this.#thirst <= 0) return;
    this.socket.pause();
    this.held.hold(
      'sip',
      undefined,
      this.#setup.network.after((bytes / this.#thirst) * 1000, () => this.socket.resume()),
    );
  }

  /** Writes what waits, then ends the connection. */
  end(): void {
    this.wire.flush();
    this.isOpen = false;
    this.socket.destroySoon();
  }

  /** Ends the connection at once; what waits is lost. */
  cut(): void {
    this.isOpen = false;
    this.wire.close();
    this.socket.destroy();
  }

  /** The socket is gone. */
  gone(): void {
    this.isOpen = false;
    this.held.releaseAll();
    this.wire.close();
  }
}
