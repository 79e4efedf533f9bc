// How one field of the text wire is read in generated code: the usual form in place, from the bytes; the rest by the cursor's method.

import type { TextRead } from './codecs.js';

/** Locals of every generated decoder: bytes, end, position, and scratch. `r` is the cursor. */
export const FIELD_LOCALS = 'const b = r.bytes, e = r.end; let p = r.at, s = 0, c = 0, g = 0, k = 0, v = 0;';

/** Statement that fails when the frame has no further field. */
const THERE = 'if (p >= e) r.fail(MISSING, p);';

/** Hands over to the cursor and takes its position back. */
export function byCursor(call: string): string {
  return `r.at = p; ${call} p = r.at;`;
}

/** Passes a field over. */
export function skipField(): string {
  return `${THERE} while (b[p] !== 0) p++; p++;`;
}

/**
 * Statements that read one field into `local`. At most nine digits, or ten that begin with 1 as our request ids and times do, are
 * summed up in 32 bits, without a call; longer numbers, exponents, words and everything that is wrong goes to the cursor from the start of the field. Long messages (not `isHot`) have only empty fields
 * and single digits in place: with more an order would take the optimiser longer than it is worth. A local that `isNew` is undefined already.
 */
export function readField(local: string, read: TextRead, isHot: boolean, isNew = true): string {
  const slow = byCursor(`${local} = r.${read}();`);
  const none = isNew ? 'p++;' : `{ p++; ${local} = undefined; }`;
  const empty = `if (p < e && b[p] === 0) ${none} else`;
  if (!isHot) return `${empty} ${oneDigit(local, read)}{ ${slow} }`;
  switch (read) {
    case 'int':
      return wholeNumber(local, slow);
    case 'double':
    case 'size':
      return number(local, slow);
    case 'computed':
      return `${number(local, slow)} if (${local} === -1) ${local} = undefined;`;
    case 'sensitivity':
      return `${number(local, slow)} if (${local} === -2) ${local} = undefined;`;
    case 'bool':
      return (
        `${empty} if (p < e && (b[p] === 48 || b[p] === 49) && b[p + 1] === 0) ` +
        `{ ${local} = b[p] === 49; p += 2; } else { ${slow} }`
      );
    default:
      return `${empty} { ${slow} }`;
  }
}

/** Long messages are full of single digits: flags, zeros, small codes. */
function oneDigit(local: string, read: TextRead): string {
  switch (read) {
    case 'bool':
      return `if (p < e && b[p + 1] === 0 && (b[p] | 1) === 49) { ${local} = b[p] === 49; p += 2; } else `;
    case 'int':
    case 'intMax':
    case 'double':
      return `if (p < e && b[p + 1] === 0 && b[p] > 47 && b[p] < 58) { ${local} = b[p] - 48; p += 2; } else `;
    default:
      return '';
  }
}

const DIGITS = 'while (c > 47 && c < 58) { v = (v * 10 + c - 48) | 0; c = b[++p]; }';
const SIGN = `${THERE} s = p; v = 0; c = b[p]; g = 0; if (c === 45) { g = 1; c = b[++p]; }`;

function wholeNumber(local: string, slow: string): string {
  return (
    `${SIGN} ${DIGITS} k = p - s - g; ` +
    `if (c === 0 && k > 0 && (k < 10 || (k === 10 && b[s + g] === 49))) { p++; ${local} = g === 0 ? v : -v; } else { p = s; ${slow} }`
  );
}

/** `k` counts the digits, then holds the power of ten that the point stands for. */
function number(local: string, slow: string): string {
  return (
    `${SIGN} ${DIGITS} k = p - s - g; ` +
    `if (c === 0 && k > 0 && k < 10) { p++; ${local} = g === 0 ? v : -v; } ` +
    `else if (c === 46 && k < 10) { c = b[++p]; ${DIGITS} g = p - s - g - 1 - k; ` +
    `if (c === 0 && k + g > 0 && (k + g < 10 || (k + g === 10 && b[p - 11] === 48))) { p++; ${local} = b[s] === 45 ? -(v / POWERS[g]) : v / POWERS[g]; } else { p = s; ${slow} } } ` +
    `else { p = s; ${slow} }`
  );
}
