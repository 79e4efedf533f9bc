// How the accounts are financed, as far as the gateway's own numbers show it: no tag of its says so.

import type { Ib } from '../../client/connect.js';
import type { Call } from '../../client/core.js';
import { borrowsBy } from '../../client/orders/judge/kinds.js';
import { accountKindOf } from '../../rules/account-kind.js';

const TAGS = ['AccountType', 'BuyingPower', 'AvailableFunds'];

export interface Financing {
  /** The kind that was said, or `reg-t` where the numbers show that the account borrows; undefined: nothing shows it. */
  kindOf(account: string): string | undefined;
  /** True when `kindOf` rests on the numbers. */
  isShown(account: string): boolean;
  /** Asks for the numbers; nothing to ask where the kind was said. */
  ask(ib: Ib, call: Call): Promise<void>;
}

/** `said`: the kind on the command line. */
export function financing(said: string | undefined): Financing {
  const borrowers = new Set<string>();
  return {
    kindOf: (account) => said ?? (borrowers.has(account) ? 'reg-t' : undefined),
    isShown: (account) => said === undefined && borrowers.has(account),
    async ask(ib, call) {
      if (said !== undefined) return;
      const rows = await ib.accounts.summary(TAGS, call);
      for (const account of ib.accounts.ids) {
        const told = Object.fromEntries(
          rows.flatMap(({ account: of, tag, value }) => (of === account ? [[tag, value]] : [])),
        ) as Readonly<Record<string, string | undefined>>;
        // Of an owner in a word that nobody knows numbers prove nothing.
        const { kind } = accountKindOf({ configuredKind: undefined, accountType: told['AccountType'] });
        if (kind === 'cash' && borrowsBy(told)) borrowers.add(account);
      }
    },
  };
}
