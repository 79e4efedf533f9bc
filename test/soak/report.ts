// A soak in words and figures.

import { type HeapSubject, heapBounds } from './heap.js';
import { plants } from './plants.js';
import { type Counts, FULL_HOURS, type SoakResult } from './soak.js';

export interface Measured {
  readonly soak: SoakResult;
  /** Bytes that each leaves for ever. */
  readonly heap: Readonly<Record<HeapSubject, number>>;
  /** Of true time. */
  readonly seconds: number;
}

const heapRows = ({ heap }: Measured): readonly (readonly [HeapSubject, number])[] =>
  Object.entries(heap) as [HeapSubject, number][];

export function isSound(measured: Measured): boolean {
  return measured.soak.wrongs.length === 0 && heapRows(measured).every(([subject, bytes]) => bytes <= heapBounds[subject]);
}

const planted = Object.keys(plants)
  .filter((name) => name !== 'nothing')
  .map((name) => `- ${name}`)
  .join('\n');

const fullness = (hours: number): string =>
  hours > FULL_HOURS ? `As much happens as in ${FULL_HOURS} hours, spread over all of them.\n` : '';

const figure = (number: number): string => number.toLocaleString('en-US');
const rows = (counts: Counts): string =>
  [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([what, count]) => `| ${what} | ${figure(count)} |`)
    .join('\n');
const table = (head: string, counts: Counts): string => `| ${head} | count |\n|---|---:|\n${rows(counts)}\n`;

export function reportOf(measured: Measured): string {
  const { soak, seconds } = measured;
  const verdict = soak.wrongs.length === 0 ? 'Nothing was found wrong.' : `${soak.wrongs.length} things were found wrong.`;
  const heap = heapRows(measured)
    .map(([subject, bytes]) => `| ${subject} | ${figure(bytes)} | ${figure(heapBounds[subject])} |`)
    .join('\n');
  return `# Soak

${soak.hours} hours from Monday 31 August 2026, 9:30 in New York, in virtual time: our client and the simulated gateway under one clock,
linked in memory, with nightly restarts and the weekend as they fall. Seed ${soak.seed}, ${seconds} s of true time.
Written by \`npm run soak -- --hours ${soak.hours} --seed ${soak.seed} --write\`.

One fault at a time comes and ends; four minutes later everything is looked at: orders, fills, positions and cash against the
gateway's truth, streams against their market, calls against their deadlines, and one order is cancelled. At the end no timer,
request, stream or connection may be left.
${fullness(soak.hours)}
\`test/soak/soak.test.ts\` plants faults in a client, which the same looks have to find:

${planted}

What it does not look at: client and gateway are of one hand, and what both misread in the protocol is not found.

**${verdict}**
${soak.wrongs.map((one) => `- ${one}\n`).join('')}
| what | figure |
|---|---:|
| looks at everything | ${figure(soak.looks)} |
| connections | ${figure(soak.connections)} |
| messages from the gateway | ${figure(soak.frames)} |
| streams opened, distinct | ${figure(soak.streams)}, ${figure(soak.distinctStreams)} |
| items of streams | ${figure(soak.items)} |
| calls | ${figure(soak.calls)} |
| orders, fills | ${figure(soak.orders)}, ${figure(soak.fills)} |
| orders that ended unseen before a word about them had come: they stay unclear | ${figure(soak.unknowable)} |
| visits of a second program | ${figure(soak.visits)} |

${table('faults', soak.faults)}
${table('ends of orders', soak.ends)}
${table('gaps of streams', soak.gaps)}
${table('streams that ended before they were closed', soak.streamEnds)}
${table('outcomes of calls', soak.outcomes)}
| bytes of heap kept for each | measured | bound |
|---|---:|---:|
${heap}
`;
}
