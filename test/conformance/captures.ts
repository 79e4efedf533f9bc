// Captured traffic: every message and every frame decodes with nothing left over and is written back the same.

import { isDeepStrictEqual } from 'node:util';
import { incomingDecoder, outgoingDecoder, tableOf, type Unknown } from '../../src/protocol/decode.js';
import { BINARY_ID } from '../../src/protocol/envelope.js';
import { EncodeError } from '../../src/protocol/errors.js';
import { FrameDecoder } from '../../src/protocol/frames.js';
import { MAX_VERSION, MIN_VERSION, readGreeting } from '../../src/protocol/handshake.js';
import { viewProto, writeView } from '../../src/protocol/proto/view.js';
import type { Direction, MessageTable } from '../../src/protocol/schema/message.js';
import { fieldsOfPayload, payloadOf } from './frame-fields.js';
import { checkHello } from './handshakes.js';
import { hexOf } from './json.js';
import { reEncodeDifference } from './re-encode.js';
import { type Case, fail, skip, type Verdict } from './verdict.js';

export interface CapturedMessage {
  readonly direction: 'in' | 'out';
  readonly fields: readonly string[];
  readonly event?: string;
  readonly partial?: boolean;
  readonly ambiguous?: boolean;
  readonly reconstructed?: boolean;
  readonly serverVersion?: number;
  readonly idForm?: string;
  readonly payloadBase64?: string;
}

export interface Capture {
  readonly source?: { readonly where?: string };
  readonly serverVersion: number | null;
  readonly serverVersionBounds?: { readonly min?: number; readonly max?: number } | readonly number[];
  readonly messages?: readonly CapturedMessage[];
  readonly chunks?: readonly { readonly direction?: 'in' | 'out'; readonly base64: string }[];
}

export interface Transcript {
  readonly serverVersion: number;
  readonly steps: readonly {
    readonly step: string;
    readonly direction?: 'in' | 'out';
    readonly fields?: readonly string[];
    readonly base64?: string;
  }[];
}

const OPEN_ORDER_ID = '5';

export function captureCases(capture: Capture): readonly Case[] {
  const messages = (capture.messages ?? []).map(
    (message, i): Case => ({
      name: `message ${i} ${message.direction} ${message.event ?? message.fields[0] ?? ''}`,
      check: () => checkMessage(message, versionsOf(capture, message), capture),
    }),
  );
  const chunks = capture.chunks ?? [];
  if (chunks.length === 0) return messages;
  const version = versionsOf(capture, undefined)[0] ?? MIN_VERSION;
  return [...messages, { name: `${chunks.length} chunks, as read and byte by byte`, check: () => checkChunks(capture, version) }];
}

/** Wire frames of a transcript; its semantic steps have no fields. */
export function transcriptCases({ steps, serverVersion }: Transcript): readonly Case[] {
  const frames = steps.filter((step) => step.step === 'frame');
  if (frames.length === 0) {
    return [{ name: 'steps', check: () => skip('semantic steps only: no wire fields') }];
  }
  return frames.map((frame, i) => ({
    name: `frame ${i} ${frame.direction ?? 'in'} ${frame.fields?.[0] ?? ''}`,
    check: () => {
      const bytes = frame.base64 === undefined ? undefined : withoutLength(new Uint8Array(Buffer.from(frame.base64, 'base64')));
      const payload = bytes ?? payloadOf(frame.fields ?? [], serverVersion);
      return checkPayload(payload, frame.direction ?? 'in', serverVersion, frame.fields);
    },
  }));
}

function withoutLength(bytes: Uint8Array): Uint8Array {
  const length = bytes.length < 4 ? -1 : new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  return length === bytes.length - 4 ? bytes.subarray(4) : bytes;
}

/** Server versions to read a message at: the one stated, both bounds where only these are known, else any that fits. */
function versionsOf(capture: Capture, message: CapturedMessage | undefined): readonly number[] {
  const stated = message?.serverVersion ?? capture.serverVersion;
  if (stated !== null && stated !== undefined) return [stated];
  const bounds = capture.serverVersionBounds;
  if (bounds === undefined) return [];
  return Array.isArray(bounds)
    ? bounds
    : [(bounds as { min?: number }).min ?? MIN_VERSION, (bounds as { max?: number }).max ?? MAX_VERSION];
}

function checkMessage(message: CapturedMessage, versions: readonly number[], capture: Capture): Verdict {
  const { event, fields, direction } = message;
  if (event === 'handshake') return checkHandshake(message, capture);
  if (event !== undefined) return undefined; // the connection ended: nothing was on the wire
  if (fields.length === 0) return skip('the bytes of this message are not known');
  if (message.idForm?.includes('protobuf') === true && message.payloadBase64 === undefined)
    return skip('only the id of this message is known');
  if (message.partial === true || message.ambiguous === true) return checkPart(message, versions[0] ?? 176);
  const tried = versions.length > 0 ? versions : Array.from({ length: MAX_VERSION - MIN_VERSION + 1 }, (_, i) => MIN_VERSION + i);
  let last: Verdict;
  for (const version of tried) {
    last = checkPayload(
      payloadAt(message, version),
      direction,
      version,
      message.payloadBase64 === undefined ? undefined : fields,
    );
    const isDecided = versions.length > 0 ? last !== undefined : last === undefined;
    if (isDecided) return last;
  }
  return versions.length > 0 ? undefined : (last ?? fail('no server version has this layout'));
}

function payloadAt({ fields, payloadBase64, direction }: CapturedMessage, version: number): Uint8Array {
  if (payloadBase64 !== undefined) return withoutLength(new Uint8Array(Buffer.from(payloadBase64, 'base64')));
  // An open order of a server below 145 that lost its id begins with its version.
  const isOpenOrder = direction === 'in' && fields[0] === '34' && version < 145;
  return payloadOf(isOpenOrder ? [OPEN_ORDER_ID, ...fields] : fields, version);
}

/** The front of a message fits its layout as far as it goes; a tail cannot be told. */
function checkPart(message: CapturedMessage, version: number): Verdict {
  const payload = payloadAt(message, version);
  try {
    decode(payload, message.direction, version);
    return undefined;
  } catch (error) {
    const isFront = error instanceof Error && /a field is missing|more than the frame holds/.test(error.message);
    return isFront ? undefined : skip('only a part of this message is known');
  }
}

function checkHandshake({ direction, fields, partial, payloadBase64 }: CapturedMessage, capture: Capture): Verdict {
  if (direction === 'out') {
    if (partial === true || fields.length < 2) return skip('the range of the client is not known');
    const range = Buffer.from(fields[1] ?? '', 'latin1');
    const length = Buffer.alloc(4);
    length.writeUInt32BE(range.length);
    return checkHello(hexOf(Buffer.concat([Buffer.from('API\0'), length, range])));
  }
  const payload =
    payloadBase64 === undefined ? payloadOf(fields, MIN_VERSION) : new Uint8Array(Buffer.from(payloadBase64, 'base64'));
  const greeting = readGreeting(payload, 0, payload.length);
  if (String(greeting.serverVersion) !== fields[0]) return fail(`the greeting says ${greeting.serverVersion}, not ${fields[0]}`);
  return greeting.connectionTime === fields[1] || capture.serverVersion === undefined
    ? undefined
    : fail(`the greeting's time is '${greeting.connectionTime}', not '${fields[1]}'`);
}

interface Decoded {
  readonly message: { readonly kind: string } | Unknown;
  readonly trailing: number;
}

function decode(payload: Uint8Array, direction: 'in' | 'out', version: number): Decoded {
  const decoder = direction === 'in' ? incomingDecoder(version) : outgoingDecoder(version);
  const message = decoder.decode(payload, 0, payload.length);
  return { message, trailing: decoder.trailing };
}

function checkPayload(payload: Uint8Array, from: 'in' | 'out', version: number, fields: readonly string[] | undefined): Verdict {
  const direction: Direction = from === 'in' ? 'incoming' : 'outgoing';
  const wire =
    version >= BINARY_ID
      ? new DataView(payload.buffer, payload.byteOffset).getUint32(0)
      : Number(fieldsOfPayload(payload, version)[0]);
  const isProtobuf = version >= BINARY_ID && wire > 200;
  let decoded: Decoded;
  try {
    decoded = decode(payload, from, version);
  } catch (error) {
    return fail(String(error));
  }
  const { message, trailing } = decoded;
  if (message.kind === 'unknown') return skip('the message id is in no field table');
  if (trailing > 0) return fail(`${message.kind}: ${trailing} fields are left over at ${version}`);
  const table = tableOf(direction, isProtobuf ? wire - 200 : wire);
  if (table === undefined) return fail(`no table for id ${wire}`);
  if (isProtobuf) return checkBody(payload, table);
  const seen = fieldsOfPayload(payload, version);
  if (fields !== undefined && fields.length > 1 && !isDeepStrictEqual(seen, fields))
    return fail('the fields stated are not those of the payload');
  let difference: string | undefined;
  try {
    difference = reEncodeDifference(table, message, payload, version);
  } catch (error) {
    const isBeyondAscii = from === 'out' && error instanceof EncodeError && /[^\t\n\r\x20-\x7e\0]/.test(seen.join(''));
    return isBeyondAscii ? skip('text beyond ASCII, which official clients refuse to send') : fail(String(error));
  }
  return difference === undefined ? undefined : fail(`${message.kind} re-encoded at ${version}: ${difference}`);
}

function checkBody(payload: Uint8Array, table: MessageTable): Verdict {
  const view = viewProto(table, payload, 4, payload.length);
  const body = writeView(table, view);
  if (hexOf(body) === hexOf(payload.subarray(4))) return undefined;
  // Servers write the entries of a map in any order.
  return isDeepStrictEqual(view, viewProto(table, body, 0, body.length)) && body.length === payload.length - 4
    ? undefined
    : fail(`${table.kind}: the body is not written back the same`);
}

/** Frames out of chunks, however they are cut, decode with nothing left over. */
function checkChunks({ chunks = [] }: Capture, version: number): Verdict {
  for (const direction of ['in', 'out'] as const) {
    const parts = chunks
      .filter((chunk) => (chunk.direction ?? 'in') === direction)
      .map((chunk) => new Uint8Array(Buffer.from(chunk.base64, 'base64')));
    const whole = framesOf(parts);
    const single = framesOf(parts.flatMap((part) => Array.from(part, (byte) => Uint8Array.of(byte))));
    if (!isDeepStrictEqual(whole, single)) return fail('byte by byte the frames are others');
    for (const payload of whole) {
      const verdict = checkPayload(payload, direction, version, undefined);
      if (verdict !== undefined) return verdict;
    }
  }
  return undefined;
}

function framesOf(chunks: readonly Uint8Array[]): readonly Uint8Array[] {
  const frames: Uint8Array[] = [];
  const decoder = new FrameDecoder();
  for (const chunk of chunks) decoder.push(chunk, (bytes, start, end) => void frames.push(bytes.slice(start, end)));
  return frames;
}
