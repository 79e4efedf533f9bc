// Links of the pages lead somewhere: to files that are there, and to headings that are in them. So do paths and commands.

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildProgram } from '../../src/cli/program.js';
import { run, silentIo } from '../cli/run-cli.js';
import { pages, root } from './pages.js';

const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
const outsideOfCode = (text: string): string => text.replaceAll(/^```[\s\S]*?^```$/gm, '').replaceAll(/`[^`\n]*`/g, '');

/** Headings as links name them: small letters, blanks as dashes, nothing else that is no letter or digit. */
function anchorsOf(text: string): ReadonlySet<string> {
  const headings = [...text.replaceAll(/^```[\s\S]*?^```$/gm, '').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading);
  const named = [...text.matchAll(/<a (?:id|name)="([^"]+)"/g)].map(([, name = '']) => name);
  return new Set([
    ...named,
    ...headings.map((heading) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\- _]/gu, '')
        .replaceAll(' ', '-'),
    ),
  ]);
}

const links = pages.flatMap(({ path, text }) =>
  [...outsideOfCode(text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, to = '']) => ({ from: path, to })),
);

describe('the pages', () => {
  it('link to files and headings that are there', () => {
    expect(links.length).toBeGreaterThan(60);
    const broken = links.filter(({ from, to }) => {
      if (/^https?:/.test(to)) return false;
      const [path = '', anchor] = to.split('#');
      const file = path === '' ? join(root, from) : resolve(root, dirname(from), path);
      if (!existsSync(file)) return true;
      return anchor !== undefined && !anchorsOf(readFileSync(file, 'utf8')).has(anchor);
    });
    expect(broken).toEqual([]);
  });

  it('are all reached from the README', () => {
    const reached = new Set(['README.md']);
    for (const page of reached) {
      const text = readFileSync(join(root, page), 'utf8');
      for (const [, to = ''] of outsideOfCode(text).matchAll(/\]\(([^)#\s]+\.md)[^)]*\)/g))
        reached.add(relative(root, resolve(root, dirname(page), to)));
    }
    expect(pages.map(({ path }) => path).filter((path) => !reached.has(path))).toEqual([]);
  });

  it('name files of the repository that are there', () => {
    const named = pages
      .filter(({ path }) => path !== 'CHANGELOG.md')
      .flatMap(({ path, text }) =>
        [...text.matchAll(/`((?:src|test|scripts|bench|fixtures|examples|packages|apps)\/[\w./-]+)`/g)].map(([, file = '']) => ({
          path,
          file,
        })),
      );
    expect(named.length).toBeGreaterThan(40);
    expect(named.filter(({ file }) => !existsSync(join(root, file)))).toEqual([]);
  });

  it('name scripts and commands that there are', () => {
    const commands = new Set(buildProgram(silentIo).commands.map((one) => one.name()));
    for (const { path, text } of pages) {
      for (const [, name = ''] of text.matchAll(/npm run (?:-s )?([a-z:]+)/g)) expect(Object.keys(scripts), path).toContain(name);
      for (const [, name = ''] of text.matchAll(/npx ibwire ([a-z]+)/g)) expect([...commands], path).toContain(name);
    }
  });

  it('show command lines that run', { timeout: 60_000 }, async () => {
    const lines = pages
      .filter(({ path }) => path === 'docs/command-line.md')
      .flatMap(({ blocks }) => blocks.filter(({ language }) => language === 'sh').flatMap(({ text }) => text.split('\n')))
      .map((line) => line.replace(/#.*/, '').trim())
      .filter((line) => line.includes('--simulate'));
    expect(lines.length).toBeGreaterThan(12);
    const ends = await Promise.all(lines.map((line) => run(line.split(/\s+/).slice(2), { env: {} })));
    const wanted = (line: string): number => (line.includes('sell 500') ? 4 : 0);
    for (const [at, { code, beside }] of ends.entries()) {
      const line = lines[at] ?? '';
      expect(code, `${line}: ${beside.join(' ')}`).toBe(wanted(line));
    }
  });
});
