// A kind decoded by its compiled function, or by cutting a string per field and converting it: nanoseconds per message.

import { caseOf, splitDecoding } from '../protocol/cases.js';
import { medianOf } from '../summary.js';

const [kind = 'openOrder', how = 'compiled'] = process.argv.slice(2);
const { work, count } = caseOf(kind, 'decode', 'text');
const run = how === 'cut' ? splitDecoding(kind, count, 'each') : work;
const BATCH = 40;
const times = Array.from({ length: 25 }, () => {
  const began = process.cpuUsage();
  for (let at = 0; at < BATCH; at++) run();
  const { user, system } = process.cpuUsage(began);
  return ((user + system) * 1000) / BATCH / count;
});
// The first rounds warm up.
const ns = medianOf(times.slice(5));
process.stdout.write(`${JSON.stringify({ ns })}\n`);
