// One reader in a process of its own: takes all ticks and prints the CPU time that each took.

import { createConnection } from 'node:net';
import { IBApi } from '@stoqey/ib';
import { connect } from '../../src/index.js';

const [name = '', portText = '', streamsText = '', ticksText = ''] = process.argv.slice(2);
const port = Number(portText);
const streams = Number(streamsText);
const ticks = Number(ticksText);
const stock = { symbol: 'AAPL', secType: 'STK', exchange: 'SMART', currency: 'USD' };
const FIRST_ID = 1_500_000_000;

let cpu: NodeJS.CpuUsage | undefined;
let seen = 0;
let heapAtQuarter = 0;

/** The first tenth warms up and is not counted. */
function count(): void {
  seen++;
  if (seen === Math.floor(ticks / 10)) cpu = process.cpuUsage();
  if (seen === Math.floor(ticks / 4)) heapAtQuarter = process.memoryUsage().heapUsed;
}

function report(extra: Record<string, unknown> = {}): void {
  const used = process.cpuUsage(cpu);
  const counted = seen - Math.floor(ticks / 10);
  const ns = ((used.user + used.system) * 1000) / counted;
  const { heapUsed, rss } = process.memoryUsage();
  const heapGrowth = heapUsed - heapAtQuarter;
  process.stdout.write(
    `${JSON.stringify({ name, ns, seen, user: used.user, system: used.system, heapGrowth, rss, ...extra })}\n`,
  );
  process.exit(0);
}

/** Only empties the socket and splits at the length prefixes. */
function drain(version: number): void {
  const frame = (payload: Buffer): Buffer => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(payload.length);
    return Buffer.concat([length, payload]);
  };
  const socket = createConnection({ port, host: '127.0.0.1', noDelay: true });
  socket.write(Buffer.concat([Buffer.from('API\0'), frame(Buffer.from(`v100..${version}`))]));
  let isGreeted = false;
  let held = 0;
  let begun = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    if (!isGreeted) {
      isGreeted = true;
      socket.write(frame(Buffer.from('71\x002\x000\0\0')));
      const fields = (id: number): string => `1\x0011\x00${id}\x000\0AAPL\0STK\0\x000\0\0\0SMART\0\0USD\0\0\x000\0\x000\x000\0\0`;
      for (let at = 0; at < streams; at++) socket.write(frame(Buffer.from(fields(FIRST_ID + at))));
      return;
    }
    let at = 0;
    if (begun.length > 0) {
      chunk = Buffer.concat([begun, chunk]);
      begun = Buffer.alloc(0);
    }
    if (held > 0) {
      if (held > chunk.length) {
        held -= chunk.length;
        return;
      }
      at = held;
      held = 0;
    }
    const end = chunk.length;
    while (end - at >= 4) {
      const length = chunk.readUInt32BE(at);
      at += 4 + length;
      count();
    }
    if (at > end) held = at - end;
    else if (at < end) begun = Buffer.from(chunk.subarray(at));
  });
  socket.on('close', () => report());
}

async function ibwire(mode: 'ticks' | 'quotes' | 'raw', version: number): Promise<void> {
  const ib = await connect({ port, reconnect: false, versions: [100, version], limits: 'none' });
  if (mode === 'raw') {
    for (const kind of ['tickPrice', 'tickSize', 'tickString', 'tickGeneric'] as const) ib.raw.on(kind, count);
    for (let at = 0; at < streams; at++)
      ib.raw.send('reqMktData', { reqId: FIRST_ID + at, contract: stock, genericTickList: '', snapshot: false } as never);
  }
  for (let at = 0; mode !== 'raw' && at < streams; at++) {
    const contract = { ...stock, symbol: `S${at}` };
    if (mode === 'ticks') ib.market.ticks(contract).on(count);
    else {
      // Ticks without news are passed over by a quote, so messages are counted where they come.
      ib.market.quotes(contract).on(() => {});
    }
  }
  if (mode === 'quotes')
    for (const kind of ['tickPrice', 'tickSize', 'tickString', 'tickGeneric'] as const) ib.raw.on(kind, count);
  ib.on('closed', () => report());
}

function stoqey(): void {
  const ib = new IBApi({ port, host: '127.0.0.1', clientId: 0, maxReqPerSec: 1000 } as never);
  // A price raises a size of its own there: 29 events for the 20 frames of a round.
  let events = 0;
  const event = (): void => {
    events++;
    if (events % 29 === 0) for (let at = 0; at < 20; at++) count();
  };
  for (const kind of ['tickPrice', 'tickSize', 'tickString', 'tickGeneric']) ib.on(kind as never, event as never);
  ib.on('error' as never, (() => {}) as never);
  ib.on(
    'nextValidId' as never,
    (() => {
      for (let at = 0; at < streams; at++) ib.reqMktData(FIRST_ID + at, stock as never, '', false, false);
    }) as never,
  );
  ib.on(
    'disconnected' as never,
    (() => {
      report({ events });
    }) as never,
  );
  ib.connect();
}

const text = 176;
if (name === 'drain') drain(text);
else if (name === 'stoqey') stoqey();
else if (name.startsWith('ibwire-')) {
  const [, mode, wire] = name.split('-');
  await ibwire(mode as 'ticks', wire === 'protobuf' ? 225 : text);
}
