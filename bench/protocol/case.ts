// One case in its own process: `tsx bench/protocol/case.ts tickPrice decode text` prints its figures as JSON.

import { argv } from 'node:process';
import { caseOf, type What } from './cases.js';
import { allocated, nanoseconds } from './measure.js';
import type { Wire } from './messages.js';

const [name = 'mixedTick', what = 'decode', wire = 'text', budget = '700'] = argv.slice(2);
const { work, count, bytes } = caseOf(name, what as What, wire as Wire);
const ns = nanoseconds(work, count, Number(budget));
console.log(JSON.stringify({ ns, bytes: bytes / count, allocated: what === 'decode' ? allocated(work, count) : undefined }));
