// How many ticks a simulated gateway makes and writes in a second of CPU, and whether its memory stays flat.
//   npm run -s bench:gateway [-- seconds [part of a case's name]]
// Prints a line for each case, then what a tick of the first costs. Clients are processes of their own that only drain their sockets, so
// the figures are the gateway's alone.

import { type ChildProcess, fork } from 'node:child_process';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import { type SimulatedGateway, simulate } from '../../src/gateway/simulate.js';
import { outgoingEncoder } from '../../src/protocol/encode.js';
import { hello } from '../../src/protocol/handshake.js';

interface Case {
  readonly name: string;
  readonly version: number;
  readonly clients: number;
  readonly instruments: number;
}

const CASES: readonly Case[] = [
  { name: 'text, 100 instruments, 1 client', version: 176, clients: 1, instruments: 100 },
  { name: 'text, 1000 instruments, 10 clients', version: 176, clients: 10, instruments: 1000 },
  { name: 'protobuf, 100 instruments, 1 client', version: 225, clients: 1, instruments: 100 },
  { name: 'protobuf, 1000 instruments, 10 clients', version: 225, clients: 10, instruments: 1000 },
];

if (process.argv[2] === 'drain')
  drain(Number(process.argv[3]), Number(process.argv[4]), Number(process.argv[5]), process.argv[6] ?? '');
else await main(Number(process.argv[2] ?? 8));

/** The client: asks for everything, reads and forgets. */
function drain(port: number, version: number, clients: number, conIds: string): void {
  let ready = 0;
  for (let clientId = 1; clientId <= clients; clientId++) {
    const socket = connect(port, '127.0.0.1');
    const encoder = outgoingEncoder(version);
    let isStarted = false;
    socket.write(hello({ min: 100, max: version }));
    socket.on('data', () => {
      if (isStarted) return;
      isStarted = true;
      socket.cork();
      socket.write(encoder.encode('startApi', { clientId, optionalCapabilities: '' }));
      for (const [i, conId] of conIds.split(',').entries())
        socket.write(
          encoder.encode('reqMktData', {
            reqId: 1000 + i,
            contract: { conId: Number(conId) },
            genericTickList: '',
            snapshot: false,
            regulatorySnapshot: false,
          }),
        );
      socket.uncork();
      ready += 1;
      if (ready === clients) process.send?.('ready');
    });
    socket.on('close', () => process.exit(0));
    socket.on('error', () => process.exit(0));
  }
}

/** Stocks first, then futures and options of the most traded underlyings. */
function instrumentsOf(gateway: SimulatedGateway, count: number): number[] {
  const { universe } = gateway.world;
  const now = gateway.clock.now();
  const found = universe.statics
    .filter(({ secType, currency }) => secType === 'STK' && currency === 'USD')
    .map(({ conId }) => conId);
  found.push(...universe.futures(now).map(({ conId }) => conId));
  for (const chain of universe.chains) {
    if (found.length >= count) break;
    for (const option of universe.options(chain, now).slice(0, 120)) found.push(option.conId);
  }
  return found.slice(0, count);
}

async function main(seconds: number): Promise<void> {
  const costs: number[] = [];
  for (const one of CASES.filter(({ name }) => name.includes(process.argv[3] ?? ''))) {
    const gateway = await simulate({
      clock: 'virtual',
      pacing: 'off',
      serverVersion: one.version,
      keep: 100,
      maxUnread: 512 * 1024 * 1024,
    });
    const child = await clientsOf(gateway, one);
    costs.push(await run(gateway, one, seconds));
    child.kill();
    await gateway.close();
  }
  console.log(JSON.stringify({ ns: costs[0] }));
}

async function clientsOf(gateway: SimulatedGateway, { version, clients, instruments }: Case): Promise<ChildProcess> {
  const conIds = instrumentsOf(gateway, instruments).join(',');
  const child = fork(fileURLToPath(import.meta.url), ['drain', String(gateway.port), String(version), String(clients), conIds]);
  await new Promise((resolve) => child.once('message', resolve));
  while (gateway.clients.length < clients || gateway.traffic.lines < instruments)
    await new Promise((resolve) => setTimeout(resolve, 20));
  return child;
}

/** Nanoseconds of CPU per tick. */
async function run(gateway: SimulatedGateway, { name }: Case, seconds: number): Promise<number> {
  await gateway.advance(2_000);
  const memory: number[] = [];
  const frames = gateway.traffic.frames;
  const bytes = gateway.traffic.bytes;
  const start = process.cpuUsage();
  const began = performance.now();
  let virtual = 0;
  while (performance.now() - began < seconds * 1000) {
    await gateway.advance(1_000);
    virtual += 1;
    if (performance.now() - began > memory.length * 500) memory.push(Math.round(process.memoryUsage().rss / 1048576));
  }
  const { user, system } = process.cpuUsage(start);
  const cpu = (user + system) / 1e6;
  const ticks = gateway.traffic.frames - frames;
  const megabytes = (gateway.traffic.bytes - bytes) / 1048576;
  const shown = memory.filter((_, i) => i % Math.max(1, Math.floor(memory.length / 8)) === 0);
  console.error(
    `${name}: ${(ticks / cpu / 1e6).toFixed(2)} million ticks per second of CPU, ${((cpu / ticks) * 1e9).toFixed(0)} ns each (user ${((user / ticks) * 1e3).toFixed(0)} ns), ${(ticks / 1e6).toFixed(1)} million in all, ${megabytes.toFixed(0)} MB, ${virtual} s of market, rss ${shown.join(' ')} MB`,
  );
  return (cpu / ticks) * 1e9;
}
