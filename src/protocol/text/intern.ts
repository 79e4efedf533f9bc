// Short ASCII texts seen before are handed out again instead of being made anew: a third of the time, and no memory.

import { latin1 } from './bytes.js';

const SLOTS = 4096;
const LONGEST = 24;
const seen: string[] = new Array<string>(SLOTS).fill('');
/** The bytes of each slot's text, so that bytes are compared with bytes. */
const bytesSeen = new Uint8Array(SLOTS * LONGEST);
/** Texts of one sign. */
const single: readonly string[] = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));

/** Text of ASCII bytes; the same string object again for a text met lately. `hash` is over the same bytes. */
export function intern(bytes: Uint8Array, start: number, end: number, hash: number): string {
  const length = end - start;
  if (length === 1) return single[bytes[start]!]!;
  if (length > LONGEST) return latin1(bytes, start, end);
  const slot = hash & (SLOTS - 1);
  const from = slot * LONGEST;
  const known = seen[slot]!;
  if (known.length === length) {
    let i = 0;
    while (i < length && bytesSeen[from + i] === bytes[start + i]) i++;
    if (i === length) return known;
  }
  const fresh = latin1(bytes, start, end);
  seen[slot] = fresh;
  for (let i = 0; i < length; i++) bytesSeen[from + i] = bytes[start + i]!;
  return fresh;
}
