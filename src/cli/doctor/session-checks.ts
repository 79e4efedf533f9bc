// What the doctor asks of a session that is open: clock, farms, order rights, market data.

import type { Ib } from '../../client/connect.js';
import type { Call } from '../../client/core.js';
import { explain } from '../../client/notices/explain.js';
import type { SessionNotice } from '../../client/session/events.js';
import { GatewayError, TimeoutError } from '../../client/wire/errors.js';
import { contractOf } from '../contract-argument.js';
import type { Io } from '../io.js';
import { duration } from '../print.js';
import { clockSkew, once } from '../session/once.js';
import { type Check, fine, trouble } from './check.js';

/** Beyond this an order with a time on it is no longer what its user meant. */
const SKEW_MS = 2_000;

export async function clock(io: Io, ib: Ib, call: Call, isSimulated: boolean): Promise<Check> {
  if (isSimulated) return fine('clock', 'a simulated gateway keeps its own time', 'note');
  try {
    const { ms, within } = await clockSkew(ib, call, io.now);
    const says = `the gateway's clock is ${duration(Math.abs(ms))} ${ms < 0 ? 'behind' : 'ahead'} (± ${Math.round(within)})`;
    if (Math.abs(ms) - within <= SKEW_MS) return fine('clock', says);
    return trouble(
      'clock',
      'warning',
      says,
      'Set the clock of the slower machine (NTP): times on orders and bars differ by that.',
    );
  } catch (error) {
    return asked('clock', error, 'the gateway does not say its time');
  }
}

/** Asks for open orders: with "Read-Only API" on, the gateway refuses even that. */
export async function orders(ib: Ib, call: Call): Promise<Check> {
  try {
    await once(ib, 'reqAllOpenOrders', {}, 'openOrderEnd', call);
    return fine('orders', 'the gateway takes orders from the API');
  } catch (error) {
    if (error instanceof GatewayError && error.errorCode === 321)
      return trouble(
        'orders',
        'warning',
        'the gateway is read-only: it takes no orders',
        'To trade, switch off "Read-Only API" in Global Configuration, API, Settings.',
      );
    return asked('orders', error, 'the gateway does not say which orders are open');
  }
}

/** Opens a quote stream and looks what comes first: live prices, delayed ones, or a refusal. */
export async function marketData(ib: Ib, word: string, call: Call): Promise<Check> {
  const contract = contractOf(word);
  ib.raw.send('reqMarketDataType', { marketDataType: 1 });
  const stream = ib.market.ticks(contract, { ...(call.signal === undefined ? {} : { signal: call.signal }) });
  let kind: number | undefined;
  const moved = new Promise<'moved'>((resolve) => {
    stream.on((tick) => {
      if (tick.kind === 'marketDataType') kind = tick.marketDataType;
      if (tick.kind === 'tickPrice' || tick.kind === 'tickSize') resolve('moved');
    });
  });
  const patience = Math.min(call.timeout ?? 5_000, 5_000);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(resolve, patience, 'late');
  });
  const came = await Promise.race([moved, late, stream.ended]);
  clearTimeout(timer);
  stream.close();
  if (came === 'moved' && (kind === undefined || kind === 1)) return fine('market data', `${word}: live prices`);
  if (came === 'moved')
    return trouble(
      'market data',
      'warning',
      `${word}: ${kind === 2 ? 'frozen' : 'delayed'} prices`,
      'Live prices need a market data subscription (Client Portal, Settings, User Settings, Market Data Subscriptions).',
    );
  if (came === 'late')
    return trouble(
      'market data',
      'warning',
      `${word}: no price within ${patience / 1000} s`,
      'The market may be closed. Try another symbol with --symbol, or delayed prices: `ibwire quote`.',
    );
  if (came instanceof GatewayError)
    return trouble('market data', 'warning', `${word}: ${came.text} (code ${came.errorCode})`, came.remedy);
  return asked('market data', came, `${word}: the stream ended`);
}

/** Farms that are down, and warnings that came with the start. */
export function farms(ib: Ib, notices: readonly SessionNotice[]): readonly Check[] {
  const { health } = ib;
  const checks: Check[] = [];
  const down = health.farmsDown.map(({ farm }) => farm);
  if (health.state.at === 'degraded')
    checks.push(
      trouble(
        'broker',
        'failed',
        'the gateway has lost the broker',
        'Look at the internet connection of the machine it runs on; it comes back by itself.',
      ),
    );
  if (down.length > 0)
    checks.push(
      trouble(
        'farms',
        'warning',
        `down: ${down.join(' ')}`,
        'It comes back by itself; look at the status page of the broker when it lasts.',
      ),
    );
  else checks.push(fine('farms', health.farms.size === 0 ? 'none was named' : [...health.farms.keys()].join(' ')));
  for (const { code, text, verdict } of notices) {
    if (verdict.means !== 'competingSession') continue;
    checks.push(trouble('competing', 'warning', text, explain(code, { text }).remedy));
  }
  return checks;
}

function asked(step: string, error: unknown, says: string): Check {
  if (error instanceof TimeoutError)
    return trouble(step, 'warning', says, 'It may be busy or still logging in: try again with a longer --timeout.');
  if (error instanceof GatewayError)
    return trouble(step, 'warning', `${says}: ${error.text} (code ${error.errorCode})`, error.remedy);
  if (error instanceof Error) return trouble(step, 'failed', `${says}: ${error.message}`, 'Run `ibwire doctor` again.');
  return trouble(step, 'warning', says, 'Run `ibwire doctor` again.');
}
