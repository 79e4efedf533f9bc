// Live quotes over one WebSocket: the newest of each instrument, shown once for each frame that the screen draws.

import { createRoot, createSignal, onCleanup } from 'solid-js';
import type { QuoteOut } from '../../session/shown-quote.js';

export type Quote = QuoteOut;
type Named = string | { readonly conId: number };

interface Watched {
  readonly named: Named;
  count: number;
}

const BATCH = 80;

function create() {
  const [frame, setFrame] = createSignal(0);
  const [refusals, setRefusals] = createSignal<readonly string[]>([]);
  const quotes = new Map<number, Quote>();
  const bySymbol = new Map<string, number>();
  const took = new Map<number, number>();
  const watched = new Map<string, Watched>();
  let socket: WebSocket | undefined;
  let isDrawn = false;
  let updates = 0;
  const [rate, setRate] = createSignal(0);
  setInterval(() => {
    setRate(updates);
    updates = 0;
  }, 1000);

  const keyOf = (named: Named): string => (typeof named === 'string' ? named : `#${named.conId}`);
  const say = (body: object): void => {
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(body));
  };
  const subscribe = (all: readonly Named[]): void => {
    for (let from = 0; from < all.length; from += BATCH) say({ subscribe: all.slice(from, from + BATCH) });
  };
  const open = (): void => {
    if (socket !== undefined) return;
    const made = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/v1/quotes/socket`);
    socket = made;
    made.onopen = () => subscribe([...watched.values()].map(({ named }) => named));
    made.onmessage = ({ data }) => {
      const told = JSON.parse(data as string) as {
        readonly quotes?: readonly Quote[];
        readonly problem?: { readonly detail: string };
      };
      if (told.problem !== undefined) setRefusals((all) => [...all.slice(-4), told.problem?.detail ?? '']);
      const at = performance.now();
      for (const quote of told.quotes ?? []) {
        const { conId, symbol } = quote.contract;
        quotes.set(conId, quote);
        bySymbol.set(symbol, conId);
        took.set(conId, at - (quote.ageMs ?? 0));
        updates++;
      }
      if (isDrawn) return;
      isDrawn = true;
      requestAnimationFrame(() => {
        isDrawn = false;
        setFrame((count) => count + 1);
      });
    };
    made.onclose = () => {
      socket = undefined;
      if (watched.size > 0) setTimeout(open, 1000);
    };
  };
  return {
    /** Read it where a drawing depends on quotes. */
    frame,
    rate,
    refusals,
    of: (named: Named): Quote | undefined => {
      const conId = typeof named === 'string' ? bySymbol.get(named) : named.conId;
      return conId === undefined ? undefined : quotes.get(conId);
    },
    /** Milliseconds since its newest number came to the gateway. */
    ageOf: (conId: number): number | undefined => {
      const at = took.get(conId);
      return at === undefined ? undefined : performance.now() - at;
    },
    /** Keeps a line while the caller's owner lives. */
    watch(named: Named): void {
      const key = keyOf(named);
      const known = watched.get(key);
      if (known === undefined) {
        watched.set(key, { named, count: 1 });
        if (socket?.readyState === WebSocket.OPEN) subscribe([named]);
        else open();
      } else known.count++;
      onCleanup(() => {
        // A line that is not looked at for five seconds is given back.
        setTimeout(() => {
          const one = watched.get(key);
          if (one === undefined || --one.count > 0) return;
          watched.delete(key);
          const conId = typeof named === 'string' ? bySymbol.get(named) : named.conId;
          if (conId !== undefined) say({ unsubscribe: [conId] });
        }, 5000);
      });
    },
  };
}

export const quotes = createRoot(create);
