// The one place where text becomes what a terminal gets: the colours of this process are obeyed, signs in anybody's text are shown.

import { randomInt } from 'node:crypto';
import { visibleText } from '../protocol/visible-text.js';
import type { Io } from './io.js';

/** Stands in the colour sequences of this process until they are printed. Whoever writes texts elsewhere cannot guess it. */
const SEAL = String(randomInt(2 ** 47, 2 ** 48));
const SEALED = new RegExp(`(\x1b\\[${SEAL};\\d+m)`);

/** A colour sequence (`\x1b[31m`) that {@link terminalText} lets through. */
export function sealed(sequence: string): string {
  return sequence.replaceAll('\x1b[', `\x1b[${SEAL};`);
}

/** One line of anybody's text with our colours in it: the colours stay sealed, all else is as {@link visibleText} shows it. */
export function legible(line: string): string {
  return parted(line, (colour) => colour);
}

/** The same, with the colours as terminals read them. */
export function terminalText(line: string): string {
  return parted(line, (colour) => colour.replace(`${SEAL};`, ''));
}

/** How many signs of a line a terminal shows: colours take no room. */
export function shownLength(line: string): number {
  return line.split(SEALED).reduce((sum, part, i) => (i % 2 === 1 ? sum : sum + part.length), 0);
}

/** The first signs of a line, an ellipsis the last of them where some are left out; its colours stay whole. */
export function shortened(line: string, most: number): string {
  if (shownLength(line) <= most) return line;
  let room = most - 1;
  return line
    .split(SEALED)
    .map((part, i) => {
      if (i % 2 === 1) return part;
      const shown = room > 0 && part.length >= room ? `${part.slice(0, room)}…` : part.slice(0, room);
      room = Math.max(0, room - part.length);
      return shown;
    })
    .join('');
}

function parted(line: string, colour: (sequence: string) => string): string {
  return line
    .split(SEALED)
    .map((part, i) => (i % 2 === 1 ? colour(part) : visibleText(part)))
    .join('');
}

/** What prints and asks through `io`, and cannot but print legibly. `draw` is left: it draws with control sequences. */
export function legibleIo(io: Io): Io {
  const lines = (text: string): string => text.split('\n').map(terminalText).join('\n');
  return Object.create(io, {
    out: { value: (text: string) => io.out(lines(text)) },
    err: { value: (line: string) => io.err(terminalText(line)) },
    ask: { value: (question: string) => io.ask(lines(question)) },
  }) as Io;
}
