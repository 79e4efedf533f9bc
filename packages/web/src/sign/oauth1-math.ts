// OAuth 1.0a of the broker, as arithmetic: no clock, no chance, no socket. Held to vectors byte by byte.

import { constants, createHmac, createPrivateKey, createSign, type KeyObject, privateDecrypt } from 'node:crypto';
import { WebError } from '../problem.js';

/** RFC 3986: everything but letters, digits and `-._~`. */
export function percent(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** `base` to the power of `exponent`, modulo `modulus`. */
export function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let [result, square, rest] = [1n, base % modulus, exponent];
  while (rest > 0n) {
    if ((rest & 1n) === 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
    rest >>= 1n;
  }
  return result;
}

/** A key from its PEM. @throws {WebError} which never holds it */
export function privateKey(pem: string, what: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch {
    throw new WebError('WEB_SECRET', `${what}: it is no private key in PEM form`);
  }
}

/** The prime from its hex digits; blanks and line ends do not matter. @throws {WebError} which never holds it */
export function primeOf(hex: string): bigint {
  const digits = hex.replace(/[\s:]/g, '').replace(/^0x/i, '');
  if (!/^[0-9a-f]{64,}$/i.test(digits))
    throw new WebError(
      'WEB_SECRET',
      'Diffie-Hellman prime: it is not written in hex digits (openssl dhparam -in dhparam.pem -text shows them)',
    );
  return BigInt(`0x${digits}`);
}

/** A number of the other side that makes a secret: neither 0 nor 1 nor the prime less 1, whose powers everybody knows. */
export function isPublicNumber(hex: string, prime: bigint): boolean {
  if (!/^[0-9a-f]+$/i.test(hex)) return false;
  const value = BigInt(`0x${hex}`);
  return value > 1n && value < prime - 1n;
}

/**
 * The access token's secret, decrypted, as hex. Node refuses to take PKCS#1 v1.5 padding off by itself, so it is done here:
 * 00 02, at least eight bytes that are not 0, 00, and the rest.
 */
export function prependOf(secretBase64: string, key: KeyObject): string {
  let block: Buffer;
  try {
    block = privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, Buffer.from(secretBase64, 'base64'));
  } catch {
    throw new WebError('WEB_SIGN', 'the access token secret is not as long as this encryption key encrypts');
  }
  const end = block.indexOf(0, 2);
  if (block[0] !== 0 || block[1] !== 2 || end < 10)
    throw new WebError('WEB_SIGN', 'the access token secret was not encrypted for this encryption key');
  return block.subarray(end + 1).toString('hex');
}

/** 2 to the power of the secret number, as hex without leading zeros. */
export const challengeOf = (secret: bigint, prime: bigint, generator = 2n): string =>
  power(generator, secret, prime).toString(16);

/** A number as a signed big integer is written: a zero byte before a set top bit, and nothing before a short one. */
export function signedBytes(value: bigint): Buffer {
  const hex = value.toString(16);
  const even = hex.length % 2 === 0 ? hex : `0${hex}`;
  return Buffer.from(Number.parseInt(even.slice(0, 2), 16) >= 0x80 ? `00${even}` : even, 'hex');
}

/** The live session token, base64. */
export function liveSessionToken(responseHex: string, secret: bigint, prime: bigint, prepend: string): string {
  const shared = power(BigInt(`0x${responseHex}`), secret, prime);
  return createHmac('sha1', signedBytes(shared)).update(Buffer.from(prepend, 'hex')).digest('base64');
}

/** What proves that both sides have the same token, hex. */
export function tokenProof(token: string, consumerKey: string): string {
  return createHmac('sha1', Buffer.from(token, 'base64')).update(consumerKey).digest('hex');
}

/** The text that is signed: values as they are, all of it encoded once. */
export function baseString(method: string, url: string, params: Readonly<Record<string, string>>, prepend = ''): string {
  const list = Object.entries(params)
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join('&');
  return `${prepend}${method}&${percent(url)}&${percent(list)}`;
}

/** Base64; it is encoded once more in the header. */
export const rsaSignature = (text: string, key: KeyObject): string => createSign('RSA-SHA256').update(text).sign(key, 'base64');

export const hmacSignature = (text: string, token: string): string =>
  createHmac('sha256', Buffer.from(token, 'base64')).update(text).digest('base64');

/** `realm` stands in the header and not in what is signed. */
export function authorization(realm: string, params: Readonly<Record<string, string>>): string {
  const all = Object.entries({ realm, ...params }).sort(([a], [b]) => (a < b ? -1 : 1));
  return `OAuth ${all.map(([name, value]) => `${name}="${value}"`).join(', ')}`;
}
