// Quotes that are kept open for a while: many askers share one line, and the newest picture is there at once.

import type { Ib, QualifiedContract, Quote, QuoteTick, Subscription } from 'ibwire';
import type { Timer } from '../clock.js';
import { Problem } from '../problem.js';
import { newest, pictureOf, type QuoteOut } from './shown-quote.js';

export interface Line {
  readonly contract: QualifiedContract;
  readonly quote: Quote;
  /** The quote as it is shown, with its age at this moment. */
  shown(now: number): QuoteOut;
  /** The same as JSON. */
  json(now: number): string;
  /** Resolves when a price is there, or with what ended the stream; at the latest after `ms`. */
  first(ms: number, signal?: AbortSignal): Promise<void>;
  on(listener: (tick: QuoteTick) => void): () => void;
}

interface Open {
  readonly line: Line;
  readonly stream: Subscription<QuoteTick, Quote>;
  usedAt: number;
  listeners: number;
}

export interface QuoteLines {
  of(ib: Ib, contract: QualifiedContract): Line;
  /** The picture that is there already; undefined when no line is open. */
  known(conId: number | undefined): Line | undefined;
  readonly open: readonly Line[];
  /** Ends lines that nobody has asked for in a while. */
  sweep(): void;
  closeAll(): void;
}

const REST_MS = 120_000;
/** Below the 100 lines of a login: others need some too. */
export const MOST_LINES = 80;

const hasPrice = (quote: Quote): boolean =>
  quote.last?.value !== undefined || (quote.bid?.value !== undefined && quote.ask?.value !== undefined);

export function createQuoteLines(timer: Timer): QuoteLines {
  const lines = new Map<number, Open>();
  const end = (conId: number): void => {
    const open = lines.get(conId);
    if (open === undefined) return;
    lines.delete(conId);
    open.stream.close();
  };
  const sweep = (): void => {
    const now = timer.now();
    for (const [conId, one] of lines) if (one.listeners === 0 && now - one.usedAt > REST_MS) end(conId);
  };
  const makeRoom = (): void => {
    if (lines.size < MOST_LINES) return;
    sweep();
    if (lines.size < MOST_LINES) return;
    const idle = [...lines].filter(([, one]) => one.listeners === 0).sort(([, a], [, b]) => a.usedAt - b.usedAt)[0];
    if (idle === undefined)
      throw new Problem(429, 'lines', 'No line free', `${MOST_LINES} quotes are open and watched`, {
        remedy: 'Close a stream of quotes.',
        retryAfter: 5,
      });
    end(idle[0]);
  };
  return {
    of(ib, contract) {
      const found = lines.get(contract.conId);
      if (found !== undefined && found.stream.state.at !== 'closed') {
        found.usedAt = timer.now();
        return found.line;
      }
      makeRoom();
      // 233: trades as they come; 236: shortable.
      const stream = ib.market.quotes(contract, { genericTicks: contract.secType === 'STK' ? [236] : [] });
      // Many ask between two ticks: the text of a picture is made once.
      let text: string | undefined;
      stream.on(() => {
        text = undefined;
      });
      const age = (now: number): number | undefined => {
        const at = newest(stream.view);
        return at === undefined ? undefined : Math.max(0, now - at);
      };
      const open: Open = {
        stream,
        usedAt: timer.now(),
        listeners: 0,
        line: {
          contract,
          get quote() {
            return stream.view;
          },
          shown(now) {
            const ageMs = age(now);
            return { ...pictureOf(contract, stream.view), ...(ageMs === undefined ? {} : { ageMs }) };
          },
          json(now) {
            text ??= JSON.stringify(pictureOf(contract, stream.view)).slice(0, -1);
            const ageMs = age(now);
            return ageMs === undefined ? `${text}}` : `${text},"ageMs":${ageMs}}`;
          },
          async first(ms, signal) {
            if (hasPrice(stream.view)) return;
            let leave = (): void => {};
            const priced = new Promise<void>((resolve) => {
              const off = stream.on(() => hasPrice(stream.view) && resolve());
              const stop = timer.after(ms, resolve);
              const gone = (): void => resolve();
              signal?.addEventListener('abort', gone);
              leave = () => {
                off();
                stop();
                signal?.removeEventListener('abort', gone);
              };
            });
            try {
              const cause = await Promise.race([priced.then(() => undefined), stream.ended]);
              if (cause !== undefined) throw cause;
            } finally {
              leave();
            }
          },
          on(listener) {
            open.listeners++;
            const off = stream.on(listener);
            return () => {
              open.listeners--;
              open.usedAt = timer.now();
              off();
            };
          },
        },
      };
      lines.set(contract.conId, open);
      return open.line;
    },
    known: (conId) => (conId === undefined ? undefined : lines.get(conId)?.line),
    get open() {
      return [...lines.values()].map(({ line }) => line);
    },
    sweep,
    closeAll() {
      for (const conId of [...lines.keys()]) end(conId);
    },
  };
}
