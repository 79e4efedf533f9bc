// ACCOUNT-MISSING: with several accounts on the session every order names its own.
import { type Rule, shownId } from '../context.js';
import { finding } from '../finding.js';

export const accountMissing: Rule = {
  codes: ['ACCOUNT-MISSING'],
  judge: (context) =>
    context.snapshot.situation.severalAccounts === true
      ? context.asks
          .filter(({ order }) => typeof order.account !== 'string' || order.account === '')
          .map((ask) => finding('ACCOUNT-MISSING', {}, { orderId: shownId(ask, context) }))
      : [],
};
