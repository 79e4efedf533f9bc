// Responses: decoded to the last field, to the values that other clients decoded, and written back the same.

import { isDeepStrictEqual } from 'node:util';
import { incomingDecoder, tableOf } from '../../src/protocol/decode.js';
import { Encoder } from '../../src/protocol/encode.js';
import { PROTOBUF_OFFSET } from '../../src/protocol/envelope.js';
import { DecodeError, EncodeError } from '../../src/protocol/errors.js';
import { MAX_VERSION } from '../../src/protocol/handshake.js';
import { type View, viewProto, writeView } from '../../src/protocol/proto/view.js';
import type { Incoming } from '../../src/protocol/registry.js';
import type { MessageTable } from '../../src/protocol/schema/message.js';
import { type Event, eventsOf } from './events.js';
import { bytesOf, hexOf, isList, isObject, type Json, type JsonObject } from './json.js';
import { knownAt } from './later-fields.js';
import { type Compare, valueDifference } from './peer-values.js';
import { type Peer, peerOf } from './peers.js';
import { reEncodeDifference } from './re-encode.js';
import { type Case, fail, type Verdict } from './verdict.js';

export interface ResponseVector {
  readonly kind: string;
  readonly case: string;
  readonly serverVersion: number;
  readonly encoding?: 'text' | 'protobuf';
  readonly id?: number;
  readonly fields?: readonly string[];
  readonly frameHex: string;
  readonly bodyHex?: string;
  readonly message?: string;
  readonly mapOrder?: string;
  readonly decodeError?: string;
  readonly disputed?: readonly { readonly peer: string; readonly reason: string }[];
  readonly decodedBy: { readonly [peer: string]: readonly Call[] };
}

export interface Call {
  readonly method?: string;
  readonly event?: string;
  readonly args: readonly Json[];
}

export function responseCases(vectors: readonly ResponseVector[]): readonly Case[] {
  return vectors.map((vector) => ({
    name: `${vector.kind} ${vector.case} at ${vector.serverVersion}${vector.encoding === 'protobuf' ? ' protobuf' : ''}`,
    check: () => checkResponse(vector),
  }));
}

function checkResponse(vector: ResponseVector): Verdict {
  const { serverVersion } = vector;
  const frame = bytesOf(vector.frameHex);
  const wire = serverVersion >= 201 ? new DataView(frame.buffer, frame.byteOffset).getUint32(4) : 0;
  const isProtobuf = wire > PROTOBUF_OFFSET;
  const decoder = incomingDecoder(serverVersion);
  let message: ReturnType<typeof decoder.decode>;
  try {
    message = decoder.decode(frame, 4, frame.length);
  } catch (error) {
    return isProtobuf && error instanceof DecodeError
      ? checkUnreadable(vector, frame, error, wire - PROTOBUF_OFFSET)
      : fail(String(error));
  }
  if (message.kind === 'unknown') return fail(`id ${message.id} is not known`);
  if (decoder.trailing > 0) return fail(`${decoder.trailing} fields are left over`);
  const table = tableOf('incoming', vector.id ?? idOf(vector, wire));
  if (table?.kind !== message.kind) return fail(`decoded as ${message.kind}`);
  return (
    (isProtobuf ? checkBody(frame, table, message) : checkFields(frame, table, message, serverVersion)) ??
    checkPeers(vector, knownAt(serverVersion, message), isProtobuf ? viewOf(vector, table, frame) : undefined)
  );
}

/** The body as the peers of the vector know it. */
function viewOf({ serverVersion }: ResponseVector, table: MessageTable, frame: Uint8Array): View {
  return knownAt(serverVersion, viewProto(table, frame, 8, frame.length));
}

function idOf(vector: ResponseVector, wire: number): number {
  return wire > 0 ? wire % PROTOBUF_OFFSET : Number(vector.fields?.[0]);
}

/** A text that must be a number and is none, a time beyond 2^53: an error of that message that names the row. The body is exact. */
function checkUnreadable(vector: ResponseVector, frame: Uint8Array, error: DecodeError, id: number): Verdict {
  const table = tableOf('incoming', id);
  if (table === undefined || !/ is not a (decimal|number)| is too large/.test(error.reason) || error.row === '')
    return fail(error.message);
  const view = viewProto(table, frame, 8, frame.length);
  if (hexOf(writeView(table, view)) !== vector.bodyHex && vector.mapOrder !== 'any')
    return fail('the body is not written back the same');
  return checkProtoCall(vector, view);
}

/** A size that is infinite or no number is read as it came; our gateway sends none such. */
function isNoSize(error: unknown): boolean {
  return error instanceof EncodeError && error.reason.includes('not a finite number');
}

/** Re-encoded through the exact view: the same bytes. Through the message: the same message. */
function checkBody(frame: Uint8Array, table: MessageTable, message: Incoming): Verdict {
  const view = viewProto(table, frame, 8, frame.length);
  const body = writeView(table, view);
  // The bytes may differ: legal bodies hold unknown fields, padded numbers, fields out of order or twice.
  if (!isDeepStrictEqual(view, viewProto(table, body, 0, body.length))) return fail('the body reads otherwise once written back');
  let encoded: Uint8Array;
  try {
    encoded = new Encoder('incoming', MAX_VERSION).encode(table.kind, message, { wire: 'protobuf' });
  } catch (error) {
    return isNoSize(error) ? undefined : fail(String(error));
  }
  const decoded = incomingDecoder(MAX_VERSION).decode(encoded, 4, encoded.length);
  return isDeepStrictEqual(decoded, message) ? undefined : fail('the message changes when it is encoded and decoded again');
}

function checkFields(frame: Uint8Array, table: MessageTable, message: Incoming, serverVersion: number): Verdict {
  let difference: string | undefined;
  try {
    difference = reEncodeDifference(table, message, frame.subarray(4), serverVersion);
  } catch (error) {
    return isNoSize(error) ? undefined : fail(String(error));
  }
  return difference === undefined ? undefined : fail(`re-encoded, ${difference}`);
}

function checkPeers(vector: ResponseVector, message: Incoming, view: View | undefined): Verdict {
  for (const [name, calls] of Object.entries(vector.decodedBy)) {
    if (vector.disputed?.some(({ peer }) => name.startsWith(peer) || peer.startsWith(name)) === true) continue;
    if (vector.decodeError !== undefined) continue;
    const verdict = checkPeer(peerOf(name), calls, vector, message, view);
    if (verdict !== undefined) return 'fail' in verdict ? fail(`${name}: ${verdict.fail}`) : verdict;
  }
  return undefined;
}

function checkPeer(
  peer: Peer,
  calls: readonly Call[],
  vector: ResponseVector,
  message: Incoming,
  view: View | undefined,
): Verdict {
  const [first, ...rest] = calls;
  const isRaw = (first?.method ?? '').endsWith('ProtoBuf');
  if (isRaw && view !== undefined) {
    const verdict = checkProtoCall(vector, view);
    if (verdict !== undefined) return verdict;
  }
  const theirs = isRaw ? rest : calls;
  const ours = peer.events(eventsOf(message, vector.serverVersion, view), message);
  if (theirs.length !== ours.length)
    return fail(`${ours.length} callbacks (${ours.map(({ name }) => name).join()}), not ${theirs.length}`);
  for (const [i, event] of ours.entries()) {
    const how = { isComplete: peer.isComplete && view === undefined, isAnyOrder: vector.mapOrder === 'any' };
    const difference = callDifference(theirs[i], event, how);
    if (difference !== undefined) return fail(difference);
  }
  return undefined;
}

function callDifference(call: Call | undefined, event: Event, how: Compare): string | undefined {
  const name = call?.method ?? call?.event;
  if (call === undefined || name !== event.name) return `${event.name} is called there ${name}`;
  const count = Math.max(call.args.length, event.args.length);
  for (let i = 0; i < count; i++) {
    const found = valueDifference(call.args[i], event.args[i], `${name}[${i}]`, how);
    if (found !== undefined) return found;
  }
  return undefined;
}

// Fields that the recorded official client (10.46.01) does not have and passes over.
const NEWER_FIELDS: readonly string[] = ['ContractDetails.settlementMethod'];

/** The official client hands over the protobuf message itself: the exact view. */
function checkProtoCall(vector: ResponseVector, view: object): Verdict {
  for (const calls of Object.values(vector.decodedBy)) {
    const message = calls.find((call) => call.method?.endsWith('ProtoBuf') === true)?.args[0];
    if (!isObject(message)) continue;
    const found = protoDifference(message, view as JsonObject, message['$proto']?.toString() ?? '');
    if (found !== undefined) return fail(found);
  }
  return undefined;
}

function protoDifference(theirs: Json, ours: Json | undefined, path: string): string | undefined {
  if (isObject(theirs) && isObject(ours) && !Object.keys(theirs).some((key) => ['$int', '$num', '$map'].includes(key))) {
    const names = new Set([...Object.keys(theirs), ...Object.keys(ours)].filter((name) => name !== '$proto'));
    for (const name of names) {
      if (NEWER_FIELDS.includes(`${theirs['$proto']}.${name}`)) continue;
      const found = protoDifference(theirs[name] ?? null, ours[name], `${path}.${name}`);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (isList(theirs) && isList(ours) && theirs.length === ours.length) {
    return theirs.map((element, i) => protoDifference(element, ours[i], `${path}[${i}]`)).find((found) => found !== undefined);
  }
  return valueDifference(theirs, ours, path, { isComplete: false, isAnyOrder: false });
}
