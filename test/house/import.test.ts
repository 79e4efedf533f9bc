// What an import makes a program read, before anything is called.

import { resolve } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

interface Reading {
  readonly bytes: number;
  readonly sources: readonly string[];
  readonly builtIns: readonly string[];
}

/** All that is read with that file: not what nobody uses of it, and not what may be loaded later. */
async function readWith(entry: string): Promise<Reading> {
  // As `tsup.config.ts` makes the package.
  const { metafile } = await build({
    entryPoints: [entry],
    absWorkingDir: root,
    bundle: true,
    write: false,
    metafile: true,
    splitting: true,
    minifySyntax: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    outdir: 'dist',
    logLevel: 'silent',
  });
  const outputs = outputsOf(metafile.outputs, entry);
  return {
    bytes: outputs.reduce((sum, output) => sum + output.bytes, 0),
    sources: outputs.flatMap(({ inputs }) => Object.keys(inputs).filter((source) => (inputs[source]?.bytesInOutput ?? 0) > 0)),
    builtIns: [
      ...new Set(outputs.flatMap(({ imports }) => imports.filter(({ external }) => external === true).map(({ path }) => path))),
    ].sort(),
  };
}

type Output = Metafile['outputs'][string];
function outputsOf(all: Metafile['outputs'], entry: string): readonly Output[] {
  const found = new Map<string, Output>();
  const visit = (path: string): void => {
    const output = all[path];
    if (output === undefined || found.has(path)) return;
    found.set(path, output);
    for (const one of output.imports) if (one.kind === 'import-statement') visit(one.path);
  };
  for (const [path, { entryPoint }] of Object.entries(all)) if (entryPoint === entry) visit(path);
  return [...found.values()];
}

/** `src/client/orders/facade.ts` is of the room `client`. */
const roomOf = (source: string): string =>
  source
    .replace(/^src\//, '')
    .split('/')
    .slice(0, source.startsWith('src/') ? 1 : 2)
    .join('/');

describe('an import', () => {
  it('of ibwire reads the client and what it rests on: no command line, no simulator, no recorder', async () => {
    const { bytes, sources, builtIns } = await readWith('src/index.ts');
    expect([...new Set(sources.map(roomOf))].sort()).toEqual([
      'client',
      'input',
      'node_modules/big.js',
      'node_modules/eventemitter3',
      'protocol',
      'rules',
    ]);
    expect(builtIns).toEqual(['node:diagnostics_channel', 'node:fs', 'node:net', 'node:path']);
    expect(bytes).toBeGreaterThan(500_000);
    // Each kB is 60 µs of CPU, read or not used: docs/performance.md. What makes it grow is worth that, or comes later.
    expect(bytes).toBeLessThan(1_250_000);
  });

  it.each([
    ['a guard', 'src/rules/guards/caps.ts', 50_000],
    ['a builder', 'src/client/orders/builders/basic.ts', 42_000],
    ['a change of an order', 'src/client/orders/builders/modification.ts', 64_000],
    ['the lots of a contract', 'src/client/contracts/lots.ts', 27_000],
    ['the key of a holding', 'src/client/accounts/position-row.ts', 1_000],
  ])('of %s reads no socket, no table of messages and no judgement of the book', async (_, entry, most) => {
    const { bytes, sources, builtIns } = await readWith(entry);
    expect(sources).toContain(entry);
    expect(builtIns).toEqual([]);
    const never =
      /^src\/(rules\/(book\/list|check|engine\/.*)|protocol\/(registry|encode|decode|messages\/.*)|client\/(wire\/link|session\/.*))\.ts$/;
    expect(sources.filter((source) => never.test(source))).toEqual([]);
    expect(bytes).toBeLessThan(most);
  });
});
