// The wire as witness, for minutes: random order flow in memory, an oracle over every order that leaves. `--minutes 10 --seed 1`, as many as `--most`.
// Exits with 1 at a violation and prints the story of its seed.
import { parseArgs } from 'node:util';
import { flow } from '../test/witness/flow.js';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
    most: { type: 'string', default: 'Infinity' },
    steps: { type: 'string', default: '14' },
    quiet: { type: 'boolean' },
  },
});
Error.stackTraceLimit = 0; // thousands of refusals
const end = Date.now() + Number(values.minutes) * 60_000;
const refusals = new Map<string, number>();
let seed = Number(values.seed);
let [sequences, asked, left, broken] = [0, 0, 0, 0];
const last = seed + Number(values.most);
for (; Date.now() < end && seed < last; seed++) {
  const outcome = await flow(seed, { isQuiet: values.quiet === true, steps: Number(values.steps) });
  sequences++;
  asked += outcome.asked;
  left += outcome.left;
  for (const code of outcome.refusals) refusals.set(code, (refusals.get(code) ?? 0) + 1);
  if (outcome.violations.length + outcome.faults.length === 0) continue;
  broken++;
  if (broken <= 5) console.info(`seed ${seed}\n${[...outcome.story, ...outcome.violations, ...outcome.faults].join('\n')}\n`);
}
console.info(`${sequences} sequences, ${asked} asked, ${left} left, ${broken} sequences broken`);
console.info(
  [...refusals]
    .sort((a, b) => b[1] - a[1])
    .slice(0, 20)
    .map(([code, count]) => `${String(count).padStart(7)} ${code}`)
    .join('\n'),
);
process.exitCode = broken > 0 ? 1 : 0;
