// Whether anything may be judged and sent at all: the switch, the account, and how old or whole what is known of it is.
import type { Ask } from '../facts/ask.js';
import type { Snapshot } from '../facts/snapshot.js';
import { maskAccount, shown } from '../naming.js';
import type { Picture } from '../types.js';
import { each, row, type Said } from './row.js';
import { sharedCodes } from './shared-codes.js';

const PICTURE: readonly [keyof Picture, string][] = [
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
  return PICTURE.flatMap(([name, words]) => {
    const told = picture[name];
    if (told?.at === 'told' || (closes && name === 'cash')) return [];
    return [told?.at === 'stale' ? `${words} (${told.why})` : words];
  });
}

export const permissionRows = {
  // Nothing leaves, exits and what-if included.
  'READ-ONLY': row({
    ...sharedCodes['READ-ONLY'],
    stage: 'always',
    reads: 'order',
    judge: ({ snapshot }) => (snapshot.policy.readOnly ? [{ facts: {} }] : []),
  }),
  // The kind of account decides the rules, so it is never guessed.
  'ACCOUNT-UNKNOWN': row({
    ...sharedCodes['ACCOUNT-UNKNOWN'],
    stage: 'ends',
    judge: ({ snapshot }) =>
      snapshot.kind === undefined ? [{ facts: { accountType: shown(snapshot.account.accountType ?? '') } }] : [],
  }),
  'ACCOUNT-MISSING': row({
    ...sharedCodes['ACCOUNT-MISSING'],
    stage: 'always',
    judge: each(({ order }, { snapshot }) =>
      snapshot.situation.severalAccounts === true && (typeof order.account !== 'string' || order.account === '') ? {} : undefined,
    ),
  }),
  // Order, balances and configuration must speak of one account.
  'ACCOUNT-MISMATCH': row({
    about: 'an order for one account judged with the data of another',
    message: [
      'The order is for {orderAccount}, the balances are of {account}.',
      'The configuration says {configuredKind}, the account type "{accountType}" is taxable.',
    ],
    remedy: 'Use data and configuration that match the account.',
    stage: 'always',
    judge: ({ snapshot: { account, verdict }, asks }) => {
      const own = account.account;
      const found: Said[] = [];
      if (verdict.conflict)
        found.push({ facts: { configuredKind: account.configuredKind, accountType: shown(account.accountType) } });
      if (typeof own !== 'string' || own === '') return found;
      for (const ask of asks) {
        const named = ask.order.account;
        if (typeof named !== 'string' || named === '' || named === own) continue;
        found.push({ facts: { orderAccount: maskAccount(named), account: maskAccount(own) }, ask });
      }
      return found;
    },
  }),
  // Old balances may close, never open; nothing opens or sells on what this connection has not told.
  'SNAPSHOT-STALE': row({
    ...sharedCodes['SNAPSHOT-STALE'],
    judge: ({ snapshot, asks }) => {
      const found: Said[] = [];
      const opens = asks.some((ask) => ask.opens);
      const age = snapshot.account.snapshotAgeSeconds;
      const limit = snapshot.policy.maxSnapshotAgeSeconds;
      if (age !== undefined && age !== null && !(age <= limit) && opens)
        found.push({ facts: { age: String(age), limit: String(limit) } });
      const untold = opens || asks.some(sells) ? untoldOf(snapshot, !opens) : [];
      if (untold.length > 0) found.push({ facts: { untold: untold.join(', ') } });
      return found;
    },
  }),
} as const;
