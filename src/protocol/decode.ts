// From a frame's payload to a message. The kind decides by the id on the wire, never by the server version.

import { protoFunction, type TextEntryPoint, textFunction, wordAt } from './entry-points.js';
import { BINARY_ID, PROTOBUF_OFFSET, wireId } from './envelope.js';
import { CursorError, DecodeError } from './errors.js';
import { lengthAt, MAX_FRAME } from './frames.js';
import { ProtoReader } from './proto/reader.js';
import { type Incoming, incomingKinds, type Outgoing, outgoingKinds } from './registry.js';
import { compileTextDecode, type ProtoDecode, type TextDecode } from './schema/compile.js';
import { interpretProto } from './schema/interpret-proto.js';
import { interpretText, type Place } from './schema/interpret-text.js';
import type { Direction, MessageTable } from './schema/message.js';
import { type Plan, planText } from './schema/plan.js';
import type { Sinks } from './sinks.js';
import { TextReader } from './text/reader.js';

/** A kind that no table knows: passed on whole, never an error. */
export interface Unknown {
  readonly kind: 'unknown';
  /** Id without the 200 of protobuf; -1 when the payload does not even begin with one. */
  readonly id: number;
  readonly isProtobuf: boolean;
  readonly body: Uint8Array;
}

const tables = { incoming: byId(incomingKinds), outgoing: byId(outgoingKinds) };

function byId(kinds: readonly MessageTable[]): readonly (MessageTable | undefined)[] {
  const table: (MessageTable | undefined)[] = [];
  for (const kind of kinds) table[kind.id] = kind;
  return table;
}

/** The table of an id, undefined when there is none. */
export function tableOf(direction: Direction, id: number): MessageTable | undefined {
  return tables[direction][id];
}

/** Decodes payloads of one direction at one server version. Holds cursors, not messages. */
export class Decoder<M> {
  readonly serverVersion: number;
  /** Fields of the last text message that no row asked for: a newer server's. */
  trailing = 0;
  /** Id of the kind that was read last, without the 200 of protobuf. */
  id = -1;
  /** Request id of the message that was read last; undefined where its kind is not sent by one. */
  owner: number | undefined;
  /** Fields of the last protobuf message whose numbers no table knows: a newer server's. They move no other field. */
  unknownFields = 0;
  /** Where `run` has stopped. */
  at = 0;
  /** How long the payload was that `run` read last. */
  length = 0;
  private readonly direction: Direction;
  private readonly binaryId: boolean;
  private readonly text = new TextReader();
  private readonly proto = new ProtoReader();
  private readonly textById: (TextEntryPoint | undefined)[] = [];
  private readonly protoById: (ProtoDecode | undefined)[] = [];

  constructor(direction: Direction, serverVersion: number) {
    this.direction = direction;
    this.serverVersion = serverVersion;
    this.binaryId = serverVersion >= BINARY_ID;
  }

  /**
   * The message in `bytes[start, end)`. Kinds nobody knows come back as `unknown`.
   * @throws {DecodeError} when the body does not fit its table; framing holds, so go on with the next frame.
   */
  decode(bytes: Uint8Array, start: number, end: number): M | Unknown {
    return this.hand(bytes, start, end, undefined) as M | Unknown; // without sinks nobody takes its fields
  }

  /**
   * The same for those who want fields and no object: undefined when one of the sinks has taken the message.
   * @throws {DecodeError}; whatever a sink throws.
   */
  hand(bytes: Uint8Array, start: number, end: number, sinks: Sinks | undefined): M | Unknown | undefined {
    return this.binaryId ? this.decodeBinary(bytes, start, end, sinks) : this.decodeOld(bytes, start, end, sinks);
  }

  /**
   * Hands over the frames in `bytes[at, end)`, with their lengths in front, one after the other. Stops, and `this.at` says where: before a
   * frame that `hand` has to look at or that is not whole; behind one that no sink has taken, which is returned; behind one with fields that
   * no table knows; behind one that cannot be read.
   * @throws {DecodeError}; whatever a sink throws.
   */
  run(bytes: Uint8Array, at: number, end: number, sinks: Sinks): M | undefined {
    const { text, proto, binaryId, textById, protoById } = this;
    this.trailing = 0;
    this.unknownFields = 0;
    this.at = at;
    let start = at;
    let body = at;
    let next = at;
    let isProtobuf = false;
    try {
      while (end - next >= 4) {
        start = next + 4;
        const length = lengthAt(bytes, next);
        if (length < 4 || length > MAX_FRAME || length > end - start) break;
        let id = 0;
        body = start + 4;
        if (binaryId) {
          id = wireId(bytes, start, body, true);
          isProtobuf = id > PROTOBUF_OFFSET;
          if (isProtobuf) id -= PROTOBUF_OFFSET;
        } else {
          // Of up to three digits, which longer ids are not.
          body = start;
          let byte = bytes[body]!;
          for (; byte > 47 && byte < 58 && body < start + 3; byte = bytes[++body]!) id = (id * 10 + byte - 48) | 0;
          if (byte !== 0 || body++ === start) break;
        }
        if (id >>> 10 !== 0) break;
        const owners = sinks.of(id);
        if (owners === undefined) break;
        let message: unknown;
        if (isProtobuf) {
          const decode = protoById[id];
          if (decode === undefined) break;
          this.id = id;
          this.at = next = start + length;
          proto.reset(bytes, start, body, next);
          message = decode(proto, owners);
          if (message === undefined && proto.passed === 0) continue;
          this.owner = proto.owner;
          this.unknownFields = proto.passed;
        } else {
          const entry = textById[id];
          if (entry === undefined) break;
          const { skips } = entry;
          if (skips !== 0 && (length < 8 || wordAt(bytes, body, skips) !== entry.usual)) break;
          this.id = id;
          this.at = next = start + length;
          text.reset(bytes, start, body + skips, next);
          message = entry.decode(text, owners);
          if (message === undefined && text.at === next) continue;
          this.owner = text.owner;
          this.trailing = text.remaining();
        }
        this.length = length;
        return message as M | undefined;
      }
      return undefined;
    } catch (error) {
      throw this.explain(error, this.id, isProtobuf, bytes, start, body, next);
    }
  }

  /** The id is text: one walk over its digits finds id and body. */
  private decodeOld(bytes: Uint8Array, start: number, end: number, sinks: Sinks | undefined): M | Unknown | undefined {
    let at = start;
    let id = 0;
    let byte = 1;
    while (at < end) {
      byte = bytes[at++]!;
      if (byte < 48 || byte > 57) break;
      id = (id * 10 + byte - 48) | 0;
    }
    if (byte !== 0 || at - start < 2 || at - start > 10) return this.unknown(-1, false, bytes.slice(start, end));
    return this.decodeText(id, bytes, start, at, end, sinks);
  }

  /** The id is four bytes; above 200 the body is protobuf. */
  private decodeBinary(bytes: Uint8Array, start: number, end: number, sinks: Sinks | undefined): M | Unknown | undefined {
    const wire = wireId(bytes, start, end, true);
    if (wire < 0) return this.unknown(-1, false, bytes.slice(start, end));
    const at = start + 4;
    this.unknownFields = 0;
    if (wire <= PROTOBUF_OFFSET) return this.decodeText(wire, bytes, start, at, end, sinks);
    this.trailing = 0;
    const id = wire - PROTOBUF_OFFSET;
    const decode = this.protoById[id] ?? this.findProto(id);
    if (decode === undefined) return this.unknown(id, true, bytes.slice(at, end));
    const reader = this.proto;
    reader.reset(bytes, start, at, end);
    this.id = id;
    try {
      const message = decode(reader, sinks?.of(id)) as M | undefined;
      this.owner = reader.owner;
      this.unknownFields = reader.passed;
      return message;
    } catch (error) {
      throw this.explain(error, id, true, bytes, start, at, end);
    }
  }

  private decodeText(
    id: number,
    bytes: Uint8Array,
    start: number,
    at: number,
    end: number,
    sinks: Sinks | undefined,
  ): M | Unknown | undefined {
    const entry = this.textById[id] ?? this.findText(id);
    if (entry === undefined) return this.unknown(id, false, bytes.slice(at, end));
    const reader = this.text;
    const { skips } = entry;
    this.id = id;
    try {
      const isUsual = skips === 0 || (end - at >= skips && wordAt(bytes, at, skips) === entry.usual);
      reader.reset(bytes, start, isUsual ? at + skips : at, end);
      const decode = isUsual ? entry.decode : this.forVersion(entry, id);
      const message = decode(reader, sinks?.of(id)) as M | undefined;
      this.owner = reader.owner;
      this.trailing = reader.at === end ? 0 : reader.remaining();
      return message;
    } catch (error) {
      throw this.explain(error, id, false, bytes, start, at, end);
    }
  }

  private unknown(id: number, isProtobuf: boolean, body: Uint8Array): Unknown {
    this.trailing = 0;
    this.id = id;
    this.owner = undefined;
    return { kind: 'unknown', id, isProtobuf, body };
  }

  private findText(id: number): TextEntryPoint | undefined {
    const table = tables[this.direction][id];
    if (table?.hasText !== true) return undefined;
    const found = textFunction(table, this.serverVersion);
    this.textById[id] = found;
    return found;
  }

  private findProto(id: number): ProtoDecode | undefined {
    const table = tables[this.direction][id];
    if (table?.protobuf === undefined) return undefined;
    const found = protoFunction(table);
    this.protoById[id] = found;
    return found;
  }

  /** A frame whose own version is not the usual one gets a layout of its own; a word there is no version. */
  private forVersion(entry: TextEntryPoint, id: number): TextDecode {
    const said = Number(this.text.peekRaw());
    const version = Number.isInteger(said) ? Math.min(Math.max(said, 0), entry.highest) : entry.highest;
    const known = entry.others[version];
    if (known !== undefined) return known;
    const made = compileTextDecode(tables[this.direction][id]!, this.serverVersion, version);
    entry.others[version] = made;
    return made;
  }

  /** The plan that the failed function was made from. */
  private planFor(table: MessageTable, entry: TextEntryPoint, isThere: boolean): Plan {
    const said = entry.skips > 0 && isThere ? Number(this.text.peekRaw()) : Number.NaN;
    const version = Number.isInteger(said) ? Math.min(Math.max(said, 0), entry.highest) : -1;
    let plan = entry.plans.get(version);
    if (plan === undefined) {
      plan = planText(table, this.serverVersion, version < 0 ? undefined : version);
      entry.plans.set(version, plan);
    }
    return plan;
  }

  /** Replays a failed message in the interpreter, which knows the row. */
  private explain(
    error: unknown,
    id: number,
    isProtobuf: boolean,
    bytes: Uint8Array,
    start: number,
    at: number,
    end: number,
  ): unknown {
    if (!(error instanceof CursorError)) return error;
    const table = tables[this.direction][id];
    if (table === undefined)
      return new DecodeError(error.message, {
        kind: 'unknown',
        serverVersion: this.serverVersion,
        row: '',
        offset: error.offset,
      });
    const place: Place = { path: '' };
    try {
      if (isProtobuf) {
        this.proto.reset(bytes, start, at, end);
        interpretProto(table, this.proto, place);
      } else {
        this.text.reset(bytes, start, at, end);
        const plan = this.planFor(table, this.textById[id]!, at < end);
        interpretText(table, plan, this.text, place);
      }
    } catch {
      // the same failure again: only its place was wanted
    }
    return new DecodeError(error.message, {
      kind: table.kind,
      serverVersion: this.serverVersion,
      row: place.path,
      offset: error.offset,
      id: numberIn(place, table.key === 'orderId' ? 'orderId' : 'reqId'),
      errorCode: numberIn(place, 'errorCode'),
    });
  }
}

/** A number that half a message has told. */
function numberIn({ draft, path }: Place, name: string): number | undefined {
  const value = draft === undefined || path === name ? undefined : draft[name];
  return typeof value === 'number' ? value : undefined;
}

/** Reads what the gateway sends. */
export function incomingDecoder(serverVersion: number): Decoder<Incoming> {
  return new Decoder<Incoming>('incoming', serverVersion);
}

/** Reads what clients send; for gateways. */
export function outgoingDecoder(serverVersion: number): Decoder<Outgoing> {
  return new Decoder<Outgoing>('outgoing', serverVersion);
}
