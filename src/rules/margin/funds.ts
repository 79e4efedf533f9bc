// MARGIN-FUNDS: initial margin of what opens, with that of the working orders, fits into the available funds.

import { mayBorrow } from '../account-kind.js';
import { lotSteps, type Rule } from '../context.js';
import { amountOf, readDecimal, readPositive, writeAmount, writeDecimal } from '../decimal.js';
import { lotOf } from '../facts/ask.js';
import { finding } from '../finding.js';
import { openingMargin, workingMargin } from './opening-margin.js';

export const marginFunds: Rule = {
  codes: ['MARGIN-FUNDS'],
  judge: ({ snapshot, asks }) => {
    const funds = readDecimal(snapshot.account.availableFunds);
    if (snapshot.kind === undefined || !mayBorrow(snapshot.kind) || funds === undefined || !asks.some((ask) => ask.opens))
      return [];
    const ids = new Set(asks.map((ask) => ask.id));
    const own = asks.reduce((sum, ask) => sum + openingMargin(ask, snapshot).amount, 0n);
    const working = workingMargin(snapshot, ids).amount;
    const missing = own + working - amountOf(funds);
    if (own <= 0n || missing <= 0n) return [];
    const only = asks.length === 1 ? asks[0] : undefined;
    const canSize = only !== undefined && readPositive(only.order.totalQuantity) !== undefined && only.order.answer === undefined;
    const closing = (only?.size ?? 0n) - (only?.openSize ?? 0n);
    const most = canSize
      ? closing +
        lotSteps(
          only.openSize,
          lotOf(only),
          (openSize) => openingMargin({ ...only, openSize }, snapshot).amount + working <= amountOf(funds),
        )
      : undefined;
    const facts = {
      needed: writeAmount(own),
      working: writeAmount(working),
      free: writeDecimal(funds),
      missing: writeAmount(missing),
      currency: snapshot.base,
      maxQuantity: most === undefined ? undefined : writeDecimal(most),
    };
    return [finding('MARGIN-FUNDS', facts)];
  },
};
