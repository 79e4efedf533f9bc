// The session itself: clocks, log level, user, accounts of the login, display groups, and verification, which is refused.
import type { Family } from '../answer-types.js';
import type { Client } from '../client.js';
import { accountsList } from '../start.js';
import type { Gateway } from '../state.js';

const GROUPS = [1, 2, 3, 4, 5, 6, 7];
const NOT_VERIFIED = 'Verification of API messages is not allowed for this program';

export const sessionAnswers = {
  startApi: () => {},

  reqCurrentTime: (_request, client, { clock }) => client.send('currentTime', { time: Math.floor(clock.now() / 1000) }),

  reqCurrentTimeInMillis: (_request, client, { clock }) => client.send('currentTimeInMillis', { timeInMillis: clock.now() }),

  setServerLogLevel: ({ logLevel = 2 }, client) => {
    if (logLevel >= 1 && logLevel <= 5) client.logLevel = logLevel;
    else client.error(-1, 319, 'Invalid log level');
  },

  reqManagedAccts: (_request, client, gateway) => client.send('managedAccounts', { accountsList: accountsList(gateway) }),

  reqUserInfo: ({ reqId = 0 }, client) => client.send('userInfo', { reqId, whiteBrandingId: '' }),

  verifyRequest: (_request, client) => client.send('verifyCompleted', { isSuccessful: 'false', errorText: NOT_VERIFIED }),

  verifyMessage: (_request, client) => client.send('verifyCompleted', { isSuccessful: 'false', errorText: NOT_VERIFIED }),

  verifyAndAuthRequest: (_request, client) =>
    client.send('verifyAndAuthCompleted', { isSuccessful: 'false', errorText: NOT_VERIFIED }),

  verifyAndAuthMessage: (_request, client) =>
    client.send('verifyAndAuthCompleted', { isSuccessful: 'false', errorText: NOT_VERIFIED }),

  queryDisplayGroups: ({ reqId = 0 }, client) => client.send('displayGroupList', { reqId, groups: GROUPS.join('|') }),

  subscribeToGroupEvents: ({ reqId = 0, groupId = 0 }, client, gateway) => {
    if (!GROUPS.includes(groupId)) {
      client.error(reqId, 321, "Error validating request.-'bD' : cause - Invalid display group id");
      return;
    }
    const watched = watchers(gateway);
    watched.set(client, (watched.get(client) ?? new Map()).set(reqId, groupId));
    client.held.hold('displayGroup', reqId, () => watched.get(client)?.delete(reqId));
    client.send('displayGroupUpdated', { reqId, contractInfo: gateway.memory.displayGroups.get(groupId) ?? 'none' });
  },

  updateDisplayGroup: ({ reqId = 0, contractInfo = '' }, client, gateway) => {
    const watched = watchers(gateway);
    const groupId = watched.get(client)?.get(reqId);
    if (groupId === undefined) {
      client.error(reqId, 321, "Error validating request.-'bD' : cause - Not subscribed to group events");
      return;
    }
    gateway.memory.displayGroups.set(groupId, contractInfo);
    for (const [other, groups] of watched)
      for (const [id, group] of groups) if (group === groupId) other.send('displayGroupUpdated', { reqId: id, contractInfo });
  },

  unsubscribeFromGroupEvents: ({ reqId = 0 }, client) => void client.held.release('displayGroup', reqId),
} satisfies Family;

type Watchers = Map<Client, Map<number, number>>;
const byGateway = new WeakMap<Gateway, Watchers>();

/** Who watches which display group, by client and request. */
function watchers(gateway: Gateway): Watchers {
  const found = byGateway.get(gateway) ?? new Map();
  byGateway.set(gateway, found);
  for (const client of found.keys()) if (!client.isOpen) found.delete(client);
  return found;
}
