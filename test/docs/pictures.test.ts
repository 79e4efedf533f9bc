// The pictures of the command line show what the commands print.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pictured, still } from '../../scripts/picture/commands.js';
import { COLUMNS } from '../../scripts/picture/screen.js';
import { stillLine, svgOf, textOf } from '../../scripts/picture/svg.js';
import { plain } from '../cli/run-cli.js';
import { root } from './pages.js';

const folder = join(root, 'docs/img');
const page = readFileSync(join(root, 'docs/command-line.md'), 'utf8');

/** Any number stands for any other: prices and ports change, and with them the width of their columns. */
const shape = (line: string): string => line.replaceAll(/[-+]?\d[\d,.:]*/g, '#').replaceAll(/ +/g, ' ');

describe('the pictures of the command line', () => {
  it('are those that are taken, each shown on the page below its own line', () => {
    expect(
      readdirSync(folder)
        .filter((name) => name !== 'dashboard')
        .sort(),
    ).toEqual(
      Object.keys(pictured)
        .map((name) => `${name}.svg`)
        .sort(),
    );
    for (const [name, line] of Object.entries(pictured)) {
      expect(page.indexOf(`npx ibwire ${line}`), line).toBeGreaterThan(0);
      expect(page.indexOf(`](img/${name}.svg)`)).toBeGreaterThan(page.indexOf(`npx ibwire ${line}`));
    }
  });

  it.each(Object.entries(pictured))('shows what is printed, within 80 columns: %s', async (name, line) => {
    const { lines } = await still(line);
    const printed = lines.map(({ text }) => plain(text).trimEnd());
    expect(printed.length).toBeGreaterThan(4);
    expect(printed.filter((one) => one.length > COLUMNS)).toEqual([]);
    const drawn = textOf(readFileSync(join(folder, `${name}.svg`), 'utf8'));
    expect(drawn.map(shape)).toEqual(printed.map(shape));
  });

  it('keep every sign of a line', () => {
    const text = '  a <b> & \x1b[31mc\x1b[39m';
    expect(textOf(svgOf('x', 1, [stillLine({ row: 0, text })]))).toEqual(['  a <b> & c']);
  });
});
