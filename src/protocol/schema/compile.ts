// From table to straight functions: one per kind, server version, wire and direction, made on first use.

import type { ProtoReader } from '../proto/reader.js';
import type { ProtoWriter } from '../proto/writer.js';
import { MISSING } from '../text/cursor.js';
import { POWERS } from '../text/numbers.js';
import type { TextReader } from '../text/reader.js';
import type { TextWriter } from '../text/writer.js';
import { shapesText } from './generate-names.js';
import { protoDecoder, protoEncoder } from './generate-proto.js';
import { textDecoder } from './generate-text-decode.js';
import { textEncoder } from './generate-text-encode.js';
import { handOver, type Owners } from './hand.js';
import { interpretProto, interpretProtoWrite } from './interpret-proto.js';
import { interpretText, interpretTextWrite, type Refuse } from './interpret-text.js';
import type { MessageTable } from './message.js';
import { planText } from './plan.js';

/** The message; undefined where one of the owners has taken its fields. */
export type TextDecode = (r: TextReader, owners?: Owners) => unknown;
export type TextEncode = (w: TextWriter, message: unknown, refuse: Refuse) => void;
export type ProtoDecode = (r: ProtoReader, owners?: Owners) => unknown;
export type ProtoEncode = (w: ProtoWriter, message: unknown, refuse: Refuse) => void;

const NONE: readonly never[] = Object.freeze([]);
const EMPTY = Object.freeze({});

/** Makes a function of generated text; undefined where the runtime forbids it (then the interpreter serves). */
function build(
  parameters: readonly string[],
  body: string,
  name: string,
  before = '',
): ((...given: unknown[]) => unknown) | undefined {
  try {
    const make = new Function(
      'NONE',
      'EMPTY',
      'POWERS',
      'MISSING',
      `'use strict';\n${before}return function (${parameters.join(', ')}) {\n${body}\n};\n//# sourceURL=ibwire/${name}`,
    );
    return make(NONE, EMPTY, POWERS, MISSING) as (...given: unknown[]) => unknown;
  } catch (error) {
    if (error instanceof SyntaxError) throw error;
    return undefined;
  }
}

/** `isPast`: the caller has read the message's own version, and the cursor stands behind it. */
export function compileTextDecode(
  table: MessageTable,
  serverVersion: number,
  messageVersion?: number,
  isPast = false,
): TextDecode {
  const whole = planText(table, serverVersion, messageVersion);
  const plan = isPast ? { ...whole, ops: whole.ops.filter((op) => op.op !== 'version') } : whole;
  const made = build(['r', 'owners'], textDecoder(table, plan), `${table.kind}@${serverVersion}`, shapesText(table));
  return made ?? ((r, owners) => handOver(table, interpretText(table, plan, r), r, owners));
}

export function compileTextEncode(table: MessageTable, serverVersion: number, messageVersion?: number): TextEncode {
  const plan = planText(table, serverVersion, messageVersion);
  const made = build(['w', 'm', 'refuse'], textEncoder(table, plan), `${table.kind}@${serverVersion}/encode`);
  return made ?? ((w, message, refuse) => interpretTextWrite(table, plan, w, message, refuse));
}

export function compileProtoDecode(table: MessageTable): ProtoDecode {
  const { functions, name } = protoDecoder(table);
  const made = build(['r', 'owners'], `return ${name}(r, owners);`, `${table.kind}/protobuf`, shapesText(table) + functions);
  return made ?? ((r, owners) => handOver(table, interpretProto(table, r), r, owners));
}

export function compileProtoEncode(table: MessageTable, serverVersion: number): ProtoEncode {
  const made = build(['w', 'm', 'refuse'], protoEncoder(table, serverVersion), `${table.kind}@${serverVersion}/protobuf/encode`);
  return made ?? ((w, message, refuse) => interpretProtoWrite(table, serverVersion, w, message, refuse));
}
