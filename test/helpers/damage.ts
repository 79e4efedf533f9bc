// Damages a payload the way wires, bugs and enemies do: bits, lengths, fields, tails, pieces of other messages.

import type { Random } from './random.js';

const TELLING_BYTES = [0, 1, 8, 10, 18, 32, 43, 44, 45, 46, 47, 48, 49, 57, 58, 63, 69, 101, 127, 128, 129, 192, 225, 254, 255];
const TELLING_TEXTS = [
  '',
  '-1',
  '-0',
  '007',
  '+5',
  '2147483647',
  '2147483648',
  '-2147483649',
  '9223372036854775807',
  '99999999999999999999',
  '1.7976931348623157E308',
  '1e400',
  '1e',
  '.',
  '-',
  '1.2.3',
  '1,234.5',
  '1,5',
  '?',
  'None',
  'NaN',
  'Infinity',
  'a',
  'o',
  'true',
  '16777215',
  '4000000000',
  'tag=value;x',
  '\\u00e9',
].map((text) => new TextEncoder().encode(`${text}\0`));

/** A damaged copy; the first `keep` bytes stay as they are, so that the kind survives. */
export function damage(payload: Uint8Array, keep: number, other: Uint8Array, random: Random): Uint8Array {
  let bytes: Uint8Array = payload;
  for (let rounds = 1 + (random() % 3); rounds > 0; rounds--) bytes = once(bytes, Math.min(keep, bytes.length), other, random);
  return bytes === payload ? payload.slice() : bytes;
}

function once(bytes: Uint8Array, keep: number, other: Uint8Array, random: Random): Uint8Array {
  const room = bytes.length - keep;
  const at = keep + (room === 0 ? 0 : random() % room);
  switch (random() % 9) {
    case 0:
      return changed(bytes, at, (byte) => byte ^ (1 << (random() & 7)));
    case 1:
    case 2:
      return changed(bytes, at, () => TELLING_BYTES[random() % TELLING_BYTES.length]!);
    case 3:
      return bytes.slice(0, at);
    case 4: {
      const stop = Math.min(bytes.length, at + 1 + (random() % 12));
      return join(bytes.subarray(0, at), bytes.subarray(stop));
    }
    case 5: {
      const stop = Math.min(bytes.length, at + 1 + (random() % 40));
      return join(bytes.subarray(0, stop), bytes.subarray(at));
    }
    case 6: {
      const start = Math.min(other.length, keep);
      const from = start + (other.length > start ? random() % (other.length - start) : 0);
      return join(bytes.subarray(0, at), other.subarray(from, from + 1 + (random() % 64)), bytes.subarray(at));
    }
    case 7: {
      const start = bytes.indexOf(0, at) + 1;
      const end = start === 0 ? -1 : bytes.indexOf(0, start);
      if (end < 0) return changed(bytes, at, () => 255);
      return join(bytes.subarray(0, start), TELLING_TEXTS[random() % TELLING_TEXTS.length]!, bytes.subarray(end + 1));
    }
    default:
      return join(
        bytes.subarray(0, at),
        Uint8Array.from({ length: 1 + (random() % 11) }, () => random() & 255),
        bytes.subarray(at),
      );
  }
}

function changed(bytes: Uint8Array, at: number, change: (byte: number) => number): Uint8Array {
  const copy = bytes.slice();
  if (at < copy.length) copy[at] = change(copy[at]!);
  return copy;
}

function join(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
