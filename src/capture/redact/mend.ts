// A payload that was cut off, made readable up to where it ends: so that its fields can still be told by their tables.
import { fieldEnd, skipVarint } from '../fields.js';

/** Records inside records inside a message: deeper ones no kind has. */
const DEEPEST = 5;
const LENGTH_DELIMITED = 2;

/** A readable copy, and the bytes of lengths that were changed in it to make it so. */
export interface Mended {
  readonly payload: Uint8Array;
  readonly lengths: readonly { readonly at: number; readonly bytes: Uint8Array }[];
}

/** On the text wire the last field gets its NUL. */
export function mendText(payload: Uint8Array): Mended {
  const copy = new Uint8Array(payload.length + 1);
  copy.set(payload);
  return { payload: copy, lengths: [] };
}

/**
 * In protobuf every length that reaches beyond the end is shortened in its place. How many records deep the cut goes only the
 * tables know: it is tried until the payload reads, the deepest last.
 */
export function mendProtobuf(payload: Uint8Array, body: number, reads: (payload: Uint8Array) => boolean): Mended {
  let mended = shortened(payload, body, 1);
  for (let depth = 2; depth <= DEEPEST && !reads(mended.payload); depth++) mended = shortened(payload, body, depth);
  return mended;
}

type Shorten = (at: number, end: number, length: number) => void;

function shortened(payload: Uint8Array, body: number, depth: number): Mended {
  const copy = new Uint8Array(payload);
  const lengths: { at: number; bytes: Uint8Array }[] = [];
  const shorten: Shorten = (at, end, length) => {
    lengths.push({ at, bytes: payload.slice(at, end) });
    let rest = length;
    for (let n = at; n < end; n++) {
      copy[n] = (rest & 127) | (n + 1 < end ? 128 : 0);
      rest = Math.floor(rest / 128);
    }
  };
  const end = lastEnd(copy, body, depth, shorten);
  return { payload: copy.subarray(0, end), lengths };
}

/** The end of the last field that is whole or was made so. */
function lastEnd(bytes: Uint8Array, from: number, depth: number, shorten: Shorten): number {
  let at = from;
  while (at < bytes.length) {
    const afterTag = skipVarint(bytes, at);
    const end = fieldEnd(bytes, at, afterTag);
    if (end <= bytes.length) {
      at = end;
      continue;
    }
    const content = skipVarint(bytes, afterTag);
    if ((bytes[at]! & 7) !== LENGTH_DELIMITED || content > bytes.length) return at;
    const last = depth > 1 ? lastEnd(bytes, content, depth - 1, shorten) : bytes.length;
    shorten(afterTag, content, last - content);
    return last;
  }
  return at;
}
