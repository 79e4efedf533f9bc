/** What the engine keeps between calls; every file of this folder works on it. */
import type { AccountBook } from '../accounts/account-book.js';
import type { Cash, Quantity } from '../accounts/amount.js';
import { type Clock, type Timer, type VirtualClock, virtualClock } from '../clock.js';
import type { Instrument } from '../world/instrument.js';
import type { MarketView, Session } from '../world/market-view.js';
import { type InstrumentBook, openBook, takeQuote } from './instrument-book.js';
import type { LiveOrder, OcaGroup } from './live-order.js';
import type { Execution, OrderEvent } from './order-events.js';
import type { SimContract } from './sim-order.js';

/** How the matching engine behaves. Unset: as gateways of today do. */
export interface EngineOptions {
  /** `real`: repeats and second reports as recorded traffic shows them; `plain`: each thing once. Default `real`. */
  readonly echo?: 'real' | 'plain';
  /** `stepwise`: PreSubmitted first, then Submitted; `direct`: Submitted at once. Default `stepwise`. */
  readonly acknowledge?: 'stepwise' | 'direct';
  /** `pending`: a cancel passes through PendingCancel; `direct`: Cancelled at once. Default `pending`. */
  readonly cancelling?: 'pending' | 'direct';
  /** Milliseconds until the exchange acknowledges, a cancel is done, a commission is reported. Default 0: within the call. */
  readonly delays?: { readonly acknowledge?: number; readonly cancel?: number; readonly commission?: number };
  /** Refuses every order and cancel with 321. */
  readonly readOnly?: boolean;
  /** Zone of the texts the host writes (`autoCancelDate`, `completedTime`). Default `US/Eastern`. */
  readonly hostZone?: string;
  /** The preset that turns an absent time in force into DAY says so (10349). */
  readonly presetTif?: boolean;
  /** The login may have conditions measured overnight; without it they are refused with 10371. Default true. */
  readonly overnightConditions?: boolean;
  /** Login shown as `submitter` in echoes; unset: none. */
  readonly submitter?: string;
  /** Precautionary settings: percent off the market (109), ticks off the market (382), size (383). */
  readonly precautions?: { readonly percent?: number; readonly ticks?: number; readonly size?: number };
  /** By client id: the highest order id it used in sessions before this one. Ids up to it are duplicates (103). */
  readonly usedOrderIds?: Readonly<Record<string, number>>;
  /** Changes permIds and execution ids. Default 1. */
  readonly seed?: number;
}

/** What the orders live in: read at any time, and booked into. Nobody in it calls back. */
export interface Surroundings {
  readonly market: MarketView;
  readonly accounts: AccountBook;
  /** The instrument a contract means, or undefined: answered with 200. */
  readonly resolve: (contract: SimContract) => Instrument | undefined;
  /** Delta of an option at its model price, for hedges; undefined for what is none. Unset: delta hedges are refused. */
  readonly delta?: (instrument: Instrument) => number | undefined;
  /** What the venue makes of a cancel or a change that goes out; unset: it takes them all. */
  readonly venue?: (act: 'cancel' | 'modify') => VenueAnswer;
  /** How the host writes an instant of an instrument; unset: in `hostZone`. */
  readonly timeText?: (instant: number, instrument: Instrument) => string;
  /** Whether orders that come while the broker is away are kept until it is back; unset: yes. */
  readonly keepsOrders?: () => boolean;
  readonly options?: EngineOptions;
}

export interface EngineSetup extends Surroundings {
  /** Wakes the orders at the instants that they wait for. */
  readonly clock: Clock;
}

/** `silent`: refused by the venue's own message, which is told to nobody. `said`: refused with 201, and the order is reported again. */
export type VenueAnswer = 'taken' | 'silent' | 'said';

/** What an execution id is made of. */
export interface ExecutionNumber {
  readonly conId: number;
  readonly number: number;
  /** Numbers what belongs together. */
  readonly part: number;
  /** Rises with corrections, from 1 on. */
  readonly revision: number;
}

/** Four parts, as the gateway writes them. */
export function execIdOf({ conId, number, part, revision }: ExecutionNumber): string {
  const hex = (value: number, digits: number): string => (value >>> 0).toString(16).padStart(digits, '0');
  return [hex(conId % 0xfffff, 8), hex(number, 8), hex(part, 2), hex(revision, 2)].join('.');
}

/** One execution as it was booked, kept for queries and corrections. */
export interface ExecutionRecord {
  readonly number: ExecutionNumber;
  readonly contract: SimContract;
  readonly execution: Execution;
  readonly instrument: Instrument;
  /** Signed quantity booked; 0 for the summary execution of a combo. */
  readonly signed: Quantity;
  readonly commission: Cash;
  readonly currency: string;
  readonly realized: Cash | undefined;
  readonly order: LiveOrder;
  /** A correction of a higher revision has replaced it. */
  isReplaced: boolean;
}

/** Something a client asked for that has not been done: the broker is away. */
export interface Kept {
  readonly clientId: number;
  /** −1: all orders. */
  readonly orderId: number;
  readonly does: (state: EngineState) => void;
}

export interface ClientOrders {
  /** Highest order id used; the next must exceed it. */
  highest: number;
  /** Ids whose order was refused before it existed. */
  readonly refused: Set<number>;
  readonly byId: Map<number, LiveOrder>;
}

export const KEPT_ORDERS = 20_000;
export const KEPT_EXECUTIONS = 50_000;

export interface EngineState {
  readonly setup: Surroundings;
  readonly options: EngineOptions;
  /** What is said of the act that is under way, in the gateway's order. */
  readonly said: OrderEvent[];
  /** What is to happen later; somebody with a clock has it happen. */
  readonly agenda: VirtualClock;
  /** Books whose moves are wanted from now on, or no more; somebody with a market sees to it. */
  readonly rewatched: Set<InstrumentBook>;
  readonly books: Map<number, InstrumentBook>;
  readonly clients: Map<number, ClientOrders>;
  readonly byPermId: Map<string, LiveOrder>;
  /** Orders not final, staged ones included, in order of arrival. */
  readonly live: Set<LiveOrder>;
  readonly liveByAccount: Map<string, Set<LiveOrder>>;
  /** Ended orders, oldest first; the oldest are forgotten beyond `KEPT_ORDERS`. */
  readonly completed: LiveOrder[];
  readonly executions: ExecutionRecord[];
  readonly executionWatchers: Set<LiveOrder>;
  readonly marginWatchers: Set<LiveOrder>;
  /** By account, then by name. */
  readonly ocaGroups: Map<string, Map<string, OcaGroup>>;
  /** Orders that lost a hold and may go on; drained at the end of every call. */
  readonly ready: LiveOrder[];
  /** Orders something was said about in this call; repeats are planned at its end. */
  readonly announced: Set<LiveOrder>;
  /** What came while the broker was away, in order of arrival. */
  readonly kept: Kept[];
  isAway: boolean;
  nextSeq: number;
  nextPermId: number;
  nextExecution: number;
}

export function createState(setup: Surroundings): EngineState {
  const options = setup.options ?? {};
  const seed = (options.seed ?? 1) >>> 0;
  return {
    setup,
    options,
    said: [],
    agenda: virtualClock(setup.market.now()),
    rewatched: new Set(),
    books: new Map(),
    clients: new Map(),
    byPermId: new Map(),
    live: new Set(),
    liveByAccount: new Map(),
    completed: [],
    executions: [],
    executionWatchers: new Set(),
    marginWatchers: new Set(),
    ocaGroups: new Map(),
    ready: [],
    announced: new Set(),
    kept: [],
    isAway: false,
    nextSeq: 1,
    nextPermId: 1_000_000_000 + ((seed * 7_919_411) % 900_000_000),
    nextExecution: 0x6a000000 + ((seed * 65_537) % 0xffffff),
  };
}

export function nowOf(state: EngineState): number {
  return state.setup.market.now();
}

/** The book of an instrument, opened when it is first asked for; nobody tells it of moves unless it is watched. */
export function bookOf(state: EngineState, instrument: Instrument): InstrumentBook {
  let book = state.books.get(instrument.conId);
  if (!book) {
    book = openBook(state.setup.market, instrument);
    state.books.set(instrument.conId, book);
  } else if (!book.isWatched) takeQuote(book, state.setup.market.quote(instrument.conId));
  return book;
}

/** The book of an instrument that an order is going to wait on: its moves are wanted from now on. */
export function watchedBook(state: EngineState, instrument: Instrument): InstrumentBook {
  const book = bookOf(state, instrument);
  if (book.isWatched) return book;
  book.isWatched = true;
  book.session = book.quote.session;
  state.rewatched.add(book);
  return book;
}

/** Its moves are wanted no more where nothing waits any more. */
export function restBook(state: EngineState, book: InstrumentBook): void {
  if (!book.isWatched || book.live.size > 0 || book.watchers.size > 0 || book.combos.size > 0) return;
  book.isWatched = false;
  state.rewatched.add(book);
}

/** Like `bookOf`, with the quote as of now; a move that is due is taken in without waking anything. */
export function freshBook(state: EngineState, instrument: Instrument): InstrumentBook {
  const book = bookOf(state, instrument);
  takeQuote(book, state.setup.market.quote(instrument.conId));
  return book;
}

/** The session an instrument is in now. */
export function sessionNow(state: EngineState, instrument: Instrument): Session {
  const book = bookOf(state, instrument);
  const now = nowOf(state);
  if (book.stretch === undefined || now < book.stretch.from || now >= book.stretch.to) {
    book.stretch = state.setup.market.session(instrument.conId, now);
  }
  return book.stretch;
}

export function clientOf(state: EngineState, clientId: number): ClientOrders {
  let client = state.clients.get(clientId);
  if (!client) {
    client = { highest: state.options.usedOrderIds?.[clientId] ?? 0, refused: new Set(), byId: new Map() };
    state.clients.set(clientId, client);
  }
  return client;
}

export function isReal(state: EngineState): boolean {
  return state.options.echo !== 'plain';
}

/** Does something for an order at an instant, unless the order has ended by then. */
export function later(state: EngineState, order: LiveOrder, at: number, action: () => void): Timer {
  const timer = state.agenda.at(at, () => {
    if (!order.final) action();
  });
  order.timers.push(timer);
  return timer;
}
