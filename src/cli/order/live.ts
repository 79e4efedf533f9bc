// Live accounts: nothing is sent to one unless it was said.

import { isPaper } from '../../rules/naming.js';
import { CliError, EXIT } from '../exit-codes.js';

/** @throws {CliError} refused, when an account is a live one and `--live` was not given. */
export function refuseLive(accounts: readonly string[], isLive: boolean | undefined): void {
  const live = accounts.filter((account) => !isPaper(account));
  if (live.length === 0 || isLive === true) return;
  throw new CliError(
    EXIT.refused,
    `Not sent: ${live.join(' ')} ${live.length === 1 ? 'is a live account' : 'are live accounts'} with real money.`,
    'Use a paper account, try it with --simulate, or add --live when it is meant.',
  );
}
