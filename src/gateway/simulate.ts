// Starts a simulated gateway in one line, and what a program can do with it.
import type { AccountBook, PortfolioRow } from './accounts/account-book.js';
import { portfolioOf, snapshot } from './accounts/account-book.js';
import type { AccountValue } from './accounts/account-values.js';
import { type Clock, type VirtualClock, virtualClock, wallClock } from './clock.js';
import type { Faults } from './faults/faults.js';
import { runScript } from './faults/script.js';
import type { MatchingEngine, OrderSummary } from './matching/engine.js';
import { checkOptions } from './server/check-options.js';
import { openAccounts } from './server/login.js';
import { type Network, sockets } from './server/network.js';
import { DEFAULT_START, type SimulateOptions, settingsOf } from './server/options.js';
import { DEFAULT_LIMITS, NO_LIMITS } from './server/pacing/limits.js';
import type { LogEntry } from './server/record.js';
import { scopedClock } from './server/scoped-clock.js';
import { GatewayServer, type ReceivedRequest, type Traffic } from './server/server.js';
import { barSizeOf, durationOf, whatToShowOf } from './world/bar-sizes.js';
import { type HistoryBar, historyBars } from './world/history.js';
import type { Market } from './world/market.js';
import { createWorld, type World } from './world/world.js';

/** The hands on the market. Names as `Market.set` takes them: conId, symbol, or local symbol. */
export interface MarketHands extends Pick<Market, 'set' | 'halt' | 'resume' | 'quote' | 'instrument'> {
  /** Empties every depth book with 317. */
  resetDepth(): void;
}

/** Which bars; words as in `reqHistoricalData`. */
export interface HistoryQuestion {
  /** As `5 D`. */
  readonly duration: string;
  /** As `1 hour`. */
  readonly barSize: string;
  /** Default TRADES. */
  readonly whatToShow?: string;
  /** Default true. */
  readonly useRTH?: boolean;
  /** Up to here, epoch ms; default now. */
  readonly end?: number;
}

/** A gateway that runs until it is closed. */
export interface SimulatedGateway extends AsyncDisposable {
  readonly port: number;
  readonly host: string;
  readonly serverVersion: number;
  /** Account numbers, as managedAccounts lists them. */
  readonly accounts: readonly string[];
  /** The books behind the accounts. */
  readonly accountBook: AccountBook;
  /** Holdings as they are now; unset: of all accounts. */
  positions(account?: string): readonly PortfolioRow[];
  /** Every number of an account, those of its ledgers among them, as they are now. */
  values(account?: string): readonly AccountValue[];
  /** Bars as `reqHistoricalData` has them, oldest first. @throws {WorldError} for what there is not */
  history(conId: number, question: HistoryQuestion): readonly HistoryBar[];
  readonly market: MarketHands;
  /** Every order, ended ones included. */
  readonly orders: readonly OrderSummary[];
  readonly engine: MatchingEngine;
  /** Requests as they were decoded, the newest `keep` of them. */
  readonly received: readonly ReceivedRequest[];
  /** Clients connected now, by client id (−1: not started). */
  readonly clients: readonly { readonly connection: number; readonly clientId: number; readonly serverVersion: number }[];
  readonly log: readonly LogEntry[];
  /** Calls the listener with each new line of the log. Returns what takes it out again. */
  onLog(listener: (entry: LogEntry) => void): () => void;
  readonly faults: Faults;
  /** Puts a fault script to work, as `--fault` does. @throws {FaultScriptError} for one that cannot be read. */
  runFaults(script: string): void;
  /** What was sent so far. */
  readonly traffic: Traffic;
  /** Universe and market behind it all. */
  readonly world: World;
  readonly clock: Clock;
  /**
   * Moves a virtual clock forward, letting clients read what is sent on the way.
   * @throws {RangeError} for a clock that runs by itself.
   */
  advance(ms: number): Promise<void>;
  /** Ends every connection and stops listening. Nothing is left behind. */
  close(): Promise<void>;
}

const SLICE_MS = 1_000;
/** More than this waiting for a client makes `advance` wait for it. */
const WAIT_ABOVE = 1024 * 1024;

/**
 * Starts a simulated gateway on loopback.
 * @throws {OptionError} for an option that does not exist, or that has no such value. @throws the socket's error when the port is taken.
 */
export function simulate(options: SimulateOptions = {}): Promise<SimulatedGateway> {
  return simulateOn(sockets, options);
}

/** The same on another network than that of sockets. */
export async function simulateOn(network: Network, options: SimulateOptions): Promise<SimulatedGateway> {
  checkOptions(options);
  const settings = settingsOf(options);
  const seed = options.seed ?? 1;
  const { clock: whole, virtual, isOwn } = clockOf(options);
  let onTimerError = (_text: string): void => {};
  const clock = scopedClock(whole, (error) => onTimerError(error.stack ?? error.message));
  const world = createWorld(clock, seed);
  const host = options.host ?? '127.0.0.1';
  const accounts = openAccounts(options, world);
  const server = new GatewayServer({
    settings,
    limits: options.pacing === 'off' ? NO_LIMITS : { ...DEFAULT_LIMITS, ...options.pacing },
    seed,
    clock,
    world,
    accounts,
    engine: { ...options.orders, seed, readOnly: settings.readOnly, hostZone: settings.hostZone },
    network,
    host,
    port: options.port ?? 0,
  });
  onTimerError = (text) => server.note(undefined, 'trouble', text);
  const close = async (): Promise<void> => {
    await server.close();
    clock.close();
    if (isOwn) whole.close();
  };
  try {
    const lines = typeof options.faults === 'string' ? [options.faults] : (options.faults ?? []);
    for (const line of lines) runScript(line, server.faults, clock);
    await server.listen();
  } catch (error) {
    await close();
    throw error;
  }
  const { gateway } = server;
  const { market } = world;
  return {
    get port() {
      return server.port;
    },
    host,
    serverVersion: settings.serverVersion,
    accounts: [...accounts.accounts.keys()],
    accountBook: accounts,
    positions: (account = [...accounts.accounts.keys()][0] ?? '') => portfolioOf(accounts, account),
    values: (account = [...accounts.accounts.keys()][0] ?? '') => snapshot(accounts, account).values,
    history: (conId, { duration, barSize, whatToShow = 'TRADES', useRTH = true, end }) =>
      historyBars(market, {
        conId,
        end,
        duration: durationOf(duration),
        barSize: barSizeOf(barSize),
        whatToShow: whatToShowOf(whatToShow),
        useRTH,
      }),
    market: {
      set: market.set,
      halt: market.halt,
      resume: market.resume,
      quote: market.quote,
      instrument: market.instrument,
      resetDepth: () => server.resetDepth(),
    },
    get orders() {
      return gateway.engine.orders();
    },
    engine: gateway.engine,
    received: server.received.entries,
    get clients() {
      return [...gateway.clients].map(({ number, clientId, serverVersion }) => ({ connection: number, clientId, serverVersion }));
    },
    log: server.log.entries,
    onLog: (listener) => server.onLog(listener),
    faults: server.faults,
    runFaults: (script) => runScript(script, server.faults, clock),
    get traffic() {
      return server.traffic;
    },
    world,
    clock: whole,
    advance: (ms) => {
      if (virtual === undefined) throw new RangeError('only a virtual clock can be advanced by hand');
      return advance(virtual, ms, server);
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

function clockOf(options: SimulateOptions): { clock: Clock; virtual: VirtualClock | undefined; isOwn: boolean } {
  const { clock, speed } = options;
  if (typeof clock === 'object')
    return { clock, virtual: 'advance' in clock ? (clock as VirtualClock) : undefined, isOwn: false };
  if (clock === 'virtual') {
    const virtual = virtualClock(options.startAt ?? DEFAULT_START);
    return { clock: virtual, virtual, isOwn: true };
  }
  const startAt = options.startAt ?? (clock === 'wall' ? undefined : DEFAULT_START);
  return {
    clock: wallClock({ ...(startAt !== undefined && { startAt }), ...(speed !== undefined && { speed }) }),
    virtual: undefined,
    isOwn: true,
  };
}

/** In slices, with a turn of the event loop after each, and longer while a client is behind with its reading. */
async function advance(clock: VirtualClock, ms: number, { gateway }: GatewayServer): Promise<void> {
  const end = clock.now() + ms;
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  do {
    clock.advanceTo(Math.min(end, clock.now() + SLICE_MS));
    const isBehind = (): boolean =>
      [...gateway.clients].some(({ wire }) => wire.unread > WAIT_ABOVE && wire.shaper === undefined);
    if (gateway.clients.size > 0) await turn();
    for (let patience = 2_000; isBehind() && patience > 0; patience--) await new Promise((resolve) => setTimeout(resolve, 1));
  } while (clock.now() < end);
}
