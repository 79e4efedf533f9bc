// The doctor: looks at the session step by step, or, where there is none, at what listens on a port. Every finding says what to do.

import { connect as dial } from 'node:net';
import { ConnectError, connect, explain, GatewayError, isPaper, TimeoutError } from 'ibwire';
import { openLine } from '../commands/quotes.js';
import type { Desk } from '../desk.js';
import { Problem } from '../problem.js';
import type { Connected } from './connection.js';
import { troublesOf } from './troubles.js';

export interface Check {
  readonly step: string;
  readonly state: 'ok' | 'note' | 'warning' | 'failed';
  readonly says: string;
  /** What to do about it. */
  readonly todo?: string;
}

export interface DoctorAsked {
  readonly host: string;
  readonly port: number;
  readonly clientId: number;
  /** Whose quote is tried. */
  readonly symbol: string;
}

const SKEW_MS = 2_000;
const WITHIN_MS = 5_000;

const fine = (step: string, says: string, state: 'ok' | 'note' = 'ok'): Check => ({ step, state, says });
const trouble = (step: string, state: 'warning' | 'failed', says: string, todo: string): Check => ({ step, state, says, todo });

export async function examine(desk: Desk, asked: DoctorAsked): Promise<readonly Check[]> {
  const { current } = desk.connection;
  return current === undefined ? await atPort(asked) : await ofSession(desk, current, asked);
}

async function ofSession(
  desk: Desk,
  { ib, host, port, accounts, mode }: Connected,
  { symbol }: DoctorAsked,
): Promise<readonly Check[]> {
  const wire = ib.serverVersion > 200 ? 'protobuf' : 'text';
  const live = accounts.filter((id) => !isPaper(id));
  const checks: Check[] = [
    ib.state.at === 'ready' || ib.state.at === 'degraded'
      ? fine('port', `${host}:${port} answers, the API is on`)
      : trouble(
          'port',
          'failed',
          `the session is ${ib.state.at}`,
          'See what the link says; it comes back by itself when it can.',
        ),
    fine('version', `server version ${ib.serverVersion}, ${wire}`),
    fine('client id', `${ib.clientId} is ours`),
    live.length === 0
      ? fine('accounts', `${accounts.length} accounts, ${mode}`)
      : trouble(
          'accounts',
          'warning',
          `${live.length} of ${accounts.length} accounts are live: real money`,
          'Trading there has to be switched on by the owner.',
        ),
    ib.health.isReadOnly
      ? trouble(
          'read-only',
          'warning',
          'orders cannot be sent',
          'Switch off "Read-Only API" in Global Configuration, API, Settings, and connect without read-only.',
        )
      : fine('read-only', 'off: the gateway takes orders'),
    fine('$LEDGER- prefix', 'not told by the gateway; both forms are read', 'note'),
  ];
  checks.push(await clock(desk, ib, mode === 'simulated'), await quote(desk, symbol));
  for (const { what, severity, cause, remedy } of troublesOf(desk.connection, desk.timer.now()))
    if (what !== 'orders') checks.push(trouble(what, severity === 'bad' ? 'failed' : 'warning', cause, remedy));
  const { stop, breaker } = desk.settings;
  if (stop !== undefined)
    checks.push(trouble('stop', 'warning', `trading is stopped: ${stop.reason}`, 'Release it when that is over.'));
  if (breaker.since !== undefined)
    checks.push(
      trouble(
        'breaker',
        'warning',
        'orders were refused one after the other: nothing is sent',
        'See why in the journal, then release.',
      ),
    );
  return checks;
}

async function clock(desk: Desk, ib: Connected['ib'], isSimulated: boolean): Promise<Check> {
  if (isSimulated) return fine('clock', 'a simulated gateway keeps its own time', 'note');
  try {
    const began = desk.timer.now();
    const told = await ib.terminal.time({ timeout: WITHIN_MS });
    const ended = desk.timer.now();
    const skew = told.getTime() - (began + ended) / 2;
    const says = `the gateway's clock is ${(Math.abs(skew) / 1000).toFixed(1)} s ${skew < 0 ? 'behind' : 'ahead'}`;
    return Math.abs(skew) - (ended - began) / 2 <= SKEW_MS
      ? fine('clock', says)
      : trouble('clock', 'warning', says, 'Set the clock of the slower machine (NTP): times on orders and bars differ by that.');
  } catch (error) {
    return failed('clock', 'the gateway does not say its time', error);
  }
}

async function quote(desk: Desk, symbol: string): Promise<Check> {
  try {
    const line = await openLine(desk, { symbol });
    await line.first(WITHIN_MS);
    const { source, bid, ask, last } = line.shown(desk.timer.now());
    if ((last ?? bid ?? ask) === undefined)
      return trouble(
        'market data',
        'warning',
        `${symbol}: no price within ${WITHIN_MS / 1000} s`,
        'The market may be closed: try another symbol.',
      );
    if (source === 'live') return fine('market data', `${symbol}: live prices`);
    return trouble(
      'market data',
      'warning',
      `${symbol}: ${source} prices`,
      'Live prices need a subscription: Client Portal, Settings, User Settings, Market Data Subscriptions.',
    );
  } catch (error) {
    return failed('market data', `${symbol} has no quote`, error);
  }
}

function failed(step: string, says: string, error: unknown): Check {
  if (error instanceof GatewayError)
    return trouble(
      step,
      'warning',
      `${says}: ${error.meaning} (${error.errorCode})`,
      explain(error.errorCode, { text: error.text }).remedy,
    );
  if (error instanceof TimeoutError)
    return trouble(step, 'warning', says, 'It may be busy or still logging in: run the doctor again.');
  const why = error instanceof Error ? error.message : 'it failed';
  return trouble(
    step,
    'warning',
    `${says}: ${why}`,
    (error instanceof Problem ? error.more.remedy : undefined) ?? 'Run the doctor again.',
  );
}

const LISTENING =
  'Start TWS or IB Gateway and log in. In TWS: Global Configuration, API, Settings, "Enable ActiveX and Socket Clients", and look at the port there.';

/** Whether anything listens, then a session of a moment that can send no order. */
async function atPort({ host, port, clientId }: DoctorAsked): Promise<readonly Check[]> {
  const why = await new Promise<string | undefined>((resolve) => {
    const socket = dial({ host, port, timeout: 3_000 });
    const end = (text: string | undefined) => (): void => {
      socket.destroy();
      resolve(text);
    };
    socket.once('connect', end(undefined));
    socket.once('timeout', end('does not answer'));
    socket.once('error', ({ code }: NodeJS.ErrnoException) =>
      end(code === 'ECONNREFUSED' ? 'nothing listens there' : (code ?? 'cannot be reached'))(),
    );
  });
  if (why !== undefined)
    return [
      trouble(
        'port',
        'failed',
        `${host}:${port}: ${why}`,
        why === 'nothing listens there' ? LISTENING : 'Look at the host name and at firewalls on the way.',
      ),
    ];
  const port_ = fine('port', `${host}:${port} accepts connections`);
  try {
    const ib = await connect({ host, port, clientId, readOnly: true, reconnect: false });
    const { ids } = ib.accounts;
    ib.close();
    return [
      port_,
      fine('API', `on, server version ${ib.serverVersion}`),
      fine('client id', `${clientId} is free`),
      fine('accounts', `${ids.length}, ${ids.every(isPaper) ? 'paper' : 'live among them'}`),
      fine('session', 'there is none: connect below', 'note'),
    ];
  } catch (error) {
    if (!(error instanceof ConnectError)) throw error;
    const other = error.phase === 'start' ? ` Or take another client id: ${clientId + 1}.` : '';
    return [
      port_,
      trouble(error.phase === 'start' ? 'client id' : 'API', 'failed', error.reason, `${error.hint ?? LISTENING}${other}`),
    ];
  }
}
