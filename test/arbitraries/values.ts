// Values of one codec that both wires can carry, as decoding gives them back.

import fc from 'fast-check';
import type { Codec } from '../../src/protocol/schema/codecs.js';
import { beyondAscii, latin1 } from '../../src/protocol/text/bytes.js';
import { isUnsetDecimal, MAX_INT, MAX_LONG_TEXT, plainText } from '../../src/protocol/text/numbers.js';
import type { TagValue } from '../../src/protocol/text/reader.js';

const int32 = fc.oneof(fc.integer({ min: -3, max: 300 }), fc.integer({ min: -2147483648, max: MAX_INT }));
const int32Set = int32.filter((value) => value !== MAX_INT);
const wide = fc.oneof(int32Set, fc.maxSafeInteger());

// -0 is left out: neither wire's readers of texts know it.
const finite = fc
  .oneof(
    fc.constantFrom(0, -1, -2, 0.01, 187.5, 1e-9, 1e21, 123456789012345.6, 0.1 + 0.2),
    fc.integer({ min: -1e7, max: 1e7 }).map((cents) => cents / 100),
    fc.double({ noDefaultInfinity: true, noNaN: true }),
  )
  .filter((value) => !Object.is(value, -0) && value !== Number.MAX_VALUE);
const anyDouble = fc.oneof({ weight: 20, arbitrary: finite }, { weight: 1, arbitrary: fc.constantFrom(Infinity, -Infinity) });
const quantity = finite.filter((value) => !isUnsetDecimal(plainText(value)));

const long = fc
  .oneof(fc.bigInt({ min: 0n, max: 1n << 33n }), fc.bigInt({ min: -(1n << 63n), max: (1n << 63n) - 1n }))
  .map(String);

const decimalText = fc
  .oneof(
    fc.constantFrom('100', '0', '-3', '0.5', '1E-8', '12345678901234567890.123456789', '100.00'),
    fc.integer({ min: -1e6, max: 1e6 }).map((hundredths) => String(hundredths / 100)),
  )
  .filter((text) => !isUnsetDecimal(text));

function readable(bytes: Uint8Array): string {
  return bytes.some((byte) => byte > 127) ? beyondAscii(bytes, 0, bytes.length) : latin1(bytes, 0, bytes.length);
}

/** Any bytes but NUL, read as the cursors read them: UTF-8, and what was not UTF-8. */
const bytesText = fc.uint8Array({ min: 1, max: 255, minLength: 1, maxLength: 9 }).map(readable);
const asciiText = fc
  .string({ minLength: 1, maxLength: 30, unit: 'binary-ascii' })
  .filter((text) => /^[\t\n\r\x20-\x7e]+$/.test(text));
const text = fc.oneof(
  fc.constantFrom('AAPL', 'SMART', 'STK', 'USD', '20260821', 'DU9000001', 'a b'),
  asciiText,
  fc.string({ minLength: 1, maxLength: 6, unit: 'grapheme-composite' }).filter((value) => !value.includes('\0')),
  bytesText,
);
const unescaped = text.filter((value) => !value.includes('\\'));

/** Values that one wire cannot tell from "unset" are not among them. */
export function anyValueOf(codec: Codec<unknown>): fc.Arbitrary<unknown> {
  switch (codec.read) {
    case 'int':
      if (codec.protoRead === 'boolAsInt') return fc.constantFrom(0, 1);
      if (codec.protoRead === 'bits') return fc.integer({ min: 0, max: 2 ** (codec.flags?.length || 2) - 1 });
      return codec.protoRead === 'safe' ? wide : int32;
    case 'swappedBits':
      return fc.integer({ min: 0, max: 3 });
    case 'intMax':
      return codec.protoRead === 'safe' ? wide : int32Set;
    case 'long':
      return long;
    case 'longMax':
      return long.filter((value) => value !== MAX_LONG_TEXT);
    case 'computed':
      return finite.filter((value) => value !== -1);
    case 'sensitivity':
      return finite.filter((value) => value !== -2);
    case 'double':
      return codec.protoRead === 'numberText' ? quantity : anyDouble;
    case 'size':
      return quantity;
    case 'decimal':
      return decimalText;
    case 'amount':
      return finite.map(plainText);
    case 'text':
      if (codec.protoRead === 'doubleAsText') return finite.map(plainText);
      if (codec.protoRead === 'boolAsText') return fc.constantFrom('true', 'false');
      return codec.protoRead === 'int32AsText' ? int32.map(String) : text;
    case 'escaped':
      return unescaped;
    case 'bool':
    case 'boolThreeState':
    case 'conjunction':
      return fc.boolean();
    default:
      throw new Error(`no values are known for the codec method '${codec.read}'`);
  }
}

const tagText = text.map((value) => value.replaceAll(/[=;]/g, '-'));

/** Options and algorithm parameters. */
export const tagValues: fc.Arbitrary<readonly TagValue[]> = fc.array(
  fc.record({ tag: tagText, value: tagText }, { noNullPrototype: true }),
  { maxLength: 3 },
);
