// Writes docs/faults.md: what callers see of every fault, as it was measured just now. `tsx scripts/faults-docs.ts`.

import { writeFileSync } from 'node:fs';
import { families, faults, PROBE, play, SILENCE, TIMEOUT } from '../test/client/faults/matrix.js';

const names = Object.keys(families);
const lines = [
  '# Faults and what callers see',
  '',
  'Every fault of the simulated gateway against every family of conversation, over loopback, each pair with a gateway of its',
  `own. Calls gave up after ${TIMEOUT} ms, the link was probed after ${SILENCE} ms of silence and left ${PROBE} ms later; the`,
  'defaults are longer. Times are milliseconds until a call settled or a stream had proven that it lives (240 ms live); they',
  'are of one run on a small shared machine. Written by `scripts/faults-docs.ts`.',
  '',
  'A stream that is `silent (opening)` here is asked again by itself after 30 s and reported as `stale` when that brings',
  'nothing either; one that another login has silenced is asked for again after 30 s, then ever more slowly.',
  '',
];
for (const fault of Object.keys(faults)) {
  lines.push(`## ${fault}`, '', '| family | outcome | ms |', '|---|---|---:|');
  for (let at = 0; at < names.length; at += 4) {
    const cells = await Promise.all(names.slice(at, at + 4).map((family) => play(fault, family)));
    for (const { family, outcome, ms } of cells) lines.push(`| ${family} | ${outcome} | ${ms} |`);
  }
  lines.push('');
}
writeFileSync(new URL('../docs/faults.md', import.meta.url), lines.join('\n'));
process.exit(0);
