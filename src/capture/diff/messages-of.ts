// What two captures are compared by: for each connection what either side said, in its order.
import type { Keyed } from '../../input/keyed.js';
import { readGreeting } from '../../protocol/handshake.js';
import type { Direction } from '../format.js';
import { type CapturedFrame, framesBetween, type Stretch } from '../frames.js';
import { MessageReader } from '../messages.js';
import { type CaptureInput, openCapture } from '../reader.js';
import { contentOf, type Leaf, leavesOf } from './leaves.js';

/** One message of a capture; what is none has the kind `hello`, `greeting`, `unreadable`, `broken` or `unfinished`. */
export interface DiffMessage {
  readonly direction: Direction;
  readonly micros: number;
  readonly kind: string;
  readonly message: object;
  readonly leaves: Keyed<string, Leaf>;
  /** All but ids and instants, as one text. */
  readonly content: string;
}

/** By connection: -1 is what stands before the first or belongs to none. */
export type Said = ReadonlyMap<number, Readonly<Record<Direction, DiffMessage[]>>>;

export async function messagesOf(input: CaptureInput, stretch: Stretch): Promise<Said> {
  await using capture = await openCapture(input);
  const reader = new MessageReader(capture.header);
  const said = new Map<number, Record<Direction, DiffMessage[]>>();
  let connection = -1;
  const add = (direction: Direction, micros: number, kind: string, message: object): void => {
    const halves = said.get(connection) ?? { in: [], out: [] };
    said.set(connection, halves);
    const leaves = leavesOf({ ...message, kind });
    halves[direction].push({ direction, micros, kind, message, leaves, content: contentOf(leaves) });
  };
  for await (const item of framesBetween(capture, stretch)) {
    if (item.what === 'frame') {
      connection = item.connection;
      const [kind, message] = told(item, reader);
      add(item.direction, item.micros, kind, message);
    } else if (item.what === 'connected') connection += 1;
    else if (item.what === 'broken') add(item.direction, item.micros, 'broken', { code: item.error.code });
    else if (item.what === 'unfinished') add(item.direction, item.micros, 'unfinished', { bytes: item.bytes });
  }
  return said;
}

function told(frame: CapturedFrame, reader: MessageReader): readonly [kind: string, message: object] {
  const { part, payload } = frame;
  if (part === 'hello') return ['hello', { text: Buffer.from(payload).toString('latin1') }];
  if (part === 'greeting') {
    const { serverVersion, connectionTime } = readGreeting(payload, 0, payload.length);
    return ['greeting', { serverVersion, time: connectionTime }];
  }
  const read = reader.read(frame);
  if (read.what === 'unreadable') return ['unreadable', { why: read.why, bytes: Buffer.from(payload).toString('hex') }];
  return [read.message.kind, read.message];
}
