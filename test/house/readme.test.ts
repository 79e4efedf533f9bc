// The README is run: its program against the simulated gateway, its commands against package.json.

import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { simulate } from '../../src/gateway/simulate.js';

const root = resolve(import.meta.dirname, '../..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
  exports: object;
};
const program = /```ts\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

describe('the README', () => {
  it('runs: its program connects, fetches bars, streams a quote and fills an order', async () => {
    await using gateway = await simulate({ seed: 1 });
    const folder = mkdtempSync(join(tmpdir(), 'ibwire-readme-'));
    try {
      const file = join(folder, 'readme.mts');
      const here = program
        .replace("'ibwire'", JSON.stringify(pathToFileURL(join(root, 'src/index.ts')).href))
        .replace('port: 4002', `port: ${gateway.port}`)
        .replace('187.50', '1000.00');
      expect(here).toContain(`port: ${gateway.port}`);
      writeFileSync(file, `${here}\nconsole.log('end', end.at, String(end.filled))\n`);
      const { child, ended } = run(file);
      const said = await ended;
      expect(said.err).toBe('');
      expect(said.out).toMatch(/end filled 100\n$/);
      expect(child.exitCode).toBe(0);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('names only commands and exports that there are', () => {
    for (const [, name] of readme.matchAll(/npm run (?:-s )?([a-z:]+)/g)) expect(Object.keys(manifest.scripts)).toContain(name);
    for (const [, name] of readme.matchAll(/^\| `ibwire(\/[a-z]+)?` \|/gm))
      expect(Object.keys(manifest.exports)).toContain(`.${name ?? ''}`);
    expect(readme).toContain('npm ci && npm test');
  });

  it('links to files that are there', () => {
    const links = [...readme.matchAll(/\]\(([^)]+)\)/g)].map(([, to]) => to ?? '');
    expect(links.length).toBeGreaterThan(3);
    for (const to of links) expect(() => readFileSync(join(root, to)), to).not.toThrow();
  });
});

/** A process of its own; the gateway goes on in this one. */
function run(file: string): { child: ReturnType<typeof spawn>; ended: Promise<{ out: string; err: string }> } {
  const child = spawn(process.execPath, ['--import', loader, file], { stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let err = '';
  child.stdout?.on('data', (bytes: Buffer) => {
    out += bytes.toString();
  });
  child.stderr?.on('data', (bytes: Buffer) => {
    err += bytes.toString();
  });
  return { child, ended: new Promise((done) => child.once('close', () => done({ out, err }))) };
}
