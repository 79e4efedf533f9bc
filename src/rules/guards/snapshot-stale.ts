// SNAPSHOT-STALE: old balances may close, never open; nothing opens or sells on what this connection has not told.
import type { Rule } from '../context.js';
import type { Ask } from '../facts/ask.js';
import type { Snapshot } from '../facts/snapshot.js';
import { type Finding, finding } from '../finding.js';
import type { Picture } from '../types.js';

const NAMES: readonly [keyof Picture, string][] = [
  ['positions', 'positions'],
  ['workingOrders', 'open orders'],
  ['cash', 'cash'],
];

const sells = (ask: Ask): boolean =>
  ask.order.action !== 'BUY' || ask.effects.some((effect) => effect.changes.some((change) => change.quantity < 0n));

/** What is missing of the picture, with why it no longer holds. What is no picture at all counts as untold. */
function untoldOf(snapshot: Snapshot, closes: boolean): readonly string[] {
  const given: unknown = snapshot.situation.picture;
  if (given === undefined) return [];
  const picture = (typeof given === 'object' && given !== null ? given : {}) as Partial<Picture>; // read with care below
  return NAMES.flatMap(([name, words]) => {
    const told = picture[name];
    if (told?.at === 'told' || (closes && name === 'cash')) return [];
    return [told?.at === 'stale' ? `${words} (${told.why})` : words];
  });
}

export const snapshotStale: Rule = {
  codes: ['SNAPSHOT-STALE'],
  judge: ({ snapshot, asks }) => {
    const found: Finding[] = [];
    const opens = asks.some((ask) => ask.opens);
    const age = snapshot.account.snapshotAgeSeconds;
    const limit = snapshot.policy.maxSnapshotAgeSeconds;
    if (age !== undefined && age !== null && !(age <= limit) && opens)
      found.push(finding('SNAPSHOT-STALE', { age: String(age), limit: String(limit) }));
    const untold = opens || asks.some(sells) ? untoldOf(snapshot, !opens) : [];
    if (untold.length > 0) found.push(finding('SNAPSHOT-STALE', { untold: untold.join(', ') }));
    return found;
  },
};
