// Writes docs/faults.md: what callers see of every fault and of answers that are not as they should be, played in virtual time. `tsx scripts/faults-docs.ts`.

import { writeFileSync } from 'node:fs';
import { mishapsChapter } from '../test/client/faults/mishap-table.js';
import { strikes } from '../test/client/faults/strikes.js';
import { cellsOf, chapter, documentOf } from '../test/client/faults/table.js';

const chapters: string[] = [];
for (const fault of Object.keys(strikes)) chapters.push(chapter(fault, await cellsOf(fault)));
chapters.push(await mishapsChapter());
writeFileSync(new URL('../docs/faults.md', import.meta.url), documentOf(chapters));
