// Requests: our encoder makes the fields or the body of the official client, and our gateway reads the frame back.

import { isDeepStrictEqual } from 'node:util';
import { outgoingDecoder } from '../../src/protocol/decode.js';
import { Encoder, wireFor } from '../../src/protocol/encode.js';
import { EncodeError, TooOldError } from '../../src/protocol/errors.js';
import { viewProto } from '../../src/protocol/proto/view.js';
import { isBeyond, type MessageTable } from '../../src/protocol/schema/message.js';
import { leaves, type Op, planText } from '../../src/protocol/schema/plan.js';
import { differenceOf, fieldsOf } from './frame-fields.js';
import { bytesOf, hexOf, isObject, type JsonObject } from './json.js';
import { withoutEmptyPrices } from './leg-prices.js';
import { type Carried, echoDifference } from './request-echo.js';
import { type Input, inputOf, kindOf } from './request-input.js';
import { type Case, fail, skip, type Verdict } from './verdict.js';

export interface Deviation {
  readonly i?: number;
  readonly field: string;
  readonly class: string;
  readonly official?: string;
}

export interface RequestVector {
  readonly peer: string;
  readonly serverVersion: number;
  readonly method: string;
  readonly case?: string;
  readonly args: JsonObject;
  readonly encoding?: 'text' | 'protobuf';
  readonly fields?: readonly string[];
  readonly frameHex: string;
  readonly bodyHex?: string;
  readonly mapOrder?: string;
  readonly deviations?: readonly Deviation[];
  readonly dropped?: readonly string[];
  readonly note?: string;
}

export function requestCases(vectors: readonly RequestVector[]): readonly Case[] {
  return vectors.map((vector) => ({
    name: `${vector.method} ${vector.case ?? ''} at ${vector.serverVersion} by ${vector.peer}`,
    check: () => checkRequest(vector),
  }));
}

function checkRequest(vector: RequestVector): Verdict {
  const { serverVersion, method } = vector;
  const table = kindOf(method);
  if (table === undefined) return fail(`no kind for the method '${method}'`);
  const usual = wireFor(table, serverVersion);
  const wire = vector.encoding ?? 'text';
  if (wire !== usual) return fail(`it goes as ${usual} here, not as ${wire}`);
  const input = inputOf(table, vector.args);
  if (vector.note?.startsWith('text beyond ASCII') === true) return checkNotSendable(table, input, serverVersion);
  const { frame, refused } = encodeWithoutRefused(table, input, serverVersion);
  if (refused.includes('')) return skip('the peer sends the request below the server version that introduced it');
  if (frame === undefined) {
    // The field has its place on the wire, its value has not: a fraction, SCHEDULE, PEG BENCH. Nothing goes out, so nothing is dropped.
    return (vector.dropped ?? []).length > 0
      ? undefined
      : skip('the peer sends a value that official clients refuse at this server version');
  }
  const unsaid = unrefused(vector, table, refused);
  if (unsaid !== undefined) return fail(unsaid);
  return wire === 'protobuf' ? checkBody(vector, table, frame, input) : checkFields(vector, table, frame, input);
}

function checkNotSendable(table: MessageTable, input: Input, serverVersion: number): Verdict {
  const refused = refusedWith(table, input, serverVersion);
  if (!(refused instanceof EncodeError)) return fail(`text beyond ASCII is not refused but ${String(refused ?? 'sent')}`);
  return valueAt(input, refused.field) === undefined
    ? fail(`refused by the field '${refused.field}', which is not set`)
    : undefined;
}

/**
 * The frame once every field that our encoder refuses is taken out of the input, and the fields it refused. Official clients leave
 * such fields out without a word, so the frame must be theirs. No frame when a refused value belongs to a field that is carried.
 */
export function encodeWithoutRefused(
  table: MessageTable,
  input: Input,
  serverVersion: number,
): { frame?: Uint8Array; refused: readonly string[] } {
  const refused: string[] = [];
  for (;;) {
    const error = refusedWith(table, input, serverVersion);
    if (error === undefined) return { frame: new Encoder('outgoing', serverVersion).encode(table.kind, input), refused };
    if (!(error instanceof TooOldError) || refused.includes(error.field)) throw error;
    refused.push(error.field);
    const isValueOnly = table.refuses.some((rule) => rule.field === error.field && isBeyond(rule, serverVersion));
    if (isValueOnly || error.field === '') return { refused };
    takeOut(input, error.field);
  }
}

function takeOut(input: Input, path: string): void {
  const steps = path.split('.');
  let at: Input | undefined = input;
  for (const step of steps.slice(0, -1)) at = at?.[step] as Input | undefined;
  if (at === undefined || at[steps.at(-1) ?? ''] === undefined) throw new Error(`refused by '${path}', which is not set`);
  delete at[steps.at(-1) ?? ''];
}

/** A field that the vector says the peer dropped, and that our encoder did not refuse by name. */
function unrefused(vector: RequestVector, table: MessageTable, refused: readonly string[]): string | undefined {
  for (const name of vector.dropped ?? []) {
    const path = rowPath(name);
    const isTold = leaves(table.rows).some(({ path: at, row }) => at === path && row.row === 'field' && row.told);
    if (!isTold && !refused.some((field) => isSamePath(field, path)))
      return `${name} cannot be carried, but our encoder does not refuse it`;
  }
  return undefined;
}

function checkBody(vector: RequestVector, table: MessageTable, frame: Uint8Array, input: Input): Verdict {
  const theirs = bytesOf(vector.frameHex);
  if (vector.mapOrder === 'any') {
    const [a, b] = [viewProto(table, frame, 8, frame.length), viewProto(table, theirs, 8, theirs.length)];
    if (!isDeepStrictEqual(a, b)) return fail(`the body holds ${JSON.stringify(a)}, not ${JSON.stringify(b)}`);
  } else if (hexOf(frame) !== vector.frameHex) {
    const [a, b] = [viewProto(table, frame, 8, frame.length), viewProto(table, theirs, 8, theirs.length)];
    return fail(`the body differs: ${firstDifference(a, b) ?? 'in its order'}`);
  }
  return checkEcho(vector, table, theirs, input, () => true);
}

function firstDifference(a: object, b: object): string | undefined {
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const [x, y] = [(a as JsonObject)[key], (b as JsonObject)[key]];
    if (isDeepStrictEqual(x, y)) continue;
    const inner = isObject(x) && isObject(y) ? firstDifference(x, y) : undefined;
    return inner === undefined ? `${key} is ${JSON.stringify(x)}, not ${JSON.stringify(y)}` : `${key}.${inner}`;
  }
  return undefined;
}

function checkFields(vector: RequestVector, table: MessageTable, frame: Uint8Array, input: Input): Verdict {
  const { serverVersion, deviations = [] } = vector;
  const official = officialFields(vector.fields ?? fieldsOf(bytesOf(vector.frameHex), serverVersion), deviations);
  const until = deviations.find((deviation) => deviation.class === 'layout');
  const ours = fieldsOf(frame, serverVersion);
  if (until !== undefined) {
    const path = leaves(table.rows).find(({ path: at }) => at === until.field || at.endsWith(`.${until.field}`))?.path;
    const end = path === undefined ? -1 : placeOf(table, input, path, serverVersion);
    if (end < 0) return skip(`layout: from ${until.field} on the peer's frame is not the official layout`);
    const difference = differenceOf(ours.slice(0, end), official.slice(0, end));
    return difference === undefined ? undefined : fail(difference);
  }
  const difference = differenceOf(ours, withoutEmptyPrices(table, official, serverVersion));
  if (difference !== undefined) return fail(difference);
  const isExact = deviations.every((deviation) => ['number-format', 'unset-sentinel'].includes(deviation.class));
  return checkEcho(vector, table, isExact ? bytesOf(vector.frameHex) : frame, input, carriedBy(table, serverVersion));
}

/** Index of a row's field in the frame: the frame without it is shorter from there on. */
function placeOf(table: MessageTable, input: Input, path: string, serverVersion: number): number {
  let place = -1;
  const encode = (value: number): readonly string[] => {
    const copy = structuredClone(input);
    const steps = path.split('.');
    let at: Input = copy;
    for (const step of steps.slice(0, -1)) at = at[step] as Input;
    at[steps.at(-1) ?? ''] = value;
    return fieldsOf(new Encoder('outgoing', serverVersion).encode(table.kind, copy), serverVersion);
  };
  const [a, b] = [encode(7), encode(8)];
  place = a.findIndex((field, i) => field !== b[i]);
  return place;
}

/** The peer's fields with every deviation undone. */
export function officialFields(fields: readonly string[], deviations: readonly Deviation[]): readonly string[] {
  const official = [...fields];
  const known = deviations.filter((deviation) => deviation.i !== undefined);
  for (const { i = 0, class: kind, official: text = '' } of [...known].reverse()) {
    if (kind === 'extra') official.splice(i, 1);
    else if (kind === 'missing') official.splice(i, 0, text);
    else official[i] = text;
  }
  return official;
}

/** Paths that the text layout has a place for at that version, list elements' members by `list.member`. */
function carriedBy(table: MessageTable, serverVersion: number): Carried {
  const paths = new Set<string>();
  const add = (ops: readonly Op[], prefix: string): void => {
    for (const op of ops) {
      if (op.op === 'version' || op.op === 'constant') continue;
      if (op.op !== 'when' && op.op !== 'choose') paths.add(prefix + op.path);
      if (op.op === 'alongside') paths.add(`${prefix}${op.path}.${op.name}`);
      if (op.op === 'when' || op.op === 'present') add(op.ops, prefix);
      else if (op.op === 'list') add(op.ops, `${prefix}${op.path}.`);
      else if (op.op === 'choose') for (const inner of op.cases.values()) add(inner, prefix);
    }
  };
  add(planText(table, serverVersion).ops, '');
  return (path) => paths.has(path);
}

function checkEcho(vector: RequestVector, table: MessageTable, frame: Uint8Array, input: Input, isCarried: Carried): Verdict {
  const decoder = outgoingDecoder(vector.serverVersion);
  const decoded = decoder.decode(frame, 4, frame.length);
  if (decoded.kind !== table.kind) return fail(`our gateway reads a ${decoded.kind}`);
  if (decoder.trailing > 0) return fail(`our gateway leaves ${decoder.trailing} fields over`);
  const difference = echoDifference(table, decoded, input, isCarried);
  return difference === undefined ? undefined : fail(`our gateway reads back: ${difference}`);
}

/** What the encoder throws; undefined when it does not. */
export function refusedWith(table: MessageTable, input: Input, serverVersion: number): unknown {
  try {
    new Encoder('outgoing', serverVersion).encode(table.kind, input);
    return undefined;
  } catch (error) {
    return error;
  }
}

export function valueAt(input: Input, path: string): unknown {
  let value: unknown = input;
  for (const step of path.split(/[.[\]]+/).filter((part) => part !== '')) value = (value as Input | undefined)?.[step];
  return value;
}

/** What our rows call an argument that vectors name. */
export function rowPath(argument: string): string {
  const bare = argument.replace(/ .*$/, '');
  if (bare === 'order.orderComboLegs') return 'contract.comboLegs';
  if (/^order\.(sl|pt)Order/.test(bare)) return bare.replace('order.', 'attachedOrders.');
  return bare.replace(/^wshEventData\./, '').replace(/^(scannerSubscription\w*Options)$/, 'subscription.$1');
}

function isSamePath(a: string, b: string): boolean {
  return a === b || a.startsWith(`${b}.`) || b.startsWith(`${a}.`);
}
