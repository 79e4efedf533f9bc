// Examines what listens on a port, step by step: each step rests on the one before.

import { connect, type Ib } from '../../client/connect.js';
import type { Call } from '../../client/core.js';
import type { SessionNotice } from '../../client/session/events.js';
import { ConnectError, type ConnectPhase } from '../../client/wire/errors.js';
import { isPaper } from '../../rules/naming.js';
import type { Io } from '../io.js';
import { reach } from '../session/ports.js';
import { type Check, fine, trouble } from './check.js';
import { clock, farms, marketData, orders } from './session-checks.js';
import { settings } from './settings.js';

export interface ExamineOptions {
  readonly host: string;
  readonly port: number;
  readonly clientId: number;
  /** Milliseconds for each step. */
  readonly within: number;
  /** A word for the contract whose market data is tried. */
  readonly symbol: string;
  /** Nothing listening is a note when the port was only guessed. */
  readonly isGuess: boolean;
  readonly isSimulated: boolean;
}

/** The checks of one port, in the order in which they were made; the first that fails is the last. */
export async function examine(io: Io, options: ExamineOptions): Promise<readonly Check[]> {
  const { host, port, within } = options;
  const reached = await reach(host, port, Math.min(within, 3_000));
  if (reached.is !== 'open') return [notReached(reached.is === 'failed' ? reached.why : reached.is, options)];
  const tcp = fine('tcp', `${host}:${port} accepts connections (${reached.ms.toFixed(1)} ms)`);
  const notices: SessionNotice[] = [];
  let ib: Ib;
  try {
    ib = await connect({
      host,
      port,
      clientId: options.clientId,
      readOnly: true,
      reconnect: false,
      connectWithin: within,
      stepWithin: within,
      signal: io.stop,
    });
  } catch (error) {
    if (!(error instanceof ConnectError)) throw error;
    return [tcp, ...notConnected(error, options)];
  }
  try {
    const stopNotices = ib.on('notice', (notice) => void notices.push(notice));
    const call: Call = { signal: io.stop, timeout: within };
    const checks = [tcp, ...session(ib), accounts(ib), await clock(io, ib, call, options.isSimulated), await orders(ib, call)];
    checks.push(...(await Promise.all([marketData(ib, options.symbol, call), settings(ib, call)])).flat());
    checks.push(...farms(ib, notices));
    stopNotices();
    return checks;
  } finally {
    ib.close();
  }
}

function notReached(why: string, { host, port, isGuess }: ExamineOptions): Check {
  if (why === 'refused' && isGuess) return fine('tcp', `nothing listens on ${host}:${port}`, 'note');
  if (why === 'refused')
    return trouble(
      'tcp',
      'failed',
      `nothing listens on ${host}:${port}`,
      'Start TWS or IB Gateway and log in. In TWS: Global Configuration, API, Settings, "Enable ActiveX and Socket Clients", and look at the port there.',
    );
  if (why === 'silent')
    return trouble('tcp', 'failed', `${host}:${port} does not answer`, 'Look at the host name and at firewalls on the way.');
  return trouble('tcp', 'failed', `${host}:${port}: ${why}`, 'Look at the host name and at the network.');
}

const STEPS: readonly ConnectPhase[] = ['socket', 'handshake', 'version', 'start', 'managedAccounts', 'nextValidId'];
const NAMES: Readonly<Record<ConnectPhase, string>> = {
  socket: 'tcp',
  handshake: 'greeting',
  version: 'version',
  start: 'client id',
  managedAccounts: 'accounts',
  nextValidId: 'order id',
};

/** The steps that were taken, and the one that was not. */
function notConnected(error: ConnectError, { clientId }: ExamineOptions): readonly Check[] {
  const taken = STEPS.slice(1, STEPS.indexOf(error.phase)).map((phase) => fine(NAMES[phase], 'as it should be'));
  const says = error.hint === undefined ? error.message : error.message.replace(` ${error.hint}`, '');
  const todo = error.hint ?? 'Update TWS or IB Gateway; every version since 2013 speaks one that is known here.';
  const other = error.phase === 'start' ? ` Try --client-id ${clientId + 1}.` : '';
  return [...taken, trouble(NAMES[error.phase], 'failed', says, `${todo}${other}`)];
}

function session(ib: Ib): readonly Check[] {
  const { serverVersion } = ib;
  const wire = serverVersion > 200 ? 'protobuf' : 'text';
  const version =
    serverVersion < 176
      ? trouble(
          'version',
          'warning',
          `server version ${serverVersion}, ${wire}: newer fields cannot be sent`,
          'Update TWS or IB Gateway when you need them.',
        )
      : fine('version', `server version ${serverVersion}, ${wire}`);
  return [
    fine('greeting', `answered, its clock says ${ib.connectionTime}`),
    version,
    fine('client id', `${ib.clientId} is free`),
  ];
}

function accounts(ib: Ib): Check {
  const { ids } = ib.accounts;
  if (ids.length === 0)
    return trouble('accounts', 'failed', 'the login has no account', 'Look into TWS: the account may still be loading.');
  const live = ids.filter((id) => !isPaper(id));
  const list = ids.map((id) => `${id} (${isPaper(id) ? 'paper' : 'live'})`).join(' ');
  return live.length === 0
    ? fine('accounts', list)
    : trouble('accounts', 'warning', `${list}: real money`, 'ibwire places no order there without --live.');
}
