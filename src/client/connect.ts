// The door: opens a session and puts the facades on it.

import { MAX_VERSION, MIN_VERSION } from '../protocol/handshake.js';
import { type AccountsFacade, createAccounts } from './accounts/facade.js';
import { createGatekeeper, openGates } from './admission/gatekeeper.js';
import type { AdmissionLimits } from './admission/limits.js';
import { type AdvisorFacade, createAdvisor } from './advisor/facade.js';
import { type CalendarFacade, createCalendar } from './calendar/facade.js';
import { type ContractOptions, type ContractsFacade, createContracts } from './contracts/facade.js';
import { createHistory, type HistoryFacade } from './history/facade.js';
import { createMarket, type MarketFacade } from './market/facade.js';
import { createNews, type NewsFacade } from './news/facade.js';
import { createOptions, type OptionsFacade, type OptionsOptions } from './options/facade.js';
import { createOrders, type OrdersFacade } from './orders/facade.js';
import type { OrderOptions } from './orders/policy.js';
import { createRaw, type Raw } from './raw.js';
import { createScanner, type ScannerFacade } from './scanner/facade.js';
import { checkOptions } from './session/check-options.js';
import type { SessionEvents, SessionState } from './session/events.js';
import { type Health, healthOf } from './session/health.js';
import type { RestartTime, SessionOptions } from './session/options.js';
import { Session } from './session/session.js';
import { createTerminal, type TerminalFacade } from './terminal/facade.js';
import { type BackOff, defaultBackOff } from './time/back-off.js';
import type { Region } from './time/maintenance.js';
import { type Timer, wallTimer } from './wire/timer.js';

export interface ConnectOptions {
  /** TWS: 7496 live, 7497 paper; IB Gateway: 4001 live, 4002 paper. The port proves nothing: the account ids do. */
  readonly port: number;
  /** Default 127.0.0.1; `localhost` may mean ::1, which the gateway does not trust. */
  readonly host?: string;
  /** Default 0 is not chosen for you: every program wants its own id, because orders belong to it. Default 1. */
  readonly clientId?: number;
  /** Lowest and highest server version to announce; a highest of 200 forces the text wire. */
  readonly versions?: readonly [min: number, max: number];
  readonly connectOptions?: string;
  readonly optionalCapabilities?: string;
  /** Milliseconds for the TCP connect (5,000) and for each step after it (10,000). */
  readonly connectWithin?: number;
  readonly stepWithin?: number;
  /** Milliseconds of silence before the link is probed (30,000; 0 never), and for the answer (10,000). */
  readonly silence?: number;
  readonly probeWithin?: number;
  /** Come back by itself after a loss; default true. */
  readonly reconnect?: boolean;
  readonly backOff?: BackOff;
  /** On reconnect, when a broken connection still holds the id: wait for it, or take the next one. Default wait. */
  readonly onClientIdInUse?: 'wait' | 'next';
  /**
   * How long the first connection goes on trying while the id is in use, milliseconds. Default 0: it fails at once and says so. A
   * connection that broke off holds its id for about a minute: 90,000 outlasts it.
   */
  readonly clientIdWithin?: number;
  /** Orders cannot even be encoded. */
  readonly readOnly?: boolean;
  /** What stands between this program and an order: guards, account rules, journal, live accounts. */
  readonly orders?: OrderOptions;
  /** What is remembered of instruments, and where. */
  readonly contracts?: ContractOptions;
  /** For how long chains and Greeks are kept. */
  readonly options?: OptionsOptions;
  /** Whose nightly maintenance makes alarms softer; default `northAmerica`. */
  readonly region?: Region;
  /** When the application restarts by itself, where you know it: orders just before it are refused. */
  readonly restart?: RestartTime;
  /** The gateway's budgets where they are not the usual ones; `none` sends everything at once (replays). */
  readonly limits?: Partial<AdmissionLimits> | 'none';
  readonly signal?: AbortSignal;
  /** Gets a copy of every chunk: see `ibwire/capture`. */
  readonly tap?: (direction: 'in' | 'out', bytes: Uint8Array) => void;
  /** Time and chance, for tests. */
  readonly timer?: Timer;
  readonly random?: () => number;
}

/** A session with TWS or IB Gateway. */
export interface Ib extends AsyncDisposable {
  readonly accounts: AccountsFacade;
  readonly contracts: ContractsFacade;
  readonly market: MarketFacade;
  readonly history: HistoryFacade;
  readonly news: NewsFacade;
  readonly scanner: ScannerFacade;
  /** Wall Street Horizon. */
  readonly calendar: CalendarFacade;
  readonly advisor: AdvisorFacade;
  readonly terminal: TerminalFacade;
  readonly options: OptionsFacade;
  readonly orders: OrdersFacade;
  readonly raw: Raw;
  readonly health: Health;
  readonly state: SessionState;
  readonly serverVersion: number;
  /** The gateway's clock at the greeting, as free text of its host. */
  readonly connectionTime: string;
  readonly clientId: number;
  on<E extends keyof SessionEvents>(event: E, listener: (...args: SessionEvents[E]) => void): () => void;
  /** Ends the session; everything open settles. */
  close(): void;
}

/**
 * Connects to TWS or IB Gateway and resolves when requests may be sent.
 * @throws {InputError} for an option that makes no sense; {ConnectError} whose `phase` and hint say which step is missing and what to
 * do; the signal's reason when aborted.
 */
export async function connect(options: ConnectOptions): Promise<Ib> {
  checkOptions(options);
  const [minVersion, maxVersion] = options.versions ?? [MIN_VERSION, MAX_VERSION];
  const settings: SessionOptions = {
    host: options.host ?? '127.0.0.1',
    port: options.port,
    clientId: options.clientId ?? 1,
    minVersion,
    maxVersion,
    connectOptions: options.connectOptions ?? '',
    optionalCapabilities: options.optionalCapabilities ?? '',
    connectWithin: options.connectWithin ?? 5_000,
    stepWithin: options.stepWithin ?? 10_000,
    silence: options.silence ?? 30_000,
    probeWithin: options.probeWithin ?? 10_000,
    reconnect: options.reconnect ?? true,
    backOff: options.backOff ?? defaultBackOff,
    onClientIdInUse: options.onClientIdInUse ?? 'wait',
    clientIdWithin: options.clientIdWithin ?? 0,
    isReadOnly: options.readOnly ?? false,
    region: options.region ?? 'northAmerica',
    restart: options.restart,
    timer: options.timer ?? wallTimer,
    random: options.random ?? Math.random,
    tap: options.tap,
  };
  const session = new Session(
    settings,
    options.limits === 'none' ? openGates() : createGatekeeper(settings.timer, options.limits),
  );
  const ib = facade(session, options);
  await session.start(options.signal);
  if (options.orders?.accounts !== undefined && options.orders.accounts !== 'none') await prepared(ib, options.signal);
  return ib;
}

/** Account rules rest on pictures of the accounts: without them there is no session. */
async function prepared(ib: Ib, signal: AbortSignal | undefined): Promise<void> {
  try {
    await ib.orders.prepare({ signal });
  } catch (error) {
    ib.close();
    throw error;
  }
}

/** The facades over a session that is not started yet. */
export function facade(session: Session, options: ConnectOptions): Ib {
  const contracts = createContracts(session, options.contracts);
  const { orders, raw } = createOrders(session, contracts, options.orders);
  return {
    accounts: createAccounts(session),
    contracts,
    market: createMarket(session),
    history: createHistory(session),
    news: createNews(session),
    scanner: createScanner(session),
    calendar: createCalendar(session),
    advisor: createAdvisor(session),
    terminal: createTerminal(session),
    options: createOptions(session, contracts.qualifyMany, options.options),
    orders,
    raw: createRaw(session, raw),
    get health() {
      return healthOf(session);
    },
    get state() {
      return session.state;
    },
    get serverVersion() {
      return session.serverVersion;
    },
    get connectionTime() {
      return session.connectionTime;
    },
    get clientId() {
      return session.usedClientId;
    },
    on: (event, listener) => session.listen(event, listener),
    close: () => session.close(),
    [Symbol.asyncDispose]() {
      session.close();
      return Promise.resolve();
    },
  };
}
