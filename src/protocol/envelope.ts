// The message id in front of a payload: text below 201, four bytes from 201 on, 200 more for a protobuf body.

import { CursorError } from './errors.js';

/** First server version with ids in binary. */
export const BINARY_ID = 201;
/** What is added to the id of a kind on the wire when its body is protobuf. */
export const PROTOBUF_OFFSET = 200;

/** What a payload begins with. `at` is where the body begins. */
export interface Envelope {
  readonly id: number;
  readonly isProtobuf: boolean;
  readonly at: number;
}

/** Id of a payload as it stands on the wire (protobuf ids keep their 200), -1 when there is none. Sets no state, makes no object. */
export function wireId(bytes: Uint8Array, start: number, end: number, binaryId: boolean): number {
  if (binaryId) {
    if (end - start < 4) return -1;
    return (bytes[start]! << 24) | (bytes[start + 1]! << 16) | (bytes[start + 2]! << 8) | bytes[start + 3]!;
  }
  let id = 0;
  let at = start;
  for (; at < end && at - start < 10; at++) {
    const byte = bytes[at]!;
    if (byte === 0) return at === start ? -1 : id;
    if (byte < 48 || byte > 57) return -1;
    id = id * 10 + (byte - 48);
  }
  return -1;
}

/** Where the body begins, once {@link wireId} has found an id. */
export function bodyStart(bytes: Uint8Array, start: number, binaryId: boolean): number {
  if (binaryId) return start + 4;
  let at = start + 1;
  while (bytes[at] !== 0) at++;
  return at + 1;
}

/** Id and body of a payload. @throws {CursorError} when no id is there. */
export function open(bytes: Uint8Array, start: number, end: number, serverVersion: number): Envelope {
  const binaryId = serverVersion >= BINARY_ID;
  const wire = wireId(bytes, start, end, binaryId);
  if (wire < 0) throw new CursorError('the frame does not begin with a message id', 0);
  const isProtobuf = binaryId && wire > PROTOBUF_OFFSET;
  return { id: isProtobuf ? wire - PROTOBUF_OFFSET : wire, isProtobuf, at: bodyStart(bytes, start, binaryId) };
}
