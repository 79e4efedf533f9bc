// The floor: empties the socket into one buffer and splits at the length prefixes, nothing else.

import { createConnection } from 'node:net';
import { type Clock, FIRST_ID } from './clock.js';
import type { Flow } from './flow.js';

const READ_BYTES = 65_536;

function frame(payload: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(payload.length);
  return Buffer.concat([length, payload]);
}

const request = (id: number): string => `1\x0011\x00${id}\x000\0AAPL\0STK\0\x000\0\0\0SMART\0\0USD\0\0\x000\0\x000\x000\0\0`;

export function drain(port: number, { streams, version }: Flow, clock: Clock): void {
  let isGreeted = false;
  /** Bytes of a frame that are still to come. */
  let ahead = 0;
  let begun = Buffer.alloc(0);
  const take = (read: Buffer): void => {
    if (!isGreeted) {
      isGreeted = true;
      socket.write(frame(Buffer.from('71\x002\x000\0\0')));
      for (let at = 0; at < streams; at++) socket.write(frame(Buffer.from(request(FIRST_ID + at))));
      return;
    }
    const chunk = begun.length === 0 ? read : Buffer.concat([begun, read]);
    if (begun.length > 0) begun = Buffer.alloc(0);
    if (ahead > chunk.length) {
      ahead -= chunk.length;
      return;
    }
    let at = ahead;
    let frames = 0;
    const end = chunk.length;
    while (end - at >= 4) {
      at += 4 + (((chunk[at] ?? 0) << 24) | ((chunk[at + 1] ?? 0) << 16) | ((chunk[at + 2] ?? 0) << 8) | (chunk[at + 3] ?? 0));
      frames++;
    }
    ahead = at > end ? at - end : 0;
    if (at < end) begun = Buffer.from(chunk.subarray(at));
    clock.saw(frames);
  };
  const onread = {
    buffer: Buffer.alloc(READ_BYTES),
    callback(length: number, buffer: Uint8Array): boolean {
      take((buffer as Buffer).subarray(0, length));
      return true;
    },
  };
  const socket = createConnection({ port, host: '127.0.0.1', noDelay: true, onread });
  socket.write(Buffer.concat([Buffer.from('API\0'), frame(Buffer.from(`v100..${version}`))]));
  socket.on('close', () => clock.done());
}
