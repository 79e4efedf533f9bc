// Text that is drawn over itself on a terminal, at most a few times a second.

import { HIDE_CURSOR, type Io, SHOW_CURSOR } from './io.js';
import { terminalText } from './terminal-text.js';

const EVERY_MS = 200;

export interface LiveView {
  /** Something has changed: drawn again soon. */
  changed(): void;
  /** Draws the last state and gives the cursor back. */
  close(): void;
}

/** `draw` gives the whole text of a moment. */
export function liveView(io: Io, draw: () => string): LiveView {
  let height = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let drawnAt = 0;
  io.draw(HIDE_CURSOR);
  const now = (): void => {
    timer = undefined;
    drawnAt = io.now();
    const lines = draw()
      .split('\n')
      .slice(0, Math.max(1, io.rows - 1))
      .map((line) => clip(terminalText(line), io.columns - 1));
    io.draw(`${height === 0 ? '' : `\x1b[${height}A`}\r${lines.map((line) => `${line}\x1b[K\n`).join('')}\x1b[J`);
    height = lines.length;
  };
  return {
    changed() {
      timer ??= setTimeout(now, Math.max(0, drawnAt + EVERY_MS - io.now()));
    },
    close() {
      clearTimeout(timer);
      now();
      io.draw(SHOW_CURSOR);
    },
  };
}

/** The first `columns` signs of a line; colours cost nothing. A line that wraps would break the drawing. */
export function clip(line: string, columns: number): string {
  let seen = 0;
  let out = '';
  for (const part of line.split(/(\x1b\[[0-9;]*m)/)) {
    if (part.startsWith('\x1b')) out += part;
    else {
      out += part.slice(0, Math.max(0, columns - seen));
      seen += part.length;
    }
  }
  return out;
}
