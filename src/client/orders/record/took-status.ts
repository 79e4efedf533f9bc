// A status is weighed against what is known: an order that has ended does not come back on the word of one late message.
import { decimal } from './fills.js';
import type { SaidStatus } from './order-event.js';
import { convicted, type OrderRecord, parentOf } from './order-record.js';
import { type StatusClass, statusClass } from './status.js';

/** Lines that are kept of one order, the newest: far more than executions make. */
const MOST_STATUSES = 10_000;

/** `isCertain`: it answers a question, so it may bring an ended order back. `isNew`: it does more than repeat the last. */
export function took(before: OrderRecord, line: SaidStatus, isCertain: boolean): { record: OrderRecord; isNew: boolean } {
  const { statuses } = before;
  const claimed = decimal(line.filled);
  const isMore = claimed !== undefined && (before.claimed === undefined || claimed.gt(before.claimed));
  const last = statuses.last;
  const isNew = last === undefined || last.status !== line.status || last.filled !== line.filled || last.whyHeld !== line.whyHeld;
  const record = {
    ...before,
    heardAt: before.heardAt ?? line.at,
    claimed: isMore ? claimed : before.claimed,
    statuses: isNew
      ? statuses.newest({ ...line, times: 1 }, MOST_STATUSES)
      : statuses.with(statuses.size - 1, { ...last, times: last.times + 1 }),
  };
  const meaning = statusClass(line.status);
  return { record: meaning === 'unknown' ? record : meant(record, meaning, isCertain), isNew };
}

function meant(before: OrderRecord, meaning: StatusClass, isCertain: boolean): OrderRecord {
  // What gateways have refused they call inactive or cancelled: no sign of life, and what was alleged counts.
  const record = meaning === 'idle' || meaning === 'over' ? convicted(before) : before;
  if (meaning === 'over' || meaning === 'filled') return { ...undenied(record), status: meaning };
  const { status, death, isCancelAsked } = before;
  const doubt = before.doubt === 'vanished' ? undefined : before.doubt;
  const wasOver = status === 'over' || status === 'filled' || (death !== undefined && death.is !== 'alleged');
  if (!wasOver) return { ...record, status: meaning, doubt };
  // A child may pass through Cancelled before it is accepted. Anything else that comes back is doubted.
  const mayPass = parentOf(record) !== undefined && status !== 'filled' && death?.reason === undefined && !isCancelAsked;
  if (isCertain || mayPass) return { ...record, status: meaning, death: undefined, doubt };
  return meaning === 'idle' ? record : { ...record, doubt: 'contradiction' };
}

/** The last word is that it has ended: what called it alive before is older. */
export function undenied(record: OrderRecord): OrderRecord {
  return record.doubt === 'contradiction' ? { ...record, doubt: undefined } : record;
}
