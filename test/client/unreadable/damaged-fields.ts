// A frame damaged at each of its fields in turn, in ways that no reader can take for a value.

import { incomingEncoder, tableOfKind } from '../../../src/protocol/encode.js';
import { bodyStart } from '../../../src/protocol/envelope.js';
import { ProtoReader } from '../../../src/protocol/proto/reader.js';
import type { IncomingKind, MessageInput } from '../../../src/protocol/registry.js';
import { interpretProto } from '../../../src/protocol/schema/interpret-proto.js';
import { interpretText, type Seen } from '../../../src/protocol/schema/interpret-text.js';
import { planText } from '../../../src/protocol/schema/plan.js';
import { TextReader } from '../../../src/protocol/text/reader.js';

export interface Damaged {
  readonly row: string;
  readonly how: 'cut' | 'word' | 'form';
  /** With its length in front. */
  readonly frame: Uint8Array;
}

const WORD = new TextEncoder().encode('1x2\0');
/** Codecs whose text is free. */
const FREE = new Set(['string', 'version', 'amount', 'tagValueString', 'boolThreeState']);

export function damagedAtEachField<K extends IncomingKind>(
  kind: K,
  serverVersion: number,
  message: MessageInput<K>,
): readonly Damaged[] {
  const payload = incomingEncoder(serverVersion).encode(kind, message).slice(4);
  const table = tableOfKind('incoming', kind);
  const isProtobuf = table.protobuf !== undefined && table.protobuf.since <= serverVersion;
  const start = bodyStart(payload, 0, serverVersion >= 201);
  const seen: Seen[] = [];
  const damaged: Damaged[] = [];
  if (isProtobuf) {
    const reader = new ProtoReader();
    reader.reset(payload, 0, start, payload.length);
    interpretProto(table, reader, { path: '' }, (one) => seen.push(one));
    for (const { path, start: at, end } of seen) {
      damaged.push({ row: path, how: 'cut', frame: framed(payload.slice(0, end - 1)) });
      const form = payload.slice();
      // Wire type 7 is none; a field number keeps its place in the upper bits.
      form[at] = (form[at]! & 0xf8) | 7;
      damaged.push({ row: path, how: 'form', frame: framed(form) });
    }
    return damaged;
  }
  const reader = new TextReader();
  reader.reset(payload, 0, start, payload.length);
  interpretText(table, planText(table, serverVersion), reader, { path: '' }, (one) => seen.push(one));
  for (const { path, type, start: at, end } of seen) {
    if (at > start) damaged.push({ row: path, how: 'cut', frame: framed(payload.slice(0, at)) });
    damaged.push({ row: path, how: 'cut', frame: framed(payload.slice(0, end - 1)) });
    if (FREE.has(type)) continue;
    const word = Uint8Array.from([...payload.slice(0, at), ...WORD, ...payload.slice(end)]);
    damaged.push({ row: path, how: 'word', frame: framed(word) });
  }
  return damaged;
}

export function framed(payload: Uint8Array): Uint8Array {
  const frame = new Uint8Array(payload.length + 4);
  new DataView(frame.buffer).setUint32(0, payload.length);
  frame.set(payload, 4);
  return frame;
}
