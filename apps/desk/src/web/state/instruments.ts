// What is known of instruments by the name they are watched under: class, currency, exchange; and the session, asked for one by one.

import { createRoot, createSignal } from 'solid-js';
import type { ContractOut } from '../../commands/schemas.js';
import { get, Refused } from './api.js';
import { askedAs } from './quotes.js';

export interface Instrument {
  readonly conId: number;
  readonly symbol: string;
  readonly secType: string;
  readonly currency: string;
  readonly exchange: string;
}
export interface Hours {
  readonly now: 'open' | 'closed' | 'unknown';
  readonly nextOpen?: string;
  /** The moment that `now` is said of, on the gateway's clock. */
  readonly at: string;
  /** When `now` changes. */
  readonly until?: string;
  readonly timeZone?: string;
}

export const CLASSES = {
  stocks: ['STK'],
  forex: ['CASH'],
  futures: ['FUT', 'CONTFUT'],
  options: ['OPT', 'FOP', 'WAR', 'IOPT'],
  indices: ['IND'],
} as const;
export type Class = keyof typeof CLASSES | 'others';

export const classOf = (secType: string): Class =>
  (Object.keys(CLASSES) as (keyof typeof CLASSES)[]).find((name) => (CLASSES[name] as readonly string[]).includes(secType)) ??
  'others';

/** What an instrument is asked for by, in a query. */
export const queryOf = (name: string): { readonly symbol: string } | { readonly conId: number } => {
  const asked = askedAs(name);
  return typeof asked === 'string' ? { symbol: asked } : asked;
};

const KEY = 'ibwire.instruments';
const MOST = 5_000;
/** A market that opened or closed is seen so much later at most. */
const HOURS_MS = 60_000;
/** So often it is asked whether what was to change has changed. */
const TURN_MS = 5_000;
/** Clocks that differ by more are two times: the gateway is a simulated one with a time of its own. */
const OWN_TIME_MS = 300_000;

function kept(): Map<string, Instrument> {
  try {
    return new Map(Object.entries(JSON.parse(localStorage.getItem(KEY) ?? '{}') as Record<string, Instrument>));
  } catch {
    return new Map();
  }
}

function create() {
  const known = kept();
  const [version, setVersion] = createSignal(0);
  /** Not told where the desk refused. `ahead`: how far the gateway's clock is before ours, where it keeps a time of its own. */
  const hours = new Map<string, { readonly told: Hours | undefined; readonly at: number; readonly ahead: number }>();
  const [turn, setTurn] = createSignal(0);
  const waiting = new Map<string, () => Promise<void>>();
  let isRunning = false;
  let isDue = false;

  /** One question at a time: there may be a thousand. */
  const run = async (): Promise<void> => {
    if (isRunning) return;
    isRunning = true;
    for (;;) {
      const [next] = waiting;
      if (next === undefined) break;
      waiting.delete(next[0]);
      await next[1]().catch((error: unknown) => {
        if (!(error instanceof Refused)) throw error;
      });
    }
    isRunning = false;
  };
  const inTurn = (key: string, work: () => Promise<void>): void => {
    waiting.set(key, work);
    run();
  };
  const learn = (
    name: string,
    { conId, symbol, localSymbol, secType, currency, exchange, primaryExchange }: ContractOut,
  ): void => {
    if (known.get(name)?.conId === conId || known.size >= MOST) return;
    known.set(name, {
      conId,
      symbol: secType === 'CASH' ? (localSymbol ?? symbol) : symbol,
      secType,
      currency,
      exchange: primaryExchange ?? exchange,
    });
    if (isDue) return;
    isDue = true;
    setTimeout(() => {
      isDue = false;
      setVersion((count) => count + 1);
      try {
        localStorage.setItem(KEY, JSON.stringify(Object.fromEntries(known)));
      } catch {
        // Asked for anew next time.
      }
    }, 200);
  };
  return {
    learn,
    /** Reactive: what is learned later is told. */
    of: (name: string): Instrument | undefined => {
      version();
      return known.get(name);
    },
    /** Asks for those of which nothing is known. */
    lookUp(names: readonly string[]): void {
      for (const name of names)
        if (!known.has(name))
          inTurn(`what ${name}`, async () => learn(name, await get<ContractOut>('contracts.qualify', queryOf(name))));
    },
    /** The session of a name, asked for when it is a minute old; undefined when not known, or no longer. Reactive. */
    hours(name: string): Hours | undefined {
      turn();
      const found = hours.get(name);
      const isOver = found?.told?.until !== undefined && Date.now() + found.ahead >= Date.parse(found.told.until);
      if (found === undefined || Date.now() - found.at > (isOver ? TURN_MS : HOURS_MS))
        inTurn(`hours ${name}`, async () => {
          const told = await get<Hours>('contracts.hours', queryOf(name)).catch((error: unknown) => {
            if (error instanceof Refused) return undefined;
            throw error;
          });
          const ahead = told === undefined ? 0 : Date.parse(told.at) - Date.now();
          hours.set(name, { told, at: Date.now(), ahead: Math.abs(ahead) < OWN_TIME_MS ? 0 : ahead });
          setTurn((count) => count + 1);
        });
      return isOver ? undefined : found?.told;
    },
    /** How far the gateway's clock is before ours, as the hours of a name told; 0 where it is the same. */
    ahead: (name: string): number => hours.get(name)?.ahead ?? 0,
  };
}

export const instruments = createRoot(create);
