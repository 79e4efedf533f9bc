// The floor: empties the socket into one buffer and splits at the length prefixes, nothing else.

import { createConnection } from 'node:net';
import { outgoingEncoder } from '../../src/protocol/encode.js';
import { hello } from '../../src/protocol/handshake.js';
import { type Clock, FIRST_ID } from './clock.js';
import type { Flow } from './flow.js';

const READ_BYTES = 65_536;

const contract = { symbol: 'AAPL', secType: 'STK', exchange: 'SMART', currency: 'USD' };

export function drain(port: number, { streams, version }: Flow, clock: Clock): void {
  let isGreeted = false;
  /** Bytes of a frame that are still to come. */
  let ahead = 0;
  let begun = Buffer.alloc(0);
  const take = (read: Buffer): void => {
    if (!isGreeted) {
      isGreeted = true;
      const encoder = outgoingEncoder(version);
      socket.write(encoder.encode('startApi', { clientId: 0, optionalCapabilities: '' }));
      for (let at = 0; at < streams; at++)
        socket.write(encoder.encode('reqMktData', { reqId: FIRST_ID + at, contract, genericTickList: '', snapshot: false }));
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
  socket.write(hello({ min: 100, max: version }));
  socket.on('close', () => clock.done());
}
