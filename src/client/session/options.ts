// What a session can be told: where, who, how patient, how to come back.

import type { BackOff } from '../time/back-off.js';
import type { Region } from '../time/maintenance.js';
import type { LinkOptions } from '../wire/link.js';

export interface SessionOptions extends Omit<LinkOptions, 'signal'> {
  /** Milliseconds of silence before the link is probed; 0 never probes. */
  readonly silence: number;
  /** Milliseconds a probe may take before the link counts as dead. */
  readonly probeWithin: number;
  /** False: a lost connection ends the session. */
  readonly reconnect: boolean;
  readonly backOff: BackOff;
  readonly onClientIdInUse: 'wait' | 'next';
  /** Milliseconds that the first connection may go on trying while the client id is in use. */
  readonly clientIdWithin: number;
  /** Milliseconds that the first connection may go on trying, whatever may pass being in its way. */
  readonly startWithin: number;
  readonly isReadOnly: boolean;
  /** Whose maintenance windows count. */
  readonly region: Region;
  /** The automatic restart of the application, where it is known. */
  readonly restart: RestartTime | undefined;
  readonly random: () => number;
  readonly tap: Tap | undefined;
}

/** Gets a copy of every chunk. */
export type Tap = (direction: 'in' | 'out', bytes: Uint8Array) => void;

/** When the application restarts by itself every day (default of TWS: 23:45 of its host). */
export interface RestartTime {
  /** `HH:mm` on the clock of `zone`. */
  readonly at: string;
  readonly zone: string;
  /** Orders are refused for this long before it, because what is sent just then vanishes; default 15,000 ms. */
  readonly quietMs?: number;
}
