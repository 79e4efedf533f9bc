// Live quotes over one WebSocket: the newest of each instrument, shown once for each frame that the screen draws.

import { type Accessor, createRoot, createSignal, onCleanup } from 'solid-js';
import type { ShownBook, ShownTrade, ShownTrades } from '../../http/depth-feed.js';
import type { QuoteOut } from '../../session/shown-quote.js';
import type { Refusal } from './api.js';

export type Quote = QuoteOut;
type Problem = Refusal & { readonly type?: string };

/** What the socket says. */
interface Told {
  readonly quotes?: readonly Quote[];
  readonly ticks?: number;
  readonly named?: Readonly<Record<string, number>>;
  readonly problem?: Problem;
  readonly of?: string | number;
  readonly depth?: Partial<ShownBook> & { readonly of: string | number; readonly problem?: Problem };
  readonly trades?: Partial<ShownTrades> & { readonly of: string | number; readonly problem?: Problem };
}

/** A name that somebody looks at. */
interface Watched {
  count: number;
  conId: number | undefined;
  readonly quote: Accessor<Quote | undefined>;
  readonly setQuote: (quote: Quote) => void;
  readonly refusal: Accessor<Problem | undefined>;
  readonly setRefusal: (problem: Problem | undefined) => void;
}

export interface Trades {
  readonly trades: readonly ShownTrade[];
  readonly missed: number;
}
/** What is followed of one instrument. `asked`: nothing has come yet. */
export type Followed<T> =
  | { readonly at: 'none' }
  | { readonly at: 'asked'; readonly name: string }
  | { readonly at: 'told'; readonly name: string; readonly told: T }
  | { readonly at: 'refused'; readonly name: string; readonly problem: Problem };

const BATCH = 80;
/** A line that is not looked at for so long is given back. */
export const REST_MS = 5_000;
const MOST_TRADES = 200;
/** Refusals that pass by themselves. */
const AGAIN: ReadonlySet<number> = new Set([503, 504]);

/** As the desk is asked for it: `#265598` is a conId. */
export const askedAs = (name: string): string | { readonly conId: number } =>
  name.startsWith('#') ? { conId: Number(name.slice(1)) } : name;
/** The name that an instrument is watched under. */
type Named = string | { readonly conId: number };
const keyOf = (named: Named): string => (typeof named === 'string' ? named : `#${named.conId}`);
const echoOf = (name: string): string => (name.startsWith('#') ? name.slice(1) : name);

function create() {
  const watched = new Map<string, Watched>();
  const byEcho = new Map<string, string>();
  const names = new Map<number, Set<Watched>>();
  const newest = new Map<number, Quote>();
  const took = new Map<number, number>();
  const dirty = new Set<number>();
  const [depth, setDepth] = createSignal<Followed<ShownBook>>({ at: 'none' });
  const [trades, setTrades] = createSignal<Followed<Trades>>({ at: 'none' });
  const [rate, setRate] = createSignal(0);
  const [isUp, setUp] = createSignal(false);
  let socket: WebSocket | undefined;
  let isDue = false;
  const [frame, setFrame] = createSignal(0);
  let updates = 0;
  setInterval(() => {
    setRate(updates);
    updates = 0;
  }, 1000);

  const say = (body: object): void => {
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(body));
  };
  let asked: string[] = [];
  /** Names of one turn leave together. */
  const subscribe = (name: string): void => {
    asked.push(name);
    if (asked.length > 1) return;
    queueMicrotask(() => {
      const all = asked.filter((one) => watched.has(one));
      asked = [];
      for (let from = 0; from < all.length; from += BATCH) say({ subscribe: all.slice(from, from + BATCH).map(askedAs) });
    });
  };
  const follow = (what: 'depth' | 'trades', name: string | undefined): void =>
    say({ [what]: name === undefined ? null : askedAs(name) });
  const nameOf = (state: Followed<unknown>): string | undefined => (state.at === 'none' ? undefined : state.name);

  /** Once a frame, however many batches came: each row that changed, once. */
  const draw = (): void => {
    isDue = false;
    for (const conId of dirty) {
      const quote = newest.get(conId);
      if (quote !== undefined) for (const one of names.get(conId) ?? []) one.setQuote(quote);
    }
    dirty.clear();
    setFrame((count) => count + 1);
  };
  const joined = (echo: string, conId: number): void => {
    const name = byEcho.get(echo);
    const one = name === undefined ? undefined : watched.get(name);
    if (one === undefined) {
      // It left before its line was there.
      if (!names.has(conId)) say({ unsubscribe: [conId] });
      return;
    }
    one.conId = conId;
    one.setRefusal(undefined);
    names.set(conId, (names.get(conId) ?? new Set()).add(one));
    dirty.add(conId);
  };
  const take = (told: Told): void => {
    const at = performance.now();
    for (const [echo, conId] of Object.entries(told.named ?? {})) joined(echo, conId);
    for (const quote of told.quotes ?? []) {
      const { conId } = quote.contract;
      if (!names.has(conId)) continue;
      newest.set(conId, quote);
      took.set(conId, at - (quote.ageMs ?? 0));
      dirty.add(conId);
    }
    updates += told.ticks ?? 0;
    if (told.problem !== undefined) {
      const { of, problem } = told;
      const one = watched.get(byEcho.get(String(of)) ?? '') ?? [...(names.get(Number(of)) ?? [])][0];
      one?.setRefusal(problem);
      // No answer in time is no answer: it is asked again.
      const name = byEcho.get(String(of));
      if (name !== undefined && AGAIN.has(problem.status)) setTimeout(() => watched.has(name) && subscribe(name), REST_MS);
    }
    if (told.depth !== undefined) takeDepth(told.depth);
    if (told.trades !== undefined) takeTrades(told.trades);
    if (dirty.size === 0 || isDue) return;
    isDue = true;
    requestAnimationFrame(draw);
  };
  const takeDepth = ({
    of,
    problem,
    bids = [],
    asks = [],
    at,
    isCrossed = false,
    isStale = false,
  }: NonNullable<Told['depth']>): void => {
    const name = nameOf(depth());
    if (name === undefined || echoOf(name) !== String(of)) return;
    setDepth(
      problem === undefined
        ? { at: 'told', name, told: { bids, asks, at, isCrossed, isStale } }
        : { at: 'refused', name, problem },
    );
  };
  const takeTrades = ({ of, problem, trades: fresh = [], missed = 0 }: NonNullable<Told['trades']>): void => {
    const state = trades();
    const name = nameOf(state);
    if (name === undefined || echoOf(name) !== String(of)) return;
    if (problem !== undefined) {
      setTrades({ at: 'refused', name, problem });
      return;
    }
    const before = state.at === 'told' ? state.told : { trades: [], missed: 0 };
    const all = [...[...fresh].reverse(), ...before.trades].slice(0, MOST_TRADES);
    setTrades({ at: 'told', name, told: { trades: all, missed: before.missed + missed } });
  };
  /** Everything that is looked at is asked for; what is there already stays as it is. */
  const askAll = (): void => {
    for (const name of watched.keys()) subscribe(name);
    for (const [what, state] of [
      ['depth', depth()],
      ['trades', trades()],
    ] as const)
      if (nameOf(state) !== undefined) follow(what, nameOf(state));
  };
  const open = (): void => {
    if (socket !== undefined) return;
    const made = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/v1/quotes/socket`);
    socket = made;
    made.onopen = () => {
      setUp(true);
      askAll();
    };
    made.onmessage = ({ data }) => take(JSON.parse(data as string) as Told);
    made.onclose = () => {
      socket = undefined;
      setUp(false);
      if (watched.size > 0 || depth().at !== 'none') setTimeout(open, 1000);
    };
  };
  const leave = (name: string): void => {
    const one = watched.get(name);
    if (one === undefined || --one.count > 0) return;
    watched.delete(name);
    byEcho.delete(echoOf(name));
    if (one.conId === undefined) return;
    const others = names.get(one.conId);
    others?.delete(one);
    if ((others?.size ?? 0) > 0) return;
    names.delete(one.conId);
    newest.delete(one.conId);
    took.delete(one.conId);
    dirty.delete(one.conId);
    say({ unsubscribe: [one.conId] });
  };
  return {
    /** Ticks that the desk gathered in the last second. */
    rate,
    isUp,
    /** Names that are looked at, and a while longer. */
    get size(): number {
      return watched.size;
    },
    /** Counts how often rows were drawn: once a frame at most. */
    frame,
    isWatched: (name: string): boolean => watched.has(name),
    /** The newest of a name that is watched; read it where a drawing depends on it. */
    of: (named: Named): Quote | undefined => watched.get(keyOf(named))?.quote(),
    refusalOf: (name: string): Problem | undefined => watched.get(name)?.refusal(),
    /** Milliseconds since its newest number came to the gateway. */
    ageOf: (conId: number): number | undefined => {
      const at = took.get(conId);
      return at === undefined ? undefined : performance.now() - at;
    },
    /** Keeps a line while the caller's owner lives, and five seconds longer. */
    watch(named: Named): void {
      const name = keyOf(named);
      const known = watched.get(name);
      if (known === undefined) {
        const [quote, setQuote] = createSignal<Quote>();
        const [refusal, setRefusal] = createSignal<Problem>();
        watched.set(name, { count: 1, conId: undefined, quote, setQuote, refusal, setRefusal });
        byEcho.set(echoOf(name), name);
        if (isUp()) subscribe(name);
        else open();
      } else known.count++;
      onCleanup(() => setTimeout(leave, REST_MS, name));
    },
    askAll,
    depth,
    trades,
    /** Follows book and trades of one instrument; undefined gives both back. */
    follow(what: 'depth' | 'trades', name: string | undefined): void {
      const state = name === undefined ? ({ at: 'none' } as const) : ({ at: 'asked', name } as const);
      if (what === 'depth') setDepth(state);
      else setTrades(state);
      if (isUp()) follow(what, name);
      else if (name !== undefined) open();
    },
  };
}

export const quotes = createRoot(create);
