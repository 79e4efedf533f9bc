// Tells a stream when something was booked in one of its accounts.
import { accountOf } from '../../accounts/account-book.js';
import type { Gateway } from '../state.js';

/** Calls back after each execution that changed one of the accounts; returns the way to stop. */
export function onBookings(gateway: Gateway, accounts: readonly string[], run: () => void): () => void {
  const revisions = (): number => accounts.reduce((sum, account) => sum + accountOf(gateway.accounts, account).revision, 0);
  let seen = revisions();
  return gateway.engine.onEvent((event) => {
    if (event.kind !== 'execDetails') return;
    const now = revisions();
    if (now === seen) return;
    seen = now;
    run();
  });
}
