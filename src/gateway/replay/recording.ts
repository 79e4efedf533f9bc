// A capture as a replay sees it: its connections, and in each what was said, decoded.
import type { Direction } from '../../capture/format.js';
import { type CapturedFrame, framesOf } from '../../capture/frames.js';
import { MessageReader } from '../../capture/messages.js';
import type { Capture } from '../../capture/reader.js';
import type { Unknown } from '../../protocol/decode.js';
import { readGreeting } from '../../protocol/handshake.js';
import type { Incoming, Outgoing } from '../../protocol/registry.js';

interface Recorded<D extends Direction, M> {
  readonly direction: D;
  readonly micros: number;
  readonly serverVersion: number;
  readonly payload: Uint8Array;
  readonly message: M | Unknown;
}
export type RecordedAnswer = Recorded<'in', Incoming>;
export type RecordedRequest = Recorded<'out', Outgoing>;

/** A frame that cannot be played, and why. */
export interface Unplayed {
  readonly source: string;
  readonly direction: Direction;
  readonly kind: string;
  readonly why: string;
}

export interface RecordedConnection {
  readonly source: string;
  /** Undefined when no greeting was recorded: then the order of the messages is not known either. */
  readonly greeting: { readonly serverVersion: number; readonly connectionTime: string } | undefined;
  /** Microseconds at which the client was let in. */
  readonly start: number;
  readonly messages: readonly (RecordedAnswer | RecordedRequest)[];
  /** The server ended the connection at the end. */
  readonly isEndedByServer: boolean;
}

/** The connections of a capture in their order; what stands outside of them comes last, as one without a greeting. */
export function connectionsOf(source: string, capture: Capture, unplayed: Unplayed[]): RecordedConnection[] {
  const drafts = new Map<number, Draft>();
  const draft = (connection: number): Draft => {
    const found = drafts.get(connection) ?? { greeting: undefined, start: 0, messages: [], isEnded: false };
    drafts.set(connection, found);
    return found;
  };
  const reader = new MessageReader(capture.header);
  let current = -1;
  for (const item of framesOf(capture.header, capture.records)) {
    if (item.what === 'connected') current += 1;
    else if (item.what === 'eof' && item.direction === 'in') draft(current).isEnded = true;
    else if (item.what === 'frame') take(item, source, reader, draft(item.connection), unplayed);
  }
  return [...drafts]
    .sort(([a], [b]) => (a < 0 ? 1 : b < 0 ? -1 : a - b))
    .map(([, { greeting, start, messages, isEnded }]) => ({ source, greeting, start, messages, isEndedByServer: isEnded }));
}

interface Draft {
  greeting: { serverVersion: number; connectionTime: string } | undefined;
  start: number;
  readonly messages: (RecordedAnswer | RecordedRequest)[];
  isEnded: boolean;
}

function take(frame: CapturedFrame, source: string, reader: MessageReader, into: Draft, unplayed: Unplayed[]): void {
  const { part, direction, micros, payload, doubts } = frame;
  if (part === 'hello') return;
  if (part === 'greeting') {
    into.greeting = readGreeting(payload, 0, payload.length);
    into.start = micros;
    return;
  }
  const read = reader.read(frame);
  if (read.what === 'unreadable') {
    unplayed.push({ source, direction, kind: read.error?.kind ?? '?', why: read.why });
    return;
  }
  const { message, serverVersion } = read;
  const doubt = doubts.filter((found) => found !== 'reconstructed').join(' and ');
  if (message.kind === 'startApi') into.start = micros;
  else if (doubt !== '') unplayed.push({ source, direction, kind: message.kind, why: doubt });
  else into.messages.push({ direction, micros, serverVersion, payload, message } as RecordedAnswer | RecordedRequest); // the direction chose the decoder
}
