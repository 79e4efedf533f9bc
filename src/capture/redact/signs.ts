// Bytes as the signs that a reader sees: escapes and entities read, letters small, what takes no room left out.

/** Signs that are read at once: what is longer goes through in windows, so that memory stays flat. */
const WINDOW = 16 * 1024;
/** Bytes that are no UTF-8 stand for themselves, above every code point. */
const NO_TEXT = 0x110000;

const BACKSLASH = 92;
const AMPERSAND = 38;
const HASH = 35;
const SEMICOLON = 59;
const SMALL_X = 120;
const SMALL_U = 117;

const ENTITIES: readonly (readonly [name: string, code: number])[] = [
  ['amp;', 38],
  ['lt;', 60],
  ['gt;', 62],
  ['quot;', 34],
  ['apos;', 39],
];

/** First and last code points of what takes no room: joiners, direction marks, soft hyphens, selectors. */
const INVISIBLE: readonly (readonly [first: number, last: number])[] = [
  [0xad, 0xad],
  [0x34f, 0x34f],
  [0x61c, 0x61c],
  [0x115f, 0x1160],
  [0x17b4, 0x17b5],
  [0x180b, 0x180f],
  [0x200b, 0x200f],
  [0x202a, 0x202e],
  [0x2060, 0x206f],
  [0x3164, 0x3164],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0xe0000, 0xe0fff],
];

/** A window of signs. Sign `i` is `bytes[starts[i], ends[i])`; between two signs may stand bytes of invisible ones. */
export class Signs {
  readonly codes = new Uint32Array(WINDOW);
  readonly starts = new Uint32Array(WINDOW);
  readonly ends = new Uint32Array(WINDOW);
  count = 0;
  private code = 0;

  /** Reads `bytes[from, to)` until the window is full; gives where it stopped. */
  read(bytes: Uint8Array, from: number, to: number): number {
    this.count = 0;
    let at = from;
    while (at < to && this.count < WINDOW) {
      const end = at + this.one(bytes, at, to);
      if (!isInvisible(this.code)) {
        this.codes[this.count] = folded(this.code);
        this.starts[this.count] = at;
        this.ends[this.count++] = end;
      }
      at = end;
    }
    return at;
  }

  /** The signs `[first, end)` as text. */
  text(first: number, end: number): string {
    let text = '';
    for (let i = first; i < end; i++) text += String.fromCodePoint(Math.min(this.codes[i]!, 0x10ffff));
    return text;
  }

  /** Reads one sign into `code`; gives how many bytes it takes. */
  private one(bytes: Uint8Array, at: number, to: number): number {
    const byte = bytes[at]!;
    this.code = byte;
    if (byte === BACKSLASH) return this.escape(bytes, at, to);
    if (byte === AMPERSAND) return this.entity(bytes, at, to);
    if (byte < 0x80) return 1;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    this.code = NO_TEXT + byte;
    if (byte < 0xc2 || byte > 0xf4 || at + length > to) return 1;
    let code = byte & (0x7f >> length);
    for (let n = 1; n < length; n++) {
      const next = bytes[at + n]!;
      if ((next & 0xc0) !== 0x80) return 1;
      code = code * 64 + (next & 0x3f);
    }
    this.code = code;
    return length;
  }

  /** A backslash, u and four digits: how letters beyond ASCII stand on the text wire. */
  private escape(bytes: Uint8Array, at: number, to: number): number {
    if (at + 6 > to || bytes[at + 1] !== SMALL_U) return 1;
    const code = digits(bytes, at + 2, at + 6, 16);
    if (code === undefined) return 1;
    this.code = code;
    return 6;
  }

  private entity(bytes: Uint8Array, at: number, to: number): number {
    if (bytes[at + 1] === HASH) return this.numeric(bytes, at, to);
    for (const [name, code] of ENTITIES) {
      if (at + 1 + name.length > to || !stands(bytes, at + 1, name)) continue;
      this.code = code;
      return 1 + name.length;
    }
    return 1;
  }

  private numeric(bytes: Uint8Array, at: number, to: number): number {
    const isHex = at + 2 < to && (bytes[at + 2]! | 32) === SMALL_X;
    const from = at + (isHex ? 3 : 2);
    let end = from;
    while (end < to && end < from + 8 && bytes[end] !== SEMICOLON) end++;
    if (end >= to || bytes[end] !== SEMICOLON) return 1;
    const code = digits(bytes, from, end, isHex ? 16 : 10);
    if (code === undefined || code >= NO_TEXT) return 1;
    this.code = code;
    return end + 1 - at;
  }
}

function digits(bytes: Uint8Array, from: number, end: number, base: 10 | 16): number | undefined {
  if (from === end) return undefined;
  let code = 0;
  for (let at = from; at < end; at++) {
    const byte = bytes[at]!;
    const letter = byte | 32;
    const isLetter = base === 16 && letter > 96 && letter < 103;
    if (!isLetter && (byte < 48 || byte > 57)) return undefined;
    code = code * base + (isLetter ? letter - 87 : byte - 48);
  }
  return code;
}

function stands(bytes: Uint8Array, at: number, name: string): boolean {
  for (let n = 0; n < name.length; n++) if (bytes[at + n] !== name.charCodeAt(n)) return false;
  return true;
}

function isInvisible(code: number): boolean {
  if (code < 0xad) return false;
  return INVISIBLE.some(([first, last]) => code >= first && code <= last);
}

/** Small letters; full-width letters and digits as the plain ones. */
function folded(code: number): number {
  const plain = code >= 0xff01 && code <= 0xff5e ? code - 0xfee0 : code;
  if (plain < 0x80) return plain > 64 && plain < 91 ? plain + 32 : plain;
  if (plain >= NO_TEXT) return plain;
  return String.fromCodePoint(plain).toLowerCase().codePointAt(0) ?? plain;
}

/** A letter of a to z or a digit. */
export function isWord(code: number): boolean {
  return (code > 96 && code < 123) || isDigit(code);
}

export function isDigit(code: number): boolean {
  return code > 47 && code < 58;
}
