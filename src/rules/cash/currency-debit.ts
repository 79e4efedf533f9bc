// IRA-CCY-DEBIT, CASH-CCY-DEBIT: no other currency may be borrowed; a conversion counts once it has filled.
import type { Rule } from '../context.js';
import { finding } from '../finding.js';
import { deficitFacts, deficitsOf, isOnlyUnsettled } from './deficits.js';
import { twin } from './twin.js';

export const currencyDebit: Rule = {
  codes: ['IRA-CCY-DEBIT', 'CASH-CCY-DEBIT'],
  judge: (context) =>
    deficitsOf(context)
      .filter(({ cause, currency }) => cause === 'payment' && currency !== context.snapshot.base)
      .filter((deficit) => !isOnlyUnsettled(context, deficit))
      .map((deficit) => finding(twin('CCY-DEBIT', context.snapshot), deficitFacts(context, deficit))),
};
