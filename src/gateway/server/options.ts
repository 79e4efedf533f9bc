// What a simulated gateway can be told to be, with the value each setting has when nothing is said.
import { MAX_VERSION } from '../../protocol/handshake.js';
import type { AccountKind } from '../accounts/account-kind.js';
import type { AdvisorGroup } from '../accounts/advisor.js';
import type { Clock } from '../clock.js';
import type { EngineOptions } from '../matching/engine-state.js';
import type { PacingLimits } from './pacing/limits.js';
import { settingsAs, type TerminalSettings } from './terminal-settings.js';

/** What is said after startApi, in this order. `openOrders` are said only to a client that has working orders. */
export const START_STEPS = ['openOrders', 'managedAccounts', 'nextValidId', 'notices'] as const;
/** A message of a connection's beginning. */
export type StartStep = (typeof START_STEPS)[number];

/** An account to open: cash per currency (default 1,000,000 of the base currency) and holdings, which cost nothing. */
export interface AccountOptions {
  readonly account?: string;
  readonly kind: AccountKind;
  readonly baseCurrency?: string;
  readonly cash?: Readonly<Record<string, number>>;
  /** Quantity by symbol, local symbol or conId. */
  readonly holdings?: Readonly<Record<string, number>>;
  /** Security types it may trade; unset: all. */
  readonly permissions?: readonly string[];
  readonly noCurrencyLeverage?: boolean;
}

/** What a simulated gateway can be told to be. Everything may be left out. */
export interface SimulateOptions {
  /** Decides prices, permIds and execution ids; default 1. */
  readonly seed?: number;
  /** Port to listen on; default a free one. */
  readonly port?: number;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** 100 to 226; each client gets the lower of this and its own highest. Default 226. */
  readonly serverVersion?: number;
  /**
   * The gateway's time. Default: a clock of its own at true speed that begins at `startAt`. A clock that is given stays
   * the caller's; `virtual` makes one that moves only by `advance`.
   */
  readonly clock?: Clock | 'wall' | 'virtual';
  /** Epoch ms at which an own clock begins; default Wednesday 2 September 2026, 10:00 in New York. `wall` begins at the true time. */
  readonly startAt?: number;
  /** How many seconds of an own clock pass in a true one; default 1. */
  readonly speed?: number;
  /** Kinds or whole descriptions, `all` for one of each kind, `advisor` for an advisor with three clients. Default one margin account. */
  readonly accounts?: 'all' | 'advisor' | readonly (AccountKind | AccountOptions)[];
  /** Groups of an advisor. */
  readonly groups?: readonly AdvisorGroup[];
  /** Behaviour of the matching engine. */
  readonly orders?: Omit<EngineOptions, 'seed' | 'readOnly' | 'hostZone'>;
  /** Settings of the terminal that change what its messages mean; `updateConfig` changes them later. */
  readonly terminal?: Partial<TerminalSettings>;
  /** Refuses orders, cancels and order queries with 321. */
  readonly readOnly?: boolean;
  /** Zone of the texts the host writes, and of bar times; default `US/Eastern`. */
  readonly hostZone?: string;
  /** How the greeting names that zone; default `EST`. */
  readonly hostZoneText?: string;
  /** This client hears the orders of every client. */
  readonly masterClientId?: number;
  /** Most clients at once, counted from their startApi on; default 32. The next one is told that the gateway is full. */
  readonly maxClients?: number;
  /** Most connections at once that have not come to startApi; default 64. Then the one that has waited longest goes. */
  readonly maxWaiting?: number;
  /** Milliseconds for which a client id stays taken after its connection ended; default 0. */
  readonly clientIdHeldFor?: number;
  /** Milliseconds a client has for its handshake and startApi; default 10,000. */
  readonly patience?: number;
  /** Order of the first messages; default open orders, accounts, next id, notices. */
  readonly start?: readonly StartStep[];
  /** First order id of a client that never placed one; default 1. */
  readonly firstOrderId?: number;
  /** Sends every kind in one form where the server version allows both; default as the version demands. */
  readonly wire?: 'text' | 'protobuf';
  /** What the login may see. `live`: everything. `delayed`: nothing live, delayed where asked for. Default live. */
  readonly marketData?: 'live' | 'delayed' | 'none';
  /** What an instrument without live rights is answered when live data was asked for; default 354. */
  readonly refusal?: 354 | 10089;
  /** The budgets, or `off`. */
  readonly pacing?: Partial<PacingLimits> | 'off';
  /** Seconds between changes of account updates and summaries, between P&L messages; default 180 and 1. */
  readonly cadence?: { readonly account?: number; readonly pnl?: number };
  /** Bytes that may wait for a client that does not read before it is dropped; default 64 MiB. */
  readonly maxUnread?: number;
  /** Requests and log lines that are kept; default 10,000 each, older ones are forgotten. */
  readonly keep?: number;
  /** Faults in the grammar of `faults/grammar.ts`, several separated by `;` or given one by one. */
  readonly faults?: string | readonly string[];
}

/** Wednesday 2 September 2026, 10:00 in New York: Europe and America trade. */
export const DEFAULT_START = Date.UTC(2026, 8, 2, 14);

/** Settings of the message layer, all decided. */
export interface Settings {
  readonly serverVersion: number;
  readonly terminal: TerminalSettings;
  readonly readOnly: boolean;
  readonly hostZone: string;
  readonly hostZoneText: string;
  readonly masterClientId: number | undefined;
  readonly maxClients: number;
  readonly maxWaiting: number;
  readonly clientIdHeldFor: number;
  readonly patience: number;
  readonly start: readonly StartStep[];
  readonly firstOrderId: number;
  readonly wire: 'text' | 'protobuf' | undefined;
  readonly marketData: 'live' | 'delayed' | 'none';
  readonly refusal: 354 | 10089;
  readonly accountCadence: number;
  readonly pnlCadence: number;
  readonly maxUnread: number;
  readonly keep: number;
}

export function settingsOf(options: SimulateOptions): Settings {
  return {
    serverVersion: options.serverVersion ?? MAX_VERSION,
    terminal: settingsAs(options.terminal),
    readOnly: options.readOnly ?? false,
    hostZone: options.hostZone ?? 'US/Eastern',
    hostZoneText: options.hostZoneText ?? 'EST',
    masterClientId: options.masterClientId,
    maxClients: options.maxClients ?? 32,
    maxWaiting: options.maxWaiting ?? 64,
    clientIdHeldFor: options.clientIdHeldFor ?? 0,
    patience: options.patience ?? 10_000,
    start: options.start ?? START_STEPS,
    firstOrderId: options.firstOrderId ?? 1,
    wire: options.wire,
    marketData: options.marketData ?? 'live',
    refusal: options.refusal ?? 354,
    accountCadence: (options.cadence?.account ?? 180) * 1000,
    pnlCadence: (options.cadence?.pnl ?? 1) * 1000,
    maxUnread: options.maxUnread ?? 64 * 1024 * 1024,
    keep: options.keep ?? 10_000,
  };
}
