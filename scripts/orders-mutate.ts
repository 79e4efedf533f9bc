// Breaks the order room in a temporary copy, one place at a time, and shows that tests fail for every mutant. One process keeps what
// the tests import and reads anew only the file that was broken.
// Run: npx tsx scripts/orders-mutate.ts [--only text] [--list]. Exits with 1 if a mutant survives or no longer fits the source.

import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createVitest, type Vitest } from 'vitest/node';
import { type Mutant, mutants, ROOT, source } from './orders-mutants.js';

type Outcome = 'dies' | 'survives' | 'does not fit';

/** The tests of a set of files, run in this process's workers. True: they pass. */
async function passes(vitest: Vitest, tests: readonly string[]): Promise<boolean> {
  const all = await vitest.globTestSpecifications([...tests]);
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(all);
  if (testModules.length < tests.length) throw new Error(`not all of ${tests.join(', ')} are there`);
  return unhandledErrors.length === 0 && testModules.every((module) => module.ok());
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
    for (const tests of stages) if (!(await passes(vitest, tests))) return 'dies';
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
  const options = { root: copy, watch: false, bail: 1, silent: true, reporters: [{}], maxWorkers: 1, isolate: false };
  const vitest = await createVitest('test', options);
  try {
    const tests = [...new Set(all.flatMap(({ stages }) => stages[0] ?? []))];
    if (!(await passes(vitest, tests))) throw new Error(`the tests fail without a mutant: ${tests.join(', ')}`);
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

const { values } = parseArgs({ options: { only: { type: 'string' }, list: { type: 'boolean' } } });
const chosen = mutants().filter(({ name }) => name.includes(values.only ?? ''));
if (values.list === true) console.info(chosen.map(({ name }) => name).join('\n'));
else await run(chosen);
