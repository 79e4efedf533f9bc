// What a running gateway holds; answers read it, the session and the faults change it.
import type { AccountBook } from '../accounts/account-book.js';
import type { Clock } from '../clock.js';
import type { Faults } from '../faults/faults.js';
import type { MatchingEngine } from '../matching/engine.js';
import type { World } from '../world/world.js';
import type { Client } from './client.js';
import type { Settings } from './options.js';
import type { PacingLimits } from './pacing/limits.js';
import type { HistoryPacing, Lines } from './pacing/pacing.js';
import type { LogEntry } from './record.js';
import type { QuoteStreams } from './streams/quote-streams.js';
import type { TerminalSettings } from './terminal-settings.js';

export interface Gateway {
  readonly settings: Settings;
  readonly seed: number;
  readonly clock: Clock;
  readonly world: World;
  readonly accounts: AccountBook;
  readonly engine: MatchingEngine;
  readonly clients: ReadonlySet<Client>;
  readonly limits: PacingLimits;
  readonly lines: Lines;
  readonly depthLines: Lines;
  readonly tickLines: Lines;
  readonly history: HistoryPacing;
  readonly quotes: QuoteStreams;
  readonly faults: Faults;
  /** What clients changed that lives as long as the gateway. */
  readonly memory: Memory;
  /** Runs when the depth of every book is reset (317); returns the way to stop. */
  onDepthReset(run: () => void): () => void;
  /** True when the id belongs to a client that is connected, or was until a moment ago. */
  isTaken(clientId: number): boolean;
  log(client: Client | undefined, what: LogEntry['what'], text: string): void;
}

/** Small things clients set and read back. */
export interface Memory {
  /** Advisor data by its type, as it was last replaced. */
  readonly advisor: Map<number, string>;
  /** Contract shown by each display group, as `conId@exchange`. */
  readonly displayGroups: Map<number, string>;
  /** When a tick-by-tick request for an instrument was last taken. */
  readonly tickByTickAsked: Map<number, number>;
  /** Order ids begin here for a client that never placed an order, and are given out from here after a roll-back. */
  readonly nextIds: Map<number, number>;
  /** What its messages mean. */
  terminal: TerminalSettings;
  /** Settings of the terminal that `updateConfig` changed. */
  config: Readonly<Record<string, unknown>>;
}
