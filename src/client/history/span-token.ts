// Where a download of bars stands, as a text that can be kept and given back.

import { InputError } from '../input/input-error.js';

export interface SpanPlace {
  /** Whose span it is: contract, size, kind of data, bounds. */
  readonly key: string;
  /** Everything from here on is done; epoch milliseconds. */
  readonly cursor: number;
}

export function writeToken({ key, cursor }: SpanPlace): string {
  return Buffer.from(JSON.stringify([1, digest(key), cursor])).toString('base64url');
}

/** The cursor of a token of this span. @throws {InputError} for another span's token, or for what is no token. */
export function readToken(token: string, key: string): number {
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(token, 'base64url').toString());
  } catch {
    parts = undefined;
  }
  if (!Array.isArray(parts) || parts[0] !== 1 || typeof parts[2] !== 'number')
    throw new InputError('resume', 'is not a token of a span');
  if (parts[1] !== digest(key)) throw new InputError('resume', 'is the token of another span: contract, size, bounds differ');
  return parts[2];
}

/** Short and stable; mistakes are to be found, not attacks. */
function digest(text: string): string {
  let a = 0x811c9dc5;
  let b = 0;
  for (let at = 0; at < text.length; at++) {
    a = Math.imul(a ^ text.charCodeAt(at), 0x01000193);
    b = (Math.imul(b, 31) + text.charCodeAt(at)) | 0;
  }
  return `${(a >>> 0).toString(36)}${(b >>> 0).toString(36)}`;
}
