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

/** On a screen of its own, from its first line; what was there before comes back in the end. */
const OWN_SCREEN = '\x1b[?1049h';
const FORMER_SCREEN = '\x1b[?1049l';

/** `draw` gives the whole text of a moment. `full`: on the whole screen, and the last text below the prompt in the end. */
export function liveView(io: Io, draw: () => string, where: 'here' | 'full' = 'here'): LiveView {
  let height = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let drawnAt = 0;
  io.draw(where === 'full' ? `${OWN_SCREEN}${HIDE_CURSOR}` : HIDE_CURSOR);
  const now = (): void => {
    timer = undefined;
    drawnAt = io.now();
    const lines = draw()
      .split('\n')
      .slice(0, Math.max(1, io.rows - 1))
      .map((line) => clip(terminalText(line), io.columns - 1));
    const home = where === 'full' ? '\x1b[H' : `${height === 0 ? '' : `\x1b[${height}A`}\r`;
    io.draw(`${home}${lines.map((line) => `${line}\x1b[K\n`).join('')}\x1b[J`);
    height = lines.length;
  };
  return {
    changed() {
      timer ??= setTimeout(now, Math.max(0, drawnAt + EVERY_MS - io.now()));
    },
    close() {
      clearTimeout(timer);
      if (where === 'full') {
        io.draw(FORMER_SCREEN);
        io.out(draw());
      } else now();
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
