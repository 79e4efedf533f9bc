// A process of its own that serves ticks over loopback, one block of frames again and again: as fast as they are read, or at a rate.

import { createServer, type Socket } from 'node:net';
import { outgoingDecoder } from '../../src/protocol/decode.js';
import { incomingEncoder } from '../../src/protocol/encode.js';
import { FrameDecoder } from '../../src/protocol/frames.js';
import { greeting, readHello } from '../../src/protocol/handshake.js';
import type { Flow } from './flow.js';

const flow = JSON.parse(process.argv[2] ?? '{}') as Flow;
const { version, streams, ticks, mix, perSecond } = flow;
const encoder = incomingEncoder(version);
/** Kinds in the mix: with so many rounds each stream gets each of them, and no tick twice in a row. */
const MIX = 20;
const BLOCK = Math.max(MIX, Math.ceil(5000 / streams)) * streams;
/** Between two blocks of a flow with a rate. */
const BEAT_MS = 1;

/** Prices, sizes, times and shares, in the proportions of a busy morning. */
function quoteFrame(reqId: number, at: number): Uint8Array {
  const kind = at % MIX;
  if (kind < 9) {
    const price = (18_700 + (at % 97)) / 100;
    return encoder.encode('tickPrice', { reqId, tickType: 1 + (kind % 2), price, size: 100 + at, attribMask: 1 });
  }
  if (kind < 17) return encoder.encode('tickSize', { reqId, tickType: [0, 3, 5, 8][kind % 4] ?? 0, size: 100 + (at % 900) });
  if (kind < 19) return encoder.encode('tickString', { reqId, tickType: 45, value: String(1_788_357_600 + at) });
  return encoder.encode('tickGeneric', { reqId, tickType: 46, value: 3 });
}

function tradeFrame(reqId: number, at: number): Uint8Array {
  const price = (18_700 + (at % 97)) / 100;
  return encoder.encode('tickByTick', {
    reqId,
    tickType: 2,
    time: 1_788_357_600 + at,
    price,
    size: 100 + (at % 900),
    attribMask: 0,
    exchange: 'ARCA',
    specialConditions: '',
  });
}

/** Says that no tick follows, so that a reader can stop its clock before its streams end. */
function last(): Uint8Array {
  return encoder.encode('error', { reqId: -1 as never, errorCode: 2104, errorString: 'Market data farm connection is OK:end' });
}

function block(ids: readonly number[]): Buffer {
  const make = mix === 'quotes' ? quoteFrame : tradeFrame;
  // Each stream gets all kinds: the place in the mix moves on by one from round to round.
  const frames = Array.from({ length: BLOCK }, (_, at) =>
    Uint8Array.from(make(ids[at % ids.length] ?? 0, at + Math.floor(at / ids.length))),
  );
  return Buffer.concat(frames);
}

function feed(socket: Socket, ids: readonly number[]): void {
  const bytes = block(ids);
  let left = Math.ceil(ticks / BLOCK);
  const more = (): void => {
    while (left > 0) {
      left--;
      if (!socket.write(bytes)) break;
    }
    if (left > 0) socket.once('drain', more);
    else socket.end(last());
  };
  if (perSecond === undefined) more();
  else paced(socket, bytes, perSecond);
}

/** Frames of one block, cut at frame borders, so many in every beat. */
function paced(socket: Socket, bytes: Buffer, rate: number): void {
  const starts: number[] = [];
  for (let at = 0; at < bytes.length; at += 4 + bytes.readUInt32BE(at)) starts.push(at);
  const began = performance.now();
  let sent = 0;
  const beat = (): void => {
    const due = Math.min(ticks, Math.floor(((performance.now() - began) / 1000) * rate));
    while (sent < due) {
      const from = sent % BLOCK;
      const to = Math.min(BLOCK, from + due - sent);
      socket.write(bytes.subarray(starts[from] ?? 0, starts[to] ?? bytes.length));
      sent += to - from;
    }
    if (sent < ticks) setTimeout(beat, BEAT_MS);
    else socket.end(last());
  };
  beat();
}

function serve(socket: Socket): void {
  socket.setNoDelay(true);
  socket.on('error', () => {});
  const frames = new FrameDecoder();
  const decoder = outgoingDecoder(version);
  const ids: number[] = [];
  let isGreeted = false;
  socket.on('data', (bytes: Buffer) => {
    let chunk: Uint8Array = bytes;
    if (!isGreeted) {
      const hello = readHello(bytes);
      if (hello === undefined) return;
      isGreeted = true;
      socket.write(greeting(version, '20260818 09:31:02 GMT'));
      chunk = bytes.subarray(hello.length);
    }
    frames.push(chunk, (frame, start, end) => {
      const request = decoder.decode(frame, start, end);
      if (request.kind === 'startApi') {
        socket.write(encoder.encode('managedAccounts', { accountsList: 'DU9000001' }));
        socket.write(encoder.encode('nextValidId', { orderId: 1 }));
      } else if (request.kind === 'reqMktData' || request.kind === 'reqTickByTickData') {
        ids.push(Number(request.reqId));
        if (ids.length === streams) setTimeout(() => feed(socket, ids), 200);
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
