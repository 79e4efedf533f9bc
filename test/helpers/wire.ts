// Frames and messages by way of the interpreter, and by way of the compiled functions without Encoder and Decoder around them.

import { BINARY_ID, bodyStart, PROTOBUF_OFFSET } from '../../src/protocol/envelope.js';
import { CursorError, TooOldError } from '../../src/protocol/errors.js';
import { ProtoReader } from '../../src/protocol/proto/reader.js';
import { ProtoWriter } from '../../src/protocol/proto/writer.js';
import { compileProtoDecode, compileTextDecode } from '../../src/protocol/schema/compile.js';
import { interpretProto, interpretProtoWrite } from '../../src/protocol/schema/interpret-proto.js';
import { interpretText, interpretTextWrite } from '../../src/protocol/schema/interpret-text.js';
import type { MessageTable } from '../../src/protocol/schema/message.js';
import { planText } from '../../src/protocol/schema/plan.js';
import { TextReader } from '../../src/protocol/text/reader.js';
import { TextWriter } from '../../src/protocol/text/writer.js';

export type Wire = 'text' | 'protobuf';

/** The wires that a kind has at a server version; ids of protobuf need binary ids. */
export function wiresOf(table: MessageTable, serverVersion: number): readonly Wire[] {
  const wires: Wire[] = [];
  if (table.hasText) wires.push('text');
  if (table.protobuf !== undefined && serverVersion >= BINARY_ID) wires.push('protobuf');
  return wires;
}

/** The frame as the interpreter writes it. */
export function interpretedFrame(
  table: MessageTable,
  serverVersion: number,
  wire: Wire,
  message: unknown,
  messageVersion?: number,
): Uint8Array {
  const refuse = (path: string, needs: number | undefined, why: string | undefined): never => {
    throw new TooOldError(table.kind, path, needs, serverVersion, why);
  };
  if (wire === 'protobuf') {
    const writer = new ProtoWriter();
    writer.begin(table.id + PROTOBUF_OFFSET, true);
    interpretProtoWrite(table, serverVersion, writer, message, refuse);
    return writer.finish();
  }
  const writer = new TextWriter();
  writer.strict = table.direction === 'outgoing';
  writer.begin(table.id, serverVersion >= BINARY_ID);
  interpretTextWrite(table, planText(table, serverVersion, messageVersion), writer, message, refuse);
  return writer.finish();
}

export type Outcome = { readonly message: unknown } | { readonly reason: string; readonly offset: number };

function outcome(read: () => unknown): Outcome {
  try {
    return { message: read() };
  } catch (error) {
    if (error instanceof CursorError) return { reason: error.message, offset: error.offset };
    throw error;
  }
}

const textReader = new TextReader();
const protoReader = new ProtoReader();
const compiledText = new Map<string, (r: TextReader) => unknown>();
const compiledProto = new Map<MessageTable, (r: ProtoReader) => unknown>();

/** What the compiled function makes of a frame's payload, and what the interpreter makes of it. */
export function bothOutcomes(
  table: MessageTable,
  serverVersion: number,
  wire: Wire,
  frame: Uint8Array,
): readonly [Outcome, Outcome] {
  const start = 4;
  if (wire === 'protobuf') {
    let compiled = compiledProto.get(table);
    if (compiled === undefined) {
      compiled = compileProtoDecode(table);
      compiledProto.set(table, compiled);
    }
    const decode = compiled;
    const from = (): ProtoReader => {
      protoReader.reset(frame, start, start + 4, frame.length);
      return protoReader;
    };
    return [outcome(() => decode(from())), outcome(() => interpretProto(table, from()))];
  }
  const key = `${table.direction}/${table.kind}/${serverVersion}`;
  let compiled = compiledText.get(key);
  if (compiled === undefined) {
    compiled = compileTextDecode(table, serverVersion);
    compiledText.set(key, compiled);
  }
  const decode = compiled;
  const at = bodyStart(frame, start, serverVersion >= BINARY_ID);
  const from = (): TextReader => {
    textReader.reset(frame, start, at, frame.length);
    return textReader;
  };
  const plan = planText(table, serverVersion);
  return [outcome(() => decode(from())), outcome(() => interpretText(table, plan, from()))];
}
