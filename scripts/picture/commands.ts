// The command lines that docs/command-line.md shows as pictures, and how one is taken.
import { createScreen, type Shown } from './screen.js';

/** By the name of the file in `docs/img`: what is typed behind `npx ibwire`. */
export const pictured: Readonly<Record<string, string>> = {
  doctor: 'doctor --simulate',
  positions: 'positions --simulate',
  quote: 'quote AAPL 0700.HK EUR.USD --simulate',
  chain: 'chain AAPL --expiry next --strikes 2 --simulate',
  refused: 'order preview sell 500 AAPL --simulate --account DU9000002',
};

/** What stands on the terminal when the command has ended: its own line, then what it printed. */
export async function still(line: string): Promise<{ readonly rows: number; readonly lines: readonly Shown[] }> {
  const { runCli } = await import('../../src/cli/program.js');
  const { io, shown, put, rows } = createScreen();
  put(`\x1b[2m$\x1b[22m npx ibwire ${line}`);
  await runCli(line.split(' '), io);
  return { rows: rows(), lines: shown.filter(({ text, until }) => text !== '' && until === undefined) };
}
