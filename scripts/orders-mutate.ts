// Breaks the order room in a temporary copy, one place at a time, and shows that tests fail for every mutant. One process keeps what
// the tests import and reads anew only the file that was broken.
// Run: npx tsx scripts/orders-mutate.ts [--only text] [--from text] [--list]; `--from` goes on where a run broke off. Exits with 1 if a
// mutant survives or no longer fits the source.

import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createVitest, type Vitest } from 'vitest/node';
import { type Mutant, mutants, ROOT, source } from './orders-mutants.js';

type Outcome = 'dies' | 'survives' | 'does not fit';

/** The test files that fail, run in this process's workers. */
async function failing(vitest: Vitest, tests: readonly string[]): Promise<readonly string[]> {
  if (tests.length === 0) return [];
  const all = await vitest.globTestSpecifications([...tests]);
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(all);
  if (testModules.length < tests.length) throw new Error(`not all of ${tests.join(', ')} are there`);
  const failed = testModules.filter((module) => !module.ok()).map(({ moduleId }) => moduleId);
  return unhandledErrors.length > 0 ? [...failed, 'errors outside of tests'] : failed;
}

async function outcomeOf(vitest: Vitest, copy: string, { file, from, to, stages }: Mutant): Promise<Outcome> {
  const before = source(file);
  const after = before.replace(from, to);
  if (after === before) return 'does not fit';
  const put = (text: string): void => {
    writeFileSync(join(copy, file), text);
    vitest.invalidateFile(join(copy, file));
  };
  put(after);
  try {
    for (const tests of stages) if ((await failing(vitest, tests)).length > 0) return 'dies';
    return 'survives';
  } finally {
    put(before);
  }
}

async function run(all: readonly Mutant[]): Promise<void> {
  const copy = mkdtempSync(join(tmpdir(), 'ibwire-orders-mutants-'));
  for (const path of ['src', 'test', 'fixtures', 'scripts', 'docs', 'package.json', 'tsconfig.json', 'vitest.config.ts'])
    cpSync(join(ROOT, path), join(copy, path), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  // A test that only waits for the machine is no death.
  const patience = { testTimeout: 300_000, hookTimeout: 300_000 };
  const quiet = { silent: true, reporters: [{}] };
  const vitest = await createVitest('test', {
    root: copy,
    watch: false,
    bail: 1,
    maxWorkers: 1,
    isolate: false,
    ...quiet,
    ...patience,
  });
  try {
    const tests = [...new Set(all.flatMap(({ stages }) => stages[0] ?? []))];
    const broken = await failing(vitest, tests);
    if (broken.length > 0) throw new Error(`the tests fail without a mutant: ${broken.join(', ')}`);
    let failed = 0;
    for (const mutant of all) {
      const outcome = await outcomeOf(vitest, copy, mutant);
      if (outcome !== 'dies') failed++;
      console.info(`${outcome.padEnd(12)} ${mutant.name}`);
    }
    console.info(`${all.length} mutants, ${failed} not killed`);
    process.exitCode = failed > 0 ? 1 : 0;
  } finally {
    await vitest.close();
    rmSync(copy, { recursive: true, force: true });
  }
}

const text = { type: 'string', default: '' } as const;
const { values } = parseArgs({ options: { only: text, from: text, list: { type: 'boolean' } } });
const all = mutants();
const chosen = all
  .slice(all.findIndex(({ name }) => name.includes(values.from)))
  .filter(({ name }) => name.includes(values.only));
if (values.list === true) console.info(chosen.map(({ name }) => name).join('\n'));
else await run(chosen);
