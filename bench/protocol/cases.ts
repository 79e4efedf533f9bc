// The cases of the bench by name: each is a loop over a chunk of frames.

import { Decoder } from '../../src/protocol/decode.js';
import { Encoder } from '../../src/protocol/encode.js';
import { FrameDecoder } from '../../src/protocol/frames.js';
import { explainFrame } from '../../src/protocol/schema/explain.js';
import type { Direction } from '../../src/protocol/schema/message.js';
import * as messages from './messages.js';
import { chunkOf, type Plain, PROTOBUF_VERSION, TEXT_VERSION, type Wire } from './messages.js';

export interface Case {
  /** Handles all messages once. */
  readonly work: () => void;
  /** Messages, or bars, that one call handles. */
  readonly count: number;
  readonly bytes: number;
}

/** What can be measured, by kind: how a message is made and how many go into a chunk. */
export const kinds: { readonly [name: string]: readonly [make: (i: number) => Plain, count: number] } = {
  mixedTick: [messages.mixedTick, 2000],
  tickPrice: [messages.tickPrice, 2000],
  tickSize: [messages.tickSize, 2000],
  tickOptionComputation: [messages.tickOptionComputation, 1000],
  tickByTick: [messages.tickByTick, 1000],
  depth: [messages.depth, 1000],
  openOrder: [messages.openOrder, 200],
  contractDetails: [messages.contractDetails, 200],
  bar: [() => messages.bars(500), 1],
};

export type What = 'decode' | 'encode' | 'split' | 'fields' | 'read';

/** Keeps results alive, so that no loop is optimised away. */
export const sink: { value: unknown; sum: number } = { value: undefined, sum: 0 };

function perBar(name: string): number {
  return name === 'bar' ? 500 : 1;
}

export function caseOf(name: string, what: What, wire: Wire, direction: Direction = 'incoming'): Case {
  const [make, size] = kinds[name]!;
  const chunk = chunkOf(make, size, wire, direction);
  const count = size * perBar(name);
  const version = wire === 'text' ? TEXT_VERSION : PROTOBUF_VERSION;
  return { work: workOf(what, make, size, chunk, version, wire, direction), count, bytes: chunk.length };
}

function workOf(
  what: What,
  make: (i: number) => Plain,
  size: number,
  chunk: Uint8Array,
  version: number,
  wire: Wire,
  direction: Direction,
): () => void {
  switch (what) {
    case 'decode':
      return decoding(chunk, version, direction);
    case 'encode':
      return encoding(
        Array.from({ length: size }, (_, i) => make(i)),
        version,
        wire,
        direction,
      );
    case 'split':
      return splitting(chunk);
    case 'fields':
      return cutting(chunk);
    default:
      return reading(chunk);
  }
}

/** From the chunk to a callback for each message, as a session does it. */
export function decoding(chunk: Uint8Array, version: number, direction: Direction = 'incoming'): () => void {
  const frames = new FrameDecoder();
  const decoder = new Decoder<{ readonly kind: string; readonly reqId?: number }>(direction, version);
  const deliver = (message: { readonly kind: string; readonly reqId?: number }): void => {
    sink.value = message;
  };
  const onFrame = (bytes: Uint8Array, start: number, end: number): void =>
    deliver(decoder.decode(bytes, start, end) as { kind: string });
  return () => frames.push(chunk, onFrame);
}

function encoding(made: readonly Plain[], version: number, wire: Wire, direction: Direction): () => void {
  const encoder = new Encoder<string>(direction, version);
  return () => {
    for (const message of made) sink.value = encoder.encode(message['kind'] as string, message, { wire });
  };
}

/** What many clients do with a text body before anything else. */
function splitting(chunk: Uint8Array): () => void {
  const buffer = Buffer.from(chunk);
  return () => {
    for (let at = 0; at < buffer.length; ) {
      const length = buffer.readUInt32BE(at);
      sink.value = buffer.toString('utf8', at + 4, at + 4 + length).split('\0');
      at += 4 + length;
    }
  };
}

/** The body split into strings field by field, each cut out of the bytes: what a reader of fields without numbers of its own does. */
function cutting(chunk: Uint8Array): () => void {
  const buffer = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
  return () => {
    for (let at = 0; at < buffer.length; ) {
      const end = at + 4 + buffer.readUInt32BE(at);
      sink.value = cutFields(buffer, at + 4, end);
      at = end;
    }
  };
}

/**
 * A decoder as split-based clients have it, without a wasted step: each field converted by its type, straight into the object. The body
 * is one text that is split at the NULs (`once`), or a string is cut out of the bytes for each field (`each`). It knows the layout of the message beforehand and checks nothing.
 */
export function splitDecoding(name: string, size: number, cut: 'once' | 'each' = 'once'): () => void {
  const [make] = kinds[name]!;
  const buffer = Buffer.from(chunkOf(make, size, 'text'));
  const first = buffer.subarray(4, 4 + buffer.readUInt32BE(0));
  const { lines } = explainFrame(first, 0, first.length, { serverVersion: TEXT_VERSION, direction: 'incoming' });
  const tree: Tree = {};
  lines.forEach((line, i) => {
    if (line.row === 'id' || line.row === 'version' || /count$|present$/.test(line.row)) return;
    const path = line.row.split('.');
    const inner = path.slice(0, -1).reduce((at, step) => {
      at[step] ??= {};
      return at[step] as Tree;
    }, tree);
    inner[path.at(-1)!] = conversion(line.type, `f[${i}]`);
  });
  const decode = new Function('f', `return ${literal(tree)};`) as (fields: readonly string[]) => object;
  const fields = cut === 'once' ? splitBody : cutFields;
  return () => {
    for (let at = 0; at < buffer.length; ) {
      const end = at + 4 + buffer.readUInt32BE(at);
      sink.value = decode(fields(buffer, at + 4, end));
      at = end;
    }
  };
}

function splitBody(buffer: Buffer, start: number, end: number): readonly string[] {
  return buffer.toString('utf8', start, end).split('\0');
}

function cutFields(buffer: Buffer, start: number, end: number): readonly string[] {
  const fields: string[] = [];
  for (let at = start; at < end; ) {
    const stop = buffer.indexOf(0, at);
    fields.push(buffer.toString('utf8', at, stop));
    at = stop + 1;
  }
  return fields;
}

interface Tree {
  [name: string]: string | Tree;
}

function literal(tree: Tree | string): string {
  if (typeof tree === 'string') return tree;
  return `{ ${Object.entries(tree)
    .map(([name, value]) => `${name}: ${literal(value)}`)
    .join(', ')} }`;
}

function conversion(type: string, field: string): string {
  if (/^int/.test(type)) return `${field} === '' ? undefined : Number.parseInt(${field}, 10)`;
  if (/^double|^size/.test(type)) return `${field} === '' ? undefined : Number.parseFloat(${field})`;
  return type === 'bool' ? `${field} === '1'` : field;
}

function reading(chunk: Uint8Array): () => void {
  return () => {
    let sum = 0;
    for (let at = 0; at < chunk.length; at++) sum = (sum + chunk[at]!) | 0;
    sink.sum = sum;
  };
}
