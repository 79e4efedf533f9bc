// Signing in at the simulated web gateway.

import type { EndpointName } from '../endpoints/list.js';
import { type Door, type Handler, json } from './door.js';

function status({ session }: Door): object {
  return {
    authenticated: session.brokerage,
    established: session.brokerage,
    competing: session.competing,
    connected: session.outer,
    message: '',
    MAC: '00:00:00:00:00:00',
    serverInfo: { serverName: 'Simulated', serverVersion: 'Build 1' },
    hardware_info: 'simulated|00:00:00:00:00:00',
  };
}

/** The cookie's value of the one session. */
export const SESSION = 'simulated-session';

/** The brokerage session is gone, with everything that hangs on it. */
export function endBrokerage({ session }: Door): void {
  session.brokerage = false;
  session.accountsAsked = false;
  session.pending = undefined;
  session.prompted = undefined;
  session.kept.clear();
  session.seen.clear();
  session.suppressed.clear();
}

export const sessionHandlers = {
  'POST /iserver/auth/status': (door) => json({ ...status(door), fail: '' }),
  'POST /iserver/auth/ssodh/init': (door, { body }) => {
    const { publish, compete } = (body ?? {}) as { publish?: unknown; compete?: unknown };
    if (publish !== true) return json({ error: 'publish must be true' }, 500);
    const { session } = door;
    if (session.competing && compete === true) session.competing = false;
    if (!session.competing && !session.brokerage) {
      endBrokerage(door);
      session.brokerage = true;
    }
    return json(status(door));
  },
  'POST /tickle': (door) =>
    json({
      session: SESSION,
      ssoExpires: 600_000,
      collission: false,
      userId: 1,
      hmds: { error: 'no bridge' },
      iserver: { authStatus: status(door) },
    }),
  'GET /sso/validate': (door) =>
    json({ USER_ID: 1, USER_NAME: 'simulated', RESULT: true, AUTH_TIME: door.now(), EXPIRES: 600_000, LOGIN_TYPE: 2 }),
  'POST /logout': (door) => {
    endBrokerage(door);
    door.session.outer = false;
    return json({ status: true });
  },
  'POST /iserver/questions/suppress': (door, { body }) => {
    const ids = (body as { messageIds?: readonly string[] } | undefined)?.messageIds ?? [];
    if (ids.length === 0) return json({ error: 'unknown' }, 500);
    for (const id of ids) door.session.suppressed.add(id);
    return json({ status: 'submitted' });
  },
  'POST /iserver/questions/suppress/reset': (door) => {
    door.session.suppressed.clear();
    return json({ status: 'submitted' });
  },
} satisfies Partial<Record<EndpointName, Handler>>;
