// Finds the single fields of a frame through its table: path, value and place of each.
import { tableOf } from '../protocol/decode.js';
import { BINARY_ID, bodyStart, PROTOBUF_OFFSET, wireId } from '../protocol/envelope.js';
import { CursorError } from '../protocol/errors.js';
import { ProtoReader } from '../protocol/proto/reader.js';
import { interpretProto } from '../protocol/schema/interpret-proto.js';
import { interpretText, type Seen } from '../protocol/schema/interpret-text.js';
import type { MessageTable } from '../protocol/schema/message.js';
import { messageVersionAt, type Plan, planText } from '../protocol/schema/plan.js';
import { TextReader } from '../protocol/text/reader.js';
import type { Direction } from './format.js';

export interface FrameFields {
  /** Undefined for a kind that no table knows, or not in this form. */
  readonly table: MessageTable | undefined;
  readonly isProtobuf: boolean;
  /** In the order of the wire; offsets count from the start of the payload. In text the NUL belongs to the field. */
  readonly fields: readonly Seen[];
  /** False when the body does not fit its table: then the fields are those before the misfit. */
  readonly isWhole: boolean;
}

interface Opened {
  readonly table: MessageTable | undefined;
  readonly isProtobuf: boolean;
}

/** The table of a payload, by its id; none for bytes that are no message, for unknown kinds, and kinds without this form. */
export function tableOfPayload(direction: Direction, serverVersion: number, payload: Uint8Array): Opened {
  const wire = wireId(payload, 0, payload.length, serverVersion >= BINARY_ID);
  const isProtobuf = serverVersion >= BINARY_ID && wire > PROTOBUF_OFFSET;
  if (wire < 0) return { table: undefined, isProtobuf };
  const table = tableOf(direction === 'in' ? 'incoming' : 'outgoing', isProtobuf ? wire - PROTOBUF_OFFSET : wire);
  const hasForm = isProtobuf ? table?.protobuf !== undefined : table?.hasText === true;
  return { table: hasForm ? table : undefined, isProtobuf };
}

/** The fields of one payload. Bytes that are no message of a known kind give none; nothing is thrown for them. */
export function fieldsOf(direction: Direction, serverVersion: number, payload: Uint8Array): FrameFields {
  const { table, isProtobuf } = tableOfPayload(direction, serverVersion, payload);
  if (table === undefined) return { table, isProtobuf, fields: [], isWhole: false };
  const fields: Seen[] = [];
  const start = bodyStart(payload, 0, serverVersion >= BINARY_ID);
  const isWhole = walk(table, isProtobuf, serverVersion, payload, start, fields);
  return { table, isProtobuf, fields, isWhole };
}

function walk(table: MessageTable, isProtobuf: boolean, version: number, payload: Uint8Array, at: number, into: Seen[]): boolean {
  const watch = (seen: Seen): void => void into.push(seen);
  try {
    if (isProtobuf) {
      const reader = new ProtoReader();
      reader.reset(payload, 0, at, payload.length);
      interpretProto(table, reader, undefined, watch);
      return true;
    }
    const reader = new TextReader();
    reader.reset(payload, 0, at, payload.length);
    interpretText(table, planOf(table, version, ownVersion(table, version, reader)), reader, undefined, watch);
    return reader.at === reader.end;
  } catch (error) {
    if (error instanceof CursorError) return false;
    throw error;
  }
}

const plans = new Map<string, Plan>();

/** Plans are made once, whoever asks. */
function planOf(table: MessageTable, serverVersion: number, messageVersion: number): Plan {
  const key = `${table.direction} ${table.id} ${serverVersion} ${messageVersion}`;
  const plan = plans.get(key) ?? planText(table, serverVersion, messageVersion);
  if (Math.abs(messageVersion) < 100 || messageVersion === Infinity) plans.set(key, plan); // others are made up by a sender
  return plan;
}

/** The version field of an old message says which layout it has; any that is not a number leaves the usual one. */
function ownVersion(table: MessageTable, serverVersion: number, reader: TextReader): number {
  const usual = messageVersionAt(table, serverVersion);
  if (!Number.isFinite(usual) || reader.at >= reader.end) return usual;
  const said = Number(reader.peekRaw());
  return Number.isInteger(said) ? said : usual;
}

/** The last name of a path: `account` of `order.allocations[2].account`. */
export function leafOf(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1).replace(/\[\d+\]$/, '');
}

/** Where the bytes of a text value stand in the payload: without the NUL, without a protobuf tag and length. */
export function textSpan(payload: Uint8Array, { isProtobuf }: FrameFields, field: Seen): { start: number; end: number } {
  if (!isProtobuf) return { start: field.start, end: field.end - 1 };
  const afterTag = skipVarint(payload, field.start);
  return { start: skipVarint(payload, afterTag), end: field.end };
}

/** Offset behind the varint that begins at `at`. */
export function skipVarint(payload: Uint8Array, at: number): number {
  let next = at;
  while (next < payload.length && payload[next]! > 127) next++;
  return next + 1;
}

/** Offset behind the protobuf field whose tag begins at `at`, as its own bytes announce it. */
export function fieldEnd(payload: Uint8Array, at: number, afterTag: number): number {
  const wireType = payload[at]! & 7;
  if (wireType === 0) return skipVarint(payload, afterTag);
  if (wireType === 1) return afterTag + 8;
  if (wireType === 5) return afterTag + 4;
  const body = skipVarint(payload, afterTag);
  let length = 0;
  for (let n = afterTag; n < body; n++) length += (payload[n]! & 127) * 2 ** (7 * (n - afterTag));
  return body + length;
}
