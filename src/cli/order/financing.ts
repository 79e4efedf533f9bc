// How the accounts are financed, as far as the gateway's own numbers show it: no tag of its says so.

import type { Ib } from '../../client/connect.js';
import type { Call } from '../../client/core.js';

/** Buying power above this multiple of the available funds: the account may borrow. */
const BORROWS_FROM = 1.5;
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
        const told = (tag: string): string => rows.find((row) => row.account === account && row.tag === tag)?.value ?? '';
        const [power, funds] = [Number(told('BuyingPower')), Number(told('AvailableFunds'))];
        const isIra = /\bIRA\b/i.test(told('AccountType'));
        if (!isIra && power > 0 && funds > 0 && power >= funds * BORROWS_FROM) borrowers.add(account);
      }
    },
  };
}
