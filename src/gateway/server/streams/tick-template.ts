// Ticks written without making objects: what never changes in a frame is learnt from the encoder once, the rest is put in place.
import type { MessageEncoder } from '../../../protocol/encode.js';
import type { Client } from '../client.js';
import type { Wire } from '../wire.js';

/** Frames of one tick type of one stream: head, then price and size (or size alone), then tail. */
export interface TickTemplate {
  /** Bytes as Latin-1 text: there are tens of thousands of templates, and a short text is a third of a typed array. */
  readonly head: string;
  /** Between price and size. */
  readonly middle: string;
  readonly tail: string;
  readonly isText: boolean;
}

const SAMPLE = 7;

/** The template of tickPrice for a stream; undefined when the frames do not look as expected (then the encoder writes them). */
export function priceTemplate(client: Client, reqId: number, tickType: number, attribMask: number): TickTemplate | undefined {
  const form = client.form('tickPrice');
  if (form === 'unknown') return undefined;
  const encode = (price: number, size: number): Uint8Array =>
    client.encoder.encode('tickPrice', { reqId, tickType, price, size, attribMask }, form);
  const one = encode(SAMPLE, SAMPLE);
  const isText = form?.wire === 'text';
  const [at, after] = placeOf(one, encode(SAMPLE + 1, SAMPLE), isText);
  const [sizeAt, sizeAfter] = placeOf(one, encode(SAMPLE, SAMPLE + 1), true);
  const template = {
    head: text(one, 0, at),
    middle: shared(text(one, after, sizeAt)),
    tail: shared(text(one, sizeAfter)),
    isText,
  };
  return isTrue(template, (wire) => writePrice(wire, template, 187.25, 1200), encode(187.25, 1200)) ? template : undefined;
}

/** The template of tickSize for a stream. */
export function sizeTemplate(client: Client, reqId: number, tickType: number): TickTemplate | undefined {
  const form = client.form('tickSize');
  if (form === 'unknown') return undefined;
  const encoder: MessageEncoder = client.encoder;
  const encode = (size: number): Uint8Array => encoder.encode('tickSize', { reqId, tickType, size }, form);
  const one = encode(SAMPLE);
  const [at, after] = placeOf(one, encode(SAMPLE + 1), true);
  const template = { head: text(one, 0, at), middle: '', tail: shared(text(one, after)), isText: form?.wire === 'text' };
  return isTrue(template, (wire) => writeSize(wire, template, 1200), encode(1200)) ? template : undefined;
}

function text(bytes: Uint8Array, from: number, to?: number): string {
  return Buffer.from(bytes.subarray(from, to)).toString('latin1');
}

const parts = new Map<string, string>();

/** One text for all templates that end alike. */
function shared(part: string): string {
  const known = parts.get(part);
  if (known !== undefined) return known;
  parts.set(part, part);
  return part;
}

/** Where two frames that differ in one value hold it: a digit, or the eight bytes of a double. */
function placeOf(one: Uint8Array, other: Uint8Array, isDigit: boolean): readonly [from: number, to: number] {
  let last = one.length - 1;
  while (last > 0 && one[last] === other[last]) last -= 1;
  if (isDigit) return [last, last + 1];
  // 7 and 8 differ in the second highest byte of the double; the highest comes after it.
  return [last - 6, last + 2];
}

function isTrue(template: TickTemplate, write: (wire: Pad) => void, expected: Uint8Array): boolean {
  const pad: Pad = { bytes: Buffer.alloc(512), at: 0, frames: 0, reserve: () => {} };
  write(pad);
  return template.head.length > 4 && Buffer.compare(pad.bytes.subarray(0, pad.at), expected) === 0;
}

/** The part of a wire that templates write to. */
export type Pad = Pick<Wire, 'bytes' | 'at' | 'frames' | 'reserve'>;

const scratch = new Float64Array(1);
const scratchBytes = new Uint8Array(scratch.buffer);

/** Appends a tickPrice frame. */
export function writePrice(wire: Pad, template: TickTemplate, price: number, size: number): void {
  const { head, middle, tail, isText } = template;
  wire.reserve(head.length + middle.length + tail.length + 64);
  const { bytes, at } = wire;
  let to = at;
  for (let i = 0; i < head.length; i++) bytes[to++] = head.charCodeAt(i);
  if (isText) to = putNumber(bytes, to, price);
  else {
    scratch[0] = price;
    for (let i = 0; i < 8; i++) bytes[to++] = scratchBytes[i] as number;
  }
  for (let i = 0; i < middle.length; i++) bytes[to++] = middle.charCodeAt(i);
  to = putSize(bytes, to, size, isText);
  for (let i = 0; i < tail.length; i++) bytes[to++] = tail.charCodeAt(i);
  finish(wire, at, to);
}

/** Appends a tickSize frame. */
export function writeSize(wire: Pad, template: TickTemplate, size: number): void {
  const { head, tail, isText } = template;
  wire.reserve(head.length + tail.length + 40);
  const { bytes, at } = wire;
  let to = at;
  for (let i = 0; i < head.length; i++) bytes[to++] = head.charCodeAt(i);
  to = putSize(bytes, to, size, isText);
  for (let i = 0; i < tail.length; i++) bytes[to++] = tail.charCodeAt(i);
  finish(wire, at, to);
}

function finish(wire: Pad, at: number, to: number): void {
  const { bytes } = wire;
  const length = to - at - 4;
  bytes[at] = 0;
  bytes[at + 1] = length >> 16;
  bytes[at + 2] = length >> 8;
  bytes[at + 3] = length;
  wire.at = to;
  wire.frames += 1;
}

/** A size as text; in a protobuf body the byte before it is its length. */
function putSize(bytes: Buffer, at: number, size: number, isText: boolean): number {
  const to = putNumber(bytes, at, size);
  if (!isText) bytes[at - 1] = to - at;
  return to;
}

/** The shortest text of a number, as `String` gives it; small numbers with up to four decimals without making a string. */
function putNumber(bytes: Buffer, at: number, value: number): number {
  if (value >= 0 && value < 200_000) {
    const units = Math.round(value * 10_000);
    if (units / 10_000 === value) {
      const whole = Math.floor(units / 10_000);
      const to = putWhole(bytes, at, whole);
      return putFraction(bytes, to, units - whole * 10_000);
    }
  } else if (value >= 0 && value < 1e9 && Number.isInteger(value)) return putWhole(bytes, at, value);
  return at + bytes.write(Math.abs(value) < 1e-6 || Math.abs(value) >= 1e21 ? plainText(value) : String(value), at, 'latin1');
}

function putWhole(bytes: Buffer, at: number, whole: number): number {
  let length = 1;
  for (let limit = 10; whole >= limit; limit *= 10) length += 1;
  let rest = whole;
  for (let i = at + length - 1; i >= at; i--) {
    const next = Math.floor(rest / 10);
    bytes[i] = 48 + rest - next * 10;
    rest = next;
  }
  return at + length;
}

function putFraction(bytes: Buffer, at: number, tenThousandths: number): number {
  if (tenThousandths === 0) return at;
  bytes[at] = 46;
  let to = at + 1;
  let rest = tenThousandths;
  for (let unit = 1000; rest > 0; unit /= 10) {
    const digit = Math.floor(rest / unit);
    bytes[to++] = 48 + digit;
    rest -= digit * unit;
  }
  return to;
}

/** Sizes are plain decimals on the wire, never in exponents. */
function plainText(value: number): string {
  return value.toFixed(20).replace(/\.0+$|(?<![.0])0+$/, '');
}
