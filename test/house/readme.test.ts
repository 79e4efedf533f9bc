// The README is run: its program against the simulated gateway, its commands against package.json.

import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildProgram } from '../../src/cli/program.js';
import { simulate } from '../../src/gateway/simulate.js';
import { run, silentIo } from '../cli/run-cli.js';

const root = resolve(import.meta.dirname, '../..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
  exports: object;
  engines: { node: string };
};
const programs = [...readme.matchAll(/```js\n([\s\S]*?)```/g)].map(([, text]) => text ?? '');
const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
let folder = '';
beforeAll(() => {
  folder = emptyFolder();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the README', () => {
  it('has a first program that prints a price, fills an order and ends by itself, as it is pasted', async () => {
    const said = await pasted(programs[0] ?? '');
    expect(said.err).toBe('');
    expect(said.out).toMatch(/^AAPL \d+(\.\d+)?, bid \d+(\.\d+)?, ask \d+(\.\d+)?\nfilled: 1 at \d+\.\d+ \{ USD: 1\.\d+ \} \n$/);
    expect(said.code).toBe(0);
  });

  it('shows what that program prints', () => {
    expect(readme).toMatch(/\$ node first\.mjs\nAAPL [\d.]+, bid [\d.]+, ask [\d.]+\nfilled: 1 at [\d.]+ \{ USD: 1\.\d+ \}\n/);
  });

  it('has a second program that reads bars, accounts, positions and a stream, and ends by itself', async () => {
    const said = await pasted(programs[1] ?? '');
    expect(said.err).toBe('');
    expect(said.out).toMatch(/^\d+ bars, the last closed at \d+(\.\d+)?\nDU9000001 INDIVIDUAL\nDU9000001 AAPL 100\n/);
    expect(said.out.trimEnd().split('\n')).toHaveLength(6);
    expect(said.code).toBe(0);
  });

  it('is written for the oldest Node it names', () => {
    expect(programs).toHaveLength(2);
    for (const text of programs) expect(text).not.toContain('await using');
    expect(readme).toContain(manifest.engines.node.replace('>=', 'Node '));
  });

  it('says truly which commands take --simulate: all that ask a gateway', async () => {
    const commands = buildProgram(silentIo).commands.flatMap((one) => (one.commands.length > 0 ? one.commands : [one]));
    const asking = commands.filter(({ options }) => options.some(({ long }) => long === '--client-id'));
    expect(asking.length).toBeGreaterThan(12);
    for (const one of asking)
      expect(
        one.options.map(({ long }) => long),
        one.name(),
      ).toContain('--simulate');
    const row = /^\| `npx ibwire`.*?`([^`]+)`/m.exec(readme.replace('| `npx ibwire` |', '| `npx ibwire`'))?.[1] ?? '';
    const names = buildProgram(silentIo).commands.map((one) => one.name());
    for (const name of row.split(' ').filter((word) => /^[a-z]+$/.test(word))) expect(names).toContain(name);
  });

  it('names commands that run', async () => {
    const lines = [...readme.matchAll(/`npx ibwire ([a-z][^`]* --simulate[^`]*)`/g)].map(([, line]) => line ?? '');
    expect(lines.length).toBeGreaterThan(1);
    for (const line of lines) {
      const { code, beside } = await run(line.split(/\s+/));
      expect(code, `${line}: ${beside.join(' ')}`).toBe(0);
    }
  });

  it('names only commands and exports that there are', () => {
    for (const [, name] of readme.matchAll(/npm run (?:-s )?([a-z:]+)/g)) expect(Object.keys(manifest.scripts)).toContain(name);
    for (const [, name] of readme.matchAll(/^\| `ibwire(\/[a-z]+)?` \|/gm))
      expect(Object.keys(manifest.exports)).toContain(`.${name ?? ''}`);
    expect(readme).toContain('npm ci && npm test');
  });
});

/** What `npm init -y` and `npm i ibwire` leave behind, with the sources in place of the package. */
function emptyFolder(): string {
  const made = mkdtempSync(join(tmpdir(), 'ibwire-readme-'));
  const installed = join(made, 'node_modules/ibwire');
  mkdirSync(installed, { recursive: true });
  writeFileSync(join(made, 'package.json'), '{ "name": "first", "version": "1.0.0", "type": "commonjs" }');
  writeFileSync(join(installed, 'package.json'), '{ "name": "ibwire", "type": "module", "exports": { ".": "./index.js" } }');
  writeFileSync(join(installed, 'index.js'), `export * from ${JSON.stringify(pathToFileURL(join(root, 'src/index.ts')).href)}`);
  return made;
}

/** Runs a program as it is pasted, but for the port; the gateway goes on in this process. */
async function pasted(text: string): Promise<{ out: string; err: string; code: number | null }> {
  const accounts = [{ kind: 'individual-margin', holdings: { AAPL: 100 } }] as const;
  await using gateway = await simulate({ seed: 1, accounts });
  const here = text.replace('port: 4002', `port: ${gateway.port}`);
  expect(here).toContain(`port: ${gateway.port}`);
  writeFileSync(join(folder, 'first.mjs'), here);
  const child = spawn(process.execPath, ['--import', loader, 'first.mjs'], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, err] = ['', ''];
  child.stdout.on('data', (bytes: Buffer) => {
    out += bytes.toString();
  });
  child.stderr.on('data', (bytes: Buffer) => {
    err += bytes.toString();
  });
  const code = await new Promise<number | null>((done) => child.once('close', done));
  return { out, err, code };
}
