// Shorter words for the same in what tsup has made, where tsup could not: CommonJS is made of parts by a reader that does not know
// them all, and the command line needs no lines of its own. Runs after tsup.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type TransformOptions, transform } from 'esbuild';

const dist = resolve(import.meta.dirname, '../dist');

async function shorten(name: string, how: TransformOptions): Promise<void> {
  const path = join(dist, name);
  const { code } = await transform(readFileSync(path, 'utf8'), {
    platform: 'node',
    target: 'node20',
    minifySyntax: true,
    ...how,
  });
  writeFileSync(path, code);
}

for (const name of readdirSync(dist, { recursive: true, encoding: 'utf8' })) if (name.endsWith('.cjs')) await shorten(name, {});
await shorten(join('cli', 'main.js'), { minifyWhitespace: true });
