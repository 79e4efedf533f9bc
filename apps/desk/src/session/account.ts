// Which account is meant: the one that was named, else the caller's own, else the only one.

import type { Caller } from '../commands/command.js';
import { Problem } from '../problem.js';
import type { Connected } from './connection.js';

/** Accounts that callers have chosen for themselves, by the id of their token; forgotten with the process. */
export interface Defaults {
  of(who: Caller): string | undefined;
  set(who: Caller, account: string): void;
}

export function createDefaults(): Defaults {
  const chosen = new Map<string, string>();
  return {
    of: ({ id }) => chosen.get(id),
    set({ id }, account) {
      chosen.set(id, account);
    },
  };
}

/** Accounts of the login that the caller may see. */
export function accountsFor({ accounts }: Pick<Connected, 'accounts'>, who: Caller): readonly string[] {
  const { accounts: own } = who;
  return own === undefined ? accounts : accounts.filter((account) => own.has(account));
}

/** @throws {Problem} 404 for an account that the caller does not have. */
export function checkAccount(connected: Pick<Connected, 'accounts'>, who: Caller, account: string): void {
  const accounts = accountsFor(connected, who);
  if (accounts.includes(account)) return;
  throw new Problem(404, 'account', 'No such account', 'the login does not have the account that was named', {
    remedy: accounts.length === 0 ? undefined : 'Name one of those that accounts.list shows.',
  });
}

/** @throws {Problem} 422 where several could be meant, 404 for one that the caller does not have. */
export function accountFor(
  connected: Pick<Connected, 'accounts'>,
  { asked, who, defaults }: { readonly asked: string | undefined; readonly who: Caller; readonly defaults: Defaults },
): string {
  const accounts = accountsFor(connected, who);
  const own = defaults.of(who);
  const found = asked ?? (own !== undefined && accounts.includes(own) ? own : accounts.length === 1 ? accounts[0] : undefined);
  if (found === undefined)
    throw new Problem(422, 'account', 'Which account', `the login has ${accounts.length} accounts`, {
      remedy: 'Name one of those that accounts.list shows.',
    });
  checkAccount(connected, who, found);
  return found;
}
