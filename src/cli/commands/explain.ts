// `ibwire explain FILE|HEX|CODE`: frames as annotated lines, for reading them beside the field tables; codes of the gateway in words.

import type { Command } from 'commander';
import { IbwireError } from '../../protocol/errors.js';
import type { ExplainLine } from '../../protocol/schema/explain.js';
import type { Direction } from '../../protocol/schema/message.js';
import { visibleText } from '../../protocol/visible-text.js';
import { EXIT } from '../exit-codes.js';
import { codeLines, codeToExplain } from '../explain/code.js';
import { type ExplainItem, framesToExplain } from '../explain/frames.js';
import type { Io } from '../io.js';
import { bad, dim, heading } from '../print.js';

export interface ExplainArgs {
  /** A file, hexadecimal digits, or a code of the gateway. */
  readonly source: string;
  readonly serverVersion?: number | undefined;
  readonly direction?: Direction | undefined;
  readonly json?: boolean | undefined;
}

export interface ExplainIo {
  readonly write: (text: string) => void;
}

/** Longest raw form and value on a line; `--json` has them whole. */
const WIDEST = 48;

export function addExplain(program: Command, io: Io): void {
  program
    .command('explain')
    .argument('<source>', 'a code of the gateway such as 354, a .ibcap capture, hexadecimal digits, or a file of frames')
    .description('what a code means and what to do; or frames annotated: offset, row, type, raw, value, gate')
    .option('--server-version <version>', 'server version of frames that do not say it', Number)
    .option('--direction <direction>', 'incoming (from the gateway) or outgoing')
    .option('--json', 'one JSON object per frame')
    .action(async (source: string, options: { serverVersion?: number; direction?: string; json?: boolean }) => {
      const { serverVersion, json } = options;
      const direction = directionOf(options.direction);
      const code = await runExplain({ source, serverVersion, direction, json }, { write: io.out });
      if (code !== 0) io.exitCode = EXIT.failure;
    });
}

function directionOf(word: string | undefined): Direction | undefined {
  if (word === undefined) return undefined;
  if (word === 'in' || word === 'incoming') return 'incoming';
  if (word === 'out' || word === 'outgoing') return 'outgoing';
  throw new IbwireError('USAGE', `--direction is incoming or outgoing, not '${word}'`);
}

/**
 * Explains a source; 0, or 1 when a frame could not be read to its end.
 * @throws {IbwireError} when the source holds no frames.
 */
export async function runExplain(args: ExplainArgs, io: ExplainIo): Promise<number> {
  const { serverVersion, direction } = args;
  if (serverVersion !== undefined && !Number.isInteger(serverVersion)) {
    throw new IbwireError('USAGE', `--server-version is a whole number, not '${serverVersion}'`);
  }
  const code = codeToExplain(args.source);
  if (code !== undefined) {
    if (args.json === true) io.write(JSON.stringify(code));
    else for (const line of [heading(`Code ${code.code}`, code.class ?? 'not in the table'), ...codeLines(code)]) io.write(line);
    return 0;
  }
  const items = await framesToExplain(args.source, { serverVersion, direction });
  if (args.json === true) for (const item of items) io.write(JSON.stringify(item, (_, value: unknown) => jsonOf(value)));
  else for (const text of formatExplain(items)) io.write(text);
  return items.some((item) => item.what === 'frame' && item.explained.lines.some((line) => line.error !== undefined)) ? 1 : 0;
}

function jsonOf(value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}

/** Frames as text, a block each, columns aligned within the block. */
export function formatExplain(items: readonly ExplainItem[]): readonly string[] {
  return items.map((item) => {
    if (item.what === 'remark') return dim(item.text);
    const { kind, id, isProtobuf, direction, serverVersion, lines } = item.explained;
    const beside = `${item.title}, ${direction}, id ${id}${isProtobuf ? ', protobuf' : ''}, server version ${serverVersion}`;
    return `${heading(kind, beside)}\n${block(lines)}`;
  });
}

function block(lines: readonly ExplainLine[]): string {
  const rows = lines.map(({ offset, row, type, raw, value }) => [String(offset), row, type, cut(raw), valueText(value)]);
  const head = ['offset', 'row', 'type', 'raw', 'value'];
  const widths = head.map((name, column) => Math.max(name.length, ...rows.map((row) => row[column]!.length)));
  const line = (cells: readonly string[]): string =>
    cells.map((cell, column) => (column === 0 ? cell.padStart(widths[0]!) : cell.padEnd(widths[column]!))).join('  ');
  const body = rows.map((row, i) => {
    const { gate, error } = lines[i]!;
    const end = error !== undefined ? bad(error) : gate === '' ? '' : dim(gate);
    return `  ${line(row)}  ${end}`.trimEnd();
  });
  return [dim(`  ${line(head)}  gate`), ...body].join('\n');
}

function valueText(value: unknown): string {
  if (value === undefined) return '';
  return cut(typeof value === 'string' ? value : JSON.stringify(jsonOf(value)));
}

/** One line of printable text, not too long. */
function cut(text: string): string {
  const plain = visibleText(text.replaceAll('\0', '·').replaceAll('\n', '⏎'));
  return plain.length > WIDEST ? `${plain.slice(0, WIDEST - 1)}…` : plain;
}
