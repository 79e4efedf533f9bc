// The annotated dump of one frame: every field with offset, row, type, raw form, value and gate; nothing in it is fatal.

import { BINARY_ID, bodyStart, PROTOBUF_OFFSET, wireId } from '../envelope.js';
import { CursorError } from '../errors.js';
import { ProtoReader } from '../proto/reader.js';
import { incomingKinds, outgoingKinds } from '../registry.js';
import { latin1 } from '../text/bytes.js';
import { TextReader } from '../text/reader.js';
import { V } from '../versions.js';
import { interpretProto } from './interpret-proto.js';
import { interpretText, type Place, type Seen } from './interpret-text.js';
import type { Direction, MessageTable } from './message.js';
import { messageVersionAt, planText } from './plan.js';
import type { Gate } from './rows.js';

/** One field of a frame, in the order of the wire. */
export interface ExplainLine {
  /** Offsets in the payload (message id included): the field and, on the text wire, its NUL. */
  readonly offset: number;
  readonly end: number;
  /** Path of the row; `+1`, `+2` … for text fields behind the last row, `#n` for protobuf fields without one. */
  readonly row: string;
  readonly type: string;
  /** The text as it stands, or the bytes in hexadecimal digits. */
  readonly raw: string;
  readonly value: unknown;
  /** Since and until when the field is on the wire; empty: at every version. */
  readonly gate: string;
  /** What is wrong here. */
  readonly error?: string;
}

/** One frame explained. */
export interface Explained {
  /** `unknown` when no table has the id. */
  readonly kind: string;
  /** -1 when the payload does not begin with an id. */
  readonly id: number;
  readonly isProtobuf: boolean;
  readonly direction: Direction;
  readonly serverVersion: number;
  readonly lines: readonly ExplainLine[];
}

/** How a frame was sent: by which side, at which server version. */
export interface ExplainOptions {
  readonly serverVersion: number;
  readonly direction: Direction;
}

const names = new Map<number, string>(Object.entries(V).map(([name, version]) => [version, name]));

/** `since 176 PENDING_PRICE_REVISION, before 187`; empty where there is no gate. */
export function gateText(gate: Gate): string {
  const named = (version: number): string => `${version}${names.has(version) ? ` ${names.get(version)}` : ''}`;
  return [
    ...(gate.since === undefined ? [] : [`since ${named(gate.since)}`]),
    ...(gate.before === undefined ? [] : [`before ${named(gate.before)}`]),
    ...(gate.sinceMessage === undefined ? [] : [`since message version ${gate.sinceMessage}`]),
  ].join(', ');
}

/**
 * Explains the payload `bytes[start, end)` of one frame. Unknown kinds, fields behind the last row and errors become lines: it never
 * throws for what the bytes hold.
 */
export function explainFrame(bytes: Uint8Array, start: number, end: number, options: ExplainOptions): Explained {
  const { serverVersion, direction } = options;
  const binaryId = serverVersion >= BINARY_ID;
  const wire = wireId(bytes, start, end, binaryId);
  const isProtobuf = binaryId && wire > PROTOBUF_OFFSET;
  const id = wire < 0 ? -1 : isProtobuf ? wire - PROTOBUF_OFFSET : wire;
  const tables: readonly MessageTable[] = direction === 'incoming' ? incomingKinds : outgoingKinds;
  const table = tables.find((one) => one.id === id && (isProtobuf ? one.protobuf !== undefined : one.hasText));
  const payload = bytes.slice(start, end);
  const at = wire < 0 ? 0 : bodyStart(payload, 0, binaryId);
  const lines: ExplainLine[] = [];
  const to: Dump = { payload, lines, table, serverVersion, at };
  if (wire >= 0) lines.push(idLine(to, wire, binaryId));
  if (isProtobuf) protobufLines(to);
  else textLines(to);
  return { kind: table?.kind ?? 'unknown', id, isProtobuf, direction, serverVersion, lines };
}

interface Dump {
  readonly payload: Uint8Array;
  readonly lines: ExplainLine[];
  readonly table: MessageTable | undefined;
  readonly serverVersion: number;
  /** Where the body begins. */
  readonly at: number;
}

function idLine({ payload, at }: Dump, wire: number, binaryId: boolean): ExplainLine {
  const raw = binaryId ? hex(payload, 0, at) : String(wire);
  return { offset: 0, end: at, row: 'id', type: binaryId ? '4 bytes' : 'text', raw, value: wire, gate: '' };
}

function hex(bytes: Uint8Array, start: number, end: number): string {
  return Array.from(bytes.subarray(start, end), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Rows as the interpreter meets them; the reason when it stops before the end. */
function watched(to: Dump, raw: (seen: Seen) => string, walk: (place: Place, watch: (seen: Seen) => void) => void): boolean {
  const place: Place = { path: '' };
  try {
    walk(place, (seen) => {
      const { start, end, path, type, gate } = seen;
      const text = raw(seen);
      to.lines.push({ offset: start, end, row: path, type, raw: text, value: seen.value ?? undefined, gate: gateText(gate) });
    });
    return true;
  } catch (error) {
    if (!(error instanceof CursorError)) throw error;
    const offset = error.offset;
    to.lines.push({ offset, end: offset, row: place.path, type: '', raw: '', value: undefined, gate: '', error: error.message });
    return false;
  }
}

function textLines(to: Dump): void {
  const { payload, table, at, lines } = to;
  const isWhole = payload.length === at || payload.at(-1) === 0;
  // What lacks its last NUL is dumped as if it had one, and the fault is named at its place.
  const body = isWhole ? payload : Uint8Array.from([...payload, 0]);
  const reader = new TextReader();
  reader.reset(body, 0, at, body.length);
  let from = at;
  if (table !== undefined) {
    const usual = messageVersionAt(table, to.serverVersion);
    const said = Number.isFinite(usual) && reader.remaining() > 0 ? Number(reader.peekRaw()) : usual;
    const plan = planText(table, to.serverVersion, Number.isInteger(said) ? said : usual);
    const text = ({ start, end }: Seen): string => latin1(body, start, end - 1);
    watched(to, text, (place, watch) => interpretText(table, plan, reader, place, watch));
    from = lines.findLast((line) => line.error === undefined && line.row !== 'id')?.end ?? at;
  }
  for (let field = 1; from < body.length; field++) {
    const nul = body.indexOf(0, from);
    const raw = latin1(body, from, nul);
    lines.push({ offset: from, end: nul + 1, row: `+${field}`, type: 'unknown', raw, value: undefined, gate: '' });
    from = nul + 1;
  }
  if (!isWhole) {
    const { length } = payload;
    const error = 'the body does not end in NUL';
    lines.push({ offset: length, end: length, row: '', type: '', raw: '', value: undefined, gate: '', error });
  }
}

function protobufLines(to: Dump): void {
  const { payload, table, at, lines } = to;
  const reader = new ProtoReader();
  reader.reset(payload, 0, at, payload.length);
  const raw = ({ start, end }: Seen): string => hex(payload, start, end);
  const isDone =
    table === undefined
      ? watched(to, raw, (_, watch) => fieldsWithoutTable(reader, watch))
      : watched(to, raw, (place, watch) => void interpretProto(table, reader, place, watch));
  if (isDone) return;
  const from = lines.findLast((line) => line.error === undefined)?.end ?? at;
  if (from >= payload.length) return;
  const rest = hex(payload, from, payload.length);
  lines.push({ offset: from, end: payload.length, row: '', type: 'not read', raw: rest, value: undefined, gate: '' });
}

/** Fields by number, with the value that their wire type lets guess. */
function fieldsWithoutTable(reader: ProtoReader, watch: (seen: Seen) => void): void {
  while (reader.at < reader.end) {
    const start = reader.at;
    const tag = reader.tag();
    let value: unknown;
    let type = `wire type ${tag & 7}`;
    if ((tag & 7) === 0) {
      value = reader.long();
      type = 'varint';
    } else if ((tag & 7) === 1) {
      value = reader.double();
      type = '64 bits';
    } else if ((tag & 7) === 2) {
      const text = reader.string();
      value = /^[\t\n\r\x20-\x7e\xa0-\ud7ff]*$/.test(text) ? text : undefined;
      type = 'bytes';
    } else reader.skip(tag);
    watch({ path: `#${tag >>> 3}`, type, gate: {}, start, end: reader.at, value });
  }
}
