// Answers without an id that are on their way although whoever asked has gone: the next who asks hears the rest of them.

import type { IncomingKind } from '../../protocol/registry.js';
import type { Core } from '../core.js';

/** An answer whose end has not come by then does not come any more. */
const OWED_MS = 60_000;

interface Line {
  epoch: number;
  /** When each was asked for whose end has not come, oldest first. */
  asked: readonly number[];
}

interface Owed {
  readonly lines: Map<string, Line>;
  /** Ends that are listened for. */
  readonly heard: Set<IncomingKind>;
}

const owed = new WeakMap<Core, Owed>();

/** The ends of one line are counted: of account updates, those of one account. */
function lineOf(end: IncomingKind, account: string | undefined): string {
  return account === undefined ? end : `${end} ${account}`;
}

/**
 * Notes that an answer is asked for that ends with this kind and has no id. True when the end of an earlier one is still to come: then
 * the first end that comes may be the other's, and what came before it may be half.
 */
export function noteAsked(core: Core, end: IncomingKind, account?: string): boolean {
  const all = linesOf(core, end);
  const line = all.get(lineOf(end, account));
  const now = core.timer.now();
  const asked = line?.epoch === core.epoch ? line.asked.filter((at) => now - at < OWED_MS) : [];
  all.set(lineOf(end, account), { epoch: core.epoch, asked: [...asked, now] });
  return asked.length > 0;
}

/** Nothing more comes of the oldest: its end has come, or was refused or could not be read. */
export function noteEnded(core: Core, end: IncomingKind, account?: string): void {
  const line = owed.get(core)?.lines.get(lineOf(end, account));
  if (line !== undefined) line.asked = line.asked.slice(1);
}

/** Ends are heard whoever waits for them, and when nobody does. */
function linesOf(core: Core, end: IncomingKind): Map<string, Line> {
  const { lines, heard } = owed.get(core) ?? { lines: new Map<string, Line>(), heard: new Set<IncomingKind>() };
  owed.set(core, { lines, heard });
  if (heard.has(end)) return lines;
  heard.add(end);
  core.router.listen(end, (message) =>
    noteEnded(core, end, message.kind === 'accountDownloadEnd' ? (message.accountName ?? '') : undefined),
  );
  return lines;
}
