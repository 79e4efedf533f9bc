// `ibwire status`: the session as it is: version, clock, farms, budgets.

import type { Command } from 'commander';
import type { Ib } from '../../client/connect.js';
import type { Call } from '../../client/core.js';
import { isPaper } from '../../rules/naming.js';
import type { Io } from '../io.js';
import { type GatewayOptions, withGatewayOptions } from '../options.js';
import { bad, duration, good, heading, table, warn } from '../print.js';
import { clockSkew } from '../session/once.js';
import { withSession } from '../session/with-session.js';
import { show } from '../show.js';
import { untilStopped } from '../until-stopped.js';

/** Notices about farms follow the start; they have come by then. */
export const FARMS_WITHIN = 0.7;

export function addStatus(program: Command, io: Io): void {
  withGatewayOptions(program.command('status').description('the session as it is: version, clock, data farms, budgets')).action(
    (options: GatewayOptions) =>
      withSession(io, options, async ({ ib, call }) => {
        const status = await statusOf(io, ib, call);
        show(io, options.json, status, () => textOf(status));
      }),
  );
}

async function statusOf(io: Io, ib: Ib, call: Call) {
  const skew = await clockSkew(ib, call, io.now);
  await untilStopped(io, FARMS_WITHIN);
  const { health } = ib;
  return {
    serverVersion: ib.serverVersion,
    wire: ib.serverVersion > 200 ? 'protobuf' : 'text',
    gatewayClock: ib.connectionTime,
    clockSkewMs: Math.round(skew.ms),
    clockSkewWithinMs: Math.round(skew.within),
    clientId: ib.clientId,
    accounts: ib.accounts.ids.map((account) => ({ account, live: !isPaper(account) })),
    state: health.state.at,
    farms: [...health.farms].map(([farm, { serves, state, since }]) => ({
      farm,
      serves,
      state,
      since: new Date(since).toISOString(),
    })),
    budgets: health.admission,
  };
}

function textOf(status: Awaited<ReturnType<typeof statusOf>>): string {
  const { accounts, farms } = status;
  const skew = `${status.clockSkewMs < 0 ? '-' : ''}${duration(Math.abs(status.clockSkewMs))} (± ${status.clockSkewWithinMs} ms)`;
  const facts = [
    ['server version', `${status.serverVersion}, ${status.wire}`],
    ['gateway clock', status.gatewayClock],
    ['clock skew', Math.abs(status.clockSkewMs) - status.clockSkewWithinMs > 2_000 ? warn(skew) : skew],
    ['client id', status.clientId],
    ['accounts', accounts.map(({ account, live }) => `${account} (${live ? 'live' : 'paper'})`).join(' ')],
    ['state', status.state === 'ready' ? good(status.state) : warn(status.state)],
  ];
  const colour = { up: good, idle: good, connecting: warn, down: bad };
  const rows = farms.map(({ farm, serves, state }) => [farm, serves, colour[state](state)]);
  return [
    heading('Session'),
    table(['', ''], facts).split('\n').slice(1).join('\n'),
    heading('Data farms', rows.length === 0 ? 'none was named' : ''),
    ...(rows.length === 0 ? [] : [table(['farm', 'serves', 'state'], rows)]),
  ].join('\n');
}
