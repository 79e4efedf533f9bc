// Settings of the terminal that change what its messages mean, where they are set so that somebody should know.

import type { Ib } from '../../client/connect.js';
import type { Call } from '../../client/core.js';
import { SETTING_NAMES, terminalSettings } from '../../gateway/server/terminal-settings.js';
import { V } from '../../protocol/versions.js';
import { type Check, trouble } from './check.js';

/** Most milliseconds to wait for the configuration: gateways that do not tell it are as well. */
const PATIENCE_MS = 2_000;

/** One line for each setting to know of; none where the gateway cannot be asked (below 219, or 10357). */
export async function settings(ib: Ib, call: Call): Promise<readonly Check[]> {
  if (ib.serverVersion < V.CONFIG) return [];
  const timeout = Math.min(call.timeout ?? PATIENCE_MS, PATIENCE_MS);
  const told = await ib.terminal.config({ ...call, timeout }).then(
    ({ api }) => new Map<string, unknown>(Object.entries(api?.settings ?? {})),
    () => new Map<string, unknown>(),
  );
  return SETTING_NAMES.flatMap((name) => {
    const { title, changes, watch } = terminalSettings[name];
    if (watch === undefined || told.get(name) !== watch.at) return [];
    return [trouble('setting', 'warning', `"${title}" is ${watch.at === true ? 'on' : 'off'}: ${changes}`, watch.todo)];
  });
}
