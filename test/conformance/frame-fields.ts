// Frames of the text wire as lists of fields, and when two fields say the same.

import { BINARY_ID } from '../../src/protocol/envelope.js';
import { rawBytes, unescapeText } from '../../src/protocol/text/bytes.js';

/** Fields of a frame (length prefix included), the message id first whatever its form. */
export function fieldsOf(frame: Uint8Array, serverVersion: number): readonly string[] {
  return fieldsOfPayload(frame.subarray(4), serverVersion);
}

/** The same without the length prefix. Bytes read as UTF-8, others as they are. */
export function fieldsOfPayload(payload: Uint8Array, serverVersion: number): readonly string[] {
  if (serverVersion < BINARY_ID) return split(payload);
  const id = new DataView(payload.buffer, payload.byteOffset).getUint32(0);
  return [String(id), ...split(payload.subarray(4))];
}

function split(bytes: Uint8Array): readonly string[] {
  if (bytes.length === 0) return [];
  const fields = Buffer.from(bytes).toString('utf8').split('\0');
  return fields.slice(0, -1);
}

/** A payload made of fields. */
export function payloadOf(fields: readonly string[], serverVersion: number): Uint8Array {
  const [id = '', ...rest] = fields;
  if (serverVersion < BINARY_ID) return rawBytes(`${fields.join('\0')}\0`);
  const body = rest.length === 0 ? new Uint8Array(0) : rawBytes(`${rest.join('\0')}\0`);
  const payload = new Uint8Array(4 + body.length);
  new DataView(payload.buffer).setUint32(0, Number(id));
  payload.set(body, 4);
  return payload;
}

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const UNSET = new Set(['', '2147483647', '9223372036854775807', '-9223372036854775808', '?', 'None']);

export function isNumber(text: string): boolean {
  return NUMBER.test(text);
}

/** The forms in which clients and servers say "not set". */
export function isUnset(text: string): boolean {
  return UNSET.has(text) || (isNumber(text) && Number(text) === Number.MAX_VALUE);
}

/** Decimal digits without the zeros that say nothing, so that numbers beyond a double compare exactly. */
export function plainDecimal(text: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text.replace(/,(?=\d{3})/g, '')) ?? [];
  let digits = whole + fraction;
  let point = whole.length + Number(exponent);
  if (point > 400 || point < -400) return text;
  if (point < 0) digits = '0'.repeat(-point) + digits;
  point = Math.max(point, 0);
  if (point > digits.length) digits += '0'.repeat(point - digits.length);
  const head = digits.slice(0, point).replace(/^0+(?=\d)/, '') || '0';
  const tail = digits.slice(point).replace(/0+$/, '');
  const plain = tail === '' ? head : `${head}.${tail}`;
  return sign === '-' && /[1-9]/.test(plain) ? `-${plain}` : plain;
}

const INFINITY = new Set(['Infinity', '+Infinity', 'Infinite', '+Inf']);

/** Equal texts (escapes of letters undone), equal numbers, or both unset. */
export function sameField(ours: string, theirs: string): boolean {
  if (ours === theirs || (isUnset(ours) && isUnset(theirs)) || unescapeText(ours) === unescapeText(theirs)) return true;
  if (INFINITY.has(ours) && INFINITY.has(theirs)) return true;
  const [a, b] = [ours.replace(/,(?=\d{3})/g, ''), theirs.replace(/,(?=\d{3})/g, '')];
  return (
    isNumber(a) && isNumber(b) && (plainDecimal(a) === plainDecimal(b) || (Number(a) === Number(b) && `${a}${b}`.length > 30))
  );
}

/** First difference of two lists of fields; undefined when they say the same. `unset`: further forms of "not set" there. */
export function differenceOf(
  ours: readonly string[],
  theirs: readonly string[],
  unset: readonly string[] = [],
): string | undefined {
  const isNone = (text: string): boolean => isUnset(text) || unset.includes(text);
  const count = Math.min(ours.length, theirs.length);
  for (let i = 0; i < count; i++) {
    const [a, b] = [ours[i] ?? '', theirs[i] ?? ''];
    if (!sameField(a, b) && !(isNone(a) && isNone(b))) return `field ${i} is '${ours[i]}', not '${theirs[i]}'`;
  }
  return ours.length === theirs.length ? undefined : `${ours.length} fields, not ${theirs.length}`;
}
