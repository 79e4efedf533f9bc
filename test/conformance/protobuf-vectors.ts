// Bodies in protobuf: read exactly as stated, written back to the same bytes, malformed ones ending as stated.

import { isDeepStrictEqual } from 'node:util';
import { incomingDecoder, outgoingDecoder, tableOf } from '../../src/protocol/decode.js';
import { BINARY_ID } from '../../src/protocol/envelope.js';
import { DecodeError, FrameError } from '../../src/protocol/errors.js';
import { FrameDecoder } from '../../src/protocol/frames.js';
import { ProtoReader } from '../../src/protocol/proto/reader.js';
import { shapeOf } from '../../src/protocol/proto/shape.js';
import { type View, viewProto, writeView } from '../../src/protocol/proto/view.js';
import { compileProtoDecode } from '../../src/protocol/schema/compile.js';
import type { Direction, MessageTable } from '../../src/protocol/schema/message.js';
import { hasRawBytes } from '../../src/protocol/text/bytes.js';
import { bytesOf, hexOf } from './json.js';
import { knownAt } from './later-fields.js';
import { type Case, fail, type Verdict } from './verdict.js';

export interface ProtobufVector {
  readonly direction: Direction;
  readonly serverVersion: number;
  readonly frameHex: string;
  readonly message?: string;
  readonly id?: number;
  readonly kind?: string;
  readonly value?: View;
  readonly bodyHex?: string;
  readonly roundTrip?: boolean;
  readonly malformed?: boolean;
  readonly level?: 'body' | 'frame';
  readonly expect?: string;
  readonly reason?: string;
}

export function protobufCases(vectors: readonly ProtobufVector[]): readonly Case[] {
  return vectors.map((vector) => ({
    name: `${vector.direction} ${vector.message ?? 'frame'} ${vector.kind ?? vector.reason ?? ''} at ${vector.serverVersion}`,
    check: () => (vector.malformed === true ? checkMalformed(vector) : checkValue(vector)),
  }));
}

function checkValue({
  direction,
  id = 0,
  message,
  serverVersion,
  frameHex,
  bodyHex = '',
  value = {},
  roundTrip,
}: ProtobufVector): Verdict {
  const table = tableOf(direction, id);
  if (table === undefined || table.protobuf?.message !== message)
    return fail(`id ${id} is ${table?.protobuf?.message ?? 'unknown'}, not ${message}`);
  const frame = bytesOf(frameHex);
  const seen = knownAt(serverVersion, viewProto(table, frame, 8, frame.length));
  if (!isDeepStrictEqual(seen, value)) return fail(`the body reads ${JSON.stringify(seen)}, not ${JSON.stringify(value)}`);
  const body = hexOf(writeView(table, value));
  if (roundTrip === true && body !== bodyHex) return fail(`the value is written ${body}, not ${bodyHex}`);
  const decoder = direction === 'incoming' ? incomingDecoder(serverVersion) : outgoingDecoder(serverVersion);
  try {
    const decoded = decoder.decode(frame, 4, frame.length);
    return decoded.kind === table.kind ? undefined : fail(`decoded as ${decoded.kind}`);
  } catch (error) {
    // A text that must be a number (a size, a minimum tick) and is none is an error of that message.
    return error instanceof DecodeError && / is not a (decimal|number)| is too large/.test(error.message)
      ? undefined
      : fail(String(error));
  }
}

function checkMalformed(vector: ProtobufVector): Verdict {
  const outcome = outcomeOf(vector);
  const wanted = vector.expect ?? 'reject';
  if (wanted === 'rejectOrSkip')
    return outcome.end === 'rejected' || !outcome.hasValue ? undefined : fail('a field of a wrong wire type gave a value');
  if (wanted === 'rejectOrReplace')
    return outcome.end === 'rejected' || outcome.isReplaced ? undefined : fail('bytes that are no UTF-8 passed as text');
  const end = { reject: 'rejected', needMoreData: 'waiting', unknownId: 'unknown' }[wanted];
  return outcome.end === end ? undefined : fail(`ends ${outcome.end}, not ${end ?? wanted}`);
}

interface Outcome {
  readonly end: 'rejected' | 'waiting' | 'unknown' | 'decoded';
  /** A field that stood there in a wrong wire type gave a value. */
  readonly hasValue: boolean;
  readonly isReplaced: boolean;
}

function outcomeOf({ direction, serverVersion, frameHex, id = -1, bodyHex = '' }: ProtobufVector): Outcome {
  const decoder = direction === 'incoming' ? incomingDecoder(serverVersion) : outgoingDecoder(serverVersion);
  const outcome = { end: 'waiting' as Outcome['end'], hasValue: false, isReplaced: false };
  const frames = new FrameDecoder({ least: serverVersion >= BINARY_ID ? 4 : 2 });
  try {
    frames.push(bytesOf(frameHex), (bytes, start, end) => {
      const message = decoder.decode(bytes, start, end);
      outcome.end = message.kind === 'unknown' ? 'unknown' : 'decoded';
      outcome.isReplaced = Object.values(message).some(
        (value) => typeof value === 'string' && (hasRawBytes(value) || value.includes('\ufffd')),
      );
      const table = tableOf(direction, id);
      if (table !== undefined) outcome.hasValue = givesValue(table, bytesOf(bodyHex));
    });
  } catch (error) {
    if (error instanceof DecodeError || error instanceof FrameError) return { ...outcome, end: 'rejected' };
    throw error;
  }
  return outcome;
}

/** Whether a field that only ever stands there in a wrong wire type has a value. */
function givesValue(table: MessageTable, body: Uint8Array): boolean {
  const shape = shapeOf(table);
  const reader = new ProtoReader();
  reader.reset(body, 0, 0, body.length);
  const wrong = new Set<string>();
  while (reader.at < reader.end) {
    const tag = reader.tag();
    const field = shape.byNumber.get(tag >>> 3);
    const fits = typeof field?.type === 'string' ? { int32: 0, int64: 0, bool: 0, double: 1, string: 2, map: 2 }[field.type] : 2;
    if (field !== undefined && (tag & 7) !== fits && !(field.isRepeated && (tag & 7) === 2)) wrong.add(field.name);
    else if (field !== undefined) wrong.delete(field.name);
    reader.skip(tag);
  }
  const view = viewProto(table, body, 0, body.length);
  const rewritten = writeView(table, view);
  const decoded = [body, rewritten].map((bytes) => compileProtoDecode(table)(readerOf(bytes)));
  return [...wrong].some((name) => name in view) || !isDeepStrictEqual(decoded[0], decoded[1]);
}

function readerOf(bytes: Uint8Array): ProtoReader {
  const reader = new ProtoReader();
  reader.reset(bytes, 0, 0, bytes.length);
  return reader;
}
