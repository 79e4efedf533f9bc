// What tsup has made for `import` becomes what `require` reads, file by file: the same code with the words and the endings of CommonJS,
// and the types in the same way. tsup's own CommonJS makes calls with lists of closures of every `?.` and `??`: a tick of a quote took
// four times as long. Remarks in lines of their own are left out: who reads the sources has them. The command line needs no lines of its own.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type TransformOptions, transform } from 'esbuild';
import ts from 'typescript';

const dist = resolve(import.meta.dirname, '../dist');
const COMMAND_LINE = join('cli', 'main.js');

const read = (name: string): string => readFileSync(join(dist, name), 'utf8');
const write = (name: string, text: string): void => writeFileSync(join(dist, name), text);

async function transformed(name: string, how: TransformOptions): Promise<string> {
  return (await transform(read(name), { platform: 'node', target: 'node20', minifySyntax: true, ...how })).code;
}

/** The code with no remark that fills its lines, but those that name a licence or tell a bundler something. */
function withoutRemarks(name: string, code: string): string {
  const file = ts.createSourceFile(name, code, ts.ScriptTarget.Latest);
  const remarks = new Map<number, number>();
  const visit = (node: ts.Node): void => {
    for (const { pos, end } of ts.getLeadingCommentRanges(code, node.pos) ?? []) remarks.set(pos, end);
    ts.forEachChild(node, visit);
  };
  visit(file);
  let rest = code;
  for (const [pos, end] of [...remarks].sort(([a], [b]) => b - a)) {
    const from = rest.lastIndexOf('\n', pos - 1) + 1;
    const alone = rest.slice(from, pos).trim() === '' && (rest[end] === '\n' || end === rest.length);
    if (alone && !/@license|@preserve|__PURE__|__NO_SIDE_EFFECTS__|^\/[/*]!/.test(rest.slice(pos, end)))
      rest = rest.slice(0, from) + rest.slice(end + 1);
  }
  const said = (text: string): string =>
    ts.createPrinter({ removeComments: true }).printFile(ts.createSourceFile(name, text, ts.ScriptTarget.Latest));
  if (said(rest) !== said(code)) throw new Error(`${name}: says something else without its remarks`);
  return rest;
}

for (const name of readdirSync(dist, { recursive: true, encoding: 'utf8' })) {
  if (name.endsWith('.d.ts'))
    write(name.replace(/\.d\.ts$/, '.d.cts'), read(name).replaceAll(/(from '\.[^']*)\.js'/g, "$1.cjs'"));
  if (!name.endsWith('.js') || name === COMMAND_LINE) continue;
  write(name, withoutRemarks(name, read(name)));
  const required = await transformed(name, { format: 'cjs' });
  write(name.replace(/\.js$/, '.cjs'), required.replaceAll(/(\brequire\("\.[^"]*)\.js"\)/g, '$1.cjs")'));
}
write(COMMAND_LINE, await transformed(COMMAND_LINE, { minifyWhitespace: true }));
