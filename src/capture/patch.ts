// Writes other whole numbers into the fields of a frame; everything else stays byte for byte.
import type { Seen } from '../protocol/schema/interpret-text.js';
import { type FrameFields, fieldEnd, skipVarint } from './fields.js';

/** The payload with the numbers of some of its fields replaced; lengths of the protobuf bodies around them follow. */
export function withNumbers(payload: Uint8Array, fields: FrameFields, changes: ReadonlyMap<Seen, number>): Uint8Array {
  if (changes.size === 0) return payload;
  const patches = new Map<number, { readonly end: number; readonly bytes: Uint8Array }>();
  for (const [field, value] of changes) {
    const bytes = fields.isProtobuf
      ? Buffer.concat([payload.subarray(field.start, skipVarint(payload, field.start)), varint(value)])
      : Buffer.from(`${value}\0`, 'latin1');
    patches.set(field.start, { end: field.end, bytes });
  }
  const head = fields.isProtobuf ? 4 : 0;
  return Buffer.concat([payload.subarray(0, head), ...spliced(payload, head, payload.length, patches, fields.isProtobuf)]);
}

type Patches = ReadonlyMap<number, { readonly end: number; readonly bytes: Uint8Array }>;

/** Copies `[from, to)` with the patches in their places; a nested body that holds one gets its length anew. */
function spliced(payload: Uint8Array, from: number, to: number, patches: Patches, isProtobuf: boolean): Uint8Array[] {
  const out: Uint8Array[] = [];
  const starts = [...patches.keys()].filter((start) => start >= from && start < to).sort((a, b) => a - b);
  let at = from;
  for (const start of starts) {
    if (start < at) continue; // inside a nested body that is done
    if (isProtobuf) at = copyFieldsBefore(payload, at, start, patches, out);
    else {
      out.push(payload.subarray(at, start));
      at = start;
    }
    const patch = patches.get(at);
    if (patch === undefined) continue;
    out.push(patch.bytes);
    at = patch.end;
  }
  out.push(payload.subarray(at, to));
  return out;
}

/** Copies protobuf fields until `start` is reached, or the nested body around it is copied; returns where it stopped. */
function copyFieldsBefore(payload: Uint8Array, from: number, start: number, patches: Patches, out: Uint8Array[]): number {
  let at = from;
  while (at < start) {
    const afterTag = skipVarint(payload, at);
    const end = fieldEnd(payload, at, afterTag);
    if (end <= start) out.push(payload.subarray(at, end));
    else {
      const body = Buffer.concat(spliced(payload, skipVarint(payload, afterTag), end, patches, true));
      out.push(payload.subarray(at, afterTag), varint(body.length), body);
    }
    at = end;
  }
  return at;
}

/** Whole numbers as protobuf writes them: 64 bits two's complement, seven at a time. */
function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  bytes.push(Number(rest));
  return Uint8Array.from(bytes);
}
