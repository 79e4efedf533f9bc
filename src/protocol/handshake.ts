// The first exchange: the client offers a range of versions, the server picks one and tells its time.

import { FrameError } from './errors.js';
import { frame, MAX_FRAME } from './frames.js';
import { beyondAscii, latin1 } from './text/bytes.js';

/** Lowest and highest server version that ibwire speaks. */
export const MIN_VERSION = 100;
/** The newest server version whose messages are known. */
export const MAX_VERSION = 226;

/** What a gateway answers to the hello. `redirect` is undefined unless it sends the client elsewhere. */
export interface Greeting {
  readonly serverVersion: number;
  /** Free text in the host's locale, such as `20260818 09:31:02 Central European Standard Time`. */
  readonly connectionTime: string;
  /** `host[:port]` when the server sends the client elsewhere (version -1, of old servers). */
  readonly redirect: string | undefined;
}

/** What a client says first: the server versions that it knows, both ends included. */
export interface Hello {
  readonly min: number;
  readonly max: number;
  /** Connect options, such as `+PACEAPI`; empty when there are none. */
  readonly options: string;
}

const PREFIX = Uint8Array.of(65, 80, 73, 0);

/** The client's first bytes: `API`, NUL, then the length-prefixed range `v100..226`, with options behind a blank. */
export function hello(offer: { readonly min: number; readonly max: number; readonly options?: string }): Uint8Array {
  const { min, max, options = '' } = offer;
  if (!Number.isInteger(min) || !Number.isInteger(max) || min > max) {
    throw new FrameError('HANDSHAKE', `the version range ${min}..${max} is none`, 0, 0);
  }
  if (/[^\x20-\x7e]/.test(options)) throw new FrameError('HANDSHAKE', 'connect options can only hold printable ASCII', 0, 0);
  const text = `v${min === max ? min : `${min}..${max}`}${options === '' ? '' : ` ${options}`}`;
  const body = frame(Uint8Array.from(text, (letter) => letter.charCodeAt(0)));
  const whole = new Uint8Array(4 + body.length);
  whole.set(PREFIX, 0);
  whole.set(body, 4);
  return whole;
}

/**
 * Reads a client's first bytes; undefined while more are needed. `length` says how many of them were used.
 * @throws {FrameError} when they are no handshake.
 */
export function readHello(bytes: Uint8Array): (Hello & { readonly length: number }) | undefined {
  const here = Math.min(4, bytes.length);
  for (let at = 0; at < here; at++) {
    if (bytes[at] !== PREFIX[at])
      throw new FrameError('HANDSHAKE', `a handshake begins with API and NUL, byte ${at} is ${bytes[at]}`, at, 0);
  }
  if (bytes.length < 8) return undefined;
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(4);
  if (length === 0 || length > 1024) throw new FrameError('HANDSHAKE', `a version range of ${length} bytes`, 4, length);
  if (bytes.length < 8 + length) return undefined;
  const text = latin1(bytes, 8, 8 + length);
  const match = /^v(\d{1,9})(?:\.\.(\d{1,9}))?(?: (.*))?$/s.exec(text);
  if (match === null) throw new FrameError('HANDSHAKE', `'${text.slice(0, 40)}' is no version range`, 8, length);
  const min = Number(match[1]);
  return { min, max: match[2] === undefined ? min : Number(match[2]), options: match[3] ?? '', length: 8 + length };
}

/** The server's answer: version and time, each ending in NUL, in one frame without a message id. */
export function greeting(serverVersion: number, connectionTime: string): Uint8Array {
  return frame(new TextEncoder().encode(`${serverVersion}\0${connectionTime}\0`));
}

/**
 * Reads the payload of the server's first frame.
 * @throws {FrameError} when it is not a version and a time: whatever listens there is no TWS or Gateway.
 */
export function readGreeting(bytes: Uint8Array, start: number, end: number): Greeting {
  const first = bytes.indexOf(0, start);
  if (first < 0 || first >= end) throw notAGreeting(bytes, start, end);
  const text = latin1(bytes, start, first);
  if (!/^-?\d{1,9}$/.test(text)) throw notAGreeting(bytes, start, end);
  const second = bytes.indexOf(0, first + 1);
  const stop = second < 0 || second >= end ? end : second;
  const high = bytes.subarray(first + 1, stop).some((byte) => byte > 127);
  const rest = high ? beyondAscii(bytes, first + 1, stop) : latin1(bytes, first + 1, stop);
  const serverVersion = Number(text);
  return { serverVersion, connectionTime: serverVersion < 0 ? '' : rest, redirect: serverVersion < 0 ? rest : undefined };
}

function notAGreeting(bytes: Uint8Array, start: number, end: number): FrameError {
  const seen = latin1(bytes, start, Math.min(end, start + 32)).replace(/[^\x20-\x7e]/g, '.');
  return new FrameError('HANDSHAKE', `the server's first frame is not a version and a time but '${seen}'`, start, end - start);
}

/** True when the length in front of a server's first bytes can be that of a greeting: other services answer with text. */
export function looksLikeGreeting(length: number): boolean {
  return length > 0 && length <= Math.min(MAX_FRAME, 4096);
}
