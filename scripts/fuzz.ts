// Damaged and random frames through the wire for a while: `npm run -s fuzz -- --seconds 60 --seed 1` or `--frames 10000000`.

import { fork } from 'node:child_process';
import { argv, env, exit } from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Fuzzer, type Totals } from './fuzz/loop.js';

/** Silence of the working process that counts as a hang. */
const HANG_MS = 120_000;
const MOST_MEMORY = 1 << 30;

interface Job {
  readonly seed: number;
  readonly seconds: number;
  readonly frames: number;
}

async function work(job: Job): Promise<void> {
  Error.stackTraceLimit = 0; // most frames end in an error, and a stack costs more than the decoding
  const fuzzer = new Fuzzer(job.seed);
  const { totals } = fuzzer;
  const until = performance.now() + job.seconds * 1000;
  let said = performance.now();
  while (totals.frames < job.frames) {
    for (let i = 0; i < 100 && totals.frames < job.frames; i++) fuzzer.step();
    const now = performance.now();
    if (now - said > 1000 || now > until) {
      said = now;
      if (process.memoryUsage().rss > MOST_MEMORY) {
        totals.finds.push({ what: 'the memory of the process passed 1 GiB', direction: 'incoming', version: 0, hex: '' });
      }
      process.send?.(totals);
      await new Promise((resolve) => setImmediate(resolve)); // what was sent leaves only when the loop turns
    }
    if (now > until || totals.finds.length >= 20) break;
  }
  process.send?.(totals);
}

function report(totals: Totals, seconds: number, job: Job): void {
  const rate = Math.round(totals.frames / seconds);
  console.log(
    `seed ${job.seed}: ${totals.frames.toLocaleString('en')} frames, ${(totals.bytes / 1e6).toFixed(1)} MB in ${seconds.toFixed(1)} s, ${rate.toLocaleString('en')} frames/s, slowest ${totals.slowestMs.toFixed(1)} ms`,
  );
  const byCount = [...totals.outcomes].sort((a, b) => b[1] - a[1]);
  for (const [outcome, count] of byCount.slice(0, 25)) console.log(`${String(count).padStart(10)}  ${outcome}`);
  const rest = byCount.slice(25).reduce((sum, [, count]) => sum + count, 0);
  if (rest > 0) console.log(`${String(rest).padStart(10)}  other DecodeErrors`);
  for (const find of totals.finds)
    console.log(`FOUND ${find.what}: ${find.direction} at ${find.version}, payload ${find.hex.slice(0, 2000)}`);
  console.log(
    totals.finds.length === 0 ? 'nothing found: every frame ended in a message or a typed error' : `${totals.finds.length} found`,
  );
}

function watch(job: Job): void {
  const start = performance.now();
  const worker = fork(fileURLToPath(import.meta.url), {
    env: { ...env, IBWIRE_FUZZ: JSON.stringify(job) },
    serialization: 'advanced',
  });
  let last: Totals | undefined;
  let heard = performance.now();
  const timer = setInterval(() => {
    if (performance.now() - heard < HANG_MS) return;
    console.log(`FOUND a hang: seed ${job.seed}, after ${last?.frames ?? 0} frames`);
    worker.kill('SIGKILL');
    exit(1);
  }, 1000);
  worker.on('message', (totals: Totals) => {
    last = totals;
    heard = performance.now();
  });
  worker.on('exit', (code) => {
    clearInterval(timer);
    if (last !== undefined) report(last, (performance.now() - start) / 1000, job);
    if (code !== 0) console.log(`FOUND a crash: the working process ended with ${code}`);
    process.exitCode = code === 0 && last?.finds.length === 0 ? 0 : 1;
  });
}

const given = env['IBWIRE_FUZZ'];
if (given !== undefined && process.send !== undefined) {
  const { seed, seconds, frames } = JSON.parse(given) as { readonly [K in keyof Job]: number | null };
  await work({ seed: seed ?? 1, seconds: seconds ?? Infinity, frames: frames ?? Infinity });
} else {
  const { values } = parseArgs({
    args: argv.slice(2),
    options: { seconds: { type: 'string' }, seed: { type: 'string', default: '1' }, frames: { type: 'string' } },
  });
  const seconds = Number(values.seconds ?? (values.frames === undefined ? '60' : 'Infinity'));
  watch({ seed: Number(values.seed), seconds, frames: Number(values.frames ?? 'Infinity') });
}
