// Every fault × every family × every state: each cell is what docs/faults.md says, nothing hangs, nothing leaks.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { families } from './families.js';
import { MISHAPS } from './mishap-table.js';
import { states } from './play.js';
import { strikes } from './strikes.js';
import { cellsOf, chapter, opening } from './table.js';

const page = readFileSync(new URL('../../../docs/faults.md', import.meta.url), 'utf8');

it('the page opens with what the states are', () => {
  expect(page.startsWith(opening)).toBe(true);
});

describe.each(Object.keys(strikes))('%s', (fault) => {
  it('has the end that the page tells, for every family in every state, and leaves nothing behind', async () => {
    const cells = await cellsOf(fault);
    expect(cells).toHaveLength(Object.keys(families).length * Object.keys(states).length);
    expect(cells.filter(({ leaks }) => leaks > 0)).toEqual([]);
    const told = chapter(fault, cells);
    expect(told).toContain(`## ${fault}\n`);
    expect(page).toContain(told);
  }, 120_000);
});

describe('what no fault may do', () => {
  const rows = (page.split(MISHAPS)[0] ?? '')
    .split('\n')
    .filter((line) => Object.keys(families).some((family) => line.startsWith(`| ${family} | `)));
  const cells = rows.flatMap((row) => row.slice(0, -2).split(' | ').slice(1));

  it('leave a stream that was never asked again', () => {
    expect(cells).toHaveLength(Object.keys(strikes).length * Object.keys(families).length * Object.keys(states).length);
    expect(cells.filter((cell) => /^(stale|opening|ended)/.test(cell))).toEqual([]);
  });

  it('leave a call without an end that has a name', () => {
    const ends = new Set(cells.filter((cell) => !cell.startsWith('live')).map((cell) => cell.replace(/, .*$/, '')));
    expect([...ends].sort()).toEqual(['closed', 'error 10197', 'error 162', 'timeout', 'value']);
  });
});
