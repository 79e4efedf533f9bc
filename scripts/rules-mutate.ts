// Breaks each rule in turn in a temporary copy (drops it, flips its comparisons) and shows that tests fail for every one.
// Run: npx tsx scripts/rules-mutate.ts [--every] [--only text]. `--every` flips each comparison, not only the first of a file.
// Exits with 1 if a mutant survives.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { ruleCodes } from '../src/rules/book/list.js';

const ROOT = resolve(import.meta.dirname, '..');
const ROOMS = ['book'];
/** Files that hold no row of their own but decide for several. */
const ENGINE = [
  'facts/opening-margin.ts',
  'facts/assignment.ts',
  'facts/partnership.ts',
  'facts/day-trade-limit.ts',
  'engine/assess.ts',
  'engine/option-requirement.ts',
  'engine/layout.ts',
  'engine/vertices.ts',
];
const FLIP: Readonly<Record<string, string>> = { '<': '>=', '>': '<=', '<=': '>', '>=': '<', '===': '!==', '!==': '===' };

interface Mutant {
  readonly name: string;
  readonly file: string;
  readonly source: string;
}

/** A comparison marked so decides no verdict: it words a remedy, guards against malformed data or only saves time. */
const isSpared = (line: string): boolean =>
  /facts = |most|undefined|typeof|Array\.isArray|^\s*(\/\/|\*|import|export interface)|length|\? \[\]/.test(line);

function dropped(): Mutant[] {
  const file = 'check.ts';
  const source = readFileSync(join(ROOT, 'src/rules', file), 'utf8');
  const all = 'Object.entries(ruleCodes)';
  return Object.keys(ruleCodes).map((code) => ({
    name: `drop ${code}`,
    file,
    source: source.replace(all, `${all}.filter(([code]) => code !== '${code}')`),
  }));
}

function flipped(file: string): Mutant[] {
  const lines = readFileSync(join(ROOT, 'src/rules', file), 'utf8').split('\n');
  return lines.flatMap((line, at) => {
    if (isSpared(line)) return [];
    return [...line.matchAll(/ (<=|>=|<|>|===|!==) /g)].map(({ 1: operator = '', index }): Mutant => {
      const changed = `${line.slice(0, index)} ${FLIP[operator]} ${line.slice(index + operator.length + 2)}`;
      return { name: `flip ${file}:${at + 1} ${operator}`, file, source: lines.with(at, changed).join('\n') };
    });
  });
}

function mutants(): Mutant[] {
  const rooms = ROOMS.flatMap((room) => readdirSync(join(ROOT, 'src/rules', room)).map((name) => `${room}/${name}`));
  const isEvery = process.argv.includes('--every');
  return [...dropped(), ...[...rooms, ...ENGINE].sort().flatMap((file) => (isEvery ? flipped(file) : flipped(file).slice(0, 1)))];
}

/** In the copy: runs both case files in this process. Exit code 1 means that a case failed. */
async function judge(): Promise<void> {
  const { runCases } = await import(resolve(process.cwd(), 'test/rules/cases.ts'));
  const fixture = (name: string): Buffer => readFileSync(resolve(process.cwd(), 'fixtures/rules', name));
  const files = [gunzipSync(fixture('cases-public.json.gz')), fixture('examples.json')];
  const failed = files.reduce((sum, file) => sum + runCases(JSON.parse(file.toString('utf8'))).failed, 0);
  process.exitCode = failed > 0 ? 1 : 0;
}

function copyProject(): string {
  const copy = mkdtempSync(join(tmpdir(), 'ibwire-mutants-'));
  for (const path of [
    'src/rules',
    'test/rules',
    'fixtures/rules',
    'scripts/rules-docs.ts',
    'scripts/rules-mutate.ts',
    'package.json',
    'tsconfig.json',
    'vitest.config.ts',
  ]) {
    cpSync(join(ROOT, path), join(copy, path), { recursive: true });
  }
  rmSync(join(copy, 'test/rules/docs.test.ts'));
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

const isKilledBy = (copy: string, command: string, args: readonly string[]): boolean =>
  spawnSync(command, args, { cwd: copy, stdio: 'ignore', timeout: 180_000 }).status !== 0;

function main(only: string | undefined): void {
  const copy = copyProject();
  const survivors: string[] = [];
  const all = mutants().filter(({ name }) => only === undefined || name.includes(only));
  let byCases = 0;
  try {
    if (isKilledBy(copy, 'npx', ['tsx', 'scripts/rules-mutate.ts', '--judge']))
      throw new Error('the cases fail without a mutant');
    for (const { name, file, source } of all) {
      const path = join(copy, 'src/rules', file);
      const original = readFileSync(path, 'utf8');
      writeFileSync(path, source);
      if (isKilledBy(copy, 'npx', ['tsx', 'scripts/rules-mutate.ts', '--judge'])) byCases++;
      else if (!isKilledBy(copy, 'npx', ['vitest', 'run', 'test/rules', '--bail', '1'])) {
        survivors.push(name);
        console.log(`survived: ${name}`);
      }
      writeFileSync(path, original);
    }
  } finally {
    rmSync(copy, { recursive: true });
  }
  console.log(
    `${all.length} mutants: ${byCases} killed by the case files, ${all.length - byCases - survivors.length} by the properties, ${survivors.length} survived`,
  );
  process.exitCode = survivors.length > 0 ? 1 : 0;
}

const at = process.argv.indexOf('--only');
if (process.argv.includes('--judge')) await judge();
else if (process.argv.includes('--list')) for (const { name } of mutants()) console.log(name);
else main(at < 0 ? undefined : process.argv[at + 1]);
