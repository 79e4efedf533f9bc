// Opens a session for one command and closes it however the command ends.

import { connect, type Ib } from '../../client/connect.js';
import type { Call } from '../../client/core.js';
import type { ConnectOptions } from '../../client/session/connect-options.js';
import type { SessionNotice } from '../../client/session/events.js';
import { pause, wallTimer } from '../../client/wire/timer.js';
import { CliError, EXIT } from '../exit-codes.js';
import type { Io } from '../io.js';
import type { GatewayOptions } from '../options.js';
import { dim } from '../print.js';
import { KNOWN_PORTS, reach } from './ports.js';
import { startSimulated } from './simulated.js';

/** A session as a command has it. */
export interface Work {
  readonly ib: Ib;
  /** For every call: Ctrl-C and the deadline of the command line. */
  readonly call: Call;
  readonly isSimulated: boolean;
}

type More = Pick<ConnectOptions, 'readOnly' | 'reconnect' | 'limits' | 'orders'>;

/** Runs `work` with a session. Read-only unless told: then an order cannot even be encoded. */
export async function withSession(
  io: Io,
  options: GatewayOptions,
  work: (session: Work) => Promise<void>,
  more: More = {},
): Promise<void> {
  const simulated = options.simulate === true ? await startSimulated() : undefined;
  try {
    const host = simulated === undefined ? options.host : '127.0.0.1';
    const startWithin = (options.startWithin ?? 0) * 1000;
    const port = simulated?.port ?? options.port ?? (await findPort(host, startWithin, io.stop));
    const within =
      options.timeout === undefined ? {} : { connectWithin: options.timeout * 1000, stepWithin: options.timeout * 1000 };
    await using ib = await connect({
      host,
      port,
      clientId: options.clientId,
      startWithin,
      readOnly: true,
      reconnect: false,
      signal: io.stop,
      ...within,
      ...more,
    });
    if (io.isTerminalBeside && options.json !== true) io.err(dim(connectedTo(ib, `${host}:${port}`, simulated !== undefined)));
    ib.on('notice', (notice) => {
      const text = noticeText(notice);
      if (text !== undefined) io.err(dim(text));
    });
    await work({ ib, isSimulated: simulated !== undefined, call: callOf(io, options) });
  } finally {
    await simulated?.close();
  }
}

/** Signal and deadline for calls outside a session of this file. */
export function callOf(io: Io, options: Pick<GatewayOptions, 'timeout'>): Call {
  return { signal: io.stop, ...(options.timeout === undefined ? {} : { timeout: options.timeout * 1000 }) };
}

function connectedTo(ib: Ib, where: string, isSimulated: boolean): string {
  const ids = ib.accounts.ids;
  const accounts = ids.length > 3 ? `${ids.length} accounts` : ids.join(' ');
  return `${isSimulated ? 'simulated gateway' : where}, server version ${ib.serverVersion}, client id ${ib.clientId}, ${accounts}`;
}

/** What people should see of a notice: nothing of farms that are well. */
function noticeText({ code, text, verdict }: SessionNotice): string | undefined {
  if (verdict.means === 'farm' && verdict.farm.state !== 'down') return undefined;
  if (verdict.means === 'requestEcho' || (verdict.means === 'notice' && verdict.level === 'information')) return undefined;
  return `notice ${code}: ${text}`;
}

/** Between two looks at the ports. */
const LOOK_AGAIN_MS = 1_000;

/** The first of the usual ports on which something listens, within the time given. @throws {CliError} when nothing does. */
export async function findPort(host: string, withinMs = 0, stop?: AbortSignal): Promise<number> {
  const until = wallTimer.now() + withinMs;
  for (;;) {
    for (const { port } of KNOWN_PORTS) if ((await reach(host, port, 1_500)).is === 'open') return port;
    if (wallTimer.now() >= until) break;
    await pause(wallTimer, LOOK_AGAIN_MS, stop);
  }
  throw new CliError(
    EXIT.connect,
    `Nothing listens on ${host}, ports ${KNOWN_PORTS.map(({ port }) => port).join(', ')}.`,
    'Start TWS or IB Gateway and enable its socket API, name another port with --port, or try the command with --simulate. `ibwire doctor` looks closer.',
  );
}
