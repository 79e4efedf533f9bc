// Socket to callback over loopback, each reader in a process of its own on the same bytes: `tsx bench/client.ts`.

import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const here = (file: string): string => fileURLToPath(new URL(`./client/${file}`, import.meta.url));
const TICKS = Number(process.env['TICKS'] ?? 3_000_000);
const STREAMS = 20;

interface Outcome {
  readonly name: string;
  readonly ns: number;
  readonly seen: number;
  readonly user: number;
  readonly system: number;
  readonly heapGrowth: number;
  readonly rss: number;
}

async function firstLine(child: ChildProcess): Promise<string> {
  let text = '';
  for await (const chunk of child.stdout ?? []) {
    text += String(chunk);
    if (text.includes('\n')) break;
  }
  return text.trim();
}

async function run(name: string, ticks = TICKS): Promise<Outcome> {
  const version = name.endsWith('protobuf') ? 225 : 176;
  const options = { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] as ('ignore' | 'pipe' | 'inherit' | 'ipc')[] };
  const feeder = fork(here('feeder.ts'), [String(version), String(STREAMS), String(ticks)], options);
  try {
    const port = await firstLine(feeder);
    const reader = fork(here('case.ts'), [name, port, String(STREAMS), String(ticks)], options);
    const ended = once(reader, 'exit');
    const line = await firstLine(reader);
    await ended;
    return JSON.parse(line) as Outcome;
  } finally {
    feeder.kill();
  }
}

const names = process.argv.slice(2);
const cases =
  names.length > 0 ? names : ['drain', 'ibwire-ticks-text', 'ibwire-ticks-protobuf', 'ibwire-quotes-text', 'ibwire-raw-text'];
const outcomes: Outcome[] = [];
for (const name of cases) outcomes.push(await run(name));
if (names.length === 0) outcomes.push(await run('stoqey', TICKS / 10));
const drain = outcomes.find(({ name }) => name === 'drain')?.ns;
const stoqey = outcomes.find(({ name }) => name === 'stoqey')?.ns;
for (const { name, ns, seen, user, system, heapGrowth, rss } of outcomes) {
  const ratios = [
    drain === undefined ? '' : `${(ns / drain).toFixed(2)} x drain`,
    stoqey === undefined ? '' : `${(stoqey / ns).toFixed(1)} x faster than stoqey`,
  ];
  const share = `user ${Math.round(user / 1000)} ms, system ${Math.round(system / 1000)} ms`;
  const memory = `heap ${(heapGrowth / 1e6).toFixed(1)} MB since a quarter, rss ${(rss / 1e6).toFixed(0)} MB`;
  console.log(
    `${name.padEnd(22)} ${ns.toFixed(1).padStart(8)} ns/tick  ${seen} ticks  ${ratios.join('  ')}  ${share}  ${memory}`,
  );
}
