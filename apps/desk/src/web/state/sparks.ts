// The last hour of an instrument in sixty points: from history once, then from the quotes that come.

import { createRoot, createSignal } from 'solid-js';
import { get, Refused } from './api.js';
import { instruments, queryOf } from './instruments.js';
import { quotes } from './quotes.js';

export const POINTS = 60;
const MINUTE = 60_000;
/** Between two questions of history, which has a budget that others need too. */
const PAUSE_MS = 250;
/** A row that is only scrolled past is not asked for. */
const STAY_MS = 800;

interface Spark {
  points: number[];
  /** Minute of the last point. */
  minute: number;
}

/** A number in the middle of a quote: the last trade, else the middle of bid and ask. */
export function priceOf(
  quote: { readonly last?: string | undefined; readonly bid?: string | undefined; readonly ask?: string | undefined } | undefined,
): number | undefined {
  if (quote?.last !== undefined) return Number(quote.last);
  return quote?.bid === undefined || quote.ask === undefined ? undefined : (Number(quote.bid) + Number(quote.ask)) / 2;
}

function create() {
  const all = new Map<string, Spark>();
  const [turn, setTurn] = createSignal(0);
  const waiting: string[] = [];
  const asked = new Set<string>();
  const onScreen = new Set<string>();
  let isRunning = false;
  const ask = async (name: string): Promise<void> => {
    const show = ['CASH', 'CRYPTO'].includes(instruments.of(name)?.secType ?? '') ? 'MIDPOINT' : 'TRADES';
    const { bars } = await get<{ readonly bars: readonly { readonly close: string }[] }>('history.bars', {
      ...queryOf(name),
      size: '1 min',
      duration: '3600 S',
      show,
      useRTH: false,
      limit: POINTS,
    });
    all.set(name, { points: bars.map(({ close }) => Number(close)), minute: Math.floor(Date.now() / MINUTE) });
    setTurn((count) => count + 1);
  };
  const run = async (): Promise<void> => {
    if (isRunning) return;
    isRunning = true;
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      if (!onScreen.has(name)) {
        asked.delete(name);
        continue;
      }
      await ask(name).catch((error: unknown) => {
        // Without history the line begins with the quotes that come.
        if (error instanceof Refused) all.set(name, { points: [], minute: Math.floor(Date.now() / MINUTE) });
        else throw error;
      });
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
    isRunning = false;
  };
  setInterval(() => {
    const minute = Math.floor(Date.now() / MINUTE);
    for (const [name, spark] of all) {
      const price = priceOf(quotes.of(name));
      if (price === undefined) continue;
      if (minute > spark.minute) spark.points = [...spark.points.slice(1 - POINTS), price];
      else spark.points = [...spark.points.slice(0, -1), price];
      spark.minute = minute;
    }
    if (all.size > 0) setTurn((count) => count + 1);
  }, 5_000);
  return {
    /** Reactive: undefined until history has answered. */
    of: (name: string): readonly number[] | undefined => {
      turn();
      return all.get(name)?.points;
    },
    /** Asks for a row that stays on the screen; returns what says that it has left. */
    shown(name: string): () => void {
      onScreen.add(name);
      const timer = setTimeout(() => {
        if (asked.has(name)) return;
        asked.add(name);
        waiting.push(name);
        run();
      }, STAY_MS);
      return () => {
        onScreen.delete(name);
        clearTimeout(timer);
      };
    },
  };
}

export const sparks = createRoot(create);
