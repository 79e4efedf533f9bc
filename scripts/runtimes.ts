// Runs the package as it is published in every runtime that npm has: `npm run runtimes`. Writes docs/runtimes.md.
import { execFile, execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { simulate } from '../src/gateway/index.js';

const root = resolve(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'ibwire-runtimes-'));
const smoke = 'scripts/runtimes/smoke.mjs';

interface Runtime {
  readonly name: string;
  /** The npm package that brings it. */
  readonly from: string;
  /** The program of that package. */
  readonly program: string;
  /** What it runs, and what stands before the file on its command line. */
  readonly runs: readonly (readonly [file: string, ...before: readonly string[]])[];
}

const node = (version: number): Runtime => ({
  name: `Node ${version}`,
  from: `node@${version}`,
  program: 'node/bin/node',
  runs: [[smoke]],
});

const runtimes: readonly Runtime[] = [
  ...[20, 22, 24, 26].map(node),
  { name: 'Bun', from: 'bun', program: '.bin/bun', runs: [[smoke], ['examples/with-bun.js']] },
  {
    name: 'Deno',
    from: 'deno',
    program: '.bin/deno',
    runs: [
      [smoke, 'run', '-A'],
      ['examples/with-deno.js', 'run', '--allow-net', '--allow-env'],
    ],
  },
];

function npm(args: readonly string[], cwd: string): string {
  return execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** The package, packed and installed as a user has it. */
function installed(): string {
  npm(['run', '-s', 'build:core'], root);
  const [packed] = JSON.parse(npm(['pack', '--json', '--pack-destination', folder], root)) as { filename: string }[];
  const home = join(folder, 'home');
  mkdirSync(home);
  writeFileSync(join(home, 'package.json'), '{ "private": true, "type": "module" }');
  npm(['install', '--no-audit', '--no-fund', join(folder, packed?.filename ?? '')], home);
  return home;
}

/** Where a runtime is, or why npm has none. */
function bring({ from, program }: Runtime): string | undefined {
  const home = join(folder, from.replaceAll('@', '-'));
  mkdirSync(home);
  try {
    npm(['install', '--no-audit', '--no-fund', '--prefix', home, from], home);
  } catch (error) {
    const { stderr } = error as { stderr?: string };
    if (stderr?.includes('ETARGET') === true) return undefined;
    throw error;
  }
  const path = join(home, 'node_modules', program);
  if (!existsSync(path)) throw new Error(`${from} has no ${program}`);
  return path;
}

await using gateway = await simulate({ seed: 1 });
const home = installed();
const rows: string[] = [];
let failed = 0;
for (const runtime of runtimes) {
  const program = bring(runtime);
  if (program === undefined) {
    rows.push(`| ${runtime.name} | not on npm | |`);
    continue;
  }
  const version = execFileSync(program, ['--version'], { encoding: 'utf8' }).split('\n')[0]?.trim() ?? '';
  for (const [file, ...before] of runtime.runs) {
    const name = file.split('/').at(-1) ?? file;
    copyFileSync(join(root, file), join(home, name));
    const env = { ...process.env, IBWIRE_PORT: String(gateway.port) };
    const said = await promisify(execFile)(program, [...before, name], { cwd: home, env, timeout: 120_000 }).then(
      ({ stdout }) => stdout.trim(),
      (error: { stderr: string; message: string }) => {
        failed++;
        return `FAILED: ${(error.stderr || error.message).trim().split('\n')[0]}`;
      },
    );
    rows.push(`| ${runtime.name} | ${version} | \`${name}\`: ${said} |`);
    console.log(rows.at(-1));
  }
}
const page = `# Runtimes

The package as it is published (packed, installed into an empty folder), run by each runtime as npm has it: \`npm run runtimes\`.
\`${smoke}\` imports every entry, starts a simulated gateway, connects, asks for a quote and bars, and places an order that fills.

| runtime | version | what ran, and what it said |
|---|---|---|
${rows.join('\n')}
`;
writeFileSync(join(root, 'docs/runtimes.md'), page);
process.exitCode = failed > 0 ? 1 : 0;
