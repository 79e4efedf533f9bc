// The default of the order path: an account that is known to be an IRA gets no order that no account rule has judged.
import { accountKindOf } from '../../../rules/account-kind.js';
import { reject } from '../guards/finding.js';
import type { OrderRule } from '../policy.js';

/**
 * Refuses orders for accounts whose `AccountType` the gateway has told to be that of an IRA, while no account rules are
 * connected. `types`: what was told so far; an account of which nothing was told passes, as does everything taxable.
 */
export function unwatchedIra(types: ReadonlyMap<string, string>): OrderRule {
  return (orders) =>
    orders.flatMap(({ order }) => {
      const accountType = order.account === undefined ? undefined : types.get(order.account);
      if (accountType === undefined || accountKindOf({ configuredKind: undefined, accountType }).kind?.startsWith('ira') !== true)
        return [];
      return [
        reject(
          'ACCOUNT-RULES-OFF',
          `this account is an IRA (${accountType}) and its rules are not watched`,
          "connect with orders: { accounts: {} }; orders: { accounts: 'none' } sends without rules",
          { accountType },
        ),
      ];
    });
}
