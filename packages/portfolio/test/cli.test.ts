// The command line: whatever signs brokers and files put into their texts, none is obeyed by a terminal and none hides.

import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { visibleText as ofIbwire } from 'ibwire';
import { describe, expect, it } from 'vitest';
import { runCli } from '../src/cli/program.js';
import { visibleText } from '../src/out/legible.js';
import { PortfolioError } from '../src/problem.js';
import { fixture } from './fixtures.js';

/** Clears, names the window, hides a link, colours, turns the direction, hides, and begins a line that nobody wrote. */
const TAIL = '\u001b[2J\u001b]0;x\u0007\u001b]8;;http://x\u001b\\\u009b31m\u202e\u2066\u200b\u061c\rFORGED';
const SHOWN = '\\u001b[2J\\u001b]0;x\\u0007\\u001b]8;;http://x\\u001b\\\\u009b31m\\u202e\\u2066\\u200b\\u061c FORGED';
const OBEYED = /[\p{Cc}\p{Cf}]/u;

const folder = mkdtempSync(join(tmpdir(), 'portfolio-cli-'));
function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}
const columns = { symbol: 'Symbol', quantity: 'Quantity', currency: 'Currency', account: 'Account' };
const mapping = (holds: string, more: object): string =>
  JSON.stringify({ broker: `acme${TAIL}`, holds, columns: { ...columns, ...more } });
const positions = file('positions.csv', `Symbol,Quantity,Currency,Account\n"TUV${TAIL}",3,USD,"1${TAIL}"\n`);
const transactions = file(
  'transactions.csv',
  `Symbol,Quantity,Currency,Account,Day,What,Money\n"TUV${TAIL}",3,USD,"1${TAIL}",2026-06-01,"Z${TAIL}",-4\n`,
);
const ofPositions = ['--mapping', file('positions.json', mapping('positions', {}))];
const ofTransactions = [
  '--mapping',
  file('transactions.json', mapping('transactions', { date: 'Day', code: 'What', amount: 'Money' })),
];
const unreadable = file('cut.csv', `Symbol,Quantity,Currency,Account\nTUV,"three${TAIL}",USD,1\n`);
const unknown = file(`other${TAIL.replaceAll('/', '')}.csv`, `what${TAIL},is,this\n1,2,3\n`);

async function run(isTerminal: boolean, ...args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', ''];
  const code = await runCli(args, {
    out: (text) => {
      out += typeof text === 'string' ? text : Buffer.from(text).toString('latin1');
    },
    err: (line) => {
      err += `${line}\n`;
    },
    isTerminal,
  });
  return { code, out, err };
}

const cases: readonly (readonly string[])[] = [
  ['show', positions, ...ofPositions],
  ['show', transactions, ...ofTransactions],
  ['positions', positions, ...ofPositions],
  ['positions', positions, '--format', 'csv', ...ofPositions],
  ['transactions', transactions, ...ofTransactions],
  ['transactions', transactions, '--format', 'csv', ...ofTransactions],
  ['view', '--by', 'account', positions, ...ofPositions],
  ['view', '--by', 'broker', positions, ...ofPositions],
  ['rebuild', transactions, ...ofTransactions],
  ['loss-sales', '--for', 'other:1', transactions, ...ofTransactions],
  ['read', positions, ...ofPositions],
  ['read', unknown],
  ['show', unreadable, ...ofPositions],
  ['show', unknown],
  ['show', positions, '--rate', TAIL, ...ofPositions],
  ['show', `--no${TAIL}`],
  [`no${TAIL}`],
];

describe.each(cases.map((words) => [words.join(' ').slice(0, 40).replace(folder, ''), words] as const))('%s', (_, words) => {
  it('prints every sign as something to read', async () => {
    const { out, err } = await run(true, ...words);
    const lines = `${out}\n${err}`.split('\n').map((line) => line.replaceAll(/\x1b\[\d+m/g, ''));
    expect(lines.filter((line) => OBEYED.test(line))).toEqual([]);
    expect(lines.filter((line) => /^\s*FORGED/.test(line))).toEqual([]);
  });
});

it('shows what was in the texts, in tables, notes and refusals', async () => {
  expect((await run(true, 'positions', positions, ...ofPositions)).out).toContain(`TUV${SHOWN}`);
  expect((await run(true, 'transactions', transactions, ...ofTransactions)).err).toContain(`unknown code Z${SHOWN}`);
  expect((await run(true, 'show', unreadable, ...ofPositions)).err).toContain('\\u001b[2J');
});

it('JSON is escaped and stays the same JSON; CSV for a program or a file has every sign as it is', async () => {
  const { out } = await run(false, 'positions', positions, '--json', ...ofPositions);
  expect(out).toContain('\\u009b31m\\u202e');
  expect(JSON.parse(out)[0].instrument.symbol).toBe(`TUV${TAIL}`);
  const into = join(folder, 'out.csv');
  expect((await run(true, 'positions', positions, '--format', 'csv', '--out', into, ...ofPositions)).code).toBe(0);
  expect(readFileSync(into, 'utf8')).toContain(`TUV${TAIL}`);
  expect((await run(false, 'positions', positions, '--format', 'csv', ...ofPositions)).out).toContain(`TUV${TAIL}`);
});

it('an error is legible wherever it is printed', () => {
  expect(new PortfolioError('http', `no: ${TAIL}`).message).toBe(`no: ${SHOWN}`);
});

it('shows what ibwire shows, for every sign', () => {
  for (let from = 0; from <= 0x10ffff; from += 256) {
    const text = Array.from({ length: 256 }, (_, i) => `a${String.fromCodePoint(from + i)} \tb`).join('');
    if (visibleText(text) !== ofIbwire(text)) expect.fail(`U+${from.toString(16)} and on: ${visibleText(text)}`);
  }
  expect(visibleText('\ud800a\n\r b')).toBe(ofIbwire('\ud800a\n\r b'));
});

it('ends with 0, with 1 where a source is not in the report, with 2 for what it was told', async () => {
  const good = file('robinhood.csv', fixture('robinhood-1.csv'));
  expect((await run(false, 'show', good)).code).toBe(0);
  expect((await run(false, 'show', good, unknown)).code).toBe(1);
  expect((await run(false, 'show')).code).toBe(2);
  expect((await run(false, '--help')).code).toBe(0);
});
