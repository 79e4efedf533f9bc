// Bytes to text and back without loss: UTF-8 where it is UTF-8, each other byte as a lone surrogate U+DC80..U+DCFF.

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

interface FastSlice {
  latin1Slice(start: number, end: number): string;
}

function hasFastSlice(bytes: Uint8Array): bytes is Uint8Array & FastSlice {
  return typeof (bytes as Uint8Array & Partial<FastSlice>).latin1Slice === 'function';
}

/** Bytes as Latin-1: one character per byte. */
export function latin1(bytes: Uint8Array, start: number, end: number): string {
  if (end - start > 24 && hasFastSlice(bytes)) return bytes.latin1Slice(start, end);
  let text = '';
  for (let at = start; at < end; ) {
    const stop = Math.min(end, at + 4096);
    if (stop - at > 24) {
      text += String.fromCharCode.apply(null, bytes.subarray(at, stop) as unknown as number[]); // apply takes any array-like
      at = stop;
    } else {
      for (; at < stop; at++) text += String.fromCharCode(bytes[at]!);
    }
  }
  return text;
}

/** Text of bytes that hold at least one byte above 127. */
export function beyondAscii(bytes: Uint8Array, start: number, end: number): string {
  const part = bytes.subarray(start, end);
  try {
    return utf8.decode(part);
  } catch {
    return salvage(part);
  }
}

function salvage(part: Uint8Array): string {
  let text = '';
  let at = 0;
  while (at < part.length) {
    const byte = part[at]!;
    const length =
      byte < 0x80 ? 1 : byte >= 0xc2 && byte < 0xe0 ? 2 : byte >= 0xe0 && byte < 0xf0 ? 3 : byte >= 0xf0 && byte < 0xf5 ? 4 : 0;
    let piece: string | undefined;
    if (length === 1) piece = String.fromCharCode(byte);
    else if (length > 1 && at + length <= part.length) piece = decoded(part.subarray(at, at + length));
    text += piece ?? String.fromCharCode(0xdc00 + byte);
    at += piece === undefined ? 1 : length;
  }
  return text;
}

function decoded(part: Uint8Array): string | undefined {
  try {
    return utf8.decode(part);
  } catch {
    return undefined;
  }
}

/** The bytes that a decoded text was made from, also where they were not UTF-8. */
export function rawBytes(text: string): Uint8Array {
  let start = 0;
  const parts: Uint8Array[] = [];
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    const previous = at > 0 ? text.charCodeAt(at - 1) : 0;
    const isByte = unit >= 0xdc80 && unit <= 0xdcff && !(previous >= 0xd800 && previous <= 0xdbff);
    if (!isByte) continue;
    if (at > start) parts.push(encoder.encode(text.slice(start, at)));
    parts.push(Uint8Array.of(unit - 0xdc00));
    start = at + 1;
  }
  if (parts.length === 0) return encoder.encode(text);
  if (start < text.length) parts.push(encoder.encode(text.slice(start)));
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/**
 * Reads a text again in the code page of the gateway's host, which is never announced (seen: GBK, Latin-1).
 * `reinterpret(details.longName, 'gbk')`. Throws RangeError for an encoding the runtime does not know.
 */
export function reinterpret(text: string, encoding: string): string {
  return new TextDecoder(encoding).decode(rawBytes(text));
}

/** True when the text holds bytes that were not UTF-8. */
export function hasRawBytes(text: string): boolean {
  return /(?<![\ud800-\udbff])[\udc80-\udcff]/.test(text);
}

/** From server version 153 on the server writes letters beyond ASCII as backslash-u and four hexadecimal digits. */
export function unescapeText(text: string): string {
  if (!text.includes('\\u')) return text;
  return text.replace(/\\u([0-9a-fA-F]{4})/g, (whole, hex: string) => {
    const unit = Number.parseInt(hex, 16);
    return unit < 0x80 ? whole : String.fromCharCode(unit);
  });
}

/** The other way round, for a gateway that speaks as the real one does. */
export function escapeText(text: string): string {
  return /^[\0-\x7f]*$/.test(text)
    ? text
    : text.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
