// `ibwire bench`: how long this machine takes for a tick, on both wires, in this process.

import { cpus } from 'node:os';
import type { Command } from 'commander';
import { incomingDecoder } from '../../protocol/decode.js';
import { incomingEncoder, outgoingEncoder } from '../../protocol/encode.js';
import { FrameDecoder } from '../../protocol/frames.js';
import { MAX_VERSION } from '../../protocol/handshake.js';
import type { IncomingKind } from '../../protocol/registry.js';
import type { Io } from '../io.js';
import { seconds } from '../options.js';
import { dim, figure, heading, right, table } from '../print.js';
import { show } from '../show.js';

/** Bytes of one read from a socket, about. */
const CHUNK_MESSAGES = 500;

interface Case {
  readonly what: string;
  readonly wire: 'text' | 'protobuf';
  readonly serverVersion: number;
  readonly nsPerMessage: number;
  readonly bytesPerMessage: number;
}

export function addBench(program: Command, io: Io): void {
  program
    .command('bench')
    .description('nanoseconds per message on this machine: bytes in, objects out')
    .option('--seconds <seconds>', 'time for each case', seconds, 0.5)
    .option('--json', 'one JSON document')
    .action(({ seconds, json }: { seconds: number; json?: boolean }) => {
      const cases = [176, MAX_VERSION].flatMap((serverVersion) => [
        decoding('mixed ticks', serverVersion, seconds, ticks(serverVersion)),
        decoding('tickPrice', serverVersion, seconds, [priceTick(serverVersion, 0)]),
        encoding(serverVersion, seconds),
      ]);
      const machine = { cpu: cpus()[0]?.model.trim(), node: process.version };
      show(io, json, { ...machine, cases }, () => textOf(cases, machine));
    });
}

function priceTick(serverVersion: number, i: number): Uint8Array {
  return frame(serverVersion, 'tickPrice', {
    reqId: 9_001,
    tickType: 1 + (i % 2),
    price: 187.25 + (i % 80) / 100,
    size: 100 + i,
    attrMask: 1,
  });
}

/** What a quote stream of a stock carries, in about its proportions. */
function ticks(serverVersion: number): readonly Uint8Array[] {
  return Array.from({ length: 20 }, (_, i) => {
    if (i % 2 === 0) return priceTick(serverVersion, i);
    if (i % 10 === 9) return frame(serverVersion, 'tickString', { reqId: 9_001, tickType: 45, value: String(1_788_357_600 + i) });
    return frame(serverVersion, 'tickSize', { reqId: 9_001, tickType: i % 4 === 1 ? 0 : 3, size: 200 + i });
  });
}

function frame(serverVersion: number, kind: 'tickPrice' | 'tickSize' | 'tickString', message: object): Uint8Array {
  return Uint8Array.from(incomingEncoder(serverVersion).encode(kind as IncomingKind, message as never));
}

function decoding(what: string, serverVersion: number, seconds: number, frames: readonly Uint8Array[]): Case {
  const all = Array.from({ length: CHUNK_MESSAGES }, (_, i) => frames[i % frames.length] ?? new Uint8Array(0));
  const chunk = Buffer.concat(all);
  const decoder = incomingDecoder(serverVersion);
  const splitter = new FrameDecoder();
  let seen = 0;
  const take = (bytes: Uint8Array, start: number, end: number): void => {
    if (decoder.decode(bytes, start, end).kind !== 'unknown') seen++;
  };
  const nsPerMessage = fastest(() => splitter.push(chunk, take), CHUNK_MESSAGES, seconds);
  if (seen === 0) throw new Error('nothing was decoded');
  return {
    what: `decode ${what}`,
    wire: wireOf(serverVersion),
    serverVersion,
    nsPerMessage,
    bytesPerMessage: chunk.length / CHUNK_MESSAGES,
  };
}

function encoding(serverVersion: number, seconds: number): Case {
  const encoder = outgoingEncoder(serverVersion);
  const contract = { conId: 265_598, symbol: 'AAPL', secType: 'STK', exchange: 'SMART', currency: 'USD' };
  const order = {
    action: 'BUY',
    totalQuantity: '100',
    orderType: 'LMT',
    lmtPrice: 187.5,
    tif: 'DAY',
    account: 'DU9000001',
    transmit: true,
  };
  let bytes = 0;
  const encode = (): void => {
    for (let i = 0; i < 100; i++) bytes = encoder.encode('placeOrder', { orderId: 1 + i, contract, order }).length;
  };
  const nsPerMessage = fastest(encode, 100, seconds);
  return { what: 'encode placeOrder', wire: wireOf(serverVersion), serverVersion, nsPerMessage, bytesPerMessage: bytes };
}

const wireOf = (serverVersion: number): 'text' | 'protobuf' => (serverVersion > 200 ? 'protobuf' : 'text');

/** The best of many rounds: a shared machine only ever adds. */
function fastest(work: () => void, count: number, seconds: number): number {
  const until = performance.now() + seconds * 1000;
  let best = Number.POSITIVE_INFINITY;
  do {
    const before = performance.now();
    for (let i = 0; i < 20; i++) work();
    best = Math.min(best, performance.now() - before);
  } while (performance.now() < until);
  return (best * 1e6) / (20 * count);
}

function textOf(cases: readonly Case[], machine: { readonly cpu: string | undefined; readonly node: string }): string {
  return [
    heading('Wire', `${machine.cpu ?? 'unknown cpu'}, Node ${machine.node}`),
    table(
      ['what', 'wire', right('version'), right('bytes'), right('ns'), right('million/s')],
      cases.map((one) => [
        one.what,
        one.wire,
        one.serverVersion,
        figure(one.bytesPerMessage, 1),
        figure(one.nsPerMessage, 1),
        figure(1000 / one.nsPerMessage, 2),
      ]),
    ),
    dim('  Best round of each case in one process. Ticks: bytes of a read → frames → objects. Orders: object → bytes.'),
  ].join('\n');
}
