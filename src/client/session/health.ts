// How the session is, in one readable snapshot.

import type { AdmissionView } from '../admission/snapshot.js';
import type { FarmsHealth } from '../notices/farms.js';
import { farmsDown } from '../notices/farms.js';
import { type Maintenance, maintenanceAt } from '../time/maintenance.js';
import type { Oddity, SessionNotice, SessionState } from './events.js';
import type { Session } from './session.js';

/** How well the session is, at this moment. Spans in milliseconds. */
export interface Health {
  readonly state: SessionState;
  readonly epoch: number;
  readonly serverVersion: number;
  /** Milliseconds since anything was heard; undefined before the first connection. */
  readonly silentFor: number | undefined;
  readonly farms: FarmsHealth;
  readonly farmsDown: readonly { readonly farm: string; readonly since: number }[];
  /** How much of each budget is used and who waits; undefined when there are no limits. */
  readonly admission: AdmissionView | undefined;
  /** The maintenance window of the broker that is open now: outages are expected; undefined when none is. */
  readonly maintenance: Maintenance | undefined;
  /** When the gateway restarts next, epoch milliseconds; undefined when `restart` was not given. */
  readonly nextRestart: number | undefined;
  /** The gateway's clock against UTC, in minutes, from its greeting; undefined when that was not readable. */
  readonly hostOffset: number | undefined;
  /** Orders are refused here: by option, or because the gateway said that its API is read-only. */
  readonly isReadOnly: boolean;
  /** The newest fifty notices, those before the session was ready among them. */
  readonly notices: readonly SessionNotice[];
  readonly openRequests: number;
  readonly liveStreams: number;
  /** Messages for calls that were settled already, and for nobody. */
  readonly late: number;
  readonly unclaimed: number;
  /** What was not understood, by kind of message: messages that could not be read, fields that no table knows. */
  readonly oddities: readonly Oddity[];
}

export function healthOf(session: Session): Health {
  return {
    state: session.state,
    epoch: session.epoch,
    serverVersion: session.serverVersion,
    silentFor: session.lastHeard === 0 ? undefined : session.timer.now() - session.lastHeard,
    farms: session.farms,
    farmsDown: farmsDown(session.farms),
    admission: session.gatekeeper.view,
    maintenance: maintenanceAt(session.timer.now(), session.options.region),
    nextRestart: session.nextRestart,
    hostOffset: session.hostOffset,
    isReadOnly: session.isReadOnly,
    notices: [...session.notices],
    openRequests: session.router.openRequests,
    liveStreams: [...session.live].filter(({ isStream }) => isStream === true).length,
    late: session.router.late,
    unclaimed: session.router.unclaimed,
    oddities: session.oddities,
  };
}
