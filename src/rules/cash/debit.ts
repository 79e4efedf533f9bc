// IRA-DEBIT, CASH-DEBIT: base currency may not go below zero, at worst prices, whatever fills.
import type { Context, Rule } from '../context.js';
import { shownId } from '../context.js';
import { amountOf, readDecimal, writeAmount, writeDecimal } from '../decimal.js';
import { isEngineKind } from '../facts/snapshot.js';
import { type Finding, finding } from '../finding.js';
import { deficitFacts, deficitsOf, isOnlyUnsettled } from './deficits.js';
import { twin } from './twin.js';

/** What-if answers above the available funds, for orders whose own rule does not speak of them. */
function byAnswer(context: Context): Finding[] {
  const { snapshot, asks } = context;
  const funds = readDecimal(snapshot.account.availableFunds);
  if (funds === undefined || !isEngineKind(snapshot)) return [];
  return asks.flatMap((ask) => {
    const asked = readDecimal(ask.order.answer?.initMarginChange);
    const isElsewhere = ask.contracts.some((contract) => contract.secType === 'FUT' || contract.secType === 'FOP');
    if (asked === undefined || asked <= funds || asked <= 0n || isElsewhere || !ask.opens) return [];
    const facts = {
      asked: writeDecimal(asked),
      free: writeDecimal(funds),
      missing: writeAmount(amountOf(asked - funds)),
      currency: snapshot.base,
    };
    return [finding(twin('DEBIT', snapshot), facts, { orderId: shownId(ask, context) })];
  });
}

export const debit: Rule = {
  codes: ['IRA-DEBIT', 'CASH-DEBIT'],
  judge: (context) => {
    const { snapshot } = context;
    const own = deficitsOf(context).filter(
      (deficit) => deficit.cause === 'payment' && deficit.currency === snapshot.base && !isOnlyUnsettled(context, deficit),
    );
    return [...own.map((deficit) => finding(twin('DEBIT', snapshot), deficitFacts(context, deficit))), ...byAnswer(context)];
  },
};
