// The worst case of one order for one contract that nothing else depends on: it fills or it does not, and nobody need walk.
import type { Assessment, Deficit, Question, Shortfall } from './assessment.js';
import { isShortable } from './layout.js';
import type { Proposed } from './region.js';
import { couples } from './reserves.js';

/** The only thing proposed, where no working order, option or future can meet it and only its own fill matters. */
function lone({ book, reserves, proposed, without }: Question): Proposed | undefined {
  const [next, another] = proposed;
  if (next === undefined || another !== undefined || without !== undefined) return undefined;
  if (next.parentId !== undefined || next.group !== undefined || next.asked !== undefined) return undefined;
  const [change, more] = next.effect.changes;
  if (change === undefined || more !== undefined || book.slotsById.has(next.id)) return undefined;
  const contract = book.complete(change.contract);
  return couples(contract) || reserves.componentOfUnderlying.has(contract.underlying) ? undefined : next;
}

/** What `assess` answers for an order that stands alone; undefined for all others. */
export function assessAlone(question: Question): Assessment | undefined {
  const next = lone(question);
  if (next === undefined) return undefined;
  const { effect } = next;
  return {
    shorts: shortOf(question, next),
    uncovered: [],
    deficits: deficitOf(question, next),
    tooMany: undefined,
    needsMore: new Set(effect.pays > 0n ? [effect.currency] : []),
    vertices: 2,
  };
}

function shortOf({ book, reserves }: Question, { effect, keys }: Proposed): readonly Shortfall[] {
  const [change] = effect.changes;
  const [key = ''] = keys;
  if (change === undefined || change.quantity >= 0n || !isShortable(book.complete(change.contract))) return [];
  const left = (book.holdings.get(key)?.quantity ?? 0n) + change.quantity;
  const short = (reserves.sells.get(key) ?? 0n) - left;
  return short > 0n ? [{ key, short }] : [];
}

function deficitOf({ reserves, available }: Question, { id, effect }: Proposed): readonly Deficit[] {
  const { currency, pays } = effect;
  const before = reserves.need.get(currency) ?? 0n;
  const missing = before + pays - available(currency);
  if (pays <= 0n || missing <= 0n) return [];
  return [{ currency, cause: 'payment', needed: pays, missing, before, filled: [id] }];
}
