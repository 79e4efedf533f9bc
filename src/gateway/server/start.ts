// startApi: the client id is taken or refused, then the first messages go out in the order that was chosen.
import type { RequestOf } from '../../protocol/registry.js';
import type { Client } from './client.js';
import type { StartStep } from './options.js';
import { tell } from './orders-out.js';
import type { Gateway } from './state.js';

const IN_USE = 'Unable to connect as the client id is already in use. Retry with a unique client id.';

/** A refused client has so long to read why: recorded gateways hang up after about 0.7 s. */
const LINGER_MS = 700;

/** Starts a client's session, or refuses it: its id is in use, or the gateway is full. */
export function start(gateway: Gateway, client: Client, request: RequestOf<'startApi'>): void {
  const clientId = request.clientId ?? 0;
  const { maxClients } = gateway.settings;
  const others = [...gateway.clients].filter(({ isStarted, isOpen }) => isStarted && isOpen);
  if (gateway.isTaken(clientId)) refuse(gateway, client, 326, IN_USE);
  else if (others.length >= maxClients)
    refuse(gateway, client, 322, `Error processing request.-'bW' : cause - The gateway is full: ${maxClients} API clients.`);
  else begin(gateway, client, clientId, request);
}

/** Says why, then nothing else, and hangs up a moment later. */
function refuse(gateway: Gateway, client: Client, code: number, text: string): void {
  client.stage = 'refused';
  client.error(-1, code, text);
  gateway.log(client, 'trouble', text);
  const timer = gateway.clock.at(gateway.clock.now() + LINGER_MS, () => client.end());
  client.held.hold('lingering', undefined, () => timer.cancel());
}

function begin(gateway: Gateway, client: Client, clientId: number, request: RequestOf<'startApi'>): void {
  client.clientId = clientId;
  client.isMaster = clientId === gateway.settings.masterClientId;
  client.optionalCapabilities = request.optionalCapabilities ?? '';
  client.stage = 'started';
  gateway.log(client, 'started', `server version ${client.serverVersion}`);
  for (const step of gateway.settings.start) steps[step](gateway, client);
}

const steps: Readonly<Record<StartStep, (gateway: Gateway, client: Client) => void>> = {
  openOrders: (gateway, client) => {
    if (gateway.settings.readOnly) return;
    const events = gateway.engine.openOrders(client.clientId, client.clientId);
    if (events.length === 0) return;
    for (const event of events) tell(gateway, client, event);
    client.send('openOrderEnd', {});
  },
  managedAccounts: (gateway, client) => {
    client.send('managedAccounts', { accountsList: accountsList(gateway) });
  },
  nextValidId: (gateway, client) => {
    client.send('nextValidId', { orderId: nextOrderId(gateway, client.clientId) });
  },
  notices: (gateway, client) => {
    for (const { code, text } of gateway.faults.farms.notices()) client.error(-1, code, text);
    if (gateway.faults.isLost) client.error(-1, 2110, LOST);
  },
};

export const LOST = 'Connectivity between Trader Workstation and server is broken. It will be restored automatically.';

/** As managedAccounts says it: an advisor's own number first, every number followed by a comma when there are several. */
export function accountsList(gateway: Gateway): string {
  const accounts = [...gateway.accounts.accounts.keys()];
  return accounts.length > 1 ? `${accounts.join(',')},` : accounts.join(',');
}

/** The id the client is told: above all it has used, unless a roll-back says otherwise. */
export function nextOrderId(gateway: Gateway, clientId: number): number {
  const own = gateway.engine.nextValidId(clientId);
  return gateway.memory.nextIds.get(clientId) ?? Math.max(own, gateway.settings.firstOrderId);
}
