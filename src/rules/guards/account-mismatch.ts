// ACCOUNT-MISMATCH: order, balances and configuration must speak of one account.
import { type Rule, shownId } from '../context.js';
import { type Finding, finding } from '../finding.js';
import { maskAccount, shown } from '../naming.js';

export const accountMismatch: Rule = {
  codes: ['ACCOUNT-MISMATCH'],
  judge: (context) => {
    const { account, verdict } = context.snapshot;
    const found: Finding[] = [];
    if (verdict.conflict) {
      found.push(
        finding('ACCOUNT-MISMATCH', { configuredKind: account.configuredKind, accountType: shown(account.accountType) }),
      );
    }
    if (typeof account.account !== 'string' || account.account === '') return found;
    for (const ask of context.asks) {
      const named = ask.order.account;
      if (typeof named !== 'string' || named === '' || named === account.account) continue;
      const facts = { orderAccount: maskAccount(named), account: maskAccount(account.account) };
      found.push(finding('ACCOUNT-MISMATCH', facts, { orderId: shownId(ask, context) }));
    }
    return found;
  },
};
