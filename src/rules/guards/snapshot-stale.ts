// SNAPSHOT-STALE: old balances may close, never open.
import type { Rule } from '../context.js';
import { finding } from '../finding.js';

export const snapshotStale: Rule = {
  codes: ['SNAPSHOT-STALE'],
  judge: ({ snapshot, asks }) => {
    const age = snapshot.account.snapshotAgeSeconds;
    const limit = snapshot.policy.maxSnapshotAgeSeconds;
    if (age === undefined || age === null || age <= limit || !asks.some((ask) => ask.opens)) return [];
    return [finding('SNAPSHOT-STALE', { age: String(age), limit: String(limit) })];
  },
};
