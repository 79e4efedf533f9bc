// The terminal's configuration: what it is, and changes to it.
import type { MessageInput, RequestOf } from '../../../protocol/registry.js';
import type { Family } from '../answer-types.js';
import type { Gateway } from '../state.js';
import { SETTING_NAMES, settingsAs, type TerminalSettings, TOLD_ZONES } from '../terminal-settings.js';

type Config = MessageInput<'configResponse'>;

export const configAnswers = {
  reqConfig: ({ reqId = 0 }, client, gateway) => client.send('configResponse', { ...configOf(gateway), reqId }),

  updateConfig: (request, client, gateway) => {
    const { reqId = 0, resetAPIOrderSequence } = request;
    const changed = changesIn(request);
    const { lockAndExit, api, orders } = request;
    const fail = (message: string, error: string): void =>
      client.send('updateConfigResponse', { reqId, status: 'FAILED', message, changedFields: [], errors: [error], warnings: [] });
    if (changed.length === 0 && resetAPIOrderSequence !== true) {
      fail('Nothing to change', 'no field was given');
      return;
    }
    const zone = api?.settings?.sendInstrumentTimezone;
    if (zone !== undefined && !(TOLD_ZONES as readonly string[]).includes(zone)) {
      fail('Invalid value', `api.settings.sendInstrumentTimezone is one of ${TOLD_ZONES.join(', ')}`);
      return;
    }
    const { memory } = gateway;
    memory.config = {
      ...memory.config,
      ...(lockAndExit && { lockAndExit }),
      ...(api && { api: merged(configOf(gateway).api, api) }),
      ...(orders && { orders }),
    };
    memory.terminal = settingsAs({ ...memory.terminal, ...settingsIn(api?.settings) });
    client.send('updateConfigResponse', {
      reqId,
      status: 'SUCCESS',
      message: '',
      changedFields: changed,
      errors: [],
      warnings: [],
    });
  },
} satisfies Family;

type Api = NonNullable<Config['api']>;

/** A change of a part leaves the rest as it is. */
function merged(before: Api | undefined, change: Api): Api {
  return {
    precautions: { ...before?.precautions, ...said(change.precautions) },
    settings: { ...before?.settings, ...said(change.settings) },
  };
}

/** An empty list says nothing: the wire cannot tell it from none. */
function said<T extends object>(given: T | undefined): Partial<T> {
  const isSaid = (value: unknown): boolean => value !== undefined && !(Array.isArray(value) && value.length === 0);
  return Object.fromEntries(Object.entries(given ?? {}).filter(([, value]) => isSaid(value))) as Partial<T>;
}

/** Those of the settings that change what messages mean. */
function settingsIn(settings: Api['settings']): Partial<TerminalSettings> {
  return Object.fromEntries(
    Object.entries(said(settings)).filter(([name]) => (SETTING_NAMES as readonly string[]).includes(name)),
  );
}

/** Those that the configuration has a field for. */
function readable({ ledgerPrefix: _unseen, ...fields }: TerminalSettings): Omit<TerminalSettings, 'ledgerPrefix'> {
  return fields;
}

/** Names of the settings a request gives, such as `api.settings.readOnlyApi`. */
function changesIn({ lockAndExit, api, orders, messages }: RequestOf<'updateConfig'>): string[] {
  const names: string[] = [];
  const walk = (path: string, value: unknown): void => {
    if (value === undefined || value === null || (Array.isArray(value) && value.length === 0)) return;
    if (typeof value !== 'object' || Array.isArray(value)) names.push(path);
    else for (const [name, inner] of Object.entries(value)) walk(`${path}.${name}`, inner);
  };
  walk('lockAndExit', lockAndExit);
  walk('api', api);
  walk('orders', orders);
  walk('messages', messages);
  return names;
}

/** The configuration as it is: defaults of a gateway with the login's settings, then what was changed. */
function configOf({ settings, memory }: Gateway): Config {
  const base: Config = {
    lockAndExit: { autoLogoffTime: '11:45', autoLogoffPeriod: 'PM', autoLogoffType: 'restart' },
    messages: [
      {
        title: 'Order %s',
        message: '<html>Your order is held until the exchange opens.</html>',
        defaultAction: 'Yes',
        enabled: false,
      },
    ],
    api: {
      precautions: { bypassOrderPrecautions: true, bypassBondWarning: false },
      settings: {
        ...readable(memory.terminal),
        readOnlyApi: settings.readOnly,
        downloadOpenOrdersOnConnection: settings.start.includes('openOrders'),
        socketPort: 4002,
        masterClientId: settings.masterClientId,
        loggingLevel: 'error',
        allowLocalhostOnly: true,
        trustedIPs: ['127.0.0.1'],
      },
    },
    orders: { smartRouting: { seekPriceImprovement: true, preOpenReroute: false } },
  };
  return { ...base, ...memory.config };
}
