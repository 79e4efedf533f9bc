// From a message to a finished frame, in the form that the negotiated server version asks for.

import { BINARY_ID, PROTOBUF_OFFSET } from './envelope.js';
import { CursorError, EncodeError, TooOldError } from './errors.js';
import { MAX_FRAME } from './frames.js';
import { ProtoWriter } from './proto/writer.js';
import {
  type IncomingKind,
  incomingKinds,
  type MessageInput,
  type OutgoingKind,
  outgoingKinds,
  type RequestInput,
} from './registry.js';
import { compileProtoEncode, compileTextEncode, type ProtoEncode, type TextEncode } from './schema/compile.js';
import { interpretProtoWrite } from './schema/interpret-proto.js';
import { get, holds, interpretTextWrite, type Place, type Refuse } from './schema/interpret-text.js';
import { type Direction, isBeyond, type MessageTable, type Refusal } from './schema/message.js';
import { planText } from './schema/plan.js';
import { unknownIn } from './schema/unknown.js';
import { TextWriter } from './text/writer.js';

/** A form of a message: fields of text, or protobuf. */
export type Wire = 'text' | 'protobuf';

const tables = { incoming: byKind(incomingKinds), outgoing: byKind(outgoingKinds) };

function byKind(kinds: readonly MessageTable[]): ReadonlyMap<string, MessageTable> {
  return new Map(kinds.map((table) => [table.kind, table]));
}

/** The table of a kind. @throws {RangeError} when there is none of that name. */
export function tableOfKind(direction: Direction, kind: string): MessageTable {
  const table = tables[direction].get(kind);
  if (table === undefined) throw new RangeError(`there is no ${direction} kind '${kind}'`);
  return table;
}

/** The form in which a kind goes at a server version. */
export function wireFor(table: MessageTable, serverVersion: number): Wire {
  return table.protobuf !== undefined && serverVersion >= table.protobuf.since ? 'protobuf' : 'text';
}

const textFunctions = new Map<string, TextEncode>();
const protoFunctions = new Map<string, ProtoEncode>();

function made<T>(cache: Map<string, T>, table: MessageTable, serverVersion: number, extra: string, make: () => T): T {
  const key = `${table.direction}/${table.kind}/${serverVersion}${extra}`;
  let found = cache.get(key);
  if (found === undefined) {
    found = make();
    cache.set(key, found);
  }
  return found;
}

/** Another form than the negotiated one, for whoever plays a gateway. */
export interface EncodeOptions {
  /** Another form than the usual one; a gateway may send either from 201 on. */
  readonly wire?: Wire;
  /** Another version than usual in the version field of an old message. */
  readonly messageVersion?: number;
}

/** Encodes messages of one direction at one server version. */
export class Encoder<Kind extends string> {
  readonly serverVersion: number;
  private readonly direction: Direction;
  private readonly text = new TextWriter();
  private readonly proto = new ProtoWriter();
  // The functions of this encoder's version, once they were looked up.
  private readonly toText = new Map<MessageTable, TextEncode>();
  private readonly toProtobuf = new Map<MessageTable, ProtoEncode>();

  constructor(direction: Direction, serverVersion: number) {
    this.direction = direction;
    this.serverVersion = serverVersion;
    this.text.strict = direction === 'outgoing';
  }

  /**
   * A finished frame.
   * @throws {TooOldError} when the server cannot carry the kind or a field that is set; names the first.
   * @throws {EncodeError} when a client's message holds a property that no row is for, or a value that cannot be written: not a
   *   number, a sign the wire forbids, a frame that is too long.
   */
  encode(kind: Kind, message: object, options: EncodeOptions = {}): Uint8Array {
    const { serverVersion } = this;
    const table = tableOfKind(this.direction, kind);
    this.checkKind(table, message, options.wire);
    const wire = options.wire ?? wireFor(table, serverVersion);
    const refuse: Refuse = (path, needs, why) => {
      throw new TooOldError(kind, path, needs, serverVersion, why);
    };
    const writer = wire === 'protobuf' ? this.proto : this.text;
    writer.begin(wire === 'protobuf' ? table.id + PROTOBUF_OFFSET : table.id, serverVersion >= BINARY_ID);
    try {
      if (wire === 'protobuf') this.protobufFunction(table)(this.proto, message, refuse);
      else this.textFunction(table, options.messageVersion)(this.text, message, refuse);
    } catch (error) {
      throw this.explain(error, table, wire, message, refuse, options.messageVersion);
    }
    const { length } = writer;
    if (length > MAX_FRAME) throw new EncodeError(kind, '', `a message of ${length} bytes does not fit in a frame`);
    return writer.finish();
  }

  private protobufFunction(table: MessageTable): ProtoEncode {
    const known = this.toProtobuf.get(table);
    if (known !== undefined) return known;
    const { serverVersion } = this;
    const found = made(protoFunctions, table, serverVersion, '', () => compileProtoEncode(table, serverVersion));
    this.toProtobuf.set(table, found);
    return found;
  }

  private textFunction(table: MessageTable, version: number | undefined): TextEncode {
    const known = version === undefined ? this.toText.get(table) : undefined;
    if (known !== undefined) return known;
    const { serverVersion } = this;
    const extra = `/${version ?? ''}`;
    const found = made(textFunctions, table, serverVersion, extra, () => compileTextEncode(table, serverVersion, version));
    if (version === undefined) this.toText.set(table, found);
    return found;
  }

  private checkKind(table: MessageTable, message: object, wire: Wire | undefined): void {
    const { serverVersion } = this;
    if (this.direction === 'incoming') return;
    const unknown = unknownIn(table, message);
    if (unknown !== undefined) {
      const { path, meant } = unknown;
      throw new EncodeError(table.kind, path, `is no field${meant === undefined ? '' : `; did you mean ${meant}?`}`);
    }
    if (table.since !== undefined && serverVersion < table.since)
      throw new TooOldError(table.kind, '', table.since, serverVersion);
    if (!table.hasText && wire !== 'text' && serverVersion < (table.protobuf?.since ?? 0)) {
      throw new TooOldError(table.kind, '', table.protobuf?.since, serverVersion);
    }
    for (const refusal of table.refuses) {
      if (!isBeyond(refusal, serverVersion) || !isRefused(refusal, message)) continue;
      if (serverVersion < refusal.needs) throw new TooOldError(table.kind, refusal.field, refusal.needs, serverVersion);
      const why = `holds a value that servers take no more from version ${refusal.gone?.[0]} on`;
      throw new TooOldError(table.kind, refusal.field, undefined, serverVersion, why);
    }
  }

  /** Replays in the interpreter to name the row. */
  private explain(
    error: unknown,
    table: MessageTable,
    wire: Wire,
    message: object,
    refuse: Refuse,
    version: number | undefined,
  ): unknown {
    if (!(error instanceof CursorError)) return error;
    const place: Place = { path: '' };
    try {
      if (wire === 'protobuf') interpretProtoWrite(table, this.serverVersion, this.proto, message, refuse, place);
      else interpretTextWrite(table, planText(table, this.serverVersion, version), this.text, message, refuse, place);
    } catch {
      // the same failure again: only its place was wanted
    }
    return new EncodeError(table.kind, place.path, error.message);
  }
}

function isRefused(refusal: Refusal, message: object): boolean {
  const value = get(message, refusal.field);
  if (refusal.when === 'isSet') return value !== undefined;
  if (refusal.when === 'hasFraction') return value !== undefined && /\.\d*[1-9]|[eE]-/.test(String(value));
  return holds(refusal.when, (path) => get(message, path), { ops: [], missing: [], messageVersion: 0 });
}

/** Writes what clients send. */
export interface RequestEncoder {
  readonly serverVersion: number;
  /** One frame with its length prefix. @throws {EncodeError} for a value that the server version cannot carry */
  encode<K extends OutgoingKind>(kind: K, message: RequestInput<K>, options?: EncodeOptions): Uint8Array;
}

/** Writes what the gateway sends. */
export interface MessageEncoder {
  readonly serverVersion: number;
  /** One frame with its length prefix. @throws {EncodeError} for a value that the server version cannot carry */
  encode<K extends IncomingKind>(kind: K, message: MessageInput<K>, options?: EncodeOptions): Uint8Array;
}

/** Writes what clients send. */
export function outgoingEncoder(serverVersion: number): RequestEncoder {
  return new Encoder<OutgoingKind>('outgoing', serverVersion);
}

/** Writes what the gateway sends; for gateways. */
export function incomingEncoder(serverVersion: number): MessageEncoder {
  return new Encoder<IncomingKind>('incoming', serverVersion);
}
