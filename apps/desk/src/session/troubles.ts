// What is not as it should be with the session: each with one sentence of cause and one of remedy.

import { explain } from 'ibwire';
import type { Connection } from './connection.js';

export interface Trouble {
  readonly what: 'link' | 'farms' | 'session' | 'streams' | 'orders' | 'budgets';
  readonly severity: 'bad' | 'warn';
  readonly cause: string;
  readonly remedy: string;
}

/** A competing session that was told so long ago is told no more. */
const COMPETING_MS = 300_000;
const BY_ITSELF = 'It comes back by itself; look at the status page of the broker when it lasts.';

export function troublesOf({ current, competing, lines }: Connection, now: number): readonly Trouble[] {
  if (current === undefined)
    return [
      { what: 'link', severity: 'bad', cause: 'there is no session with a gateway', remedy: 'Connect: host and port below.' },
    ];
  const { health } = current.ib;
  const { state } = health;
  const found: Trouble[] = [];
  if (state.at === 'degraded')
    found.push({
      what: 'link',
      severity: 'bad',
      cause: state.cause,
      remedy:
        'Look at the internet connection of the machine that the gateway runs on; it comes back by itself. Orders are held.',
    });
  if (state.at === 'reconnecting')
    found.push({
      what: 'link',
      severity: 'bad',
      cause: state.cause.message,
      remedy: `Try ${state.attempt} comes by itself within ${Math.ceil(state.inMs / 1000)} s; see whether TWS or IB Gateway runs.`,
    });
  if (competing !== undefined && now - competing.at < COMPETING_MS) {
    const { meaning, remedy } = explain(competing.code, { text: competing.text });
    found.push({
      what: 'session',
      severity: 'bad',
      cause: `another session uses this login (${competing.code}): ${meaning}`,
      remedy: `${remedy} This desk never takes a session over by itself.`,
    });
  }
  if (health.farmsDown.length > 0)
    found.push({
      what: 'farms',
      severity: 'warn',
      cause: `down: ${health.farmsDown.map(({ farm }) => farm).join(', ')}`,
      remedy: BY_ITSELF,
    });
  if (health.maintenance !== undefined)
    found.push({
      what: 'session',
      severity: 'warn',
      cause: 'the servers of the broker are maintained at this time of the week: outages are expected',
      remedy: `It ends at ${new Date(health.maintenance.to).toISOString().slice(11, 16)} UTC.`,
    });
  if (health.isReadOnly)
    found.push({
      what: 'orders',
      severity: 'warn',
      cause: 'orders cannot be sent: the session, or the API of the gateway, is read-only',
      remedy: 'Connect without read-only, and switch "Read-Only API" off in Global Configuration, API, Settings.',
    });
  const stale = lines.open.filter((line) => line.state.at === 'stale').length;
  if (stale > 0 && state.at === 'ready')
    found.push({
      what: 'streams',
      severity: 'warn',
      cause: `${stale} quotes are stale: nothing certain comes`,
      remedy: 'They come back by themselves; see which below, and whether their market is open.',
    });
  for (const { budget, used, limit } of health.admission?.budgets ?? [])
    if (used >= limit)
      found.push({
        what: 'budgets',
        severity: 'warn',
        cause: `the budget ${budget} is spent: ${used} of ${limit}`,
        remedy: 'What is asked for now waits, or is refused with 429: ask for less, or close what is not needed.',
      });
  return found;
}
