// How many days back executions are asked for.

import type { RequestInput } from '../../../protocol/registry.js';
import { V } from '../../../protocol/versions.js';
import type { Core } from '../../core.js';

const DAY_MS = 86_400_000;

/** Whether executions reach back to the last whole answer: those of today always, further where the server can, and a week at most. */
export function reachesBack(core: Core, since: number): boolean {
  const days = Math.ceil((core.timer.now() - since) / DAY_MS);
  return days <= (core.serverVersion >= V.PARAMETRIZED_DAYS_OF_EXECUTIONS ? 7 : 1);
}

/** Executions further back than today only where the last whole answer is older, and the server can. */
export function daysBack(core: Core, since: number): Pick<NonNullable<RequestInput<'reqExecutions'>['filter']>, 'lastNDays'> {
  const days = Math.ceil((core.timer.now() - since) / DAY_MS);
  return days > 1 && core.serverVersion >= V.PARAMETRIZED_DAYS_OF_EXECUTIONS ? { lastNDays: Math.min(7, days) } : {};
}
