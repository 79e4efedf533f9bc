// What tsup has made for `import` becomes what `require` reads, file by file: the same code with the words and the endings of CommonJS,
// and the types in the same way. tsup's own CommonJS makes calls with lists of closures of every `?.` and `??`: a tick of a quote took
// four times as long. The command line needs no lines of its own.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type TransformOptions, transform } from 'esbuild';

const dist = resolve(import.meta.dirname, '../dist');
const COMMAND_LINE = join('cli', 'main.js');

const read = (name: string): string => readFileSync(join(dist, name), 'utf8');
const write = (name: string, text: string): void => writeFileSync(join(dist, name), text);

async function transformed(name: string, how: TransformOptions): Promise<string> {
  return (await transform(read(name), { platform: 'node', target: 'node20', minifySyntax: true, ...how })).code;
}

for (const name of readdirSync(dist, { recursive: true, encoding: 'utf8' })) {
  if (name.endsWith('.d.ts'))
    write(name.replace(/\.d\.ts$/, '.d.cts'), read(name).replaceAll(/(from '\.[^']*)\.js'/g, "$1.cjs'"));
  if (!name.endsWith('.js') || name === COMMAND_LINE) continue;
  const required = await transformed(name, { format: 'cjs' });
  write(name.replace(/\.js$/, '.cjs'), required.replaceAll(/(\brequire\("\.[^"]*)\.js"\)/g, '$1.cjs")'));
}
write(COMMAND_LINE, await transformed(COMMAND_LINE, { minifyWhitespace: true }));
