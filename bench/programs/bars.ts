// One answer of many bars, from the request to the array: CPU per bar, the median of many answers. `bars who count`.

import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { connect } from '../../src/index.js';
import { outgoingDecoder } from '../../src/protocol/decode.js';
import { incomingEncoder } from '../../src/protocol/encode.js';
import { FrameDecoder } from '../../src/protocol/frames.js';
import { greeting, readHello } from '../../src/protocol/handshake.js';
import { medianOf } from '../summary.js';

const [who = 'ibwire', countText = '20000'] = process.argv.slice(2);
const count = Number(countText);
const VERSION = 176;
const ROUNDS = 12;
const stock = { symbol: 'AAPL', secType: 'STK', exchange: 'SMART', currency: 'USD' };

/** Answers with bytes that are ready but for the request id. */
async function gateway(): Promise<{ readonly server: Server; readonly port: number }> {
  const encoder = incomingEncoder(VERSION);
  const bar = { open: 100.25, high: 101.5, low: 99.75, volume: 12_345, wap: 100.3, barCount: 321 };
  const bars = Array.from({ length: count }, (_, at) => ({
    ...bar,
    close: 100 + (at % 97) / 100,
    date: String(1_700_000_000 + at * 60),
  }));
  const ID = 1_999_999_999;
  const answer = Buffer.from(encoder.encode('historicalData', { reqId: ID as never, bars }));
  const idAt = answer.indexOf(String(ID));
  const server = createServer((socket) => {
    const frames = new FrameDecoder();
    const decoder = outgoingDecoder(VERSION);
    let isGreeted = false;
    socket.on('error', () => {});
    socket.on('data', (bytes: Buffer) => {
      let chunk: Uint8Array = bytes;
      if (!isGreeted) {
        isGreeted = true;
        socket.write(greeting(VERSION, '20260818 09:31:02 GMT'));
        chunk = bytes.subarray(readHello(bytes)?.length ?? 0);
      }
      frames.push(chunk, (frame, start, end) => {
        const request = decoder.decode(frame, start, end);
        if (request.kind === 'startApi') {
          socket.write(encoder.encode('managedAccounts', { accountsList: 'DU9000001' }));
          socket.write(encoder.encode('nextValidId', { orderId: 1 }));
        } else if (request.kind === 'reqHistoricalData') {
          answer.write(String(request.reqId).padStart(10, '0'), idAt);
          socket.write(answer);
        }
      });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return { server, port: typeof address === 'object' && address !== null ? address.port : 0 };
}

async function measured(ask: () => Promise<number>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const began = process.cpuUsage();
    const got = await ask();
    const { user, system } = process.cpuUsage(began);
    if (got !== count) throw new Error(`${got} bars came instead of ${count}`);
    times.push(((user + system) * 1000) / count);
  }
  // The first rounds warm up.
  return medianOf(times.slice(ROUNDS / 3));
}

async function ofStoqey(port: number): Promise<() => Promise<number>> {
  const { IBApi } = await import('@stoqey/ib');
  // Its types do not name every event as a text.
  const ib = new IBApi({ port, host: '127.0.0.1', clientId: 0 } as never);
  let bars: unknown[] = [];
  let done: (length: number) => void = () => {};
  ib.on('error' as never, (() => {}) as never);
  ib.on(
    'historicalData' as never,
    ((_: number, time: string, ...values: readonly number[]) => {
      if (time.startsWith('finished')) done(bars.length);
      else bars.push({ time, values });
    }) as never,
  );
  const ready = new Promise<void>((resolve) => void ib.on('nextValidId' as never, (() => resolve()) as never));
  ib.connect();
  await ready;
  return () =>
    new Promise((resolve) => {
      bars = [];
      done = resolve;
      ib.reqHistoricalData(1, stock as never, '', '1 D', '1 min' as never, 'TRADES' as never, 1, 2, false);
    });
}

const { port } = await gateway();
let ask: () => Promise<number>;
if (who === 'stoqey') ask = await ofStoqey(port);
else {
  const ib = await connect({ port, versions: [100, VERSION], limits: 'none', orders: { accounts: 'none' } });
  const request = { duration: '1 D', size: '1 min', maxBytes: 1e9 } as const;
  const read = who === 'columns' ? ib.history.columns : ib.history.bars;
  ask = async () => (await read(stock, request)).length;
}
process.stdout.write(`${JSON.stringify({ ns: await measured(ask) })}\n`, () => process.exit(0));
