// A process of its own that serves mixed ticks over loopback: one block of frames, again and again, as fast as they are read.

import { createServer, type Socket } from 'node:net';
import { outgoingDecoder } from '../../src/protocol/decode.js';
import { incomingEncoder } from '../../src/protocol/encode.js';
import { FrameDecoder } from '../../src/protocol/frames.js';
import { greeting, readHello } from '../../src/protocol/handshake.js';

const serverVersion = Number(process.argv[2]);
const streams = Number(process.argv[3]);
const ticks = Number(process.argv[4]);

const encoder = incomingEncoder(serverVersion);
const BLOCK = 5000;

/** Prices, sizes, times and shares, in the proportions of a busy morning. */
function block(ids: readonly number[]): Buffer {
  const frames: Uint8Array[] = [];
  for (let at = 0; at < BLOCK; at++) {
    const reqId = ids[at % ids.length] ?? 0;
    const price = 18_700 + (at % 97);
    const kind = at % 20;
    if (kind < 9)
      frames.push(
        encoder.encode('tickPrice', { reqId, tickType: 1 + (kind % 2), price: price / 100, size: 100 + at, attribMask: 1 }),
      );
    else if (kind < 17)
      frames.push(encoder.encode('tickSize', { reqId, tickType: [0, 3, 5, 8][kind % 4] ?? 0, size: 100 + (at % 900) }));
    else if (kind < 19) frames.push(encoder.encode('tickString', { reqId, tickType: 45, value: String(1_788_357_600 + at) }));
    else frames.push(encoder.encode('tickGeneric', { reqId, tickType: 46, value: 3 }));
  }
  return Buffer.concat(frames.map((frame) => Uint8Array.from(frame)));
}

function serve(socket: Socket): void {
  socket.setNoDelay(true);
  socket.on('error', () => {});
  const frames = new FrameDecoder();
  const decoder = outgoingDecoder(serverVersion);
  const ids: number[] = [];
  let isGreeted = false;
  const feed = (): void => {
    const bytes = block(ids);
    let left = ticks;
    const more = (): void => {
      while (left > 0) {
        left -= BLOCK;
        if (!socket.write(bytes)) break;
      }
      if (left > 0) socket.once('drain', more);
      else socket.end();
    };
    more();
  };
  socket.on('data', (bytes: Buffer) => {
    let chunk: Uint8Array = bytes;
    if (!isGreeted) {
      const hello = readHello(bytes);
      if (hello === undefined) return;
      isGreeted = true;
      socket.write(greeting(serverVersion, '20260818 09:31:02 GMT'));
      chunk = bytes.subarray(hello.length);
    }
    frames.push(chunk, (frame, start, end) => {
      const request = decoder.decode(frame, start, end);
      if (request.kind === 'startApi') {
        socket.write(encoder.encode('managedAccounts', { accountsList: 'DU9000001' }));
        socket.write(encoder.encode('nextValidId', { orderId: 1 }));
      } else if (request.kind === 'reqMktData') {
        ids.push(Number(request.reqId));
        if (ids.length === streams) setTimeout(feed, 300);
      }
    });
  });
}

const server = createServer(serve);
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.stdout.write(`${typeof address === 'object' && address !== null ? address.port : 0}\n`);
});
process.on('disconnect', () => process.exit(0));
