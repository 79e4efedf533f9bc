// Walks the imports of src: rooms have one-way doors, and nothing goes round in a circle.

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const src = resolve(import.meta.dirname, '../../src');
const rooms: Readonly<Record<string, readonly string[]>> = {
  input: [],
  protocol: ['input'],
  rules: ['input', 'protocol'],
  capture: ['input', 'protocol'],
  client: ['input', 'protocol', 'rules', 'capture'],
  gateway: ['input', 'protocol', 'capture'],
  compat: ['input', 'protocol', 'client'],
  cli: ['input', 'protocol', 'rules', 'capture', 'client', 'gateway'],
};
/** Packages that may be imported, and by which room. `node:` is free except where it is not. */
const packages: Readonly<Record<string, readonly string[]>> = {
  'big.js': ['rules', 'client', 'gateway', 'index.ts'],
  '@msgpack/msgpack': ['capture'],
  eventemitter3: ['client', 'compat'],
  commander: ['cli'],
  'cli-table3': ['cli'],
  picocolors: ['cli'],
};

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

function importsOf(file: string): Import[] {
  const text = readFileSync(file, 'utf8');
  const found: Import[] = [];
  const statement = /^\s*(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]/gm;
  for (const match of text.matchAll(statement)) found.push({ from: file, to: match[2] ?? '', typeOnly: match[1] !== undefined });
  for (const match of text.matchAll(/\bimport\(\s*['"]([^'"]+)['"]/g))
    found.push({ from: file, to: match[1] ?? '', typeOnly: false });
  return found;
}

const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => join(src, name));
const imports = files.flatMap(importsOf);
const roomOf = (file: string): string => relative(src, file).split('/')[0] ?? '';
const isLocal = (to: string): boolean => to.startsWith('.');
const target = (one: Import): string => resolve(dirname(one.from), one.to.replace(/\.js$/, '.ts'));

describe('doors', () => {
  it('reads a tree that is there', () => {
    expect(files.length).toBeGreaterThan(100);
    expect(imports.length).toBeGreaterThan(300);
  });

  it('lets each room import only the rooms it may', () => {
    const wrong = imports
      .filter((one) => isLocal(one.to))
      .filter((one) => {
        const from = roomOf(one.from);
        const to = roomOf(target(one));
        return from !== to && from !== 'index.ts' && !(rooms[from] ?? []).includes(to);
      })
      .map((one) => `${relative(src, one.from)} -> ${one.to}`);
    expect(wrong).toEqual([]);
  });

  it('lets rules see only the types of the protocol', () => {
    const wrong = imports
      .filter((one) => isLocal(one.to) && roomOf(one.from) === 'rules' && roomOf(target(one)) === 'protocol' && !one.typeOnly)
      .map((one) => `${relative(src, one.from)} -> ${one.to}`);
    expect(wrong).toEqual([]);
  });

  it('lets the protocol import nothing, and rules no clock, file or socket', () => {
    const wrong = imports
      .filter((one) => !isLocal(one.to))
      .filter((one) => roomOf(one.from) === 'protocol' || (roomOf(one.from) === 'rules' && one.to.startsWith('node:')))
      .map((one) => `${relative(src, one.from)} -> ${one.to}`);
    expect(wrong).toEqual([]);
  });

  it('lets a package in only where it belongs', () => {
    const wrong = imports
      .filter((one) => !isLocal(one.to) && !one.to.startsWith('node:'))
      .filter((one) => !(packages[one.to] ?? []).includes(roomOf(one.from)))
      .map((one) => `${relative(src, one.from)} -> ${one.to}`);
    expect(wrong).toEqual([]);
  });

  it('lets no source file import from an index', () => {
    const wrong = imports
      .filter((one) => /(^|\/)index\.js$/.test(one.to) && !one.from.endsWith('/index.ts'))
      .map((one) => `${relative(src, one.from)} -> ${one.to}`);
    expect(wrong).toEqual([]);
  });

  it('lets every family see Core, and the session itself only those who make it or hand it on', () => {
    const seen = imports
      .filter((one) => isLocal(one.to) && relative(src, target(one)) === 'client/session/session.ts')
      .map((one) => relative(src, one.from))
      .filter((file) => !file.startsWith('client/session/'));
    expect(seen.sort()).toEqual(['client/connect.ts', 'client/raw.ts']);
  });

  it('has no cycle, of types neither', () => {
    const next = new Map<string, string[]>();
    for (const one of imports) if (isLocal(one.to)) next.set(one.from, [...(next.get(one.from) ?? []), target(one)]);
    const done = new Set<string>();
    const path: string[] = [];
    const cycles: string[] = [];
    const visit = (file: string): void => {
      if (done.has(file)) return;
      const at = path.indexOf(file);
      if (at >= 0) {
        cycles.push([...path.slice(at), file].map((name) => relative(src, name)).join(' -> '));
        return;
      }
      path.push(file);
      for (const to of next.get(file) ?? []) visit(to);
      path.pop();
      done.add(file);
    };
    for (const file of files) visit(file);
    expect(cycles).toEqual([]);
  });

  it('lets no two folders of the client see one another, by types neither', () => {
    // The files of the root belong to no folder: `core.ts` is what all of them share.
    const folderOf = (file: string): string | undefined => /^client\/([^/]+)\//.exec(relative(src, file))?.[1];
    const arrows = new Map<string, Set<string>>();
    for (const one of imports) {
      const from = folderOf(one.from);
      const to = isLocal(one.to) ? folderOf(target(one)) : undefined;
      if (from === undefined || to === undefined || from === to) continue;
      arrows.set(from, (arrows.get(from) ?? new Set()).add(to));
    }
    const reaches = (from: string, to: string, seen = new Set<string>()): boolean =>
      [...(arrows.get(from) ?? [])].some((next) => {
        if (next === to) return true;
        if (seen.has(next)) return false;
        seen.add(next);
        return reaches(next, to, seen);
      });
    const inCircles = [...arrows.keys()].filter((folder) => reaches(folder, folder)).sort();
    expect(arrows.size).toBeGreaterThan(12);
    expect(inCircles).toEqual([]);
  });

  it('keeps the root of the client to what joins its folders', () => {
    const root = readdirSync(join(src, 'client')).filter((name) => name.endsWith('.ts'));
    expect(root.sort()).toEqual(['connect.ts', 'core.ts', 'index.ts', 'raw.ts']);
  });

  it('has generated functions in one file only, and that is compile', () => {
    const wrong = files
      .filter((file) => /\bnew Function\b|\beval\(/.test(readFileSync(file, 'utf8')))
      .map((file) => relative(src, file));
    expect(wrong).toEqual(['protocol/schema/compile.ts']);
  });
});
