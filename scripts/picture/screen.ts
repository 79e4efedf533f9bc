// A terminal of 80 columns inside the process: the lines that stood on it, where and when.
import type { Io } from '../../src/cli/io.js';

export const COLUMNS = 80;

/** A line as it stood on the screen for a while, seconds; `until` undefined: to the end. */
export interface Shown {
  readonly row: number;
  readonly text: string;
  readonly from: number;
  until: number | undefined;
}

export interface Screen {
  readonly io: Io;
  /** Every line that ever stood there, in the order in which they came. */
  readonly shown: readonly Shown[];
  /** Writes a line below what is there. */
  put(text: string): void;
  /** How many rows are taken. */
  rows(): number;
}

export function createScreen(): Screen {
  const began = performance.now();
  const shown: Shown[] = [];
  const screen: (Shown | undefined)[] = [];
  let row = 0;

  const put = (text: string): void => {
    const at = (performance.now() - began) / 1000;
    const old = screen[row];
    if (old?.text !== text) {
      if (old !== undefined) old.until = at;
      const next: Shown = { row, text, from: at, until: undefined };
      screen[row] = next;
      shown.push(next);
    }
    row++;
  };

  /** The four controls that a live view writes: up, start of line, clear line, clear below. */
  const draw = (text: string): void => {
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
  };

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
  return { io, shown, put, rows: () => row };
}
