// How the session is, in one readable snapshot.

import type { AdmissionView } from './admission/snapshot.js';
import type { FarmsHealth } from './notices/farms.js';
import { farmsDown } from './notices/farms.js';
import type { Session, SessionState } from './session.js';

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
  readonly openRequests: number;
  readonly liveStreams: number;
  /** Messages for calls that were settled already, and for nobody. */
  readonly late: number;
  readonly unclaimed: number;
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
    openRequests: session.router.openRequests,
    liveStreams: session.live.size,
    late: session.router.late,
    unclaimed: session.router.unclaimed,
  };
}
