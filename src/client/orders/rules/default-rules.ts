// The default of the order path: an account that is told to be an IRA is watched and judged from its first order on.
import { accountKindOf } from '../../../rules/account-kind.js';
import type { OrderRule } from '../policy.js';
import type { AccountRules } from './account-rules.js';

/** True when the gateway's `AccountType` names an IRA; nothing told is not an IRA. */
export function isIra(accountType: string | undefined): boolean {
  return accountType !== undefined && accountKindOf({ configuredKind: undefined, accountType }).kind?.startsWith('ira') === true;
}

/**
 * Judges orders for accounts told to be IRAs (`types`); the rules are made by `rules` at the first such order, which is refused
 * until their picture of the account is whole: `ib.orders.prepare()` waits for it. Orders of other accounts pass.
 */
export function defaultRules(types: ReadonlyMap<string, string>, rules: () => AccountRules): OrderRule {
  let begun: AccountRules | undefined;
  return (orders) => {
    const own = orders.filter(({ order }) => order.account !== undefined && isIra(types.get(order.account)));
    if (own.length === 0) return [];
    if (begun === undefined) {
      begun = rules();
      // What fails here is told by the next order: it is refused for want of a picture.
      begun.prepare().catch(() => {});
    }
    return begun.rule(own);
  };
}
