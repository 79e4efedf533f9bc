// Breaks the order room in a temporary copy, one place at a time, and shows that the narrow tests fail for every mutant.
// Run: npx tsx scripts/orders-mutate.ts [--only text] [--list]. Exits with 1 if a mutant survives or no longer fits the source.

import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ruleCodes } from '../src/rules/book/list.js';

const ROOT = resolve(import.meta.dirname, '..');
const MONEY = ['test/client/orders/money-cases.test.ts', 'test/client/orders/money-cases-guards.test.ts'];
const FIELDS = ['test/rules/fields.test.ts', ...MONEY];

interface Mutant {
  readonly name: string;
  readonly file: string;
  readonly from: string | RegExp;
  readonly to: string;
  readonly tests: readonly string[];
}

const source = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

/** Every field that is refused, called harmless; every understood one, no longer on the list. */
function fields(): Mutant[] {
  const file = 'src/rules/fields.ts';
  return [...source(file).matchAll(/^ {2}(\w+): '(refused|understood)',$/gm)].map(([from, field, was]): Mutant => {
    const to = was === 'refused' ? `  ${field}: 'harmless: mutant',` : `  ${field}: 'refused',`;
    return { name: `${was} ${field}`, file, from, to, tests: FIELDS };
  });
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
      tests: ['test/rules/cases.test.ts', 'test/rules/fields.test.ts'],
    }),
  );
}

/** Every kind of request that may trade, off the list of what a read-only session refuses. */
function readOnly(): Mutant[] {
  const file = 'src/client/session/order-gate.ts';
  return ['placeOrder', 'cancelOrder', 'reqGlobalCancel', 'exerciseOptions'].map((kind): Mutant => {
    const from = new RegExp(`(new Set<OrderKind>\\(\\[[^\\]]*?)'${kind}',?`);
    return {
      name: `read-only lets ${kind} pass`,
      file,
      from,
      to: '$1',
      tests: ['test/client/session', 'test/client/orders/trades/outbound.test.ts'],
    };
  });
}

function run(copy: string, { file, from, to, tests }: Mutant): 'dies' | 'survives' | 'does not fit' {
  const before = source(file);
  const after = before.replace(from, to);
  if (after === before) return 'does not fit';
  writeFileSync(join(copy, file), after);
  const { status } = spawnSync('npx', ['vitest', 'run', '--bail=1', ...tests], { cwd: copy, stdio: 'ignore' });
  writeFileSync(join(copy, file), before);
  return status === 0 ? 'survives' : 'dies';
}

const { values } = parseArgs({ options: { only: { type: 'string' }, list: { type: 'boolean' } } });
const mutants = [...fields(), ...rules(), ...readOnly()].filter(({ name }) => name.includes(values.only ?? ''));
if (values.list === true) console.info(mutants.map(({ name }) => name).join('\n'));
else {
  const copy = mkdtempSync(join(tmpdir(), 'ibwire-orders-mutants-'));
  try {
    for (const path of ['src', 'test', 'fixtures', 'scripts', 'package.json', 'tsconfig.json', 'vitest.config.ts'])
      cpSync(join(ROOT, path), join(copy, path), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
    let failed = 0;
    for (const mutant of mutants) {
      const outcome = run(copy, mutant);
      if (outcome !== 'dies') failed++;
      console.info(`${outcome.padEnd(12)} ${mutant.name}`);
    }
    console.info(`${mutants.length} mutants, ${failed} not killed`);
    process.exitCode = failed > 0 ? 1 : 0;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}
