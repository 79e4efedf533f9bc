/**
 * One order, from the user's call to its bytes at the socket: checks, account rules, journal and encoding in between. 1,000
 * positions and 500 working orders; beside it `placeOrder` of @stoqey/ib, which checks nothing; then the same with 50, 500 and
 * 5,000 orders at work on other contracts. Client and gateway are processes of their own and bundled, as users have them; rounds
 * are interleaved, the medians count. Run: npx tsx bench/orders.ts [--json] [--rounds 3]
 */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { POSITIONS } from './programs/order-account.js';

/** `switch`: nothing but the live switch; each further kind adds to the one before it. */
export interface OrderCase {
  readonly name: string;
  readonly by: 'ibwire' | '@stoqey/ib';
  readonly checks: 'switch' | 'guards' | 'rules' | 'journal';
  /** Orders at work when it begins, and behind which contract; each new one is cancelled at once unless `grows`. */
  readonly working: number;
  readonly from: number;
  readonly grows?: true;
  /** One in each turn, after 10,000: what the path costs where code and data are at hand. Else one each millisecond, as orders are seldom. */
  readonly isInRow?: true;
}

/** Microseconds. */
export interface OrderReading {
  readonly p50: number;
  readonly p99: number;
  readonly worst: number;
}

const own = { by: 'ibwire', working: 500, from: 0 } as const;
const elsewhere = { by: 'ibwire', checks: 'rules', from: POSITIONS } as const;
const cases: readonly OrderCase[] = [
  { ...own, name: 'ibwire, nothing but the live switch', checks: 'switch' },
  { ...own, name: 'ibwire, guards', checks: 'guards' },
  { ...own, name: 'ibwire, guards, account rules', checks: 'rules' },
  { ...own, name: 'ibwire, guards, account rules, one in each turn', checks: 'rules', isInRow: true },
  { ...own, name: 'ibwire, guards, account rules, orders grow to 3,000', checks: 'rules', grows: true },
  { ...own, name: 'ibwire, guards, account rules, journal in a file', checks: 'journal' },
  { ...own, name: '@stoqey/ib placeOrder, no checks', by: '@stoqey/ib', checks: 'switch', grows: true },
  { ...own, name: '@stoqey/ib placeOrder, one in each turn', by: '@stoqey/ib', checks: 'switch', grows: true, isInRow: true },
  { ...elsewhere, name: 'ibwire, account rules, 50 orders on other contracts', working: 50 },
  { ...elsewhere, name: 'ibwire, account rules, 500 orders on other contracts', working: 500 },
  { ...elsewhere, name: 'ibwire, account rules, 5,000 orders on other contracts', working: 5_000 },
];

function start(file: string, args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [file, ...args], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
}

async function firstLine({ stdout }: ChildProcess): Promise<string> {
  let text = '';
  for await (const chunk of stdout ?? []) {
    text += String(chunk);
    if (text.includes('\n')) break;
  }
  return text.trim();
}

async function read(folder: string, one: OrderCase): Promise<OrderReading> {
  // The highest server version of @stoqey/ib is lower.
  const version = one.by === 'ibwire' ? '200' : '176';
  const gateway = start(join(folder, 'order-gateway.mjs'), [
    version,
    String(one.grows !== true),
    String(one.working),
    String(one.from),
  ]);
  try {
    const port = await firstLine(gateway);
    const client = start(join(folder, 'orders.mjs'), [port, folder, JSON.stringify(one)]);
    const ended = once(client, 'exit');
    const line = await firstLine(client);
    await ended;
    if (line === '') throw new Error(`${one.name}: nothing was measured`);
    return JSON.parse(line) as OrderReading;
  } finally {
    gateway.disconnect();
  }
}

const median = (numbers: readonly number[]): number => [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? 0;

const { values } = parseArgs({ options: { json: { type: 'boolean' }, rounds: { type: 'string', default: '3' } } });
mkdirSync('node_modules', { recursive: true });
const folder = mkdtempSync(join('node_modules', '.orders-'));
try {
  await build({
    entryPoints: ['bench/programs/orders.ts', 'bench/programs/order-gateway.ts'],
    outdir: folder,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    outExtension: { '.js': '.mjs' },
    external: ['@stoqey/ib'],
    logLevel: 'error',
  });
  const rounds: OrderReading[][] = cases.map(() => []);
  for (let round = 0; round < Number(values.rounds); round++)
    for (const [at, one] of cases.entries()) rounds[at]?.push(await read(folder, one));
  const rows = cases.map(({ name }, at) => {
    const of = (what: keyof OrderReading): number => median((rounds[at] ?? []).map((reading) => reading[what]));
    return { name, p50: of('p50'), p99: of('p99'), worst: of('worst') };
  });
  if (values.json === true) console.info(JSON.stringify(rows));
  else {
    console.info(`load of the machine: ${(loadavg()[0] ?? 0).toFixed(1)}`);
    const column = (value: number, width: number): string => `${value.toFixed(1).padStart(width)} µs`;
    for (const { name, p50, p99, worst } of rows)
      console.info(`${name.padEnd(56)} p50 ${column(p50, 7)}   p99 ${column(p99, 7)}   worst ${column(worst, 8)}`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
