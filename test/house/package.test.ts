// Packs the tarball, installs it into an empty folder and imports every export, as ESM and as CJS.

import { execFile, execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { simulate } from '../../src/gateway/index.js';

const root = resolve(import.meta.dirname, '../..');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  dependencies?: Record<string, string>;
  exports: Record<string, unknown>;
};
const rooms = Object.keys(manifest.exports).filter((name) => name !== './package.json');
let folder = '';

function run(command: string, args: readonly string[], cwd: string): string {
  return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ibwire-package-'));
  run('npm', ['run', '-s', 'build:core'], root);
  const [packed] = JSON.parse(run('npm', ['pack', '--json', '--pack-destination', folder], root)) as { filename: string }[];
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  run('npm', ['install', '--offline', '--no-audit', '--no-fund', join(folder, packed?.filename ?? '')], folder);
}, 600_000); // a build, on a machine that may be busy

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the package', () => {
  it('depends on nothing', () => {
    expect(manifest.dependencies ?? {}).toEqual({});
    const listed = JSON.parse(run('npm', ['ls', '--json', '--all'], folder)) as {
      dependencies: Record<string, { dependencies?: unknown }>;
    };
    expect(Object.keys(listed.dependencies)).toEqual(['ibwire']);
    expect(listed.dependencies['ibwire']?.dependencies).toBeUndefined();
  });

  it.each(rooms)('gives the same names by import and by require: %s', (room) => {
    const name = room.replace(/^\./, 'ibwire');
    const esm = run(
      process.execPath,
      ['--input-type=module', '-e', `console.log(JSON.stringify(Object.keys(await import('${name}'))))`],
      folder,
    );
    const cjs = run(
      process.execPath,
      ['--input-type=commonjs', '-e', `console.log(JSON.stringify(Object.keys(require('${name}'))))`],
      folder,
    );
    const names = (JSON.parse(esm) as string[]).filter((key) => key !== 'default').sort();
    expect(names.length).toBeGreaterThan(0);
    expect((JSON.parse(cjs) as string[]).filter((key) => key !== 'default' && key !== '__esModule').sort()).toEqual(names);
  });

  it('has the same code for require as for import, without helpers in between', () => {
    const dist = join(folder, 'node_modules/ibwire/dist');
    const names = readdirSync(dist, { recursive: true, encoding: 'utf8' });
    const made = names.filter((name) => name.endsWith('.js') && name !== 'cli/main.js');
    expect(names.filter((name) => name.endsWith('.cjs')).sort()).toEqual(made.map((name) => name.replace(/js$/, 'cjs')).sort());
    for (const name of made) {
      const text = readFileSync(join(dist, name.replace(/js$/, 'cjs')), 'utf8');
      expect(text, name).not.toMatch(/_optionalChain|_nullishCoalesce|require\("[^"]*\.js"\)/);
      // one line more for each export, nothing else
      expect(text.length, name).toBeLessThan(readFileSync(join(dist, name), 'utf8').length * 1.05 + 16_000);
    }
  });

  it('holds what it should and no sources', () => {
    const installed = join(folder, 'node_modules/ibwire');
    for (const file of ['LICENSE', 'LICENSES.md', 'README.md', 'CHANGELOG.md', 'dist/index.d.ts', 'dist/index.d.cts']) {
      expect(existsSync(join(installed, file)), file).toBe(true);
    }
    for (const left of ['src', 'test', 'fixtures', 'scripts']) expect(existsSync(join(installed, left)), left).toBe(false);
  });

  it('holds these files at its top and nothing else', () => {
    const installed = join(folder, 'node_modules/ibwire');
    const expected = ['CHANGELOG.md', 'CONTRIBUTING.md', 'LICENSE', 'LICENSES.md', 'README.md', 'SECURITY.md'];
    expect(readdirSync(installed).sort()).toEqual([...expected, 'dist', 'docs', 'examples', 'package.json'].sort());
    const files = readdirSync(installed, { recursive: true, encoding: 'utf8' });
    expect(files.filter((file) => /\.(map|tsbuildinfo|tgz|log)$|(^|\/)\.[^/]/.test(file))).toEqual([]);
  });

  it('keeps to its size: packed, unpacked', () => {
    const [packed] = JSON.parse(run('npm', ['pack', '--json', '--dry-run'], root)) as { size: number; unpackedSize: number }[];
    expect(packed?.size).toBeLessThan(1_700_000);
    expect(packed?.unpackedSize).toBeLessThan(7_000_000);
  });

  // Measured 282, 100 and 78 kB of 640: tables are made by calls, which a bundler keeps.
  it.each([
    ['a builder alone', `import { limit } from 'ibwire'; console.log(limit('BUY', 1, 10));`, 285_000],
    ['a guard alone', `import { maxQuantity } from 'ibwire/rules'; console.log(maxQuantity(1));`, 105_000],
    ['frames alone', `import { frame } from 'ibwire/protocol'; console.log(frame(new Uint8Array(1)));`, 86_000],
  ])('gives a bundler only what is used: %s', async (_, contents, most) => {
    const { outputFiles } = await build({
      stdin: { contents, resolveDir: folder },
      bundle: true,
      write: false,
      minify: true,
      platform: 'node',
      format: 'esm',
    });
    expect(outputFiles[0]?.contents.length).toBeLessThan(most);
  });

  it('has every file that its pages link to', () => {
    const installed = join(folder, 'node_modules/ibwire');
    const pages = ['README.md', 'docs/README.md', 'examples/README.md'];
    const broken = pages.flatMap((page) =>
      [...readFileSync(join(installed, page), 'utf8').matchAll(/\]\(([^)#:]+)(#[^)]*)?\)/g)]
        .map(([, to = '']) => join(installed, dirname(page), to))
        .filter((file) => !existsSync(file)),
    );
    expect(broken).toEqual([]);
  });

  it('runs the example in CommonJS', async () => {
    await using gateway = await simulate({ seed: 1 });
    copyFileSync(join(root, 'examples/commonjs.cjs'), join(folder, 'commonjs.cjs'));
    const env = { ...process.env, IBWIRE_PORT: String(gateway.port) };
    const { stdout } = await promisify(execFile)(process.execPath, ['commonjs.cjs'], { cwd: folder, env });
    expect(stdout).toMatch(/^AAPL \d+(\.\d+)? \/ \d+(\.\d+)?\n$/);
  });

  it('has a command that tells its version', () => {
    const said = run(join(folder, 'node_modules/.bin/ibwire'), ['--version'], folder);
    expect(said.trim()).toMatch(/^\d+\.\d+\.\d+$/);
  });
});
