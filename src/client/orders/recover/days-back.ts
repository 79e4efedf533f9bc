// How many days back executions are asked for.

import type { RequestInput } from '../../../protocol/registry.js';
import { V } from '../../../protocol/versions.js';
import type { Core } from '../../core.js';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const MOST_DAYS = 7;

type Asking = Pick<Core, 'timer' | 'serverVersion' | 'hostOffset'>;

const daysSince = ({ timer }: Asking, since: number): number => Math.ceil((timer.now() - since) / DAY_MS);
const mayAskForDays = ({ serverVersion }: Asking): boolean => serverVersion >= V.PARAMETRIZED_DAYS_OF_EXECUTIONS;

/**
 * Whether executions reach back to the last whole answer: a week where the server can, else to midnight on the gateway's clock, or
 * on UTC where that is not known.
 */
export function reachesBack(core: Asking, since: number): boolean {
  if (mayAskForDays(core)) return daysSince(core, since) <= MOST_DAYS;
  const dayOf = (at: number): number => Math.floor((at + (core.hostOffset ?? 0) * MINUTE_MS) / DAY_MS);
  return dayOf(since) === dayOf(core.timer.now());
}

/**
 * The days since the last whole answer and one more, where the server can. Unasked they are those since midnight, on a clock that
 * nobody tells: what was executed a minute before would be left out.
 */
export function daysBack(core: Asking, since: number): Pick<NonNullable<RequestInput<'reqExecutions'>['filter']>, 'lastNDays'> {
  return mayAskForDays(core) ? { lastNDays: Math.min(MOST_DAYS, Math.max(1, daysSince(core, since)) + 1) } : {};
}
