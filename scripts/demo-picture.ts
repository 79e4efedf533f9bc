// Plays `ibwire demo` on a terminal of 80 columns and writes what it showed, and when, as an animated SVG: docs/demo.svg.

import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Io } from '../src/cli/io.js';

process.env['FORCE_COLOR'] = '1';
const { runCli } = await import('../src/cli/program.js');

const COLUMNS = 80;
const [CELL, LINE, EDGE] = [8.43, 19, 14] as const;

/** A line as it stood on the screen for a while; `until` undefined: to the end. */
interface Shown {
  readonly row: number;
  readonly text: string;
  readonly from: number;
  until: number | undefined;
}

const began = performance.now();
const shown: Shown[] = [];
const screen: (Shown | undefined)[] = [];
let row = 0;

function put(text: string): void {
  const at = (performance.now() - began) / 1000;
  const old = screen[row];
  if (old?.text !== text) {
    if (old !== undefined) old.until = at;
    const next: Shown = { row, text, from: at, until: undefined };
    screen[row] = next;
    shown.push(next);
  }
  row++;
}

/** The four controls that a live view writes: up, start of line, clear line, clear below. */
function draw(text: string): void {
  for (const [i, part] of text.split('\n').entries()) {
    if (i > 0) row++;
    const up = /\x1b\[(\d+)A/.exec(part);
    if (up !== null) row -= Number(up[1]);
    const line = part.replaceAll(/\x1b\[[0-9?]*[A-Za-ln-z]|\r/g, '');
    if (line !== '') {
      put(line);
      row--;
    }
  }
}

const io: Io = {
  out: (line) => {
    for (const one of line.split('\n')) put(one);
  },
  err() {},
  draw,
  drawBeside() {},
  isTerminal: true,
  isTerminalBeside: false,
  canAsk: false,
  ask: () => Promise.resolve(''),
  columns: COLUMNS,
  rows: 50,
  env: {},
  stop: new AbortController().signal,
  now: Date.now,
  exitCode: 0,
};

const CLASSES: Readonly<Record<string, string>> = { 1: 'b', 2: 'd', 31: 'r', 32: 'g', 33: 'y' };
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function spans(text: string): string {
  let style = '';
  let out = '';
  for (const part of text.split(/(\x1b\[\d+m)/)) {
    const code = /^\x1b\[(\d+)m$/.exec(part)?.[1];
    if (code !== undefined) style = CLASSES[code] ?? '';
    else if (part !== '') out += style === '' ? escaped(part) : `<tspan class="${style}">${escaped(part)}</tspan>`;
  }
  return out;
}

function lineOf({ row, text, from, until }: Shown): string {
  const ends = until === undefined ? '' : ` end="${until.toFixed(2)}s"`;
  const set = `<set attributeName="visibility" to="visible" begin="${from.toFixed(2)}s"${ends}/>`;
  return `<text x="${EDGE}" y="${EDGE + 14 + row * LINE}" visibility="hidden">${spans(text)}${set}</text>`;
}

const code = await runCli(['demo'], io);
if (code !== 0) throw new Error(`the demo ended with ${code}`);
const [width, height] = [COLUMNS * CELL + 2 * EDGE, row * LINE + 2 * EDGE];
const style = [
  'text{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;fill:#d7dae0;white-space:pre}',
  '.b{font-weight:700;fill:#fff}.d{fill:#8b93a1}.r{fill:#f28b82}.g{fill:#81c995}.y{fill:#fdd663}',
].join('');
const file = resolve(import.meta.dirname, '../docs/demo.svg');
writeFileSync(
  file,
  [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width.toFixed(0)}" height="${height.toFixed(0)}" role="img" aria-label="ibwire demo">`,
    `<style>${style}</style><rect width="100%" height="100%" rx="8" fill="#16181d"/>`,
    ...shown.filter(({ text }) => text !== '').map(lineOf),
    '</svg>',
    '',
  ].join('\n'),
);
console.log(`${file}: ${shown.length} lines in ${((performance.now() - began) / 1000).toFixed(1)} s`);
