// Quotes that change, gathered: whoever watches gets the newest of each instrument a few times a second, never a queue.

import type { Timer } from '../clock.js';
import type { Line } from '../session/quote-lines.js';
import type { QuoteOut } from '../session/shown-quote.js';

export const BATCH_MS = 100;

export interface QuoteFeed {
  watch(line: Line): void;
  unwatch(conId: number): void;
  close(): void;
}

export function createQuoteFeed(timer: Timer, send: (quotes: readonly QuoteOut[]) => void): QuoteFeed {
  const lines = new Map<number, () => void>();
  const dirty = new Map<number, Line>();
  let cancel: (() => void) | undefined;
  const flush = (): void => {
    cancel = undefined;
    if (dirty.size === 0) return;
    const now = timer.now();
    const quotes = [...dirty.values()].map((line) => line.shown(now));
    dirty.clear();
    send(quotes);
  };
  const touch = (line: Line): void => {
    dirty.set(line.contract.conId, line);
    cancel ??= timer.after(BATCH_MS, flush);
  };
  return {
    watch(line) {
      const { conId } = line.contract;
      if (lines.has(conId)) return;
      lines.set(
        conId,
        line.on(() => touch(line)),
      );
      touch(line);
    },
    unwatch(conId) {
      lines.get(conId)?.();
      lines.delete(conId);
      dirty.delete(conId);
    },
    close() {
      cancel?.();
      for (const off of lines.values()) off();
      lines.clear();
      dirty.clear();
    },
  };
}
