// `ibwire replay --to-json FILE`: what a capture holds, one JSON object per message, as it is read.

import {
  type CapturedFrame,
  type CapturedItem,
  framesBetween,
  type Stretch,
  type UnfinishedFrame,
} from '../../capture/frames.js';
import { MessageReader } from '../../capture/messages.js';
import { openCapture } from '../../capture/reader.js';
import { readGreeting } from '../../protocol/handshake.js';
import { stretchOf, type TimeOptions } from '../capture-time.js';
import type { Io } from '../io.js';
import { warn } from '../print.js';
import { jsonLine } from '../show.js';

/** Prints the messages of a stretch; ends early on Ctrl-C. Throws as reading does, after what could be read. */
export async function printAsJson(io: Io, file: string, times: TimeOptions): Promise<void> {
  const stretch = await stretchOf(file, times);
  await using capture = await openCapture(file);
  const reader = new MessageReader(capture.header);
  const start = capture.header.start?.getTime();
  let printed = 0;
  for await (const item of framesBetween(capture, stretch)) {
    if (io.stop.aborted) return;
    printed++;
    const at = start === undefined ? null : new Date(start + item.micros / 1000).toISOString();
    io.out(jsonLine({ micros: item.micros, at, ...factsOf(item, reader) }));
  }
  if (printed === 0) io.err(warn(nothingIn(stretch)));
}

/** Said where a stretch is empty: the file may be shorter, or have no times. */
function nothingIn({ from = 0, to = Number.POSITIVE_INFINITY }: Stretch): string {
  const until = to === Number.POSITIVE_INFINITY ? 'the end' : `${to / 1e6} s`;
  return `nothing stands between ${from / 1e6} s and ${until} after the start; --to-json without --from and --to shows every time`;
}

function factsOf(item: CapturedItem | UnfinishedFrame, reader: MessageReader): object {
  switch (item.what) {
    case 'frame':
      return { direction: item.direction, connection: item.connection, ...said(item, reader), ...remarks(item) };
    case 'broken':
      return { direction: item.direction, kind: 'broken', unreadable: item.error.message };
    case 'unfinished':
      return { direction: item.direction, kind: 'unfinished', bytes: item.bytes };
    default: {
      const { what, micros: _, ...facts } = item;
      return { kind: what, ...facts };
    }
  }
}

function said(frame: CapturedFrame, reader: MessageReader): object {
  const { part, payload } = frame;
  if (part === 'hello') return { kind: 'hello', message: { text: Buffer.from(payload).toString('latin1') } };
  if (part === 'greeting') return { kind: 'greeting', message: readGreeting(payload, 0, payload.length) };
  const read = reader.read(frame);
  const bytes = Buffer.from(payload).toString('hex');
  if (read.what === 'unreadable') {
    const { kind = 'unknown', row, offset } = read.error ?? {};
    return { kind, unreadable: read.why, row, offset, bytes };
  }
  const { message, serverVersion, leftOver } = read;
  if (message.kind === 'unknown')
    return { kind: 'unknown', serverVersion, id: message.id, isProtobuf: message.isProtobuf, bytes };
  return { kind: message.kind, serverVersion, message, ...(leftOver > 0 ? { leftOver } : {}) };
}

/** What the capture says about the frame. */
function remarks({ doubts, text }: CapturedFrame): object {
  return doubts.length === 0 && text === undefined ? {} : { doubts, remark: text };
}
