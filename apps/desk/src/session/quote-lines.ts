// Quotes that are kept open for a while: many askers share one line, and the newest picture is there at once.

import type { Ib, QualifiedContract, Quote, QuoteTick, StreamState, Subscription } from 'ibwire';
import type { Timer } from '../clock.js';
import { Problem } from '../problem.js';
import { newest, pictureOf, type QuoteOut } from './shown-quote.js';

export interface Line {
  readonly contract: QualifiedContract;
  readonly quote: Quote;
  /** Where its stream stands. */
  readonly state: StreamState;
  /** Resolves when its stream has ended: with the error that ended it, where one did. */
  readonly ended: Promise<Error | undefined>;
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

/** `asked`: a question, whose line rests open for the next one. `watched`: a listener's, which is given back when the last has left. */
export type LineUse = 'asked' | 'watched';

export interface QuoteLines {
  of(ib: Ib, contract: QualifiedContract, use?: LineUse): Line;
  /** The picture that is there already; undefined when no line is open. */
  known(conId: number | undefined): Line | undefined;
  readonly open: readonly Line[];
  /** Ends lines that nobody has asked for in a while. */
  sweep(): void;
  closeAll(): void;
}

const REST_MS = 120_000;
/** Kept of a login's lines for what else asks for some: previews, depth, windows of TWS. */
const KEPT = 20;

/** Most quotes that may be open at once, of the lines that the login has as far as is known. */
export function mostLines({ health }: Pick<Ib, 'health'>): number {
  const lines = health.admission?.budgets.find(({ budget }) => budget === 'lines')?.limit ?? 100;
  return Math.max(1, Math.floor(lines - Math.min(KEPT, lines / 5)));
}

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
  const makeRoom = (ib: Ib): void => {
    const most = mostLines(ib);
    if (lines.size < most) return;
    sweep();
    if (lines.size < most) return;
    const idle = [...lines].filter(([, one]) => one.listeners === 0).sort(([, a], [, b]) => a.usedAt - b.usedAt)[0];
    if (idle === undefined)
      throw new Problem(429, 'lines', 'No line free', `${most} quotes are open and watched`, {
        remedy: 'Close a stream of quotes. A login with more lines: serve --lines N.',
        retryAfter: 5,
      });
    end(idle[0]);
  };
  return {
    of(ib, contract, use = 'asked') {
      const found = lines.get(contract.conId);
      if (found !== undefined && found.stream.state.at !== 'closed') {
        if (use === 'asked') found.usedAt = timer.now();
        return found.line;
      }
      makeRoom(ib);
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
      /** What changes without a tick. */
      const passing = (now: number): Pick<QuoteOut, 'ageMs' | 'stale'> => {
        const [ageMs, { state }] = [age(now), stream];
        return {
          ...(ageMs === undefined ? {} : { ageMs }),
          ...(state.at === 'stale' ? { stale: { since: new Date(state.since).toISOString(), cause: state.cause } } : {}),
        };
      };
      const open: Open = {
        stream,
        usedAt: use === 'asked' ? timer.now() : Number.NEGATIVE_INFINITY,
        listeners: 0,
        line: {
          contract,
          get quote() {
            return stream.view;
          },
          get state() {
            return stream.state;
          },
          ended: stream.ended,
          shown: (now) => ({ ...pictureOf(contract, stream.view), ...passing(now) }),
          json(now) {
            text ??= JSON.stringify(pictureOf(contract, stream.view)).slice(0, -1);
            const more = JSON.stringify(passing(now)).slice(1);
            return more === '}' ? `${text}}` : `${text},${more}`;
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
              off();
              open.listeners--;
              if (open.listeners === 0 && timer.now() - open.usedAt > REST_MS && lines.get(contract.conId) === open)
                end(contract.conId);
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
