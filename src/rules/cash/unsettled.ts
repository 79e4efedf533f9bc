// IRA-UNSETTLED, CASH-UNSETTLED: cash-type accounts spend settled money only; with the switch on, early sales are flagged.
import { isCashType } from '../account-kind.js';
import { type Context, type Rule, shownId } from '../context.js';
import { readContract, readDay } from '../facts/contract.js';
import { type Finding, finding } from '../finding.js';
import { deficitFacts, deficitsOf, isOnlyUnsettled } from './deficits.js';
import { twin } from './twin.js';

/** Sales of lots that were bought with proceeds which have not settled yet. */
function earlySales(context: Context): Finding[] {
  const { snapshot, asks } = context;
  const today = readDay(snapshot.situation.asOf);
  if (snapshot.kind === undefined || !isCashType(snapshot.kind) || !snapshot.policy.allowUnsettled || today === undefined)
    return [];
  const lines = Array.isArray(snapshot.situation.positions) ? snapshot.situation.positions : [];
  return asks.flatMap((ask) => {
    if (ask.order.action !== 'SELL') return [];
    const days = lines
      .filter((line) => line !== null && typeof line === 'object' && snapshot.book.keyOf(readContract(line.contract)) === ask.key)
      .map((line) => readDay(line.fundedUnsettledUntil) ?? 0)
      .filter((day) => day > today);
    if (days.length === 0) return [];
    return [
      finding(
        twin('UNSETTLED', snapshot),
        { settles: String(Math.max(...days)) },
        { severity: 'warn', orderId: shownId(ask, context) },
      ),
    ];
  });
}

export const unsettled: Rule = {
  codes: ['IRA-UNSETTLED', 'CASH-UNSETTLED'],
  judge: (context) => [
    ...deficitsOf(context)
      .filter((deficit) => isOnlyUnsettled(context, deficit))
      .map((deficit) => finding(twin('UNSETTLED', context.snapshot), deficitFacts(context, deficit))),
    ...earlySales(context),
  ],
};
