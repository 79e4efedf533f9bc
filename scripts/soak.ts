// `npm run soak -- --hours N [--seed S] [--json] [--write]`: hours of trading in virtual time, fault after fault, and what the heap keeps.

import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type HeapSubject, heapBounds, heapPer } from '../test/soak/heap.js';
import { isSound, type Measured, reportOf } from '../test/soak/report.js';
import { soak } from '../test/soak/soak.js';

const DOC = new URL('../docs/soak.md', import.meta.url);
const heapRounds: Readonly<Record<HeapSubject, number>> = { order: 1_000, call: 4_000, stream: 4_000, connection: 4_000 };

const { values } = parseArgs({
  options: {
    hours: { type: 'string', default: '24' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
});

/** A process that can collect its garbage when it is told to. */
function again(): never {
  const { status } = spawnSync(process.execPath, ['--expose-gc', ...process.execArgv, ...process.argv.slice(1)], {
    stdio: 'inherit',
  });
  process.exit(status ?? 1);
}

async function heaps(collect: () => void): Promise<Record<HeapSubject, number>> {
  const found = { order: 0, call: 0, stream: 0, connection: 0 };
  for (const subject of Object.keys(heapBounds) as HeapSubject[])
    found[subject] = Math.round(await heapPer(subject, heapRounds[subject], collect));
  return found;
}

const progress = (text: string): void => {
  if (process.stderr.isTTY) process.stderr.write(`\r${text}\u001b[K`);
};

async function run(collect: () => void): Promise<void> {
  const hours = Number(values.hours);
  const seed = Number(values.seed);
  if (!(hours > 0) || !Number.isInteger(seed)) throw new RangeError('--hours is a number above 0, --seed a whole number');
  const began = performance.now();
  const found = await soak({
    hours,
    seed,
    onHour: (hour, wrongs) => progress(`hour ${hour} of ${hours}, ${wrongs} found wrong`),
  });
  progress('');
  const measured: Measured = { soak: found, heap: await heaps(collect), seconds: Math.round((performance.now() - began) / 1000) };
  const report = reportOf(measured);
  process.stdout.write(
    values.json
      ? `${JSON.stringify(measured, (_, value) => (value instanceof Map ? Object.fromEntries(value) : value))}\n`
      : report,
  );
  if (values.write) writeFileSync(DOC, report);
  process.exitCode = isSound(measured) ? 0 : 1;
}

if (globalThis.gc === undefined) again();
else await run(globalThis.gc);
