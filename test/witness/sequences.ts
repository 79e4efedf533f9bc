// A share of the random sequences as one test: each share has a file of its own, so that they run side by side.

import { expect, it } from 'vitest';
import { ACTS } from './acts.js';
import { BUILDERS, GROUPS } from './drafts.js';
import { flow } from './flow.js';

const SEQUENCES = Number(process.env['SEQUENCES'] ?? 10_000);
const FIRST = Number(process.env['SEED'] ?? 1);
const SHARES = 4;
/** Of a share of that many everything is tried. */
const WHOLE = 2_000;
const NAMES = [...ACTS.map(({ name }) => name), ...Object.keys(BUILDERS), ...Object.keys(GROUPS)];

/** Runs share `share`, 1 the first. */
export function sequences(share: number): void {
  const count = Math.ceil(SEQUENCES / SHARES);
  const from = FIRST + (share - 1) * count;
  it(`${count} sequences of orders from seed ${from} on leave no short, no debit, no uncovered option, no forbidden security`, async () => {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0; // thousands of refusals
    const [tried, sent] = [new Set<string>(), new Set<string>()];
    let [asked, left] = [0, 0];
    try {
      for (let seed = from; seed < from + count; seed++) {
        const outcome = await flow(seed, { steps: 10 });
        asked += outcome.asked;
        left += outcome.left;
        for (const name of outcome.tried) tried.add(name);
        for (const name of outcome.sent) sent.add(name);
        expect([...outcome.violations, ...outcome.faults], `seed ${seed}:\n${outcome.story.join('\n')}`).toEqual([]);
      }
    } finally {
      Error.stackTraceLimit = limit;
    }
    expect(left / asked, `${left} of ${asked} left`).toBeGreaterThan(0.2);
    if (count < WHOLE) return;
    expect(NAMES.filter((name) => !tried.has(name))).toEqual([]);
    expect(sent.size, `bytes left of ${[...sent].join(', ')}`).toBeGreaterThan(45);
  }, 900_000);
}
