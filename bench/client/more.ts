// Connecting, importing, bars, streams in memory, each in a process of its own: `tsx bench/client/more.ts`.

import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'tsup';
import { connect } from '../../src/index.js';
import { outgoingDecoder } from '../../src/protocol/decode.js';
import { incomingEncoder } from '../../src/protocol/encode.js';
import { FrameDecoder } from '../../src/protocol/frames.js';
import { greeting, readHello } from '../../src/protocol/handshake.js';

const FIRST_ID = 1_500_000_000;
const ROUNDS = 15;
const stock = { symbol: 'AAPL', secType: 'STK', exchange: 'SMART', currency: 'USD' };

/** A gateway that answers at once, in this process. */
async function quickGateway(version: number, bars: number): Promise<{ port: number; close(): void }> {
  const encoder = incomingEncoder(version);
  const bar = { open: 100.25, high: 101.5, low: 99.75, close: 100.5, volume: 12_345, wap: 100.3, barCount: 321 };
  const rows = Array.from({ length: bars }, (_, at) => ({ ...bar, date: String(1_700_000_000 + at * 60) }));
  // Answers are written before they are asked for: the bytes are the same for every client, only the ids count up.
  const answers = new Map<number, Uint8Array>();
  for (let at = 0; bars > 0 && at < ROUNDS; at++)
    answers.set(FIRST_ID + at, Uint8Array.from(encoder.encode('historicalData', { reqId: FIRST_ID + at, bars: rows })));
  const server = createServer((socket) => {
    const frames = new FrameDecoder();
    const decoder = outgoingDecoder(version);
    let isGreeted = false;
    socket.setNoDelay(true);
    socket.on('error', () => {});
    socket.on('data', (bytes: Buffer) => {
      let chunk: Uint8Array = bytes;
      if (!isGreeted) {
        isGreeted = true;
        socket.write(greeting(version, '20260818 09:31:02 GMT'));
        chunk = bytes.subarray(readHello(bytes)?.length ?? 0);
      }
      frames.push(chunk, (frame, start, end) => {
        const request = decoder.decode(frame, start, end);
        if (request.kind === 'startApi') {
          socket.write(encoder.encode('managedAccounts', { accountsList: 'DU9000001' }));
          socket.write(encoder.encode('nextValidId', { orderId: 1 }));
        } else if (request.kind === 'reqHistoricalData') {
          socket.write(answers.get(Number(request.reqId)) ?? new Uint8Array(0));
          if (version >= 196)
            socket.write(encoder.encode('historicalDataEnd', { reqId: request.reqId, startDateStr: '', endDateStr: '' }));
        }
      });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return { port: typeof address === 'object' && address !== null ? address.port : 0, close: () => server.close() };
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

async function connecting(): Promise<string> {
  const gateway = await quickGateway(225, 0);
  const times: number[] = [];
  for (let at = 0; at < 50; at++) {
    const began = performance.now();
    const ib = await connect({ port: gateway.port });
    times.push(performance.now() - began);
    ib.close();
  }
  gateway.close();
  return `connect to ready: first ${times[0]?.toFixed(1)} ms, median of 50 ${median(times).toFixed(2)} ms (budget 10)`;
}

async function bars(version: number): Promise<string> {
  const cost = async (count: number): Promise<number> => {
    const gateway = await quickGateway(version, count);
    const ib = await connect({ port: gateway.port, limits: 'none' });
    const times: number[] = [];
    for (let at = 0; at < ROUNDS; at++) {
      const began = performance.now();
      await ib.history.bars(stock, { duration: '1 D', size: '1 min' });
      times.push(performance.now() - began);
    }
    ib.close();
    gateway.close();
    return Math.min(...times);
  };
  const [small, large] = [await cost(20_000), await cost(40_000)];
  const each = (large * 1e6) / 40_000;
  return `bars at ${version}: ${((small * 1e6) / 20_000).toFixed(0)} ns each of 20,000, ${each.toFixed(0)} ns of 40,000 (budget 300), twice the bars ${(large / small).toFixed(2)} x the time (budget 2.2)`;
}

async function streams(): Promise<string> {
  const gateway = await quickGateway(225, 0);
  const ib = await connect({ port: gateway.port, limits: 'none' });
  global.gc?.();
  const before = process.memoryUsage();
  for (let at = 0; at < 1000; at++) ib.market.quotes({ ...stock, symbol: `S${at}` }).on(() => {});
  await new Promise((resolve) => setTimeout(resolve, 500));
  global.gc?.();
  const after = process.memoryUsage();
  ib.close();
  gateway.close();
  const heap = (after.heapUsed - before.heapUsed) / 1e6;
  return `1,000 quote streams: heap ${heap.toFixed(1)} MB, rss ${((after.rss - before.rss) / 1e6).toFixed(1)} MB more (budget 40)`;
}

async function importing(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'ibwire-import-'));
  try {
    await build({
      entry: ['src/index.ts'],
      format: ['esm'],
      outDir: folder,
      silent: true,
      dts: false,
      config: false,
      noExternal: [/.*/],
      platform: 'node',
    });
    const times = (code: string): number =>
      Math.min(
        ...Array.from({ length: 9 }, () => {
          const script = `const began = performance.now(); ${code}; console.log(performance.now() - began)`;
          return Number(execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: folder, encoding: 'utf8' }));
        }),
      );
    const all = times(`await import(${JSON.stringify(join(folder, 'index.js'))})`);
    const net = times(`await import('node:net')`);
    return `import ibwire: ${all.toFixed(1)} ms, of which node:net ${net.toFixed(1)} ms (budget 25)`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const cases: Readonly<Record<string, () => Promise<string>>> = {
  connecting,
  'bars-text': () => bars(176),
  'bars-protobuf': () => bars(225),
  streams,
  importing,
};
const [name] = process.argv.slice(2);
const one = name === undefined ? undefined : cases[name];
if (one !== undefined) {
  console.log(await one());
  process.exit(0);
}
for (const each of Object.keys(cases)) {
  const child = fork(fileURLToPath(import.meta.url), [each], { execArgv: [...process.execArgv, '--expose-gc'] });
  await once(child, 'exit');
}
