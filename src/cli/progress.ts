// How far a long download is: a line that is drawn over itself on a terminal, a line now and then elsewhere.

import type { Io } from './io.js';
import { dim, duration } from './print.js';

const WIDTH = 24;
/** Without a terminal, a line at most this often. */
const EVERY_MS = 5_000;

export interface ProgressLine {
  /** `part` from 0 to 1; `etaMs` undefined while it is not known. */
  at(part: number, what: string, etaMs: number | undefined): void;
  end(): void;
}

export function progressLine(io: Io): ProgressLine {
  let saidAt = io.now();
  let isDrawn = false;
  return {
    at(part, what, etaMs) {
      const percent = `${Math.floor(part * 100)} %`.padStart(5);
      const rest = etaMs === undefined || part >= 1 ? '' : `, ${duration(etaMs)} to go`;
      if (io.isTerminalBeside) {
        const full = Math.round(part * WIDTH);
        io.drawBeside(`\r${'█'.repeat(full)}${dim('░'.repeat(WIDTH - full))} ${percent}  ${what}${rest}\x1b[K`);
        isDrawn = true;
      } else if (io.now() - saidAt >= EVERY_MS) {
        saidAt = io.now();
        io.err(`${percent.trim()}  ${what}${rest}`);
      }
    },
    end() {
      if (isDrawn) io.drawBeside('\r\x1b[K');
      isDrawn = false;
    },
  };
}
