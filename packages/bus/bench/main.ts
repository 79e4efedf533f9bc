// One desk, three consumers, a thousand instruments, each a process of its own; the bus beside the same batches by hand.
//   npm run -s bench:bus [-- rounds [ticks]]
// Rounds are interleaved; medians and the ratio of bus to hand. Then the latency at 100,000 ticks a second.

import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { startNats } from '../../../test/helpers/nats.js';

const [rounds, total] = [Number(process.argv[2] ?? 5), Number(process.argv[3] ?? 1_000_000)];
const CONSUMERS = 3;
const INSTRUMENTS = 1_000;

interface Told {
  readonly cpuNs: number;
  readonly perSecond: number;
  readonly ticks: number;
  /** By hand: messages. */
  readonly messages: number;
  readonly p50: number;
  readonly p99: number;
}
interface Round {
  /** Messages that a second of the server's CPU takes and hands on; by hand only. */
  readonly deliveries: number;
  readonly publisher: Told;
  readonly consumers: readonly Told[];
}

/** Of Linux: user and system time in hundredths of a second, fields 14 and 15 of proc(5). */
function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

const program = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const start = async (name: string, args: readonly string[]): Promise<ChildProcess> => {
  const child = fork(program(name), args, { execArgv: ['--import', 'tsx'] });
  await once(child, 'message');
  return child;
};
const told = async (child: ChildProcess): Promise<Told> => {
  child.send('now');
  const [message] = (await once(child, 'message')) as [Told];
  return message;
};

async function round(mode: 'bus' | 'hand', ticks: number, rate: number): Promise<Round> {
  const nats = await startNats();
  const children: ChildProcess[] = [];
  try {
    const publisher = await start('publisher.ts', [mode, nats.url, String(INSTRUMENTS), String(ticks), String(rate)]);
    children.push(publisher);
    for (let at = 0; at < CONSUMERS; at++) children.push(await start('consumer.ts', [mode, nats.url, String(INSTRUMENTS)]));
    for (const child of children.slice(1)) {
      child.send('begin');
      await once(child, 'message');
    }
    const before = cpuSeconds(nats.pid);
    const published = await told(publisher);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    const consumers: Told[] = [];
    for (const child of children.slice(1)) consumers.push(await told(child));
    const handed = consumers.reduce((sum, { messages }) => sum + messages, 0);
    return { publisher: published, consumers, deliveries: (handed * (1 + 1 / CONSUMERS)) / (cpuSeconds(nats.pid) - before) };
  } finally {
    for (const child of children) child.kill('SIGKILL');
    await nats.close();
  }
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const thousands = (value: number): string => Math.round(value).toLocaleString('en-US');

const found: Record<'bus' | 'hand', Round[]> = { bus: [], hand: [] };
for (let at = 0; at < rounds; at++)
  for (const mode of ['bus', 'hand'] as const) {
    const one = await round(mode, total, 0);
    found[mode].push(one);
    const heard = one.consumers.map(({ ticks, perSecond }) => `${thousands(ticks)} at ${thousands(perSecond)}/s`).join(', ');
    console.log(`${mode.padEnd(5)} publisher ${one.publisher.cpuNs.toFixed(0)} ns, consumers ${heard}`);
  }
const of = (mode: 'bus' | 'hand', pick: (one: Round) => number): number => median(found[mode].map(pick));
const each = (one: Round, pick: (told: Told) => number): number =>
  one.consumers.reduce((sum, told) => sum + pick(told), 0) / CONSUMERS;
const rows: readonly (readonly [name: string, pick: (one: Round) => number])[] = [
  ['ticks/s to each', (one) => each(one, ({ perSecond }) => perSecond)],
  ['CPU a tick, publisher, ns', ({ publisher }) => publisher.cpuNs],
  ['CPU a tick, consumer, ns', (one) => each(one, ({ cpuNs }) => cpuNs)],
];
console.log(`\n${''.padEnd(28)}${'bus'.padStart(12)}${'by hand'.padStart(12)}${'ratio'.padStart(8)}`);
for (const [name, pick] of rows) {
  const [bus, hand] = [of('bus', pick), of('hand', pick)];
  console.log(
    `${name.padEnd(28)}${thousands(bus).padStart(12)}${thousands(hand).padStart(12)}${(bus / hand).toFixed(2).padStart(8)}`,
  );
}
console.log(
  `\nserver: ${thousands(of('hand', ({ deliveries }) => deliveries))} messages taken and handed on by a second of its CPU`,
);
const timed = await round('bus', 500_000, 100_000);
console.log(
  `\nat 100,000 ticks/s, tick made → heard: p50 ${median(timed.consumers.map(({ p50 }) => p50))} ms, p99 ${median(timed.consumers.map(({ p99 }) => p99))} ms`,
);
