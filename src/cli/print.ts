// What people read: tables without frames, headings, numbers with their signs, sparklines.

import Table from 'cli-table3';
import picocolors from 'picocolors';
import type { Io } from './io.js';
import { legible, sealed, shortened, shownLength } from './terminal-text.js';

// Only for people, and only when they have not said no (no-color.org).
const { env, stdout } = process;
const isColourful =
  (env['NO_COLOR'] ?? '') === '' && ((stdout.isTTY && env['TERM'] !== 'dumb') || (env['FORCE_COLOR'] ?? '') !== '');
const { dim: dimmed, bold: strong, yellow, green, red } = picocolors.createColors(isColourful);

/** How a text is given a colour that is let through to the terminal. */
function painter(colour: (text: string) => string): (text: string) => string {
  const [open = '', close = ''] = colour('|').split('|').map(sealed);
  return (text) => `${open}${text}${close}`;
}

export const dim = painter(dimmed);
export const bold = painter(strong);
export const warn = painter(yellow);
export const good = painter(green);
export const bad = painter(red);

export interface Column {
  readonly name: string;
  /** Default left; numbers stand right. */
  readonly align?: 'left' | 'right';
  /** Left out where the line has no room, the highest first; unset: never. */
  readonly spare?: number;
}

export const right = (name: string, spare?: number): Column => ({
  name,
  align: 'right',
  ...(spare !== undefined && { spare }),
});

/** What a line of the terminal holds; without bound where no person reads. */
export function roomOf({ isTerminal, columns }: Pick<Io, 'isTerminal' | 'columns'>): number {
  return isTerminal ? columns - 1 : Number.POSITIVE_INFINITY;
}

/**
 * A table with aligned columns; `-` stands for what is not known. Where it is wider than `room`, whole columns are left out and
 * named below it, then long texts are cut: no line ever breaks inside a word.
 */
export function table(
  columns: readonly (string | Column)[],
  rows: readonly (readonly unknown[])[],
  room = Number.POSITIVE_INFINITY,
): string {
  const shape = columns.map((column): Column => (typeof column === 'string' ? { name: column } : column));
  const cells = rows.map((row) => row.map((cell) => (cell === undefined || cell === '' ? dim('-') : legible(String(cell)))));
  const widths = shape.map(({ name }, at) => Math.max(name.length, ...cells.map((row) => shownLength(row[at] ?? ''))));
  const kept = new Set(shape.keys());
  const tooWide = (): number => [...kept].reduce((sum, at) => sum + 2 + (widths[at] ?? 0), 0) - room;
  const ranks = [...new Set(shape.flatMap(({ spare }) => spare ?? []))].sort((a, b) => b - a);
  const left = new Set<string>();
  for (const rank of ranks) {
    if (tooWide() <= 0) break;
    for (const [at, { spare, name }] of shape.entries()) if (spare === rank && kept.delete(at)) left.add(name);
  }
  for (let over = tooWide(); over > 0; over = tooWide()) {
    const texts = [...kept].filter((at) => shape[at]?.align !== 'right').sort((a, b) => (widths[b] ?? 0) - (widths[a] ?? 0));
    const [widest, second] = texts;
    if (widest === undefined || (widths[widest] ?? 0) <= SHORTEST) break;
    const to = Math.max(
      SHORTEST,
      Math.min((widths[widest] ?? 0) - 1, Math.max((widths[widest] ?? 0) - over, widths[second ?? -1] ?? 0)),
    );
    for (const row of cells) row[widest] = shortened(row[widest] ?? '', to);
    widths[widest] = to;
  }
  const only = <T>(row: readonly T[]): T[] => row.filter((_, at) => kept.has(at));
  const lines = drawn(only(shape), cells.map(only));
  return left.size === 0 ? lines : `${lines}\n  ${dim(`no room for ${[...left].join(', ')}: --json has all`)}`;
}

/** No text is cut below this. */
const SHORTEST = 8;

function drawn(shape: readonly Column[], rows: readonly string[][]): string {
  const blank = Object.fromEntries(
    ['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right'].map((side) => [side, '']),
  );
  const none = Object.fromEntries(['left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid'].map((side) => [side, '']));
  const made = new Table({
    head: shape.map((column) => dim(legible(column.name))),
    chars: { ...blank, ...none, middle: '  ' },
    colAligns: shape.map((column) => column.align ?? 'left'),
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0, compact: true },
  });
  made.push(...rows);
  return made
    .toString()
    .split('\n')
    .map((line) => `  ${line.trimEnd()}`)
    .join('\n');
}

export function heading(text: string, beside = ''): string {
  return `\n${bold(legible(text))}${beside === '' ? '' : `  ${dim(legible(beside))}`}`;
}

/** The words of a text in lines of a width; a longer word has a line of its own. */
export function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** Numbers as they come: plain, exact text, or a Big. */
export type Amount = number | string | { toFixed(): string };

/** A number with thousands grouped and the given decimals, all of them when none are given; undefined stays undefined. */
export function figure(value: Amount | undefined, decimals?: number): string | undefined {
  if (value === undefined || value === '') return undefined;
  const text = typeof value === 'object' ? value.toFixed() : String(value);
  if (Number.isNaN(Number(text))) return text;
  const options =
    decimals === undefined ? { maximumFractionDigits: 15 } : { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  // Formatted as text, digit by digit: a double would round long quantities.
  return new Intl.NumberFormat('en-US', options).format(text as `${number}`);
}

/** A price: all its decimals, two at least. */
export function price(value: Amount | undefined): string | undefined {
  if (value === undefined) return undefined;
  const text = typeof value === 'object' ? value.toFixed() : String(value);
  return figure(value, Math.max(2, text.split('.')[1]?.length ?? 0));
}

/** The same with a plus before what is above zero. */
export function change(value: Amount | undefined, decimals?: number): string | undefined {
  const text = figure(value, decimals);
  return text !== undefined && numberOf(value) > 0 ? `+${text}` : text;
}

/** The same, gains and losses in their colours. */
export function signed(value: Amount | undefined, decimals?: number): string | undefined {
  const text = change(value, decimals);
  if (text === undefined) return undefined;
  const number = numberOf(value);
  if (number > 0) return good(text);
  return number < 0 ? bad(text) : text;
}

function numberOf(value: Amount | undefined): number {
  return Number(typeof value === 'object' ? value.toFixed() : value);
}

/** Milliseconds as people say them: `840 ms`, `12.5 s`, `3 min`, `79 days`. */
export function duration(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${Math.round(ms / 100) / 10} s`;
  if (ms < 7_200_000) return `${Math.round(ms / 60_000)} min`;
  return ms < 172_800_000 ? `${Math.round(ms / 3_600_000)} hours` : `${Math.round(ms / 86_400_000)} days`;
}

const BARS = '▁▂▃▄▅▆▇█';

/** A line of prices as blocks, lowest to highest. */
export function sparkline(values: readonly number[]): string {
  const low = Math.min(...values);
  const span = Math.max(...values) - low;
  return values.map((value) => BARS[span === 0 ? 3 : Math.round(((value - low) / span) * (BARS.length - 1))]).join('');
}
