// Lives through random account lives for as long as told and judges every state with the oracle of the tests.
// Run: npx tsx scripts/rules-soak.ts --minutes 10 --seed 1. Prints a counterexample and exits with 1 when a state is unlawful.
import fc from 'fast-check';
import { lives, type Universe, verticals } from '../test/rules/arbitraries/sequences.js';
import { unlawful } from '../test/rules/oracle/lawful.js';
import { liveThrough, newTally } from '../test/rules/oracle/live-through.js';
import { things } from '../test/rules/oracle/model.js';

function option(name: string, fallback: number): number {
  const at = process.argv.indexOf(`--${name}`);
  const value = at < 0 ? fallback : Number(process.argv[at + 1]);
  if (!Number.isFinite(value) || value < 0) throw new Error(`--${name} wants a number, got ${process.argv[at + 1]}`);
  return value;
}

const minutes = option('minutes', 10);
const firstSeed = option('seed', 1);
const BATCH = 500;
const kinds = ['ira-cash', 'ira-margin', 'cash'] as const;
const options = things.filter((one) => one.secType === 'OPT').map((one) => one.name);

const universes: Readonly<Record<string, Universe>> = {
  everything: {
    names: ['AAA', 'BBB', 'EUU', 'BND', 'EUR.USD', 'MES', ...options],
    combos: verticals,
    groups: true,
    brackets: true,
    modify: true,
  },
  options: { names: ['AAA', ...options], combos: verticals, groups: true, modify: true },
  'loose combinations': { names: ['AAA', ...options], combos: verticals, loose: true },
  brackets: { names: ['AAA', 'BBB', 'BND', 'AAA C100 near'], brackets: true, groups: true },
  currencies: { names: ['AAA', 'EUU', 'EUR.USD', 'MES', 'MEU'], groups: true, modify: true },
};

const started = Date.now();
const tally = newTally();
let sequences = 0;
for (let seed = firstSeed; Date.now() - started < minutes * 60_000; seed++) {
  for (const [name, universe] of Object.entries(universes)) {
    const fair = seed % 2 === 0;
    const result = fc.check(
      fc.property(lives(universe, kinds), (start) => {
        const wrong = liveThrough(start, { state: unlawful, fair }, tally);
        if (wrong !== undefined) throw new Error(wrong);
      }),
      { numRuns: BATCH, seed },
    );
    sequences += result.numRuns;
    if (!result.failed) continue;
    console.log(`${name}, seed ${seed}, path ${result.counterexamplePath}: ${String(result.errorInstance)}`);
    console.log(JSON.stringify(result.counterexample, undefined, 1));
    process.exit(1);
  }
}
const share = (part: number, whole: number): string => `${Math.round((100 * part) / Math.max(1, whole))} %`;
console.log(
  `${sequences} sequences in ${Math.round((Date.now() - started) / 1000)} s from seed ${firstSeed}: no unlawful state. ${tally.asked} checks, accepted ${share(tally.accepted, tally.asked)}, ` +
    `written options ${share(tally.writtenAccepted, tally.written)}, combinations ${share(tally.combosAccepted, tally.combos)}`,
);
