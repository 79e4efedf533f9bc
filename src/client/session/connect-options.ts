// What `connect` can be told.
import type { AdmissionLimits } from '../admission/limits.js';
import type { ContractOptions } from '../contracts/facade.js';
import type { OptionsOptions } from '../options/facade.js';
import type { OrderOptions } from '../orders/policy.js';
import type { BackOff } from '../time/back-off.js';
import type { Region } from '../time/maintenance.js';
import type { Timer } from '../wire/timer.js';
import type { RestartTime } from './options.js';

/** What `connect` can be told. Only the port is needed. */
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
  /**
   * How long the first connection goes on trying, milliseconds, while the gateway is not up, is logging in, or holds the client id;
   * between two attempts it waits as `backOff` says. Default 0: the first failure is the last. A server of another version is not
   * tried again. The `ConnectError` at the end tells every reason that was seen.
   */
  readonly startWithin?: number;
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
