// Answers without an id that are on their way although whoever asked has gone: the next who asks hears the rest of them.

import type { IncomingKind } from '../../protocol/registry.js';
import type { Timer } from '../wire/timer.js';
import type { Router } from './router.js';

/** An answer whose end has not come by then does not come any more. */
const OWED_MS = 60_000;

interface Line {
  epoch: number;
  /** When each was asked for whose end has not come, oldest first. */
  asked: readonly number[];
}

/** Of which session, and of which of its connections at this moment. */
interface Owing {
  readonly timer: Timer;
  readonly router: Router;
  readonly epoch: number;
}

/** The ends of one line are counted: of account updates, those of one account. */
function lineOf(end: IncomingKind, account: string | undefined): string {
  return account === undefined ? end : `${end} ${account}`;
}

export class Owed {
  private readonly session: Owing;
  private readonly lines = new Map<string, Line>();
  /** Ends that are listened for. */
  private readonly heard = new Set<IncomingKind>();

  constructor(session: Owing) {
    this.session = session;
  }

  /**
   * Notes that an answer is asked for that ends with this kind and has no id. True when the end of an earlier one is still to come:
   * then the first end that comes may be the other's, and what came before it may be half.
   */
  noteAsked(end: IncomingKind, account?: string): boolean {
    const { timer, epoch } = this.session;
    this.listenFor(end);
    const line = this.lines.get(lineOf(end, account));
    const now = timer.now();
    const asked = line?.epoch === epoch ? line.asked.filter((at) => now - at < OWED_MS) : [];
    this.lines.set(lineOf(end, account), { epoch, asked: [...asked, now] });
    return asked.length > 0;
  }

  /** Nothing more comes of the oldest: its end has come, or was refused or could not be read. */
  noteEnded(end: IncomingKind, account?: string): void {
    const line = this.lines.get(lineOf(end, account));
    if (line !== undefined) line.asked = line.asked.slice(1);
  }

  /** Ends are heard whoever waits for them, and when nobody does. */
  private listenFor(end: IncomingKind): void {
    if (this.heard.has(end)) return;
    this.heard.add(end);
    this.session.router.listen(end, (message) =>
      this.noteEnded(end, message.kind === 'accountDownloadEnd' ? (message.accountName ?? '') : undefined),
    );
  }
}
