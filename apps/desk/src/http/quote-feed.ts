// Quotes that change, gathered: whoever watches gets the newest of each instrument a few times a second, never a queue.

import type { Timer } from '../clock.js';
import type { Line } from '../session/quote-lines.js';
import type { QuoteOut } from '../session/shown-quote.js';

export const BATCH_MS = 100;
/** How often a stream is looked at that may have gone stale without a tick. */
const LOOK_MS = 1_000;

export interface QuoteFeed {
  /** `name`: what the watcher calls it, told with its next picture. */
  watch(line: Line, name?: string | number): void;
  unwatch(conId: number): void;
  close(): void;
}

interface Watched {
  readonly line: Line;
  readonly off: () => void;
  /** What watchers call it. */
  readonly names: Set<string | number>;
  wasStale: boolean;
}

/** What a batch has besides quotes. */
export interface BatchNotes {
  /** Changes that it has gathered. */
  readonly ticks: number;
  /** conIds of what is new, by the name it was watched by; absent where nothing is. */
  readonly named?: Readonly<Record<string, number>>;
}

/** `send` says false where the reader is behind: what was gathered waits, and is the newest when it leaves. `ended`: a stream that the gateway ended, why, and by which names it was watched. */
export function createQuoteFeed(
  timer: Timer,
  send: (quotes: readonly QuoteOut[], notes: BatchNotes) => boolean,
  ended: (line: Line, cause: Error, names: ReadonlySet<string | number>) => void = () => {},
): QuoteFeed {
  const lines = new Map<number, Watched>();
  const dirty = new Map<number, Line>();
  let ticks = 0;
  let named: Record<string | number, number> | undefined;
  let cancel: (() => void) | undefined;
  let cancelLook: (() => void) | undefined;
  const flush = (): void => {
    cancel = undefined;
    if (dirty.size === 0) return;
    const now = timer.now();
    const quotes = [...dirty.values()].map((line) => line.shown(now));
    if (!send(quotes, { ticks, ...(named === undefined ? {} : { named }) })) {
      cancel = timer.after(BATCH_MS, flush);
      return;
    }
    dirty.clear();
    ticks = 0;
    named = undefined;
  };
  const touch = (line: Line): void => {
    dirty.set(line.contract.conId, line);
    cancel ??= timer.after(BATCH_MS, flush);
  };
  const look = (): void => {
    cancelLook = lines.size === 0 ? undefined : timer.after(LOOK_MS, look);
    for (const one of lines.values()) {
      const isStale = one.line.state.at === 'stale';
      if (isStale !== one.wasStale) touch(one.line);
      one.wasStale = isStale;
    }
  };
  const unwatch = (conId: number): void => {
    lines.get(conId)?.off();
    lines.delete(conId);
    dirty.delete(conId);
  };
  return {
    watch(line, name) {
      const { conId } = line.contract;
      if (name !== undefined) {
        named = { ...named, [name]: conId };
        touch(line);
      }
      const known = lines.get(conId);
      if (name !== undefined) known?.names.add(name);
      if (known !== undefined) return;
      const names = new Set(name === undefined ? [] : [name]);
      const off = line.on(() => {
        ticks++;
        touch(line);
      });
      lines.set(conId, { line, off, names, wasStale: false });
      line.ended.then((cause) => {
        if (lines.get(conId)?.line !== line) return;
        unwatch(conId);
        // A name whose line ended before it was told is told as ended, not as there.
        for (const one of names) delete named?.[one];
        if (cause !== undefined) ended(line, cause, names);
      });
      touch(line);
      cancelLook ??= timer.after(LOOK_MS, look);
    },
    unwatch,
    close() {
      cancel?.();
      cancelLook?.();
      for (const { off } of lines.values()) off();
      lines.clear();
      dirty.clear();
    },
  };
}
