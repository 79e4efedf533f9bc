// Which accounts a command is about.

import type { Ib } from '../../client/connect.js';
import { CliError, EXIT } from '../exit-codes.js';

/** The one that was named, or all. @throws {CliError} usage, when the login does not have it. */
export function accountsOf(ib: Ib, account: string | undefined): readonly string[] {
  const { ids } = ib.accounts;
  if (account === undefined) return ids;
  if (!ids.includes(account)) throw new CliError(EXIT.usage, `This login has no account ${account}.`, `It has ${ids.join(' ')}.`);
  return [account];
}

/** The one that was named, or the only one. @throws {CliError} usage, when it has to be said which. */
export function oneAccountOf(ib: Ib, account: string | undefined): string {
  const [first, ...more] = accountsOf(ib, account);
  if (first === undefined) throw new CliError(EXIT.connect, 'The login has no account.');
  if (more.length > 0)
    throw new CliError(
      EXIT.usage,
      'The login has several accounts: say which with --account.',
      `It has ${ib.accounts.ids.join(' ')}.`,
    );
  return first;
}
