// Writes docs/faults.md: what callers see of every fault, played in virtual time. `tsx scripts/faults-docs.ts`.

import { writeFileSync } from 'node:fs';
import { strikes } from '../test/client/faults/strikes.js';
import { cellsOf, chapter, documentOf } from '../test/client/faults/table.js';

const chapters: string[] = [];
for (const fault of Object.keys(strikes)) chapters.push(chapter(fault, await cellsOf(fault)));
writeFileSync(new URL('../docs/faults.md', import.meta.url), documentOf(chapters));
