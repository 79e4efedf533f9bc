// What only the program knows of an account, as it adds it to what the gateway tells.
import type { Situation } from '../../../rules/types.js';
import { heed } from '../../conversation/heed.js';
import { InputError } from '../../input/input-error.js';
import { namesOf, refuseOthers } from '../../input/known-properties.js';

const MORE = 'orders.accounts.more';
const FACTS = namesOf<Situation>({
  account: true,
  severalAccounts: true,
  cash: true,
  settledCash: true,
  positions: true,
  workingOrders: true,
  exchangeRates: true,
  asOf: true,
  linkedLossSales: true,
  corporateActions: true,
  scope: true,
  stopped: true,
  login: true,
  sent: true,
  sentWithin: true,
  openOrders: true,
  picture: true,
});

/** @throws {InputError} for what is no object, an unknown fact, and for a promise: nobody waits for it while an order leaves. */
export function answered(more: Partial<Situation>): Partial<Situation> {
  // It is refused here: that it rejects later is told to nobody.
  heed(more, () => {});
  if (typeof more !== 'object' || more === null || 'then' in more)
    throw new InputError(MORE, 'must answer at once with an object');
  refuseOthers(FACTS, more, `${MORE}().`);
  return more;
}
