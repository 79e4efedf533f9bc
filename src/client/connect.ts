// The door: opens a session and puts the facades on it.

import { MAX_VERSION, MIN_VERSION } from '../protocol/handshake.js';
import { accountCalls } from './accounts/calls.js';
import { type AccountsFacade, createAccounts } from './accounts/facade.js';
import { createGatekeeper, openGates } from './admission/gatekeeper.js';
import { advisorCalls } from './advisor/calls.js';
import { type AdvisorFacade, createAdvisor } from './advisor/facade.js';
import { calendarCalls } from './calendar/calls.js';
import { type CalendarFacade, createCalendar } from './calendar/facade.js';
import { contractCalls } from './contracts/calls.js';
import { type ContractsFacade, createContracts } from './contracts/facade.js';
import { historyCalls } from './history/calls.js';
import { createHistory, type HistoryFacade } from './history/facade.js';
import { checked, mustBe } from './input/check-call.js';
import { legible } from './input/legible.js';
import { marketCalls } from './market/calls.js';
import { createMarket, type MarketFacade } from './market/facade.js';
import { newsCalls } from './news/calls.js';
import { createNews, type NewsFacade } from './news/facade.js';
import { optionCalls } from './options/calls.js';
import { createOptions, type OptionsFacade } from './options/facade.js';
import { orderCalls } from './orders/calls.js';
import { createOrders, type OrdersFacade } from './orders/facade.js';
import { createRaw, type Raw } from './raw.js';
import { scannerCalls } from './scanner/calls.js';
import { createScanner, type ScannerFacade } from './scanner/facade.js';
import { checkOptions } from './session/check-options.js';
import type { ConnectOptions } from './session/connect-options.js';
import { type SessionEvents, type SessionState, sessionEvent } from './session/events.js';
import { type Health, healthOf } from './session/health.js';
import type { SessionOptions } from './session/options.js';
import { Session } from './session/session.js';
import { terminalCalls } from './terminal/calls.js';
import { createTerminal, type TerminalFacade } from './terminal/facade.js';
import { defaultBackOff } from './time/back-off.js';
import { openLink } from './wire/link.js';
import { wallTimer } from './wire/timer.js';

/** A session with TWS or IB Gateway. */
export interface Ib extends AsyncDisposable {
  /** Accounts of the login: kinds, numbers, holdings, profit and loss. */
  readonly accounts: AccountsFacade;
  /** Instruments: found, proven to exist, their price steps and hours. */
  readonly contracts: ContractsFacade;
  /** Prices as they are and as they move. */
  readonly market: MarketFacade;
  /** Bars and ticks of the past. */
  readonly history: HistoryFacade;
  /** Headlines and articles. */
  readonly news: NewsFacade;
  /** Scans of the market. */
  readonly scanner: ScannerFacade;
  /** Wall Street Horizon. */
  readonly calendar: CalendarFacade;
  /** Groups and aliases of an advisor. */
  readonly advisor: AdvisorFacade;
  /** TWS or IB Gateway itself: its clock, its settings, its display groups. */
  readonly terminal: TerminalFacade;
  /** Chains and Greeks. */
  readonly options: OptionsFacade;
  /** Orders: judged, sent, followed, changed, taken back. */
  readonly orders: OrdersFacade;
  /** The gateway's own messages, in both directions. */
  readonly raw: Raw;
  /** State, silence, farms, budgets and notices at one look, as they are now. */
  readonly health: Health;
  /** Where the session stands. A union: switch over `at`. */
  readonly state: SessionState;
  /** What both sides have agreed on; it says which fields there are. */
  readonly serverVersion: number;
  /** The gateway's clock at the greeting, as free text of its host. */
  readonly connectionTime: string;
  /** The id that the session came with; orders belong to it. */
  readonly clientId: number;
  /** Calls the listener whenever the event happens. Returns what takes it out again. @throws {InputError} for an event that nobody emits */
  on<E extends keyof SessionEvents>(event: E, listener: (...args: SessionEvents[E]) => void): () => void;
  /** Ends the session; everything open settles. */
  close(): void;
}

/**
 * Connects to TWS or IB Gateway and resolves when requests may be sent.
 * @throws {InputError} for an option that makes no sense; {ConnectError} whose `phase` and hint say which step is missing and what to
 * do; the signal's reason when aborted.
 */
export function connect(options: ConnectOptions): Promise<Ib> {
  return connectBy(openLink, options);
}

/** The same over connections that `open` makes. */
export async function connectBy(open: typeof openLink, options: ConnectOptions): Promise<Ib> {
  const { ib, start } = unstarted(open, options);
  await start();
  if (options.orders?.accounts !== undefined && options.orders.accounts !== 'none') await prepared(ib, options.signal);
  return ib;
}

/** A session that has not begun, for who listens from its first message on. @throws {InputError} */
export function unstarted(
  open: typeof openLink,
  options: ConnectOptions,
): { readonly ib: Ib; readonly start: () => Promise<void> } {
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
    startWithin: options.startWithin ?? 0,
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
    open,
  );
  return { ib: facade(session, options), start: () => session.start(options.signal) };
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
  return legible({
    accounts: checked(createAccounts(session), accountCalls),
    contracts: checked(contracts, contractCalls),
    market: checked(createMarket(session), marketCalls),
    history: checked(createHistory(session), historyCalls),
    news: checked(createNews(session), newsCalls),
    scanner: checked(createScanner(session), scannerCalls),
    calendar: checked(createCalendar(session), calendarCalls),
    advisor: checked(createAdvisor(session), advisorCalls),
    terminal: checked(createTerminal(session), terminalCalls),
    options: checked(createOptions(session, contracts.qualifyMany, options.options), optionCalls),
    orders: checked(orders, orderCalls),
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
    on(event, listener) {
      mustBe(sessionEvent, 'event', event);
      return session.listen(event, listener);
    },
    close: () => session.close(),
    [Symbol.asyncDispose]() {
      session.close();
      return Promise.resolve();
    },
  });
}
