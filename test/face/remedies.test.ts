// A remedy that names a call or an option is executed, and then it helps. A new one without a proof fails here.
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildProgram } from '../../src/cli/program.js';
import { codeFamilies } from '../../src/client/notices/table.js';
import { silentIo } from '../cli/run-cli.js';
import { cliProofs } from './cli-remedies.js';
import { libraryProofs } from './library-remedies.js';
import { knownNames, remediesIn } from './remedies.js';

const root = resolve(import.meta.dirname, '../..');
const proofs = { ...libraryProofs, ...cliProofs };
const remedies = ['client', 'rules', 'cli', 'input', 'capture', 'compat'].flatMap(remediesIn);

describe('remedies that name a call or an option', () => {
  it('all have a proof, and every proof is of one that there is', () => {
    expect(remedies.length).toBeGreaterThan(50);
    expect([...new Set(remedies.map(({ text }) => text))].sort()).toEqual(Object.keys(proofs).sort());
  });

  it('name options that there are', () => {
    const commands = buildProgram(silentIo).commands.flatMap((one) => [one, ...one.commands]);
    const options = new Set(commands.flatMap((one) => one.options.map(({ long }) => long)));
    const names = new Set(commands.map((one) => one.name()));
    for (const { text } of remedies) {
      for (const [, flag = ''] of text.matchAll(/(?:^|\s)(--[a-z][a-z-]+)/g)) expect(options, text).toContain(flag);
      for (const [, name = ''] of text.matchAll(/`ibwire ([a-z]+)/g)) expect(names, text).toContain(name);
    }
  });

  const executed = Object.entries(proofs).flatMap(([text, proof]) =>
    typeof proof === 'function' ? [[text, proof] as const] : [],
  );
  it.each(executed)('helps: %s', { timeout: 60_000 }, async (_, proof) => {
    await proof();
  });

  const elsewhere = Object.entries(proofs).flatMap(([text, proof]) => ('test' in proof ? [[text, proof] as const] : []));
  it.each(elsewhere)('is executed by a test of its own: %s', (_, { test, title }) => {
    const file = join(root, test);
    expect(existsSync(file), test).toBe(true);
    expect(readFileSync(file, 'utf8')).toContain(`'${title}'`);
  });
});

describe('remedies of the codes', () => {
  it('name requests, fields and errors that there are', () => {
    const names = knownNames();
    const rows = codeFamilies.flatMap((family) => family.rows);
    const texts = rows.flatMap(({ remedy, texts = [] }) => [remedy, ...texts.flatMap((rule) => rule.remedy ?? [])]);
    const named = texts.flatMap((text) => text.match(/\b[a-z]+[A-Z]\w*\b/g) ?? []).filter((name) => !/^yyyy|^mm/i.test(name));
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((name) => !names.has(name))).toEqual([]);
  });
});
