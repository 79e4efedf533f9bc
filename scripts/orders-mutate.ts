// Breaks the order room in a temporary copy, one place at a time, and shows that the narrow tests fail for every mutant. One process
// keeps what the tests import and reads anew only the file that was broken.
// Run: npx tsx scripts/orders-mutate.ts [--only text] [--list]. Exits with 1 if a mutant survives or no longer fits the source.

import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { createVitest, type Vitest } from 'vitest/node';
import { ruleCodes } from '../src/rules/book/list.js';

const ROOT = resolve(import.meta.dirname, '..');

interface Mutant {
  readonly name: string;
  readonly file: string;
  readonly from: string | RegExp;
  readonly to: string;
  readonly tests: readonly string[];
}
type Outcome = 'dies' | 'survives' | 'does not fit';

const source = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

/** Every field that is refused, called harmless; every understood one, no longer on the list. */
function fields(): Mutant[] {
  const file = 'src/rules/fields.ts';
  let table = '';
  return [...source(file).matchAll(/^export const (\w+): Table|^ {2}(\w+): '(refused|understood)',$/gm)].flatMap(
    (found): Mutant[] => {
      const [line, opened, field, was] = found;
      if (opened !== undefined) table = opened;
      if (field === undefined) return [];
      // A name may stand in several tables: only the line of this one is broken.
      const from = new RegExp(`(export const ${table}: Table[^}]*?\\n)${line}`);
      const to = `$1  ${field}: ${was === 'refused' ? "'harmless: mutant'" : "'refused'"},`;
      return [{ name: `${was} ${field} of ${table}`, file, from, to, tests: ['test/rules/field-list.test.ts'] }];
    },
  );
}

/** Every row of the rule book, dropped. */
function rules(): Mutant[] {
  const all = 'Object.entries(ruleCodes)';
  return Object.keys(ruleCodes).map(
    (code): Mutant => ({
      name: `drop ${code}`,
      file: 'src/rules/check.ts',
      from: new RegExp(all.replace(/[()]/g, '\\$&')),
      to: `${all}.filter(([code]) => code !== '${code}')`,
      tests: ['test/rules/cases.test.ts', 'test/rules/fields.test.ts', 'test/rules/field-list.test.ts'],
    }),
  );
}

/** Every kind of request that may trade, off the list of what a read-only session refuses. */
function readOnly(): Mutant[] {
  const file = 'src/client/session/order-gate.ts';
  return ['placeOrder', 'cancelOrder', 'reqGlobalCancel', 'exerciseOptions'].map((kind): Mutant => {
    const from = new RegExp(`(new Set<OrderKind>\\(\\[[^\\]]*?)'${kind}',?`);
    return { name: `read-only lets ${kind} pass`, file, from, to: '$1', tests: ['test/client/orders/send/raw.test.ts'] };
  });
}

/** A child whose parent was not known yet: never sent again, sent at once, sent though it was cancelled, sent unjudged. */
function childRetry(): Mutant[] {
  const file = 'src/client/orders/send/retry.ts';
  const tests = ['test/client/orders/trades/outbound.test.ts'];
  return [
    { name: 'child retry dropped', file, from: /core\.timer\.after\(CHILD_RETRY_MS, /, to: 'void (', tests },
    { name: 'child retry ignores a cancel', file, from: ' || trade.record.isCancelAsked', to: '', tests },
    { name: 'child retry ignores an end', file, from: 'isEnd(trade.state) || trade.record', to: 'trade.record', tests },
    { name: 'child retry is not judged', file, from: /return pass\(desk.*\);/, to: 'return [];', tests },
  ];
}

/** The tests of a set of files, run in this process's workers. True: they pass. */
async function passes(vitest: Vitest, tests: readonly string[]): Promise<boolean> {
  const all = await vitest.globTestSpecifications([...tests]);
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(all);
  if (testModules.length < tests.length) throw new Error(`not all of ${tests.join(', ')} are there`);
  return unhandledErrors.length === 0 && testModules.every((module) => module.ok());
}

async function outcomeOf(vitest: Vitest, copy: string, { file, from, to, tests }: Mutant): Promise<Outcome> {
  const before = source(file);
  const after = before.replace(from, to);
  if (after === before) return 'does not fit';
  const put = (text: string): void => {
    writeFileSync(join(copy, file), text);
    vitest.invalidateFile(join(copy, file));
  };
  put(after);
  try {
    return (await passes(vitest, tests)) ? 'survives' : 'dies';
  } finally {
    put(before);
  }
}

async function run(mutants: readonly Mutant[]): Promise<void> {
  const copy = mkdtempSync(join(tmpdir(), 'ibwire-orders-mutants-'));
  for (const path of ['src', 'test', 'fixtures', 'scripts', 'docs', 'package.json', 'tsconfig.json', 'vitest.config.ts'])
    cpSync(join(ROOT, path), join(copy, path), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  const options = { root: copy, watch: false, bail: 1, silent: true, reporters: [{}], maxWorkers: 1, isolate: false };
  const vitest = await createVitest('test', options);
  try {
    const tests = [...new Set(mutants.flatMap((mutant) => mutant.tests))];
    if (!(await passes(vitest, tests))) throw new Error(`the tests fail without a mutant: ${tests.join(', ')}`);
    let failed = 0;
    for (const mutant of mutants) {
      const outcome = await outcomeOf(vitest, copy, mutant);
      if (outcome !== 'dies') failed++;
      console.info(`${outcome.padEnd(12)} ${mutant.name}`);
    }
    console.info(`${mutants.length} mutants, ${failed} not killed`);
    process.exitCode = failed > 0 ? 1 : 0;
  } finally {
    await vitest.close();
    rmSync(copy, { recursive: true, force: true });
  }
}

const { values } = parseArgs({ options: { only: { type: 'string' }, list: { type: 'boolean' } } });
const mutants = [...fields(), ...rules(), ...readOnly(), ...childRetry()].filter(({ name }) => name.includes(values.only ?? ''));
if (values.list === true) console.info(mutants.map(({ name }) => name).join('\n'));
else await run(mutants);
