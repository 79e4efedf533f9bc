// The bench of the wire, a process per case: `tsx bench/protocol/run.ts [kind…]`. Nanoseconds per message from chunk to callback.

import { execFileSync } from 'node:child_process';
import { argv, execArgv, execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import { kinds, type What } from './cases.js';
import type { Wire } from './messages.js';

interface Figures {
  readonly ns: number;
  readonly bytes: number;
  readonly allocated?: number;
}

const program = fileURLToPath(new URL('./case.ts', import.meta.url));

function figures(name: string, what: What, wire: Wire): Figures {
  const out = execFileSync(execPath, ['--expose-gc', ...execArgv, program, name, what, wire], { encoding: 'utf8' });
  return JSON.parse(out) as Figures;
}

const asked = argv.slice(2);
const columns = ['kind', 'wire', 'bytes', 'read', 'split', 'decode', '×split', '×read', 'allocated', 'encode'];
const widths = [22, 8, 6, 7, 8, 8, 7, 6, 9, 8];
const line = (cells: readonly string[]): string =>
  cells.map((cell, i) => (i < 2 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join(' ');
console.log(
  'ns per message (bar: per bar); read: a loop over the bytes; split: the text body split into strings, nothing converted',
);
console.log(line(columns));
for (const name of asked.length > 0 ? asked : Object.keys(kinds)) {
  const split = figures(name, 'split', 'text');
  for (const wire of ['text', 'protobuf'] as const) {
    const read = figures(name, 'read', wire);
    const decode = figures(name, 'decode', wire);
    const encode = figures(name, 'encode', wire);
    const cells = [read.ns, split.ns, decode.ns].map((ns) => ns.toFixed(1));
    const ratios = [split.ns / decode.ns, decode.ns / read.ns, decode.allocated ?? 0, encode.ns].map((value) => value.toFixed(1));
    console.log(line([name, wire, decode.bytes.toFixed(0), ...cells, ...ratios]));
  }
}
