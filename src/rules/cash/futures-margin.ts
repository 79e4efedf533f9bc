// FUT-MARGIN: the margin of futures fits, about twice the usual one in an IRA.
import { type Context, lotSteps, type Rule, shownId } from '../context.js';
import { amountOf, CUBE_TO_AMOUNT, readDecimal, writeAmount, writeDecimal } from '../decimal.js';
import { lotOf } from '../facts/ask.js';
import { isEngineKind } from '../facts/snapshot.js';
import { type Finding, finding } from '../finding.js';
import { deficitFacts, deficitsOf } from './deficits.js';

/** A what-if answer that asks for more than is available, whatever the estimate says. */
function byAnswer(context: Context): Finding[] {
  const { snapshot, asks } = context;
  const funds = readDecimal(snapshot.account.availableFunds);
  return asks.flatMap((ask) => {
    const asked = readDecimal(ask.order.answer?.initMarginChange);
    if (asked === undefined || asked <= 0n || ask.contract.secType !== 'FUT' || !ask.opens) return [];
    const free = funds === undefined ? snapshot.available(snapshot.base) : amountOf(funds);
    const missing = amountOf(asked) - free;
    if (missing <= 0n) return [];
    const facts = {
      secType: 'FUT',
      needed: writeDecimal(asked),
      free: writeAmount(free),
      missing: writeAmount(missing),
      currency: snapshot.base,
    };
    return [finding('FUT-MARGIN', facts, { orderId: shownId(ask, context) })];
  });
}

/** Margin kinds: margin per contract times what opens, against available funds. */
function byFunds(context: Context): Finding[] {
  const { snapshot, asks } = context;
  const funds = readDecimal(snapshot.account.availableFunds);
  if (funds === undefined || snapshot.kind === 'portfolio-margin') return [];
  return asks.flatMap((ask) => {
    const rate = snapshot.rate(ask.contract.currency);
    const margin = ask.contract.margin;
    if (ask.contract.secType !== 'FUT' || !ask.opens || margin === undefined || rate === undefined) return [];
    const cost = (size: bigint): bigint => size * margin * rate * CUBE_TO_AMOUNT;
    const missing = cost(ask.openSize) - amountOf(funds);
    if (missing <= 0n) return [];
    const closing = (ask.size ?? 0n) - ask.openSize;
    const most = closing + lotSteps(ask.openSize, lotOf(ask), (size) => cost(size) <= amountOf(funds));
    const facts = {
      secType: 'FUT',
      needed: writeAmount(cost(ask.openSize)),
      free: writeDecimal(funds),
      missing: writeAmount(missing),
      currency: snapshot.base,
      maxQuantity: writeDecimal(most),
    };
    return [finding('FUT-MARGIN', facts, { orderId: shownId(ask, context) })];
  });
}

export const futuresMargin: Rule = {
  codes: ['FUT-MARGIN'],
  judge: (context) => {
    if (!isEngineKind(context.snapshot)) return byFunds(context);
    const own = deficitsOf(context).filter((deficit) => deficit.cause === 'futures');
    if (own.length === 0) return byAnswer(context);
    return own.map((deficit) => finding('FUT-MARGIN', { ...deficitFacts(context, deficit), secType: 'FUT' }));
  },
};
