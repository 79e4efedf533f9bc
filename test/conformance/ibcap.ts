// A capture file as the messages that its bytes hold.

import { loadCapture } from '../../src/capture/reader.js';
import { FrameDecoder } from '../../src/protocol/frames.js';
import type { Capture, CapturedMessage } from './captures.js';
import { fieldsOfPayload } from './frame-fields.js';

const HELLO = 'API\0';

/** @throws {CaptureError} when the bytes are no capture. */
export async function captureOf(bytes: Uint8Array): Promise<Capture> {
  const { header, records } = await loadCapture([bytes]);
  const messages: CapturedMessage[] = [];
  let frames = freshFrames();
  let version = header.serverVersion;
  let awaitsGreeting = false;
  let about: Partial<CapturedMessage> = {};
  for (const record of records) {
    if (record.what === 'connected') {
      frames = freshFrames();
      awaitsGreeting = true;
      version = record.serverVersion ?? version;
    } else if (record.what === 'cut' || record.what === 'disconnected') {
      frames = freshFrames();
    } else if (record.what === 'about') {
      const doubts = record.doubts.map((doubt) => [doubt, true] as const);
      about = {
        ...Object.fromEntries(doubts),
        ...(record.serverVersion === undefined ? {} : { serverVersion: record.serverVersion }),
      };
    } else if (record.what === 'bytes') {
      const { direction } = record;
      const isHello = direction === 'out' && Buffer.from(record.bytes.subarray(0, 4)).toString('latin1') === HELLO;
      if (isHello)
        messages.push({
          direction,
          event: 'handshake',
          fields: ['API', Buffer.from(record.bytes.subarray(8)).toString('latin1')],
        });
      else {
        frames[direction].push(record.bytes, (chunk, start, end) => {
          const payload = chunk.slice(start, end);
          const payloadBase64 = Buffer.from(payload).toString('base64');
          if (direction === 'in' && awaitsGreeting) {
            awaitsGreeting = false;
            const fields = fieldsOfPayload(payload, 100);
            version = Number(fields[0]);
            messages.push({ direction, event: 'handshake', fields, payloadBase64 });
          } else
            messages.push({
              direction,
              fields: ['?'],
              payloadBase64,
              ...(version === undefined ? {} : { serverVersion: version }),
              ...about,
            });
        });
      }
      about = {};
    }
  }
  return {
    source: { where: header.source?.where ?? 'recorded' },
    serverVersion: header.serverVersion ?? null,
    messages,
    ...(header.serverVersionBounds === undefined ? {} : { serverVersionBounds: header.serverVersionBounds }),
  };
}

function freshFrames(): { readonly in: FrameDecoder; readonly out: FrameDecoder } {
  return { in: new FrameDecoder(), out: new FrameDecoder() };
}
