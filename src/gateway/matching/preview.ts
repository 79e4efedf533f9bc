/** What-if: the margins before and after, and the commission, on one openOrder. Nothing is placed, nothing changes. */
import { accountOf } from '../accounts/account-book.js';
import { admit, imagine } from '../accounts/admission.js';
import { valuate } from '../accounts/valuation.js';
import { echoOf } from './echo.js';
import type { EngineState } from './engine-state.js';
import { intentOf, pendingIntents } from './intents.js';
import type { LiveOrder } from './live-order.js';
import type { OrderState } from './order-events.js';
import { refusals } from './refusals.js';
import { audienceOf, sayError } from './report.js';

/** Answers a what-if order that passed the checks; a refusal of the accounts comes as an error only. */
export function preview(state: EngineState, order: LiveOrder): void {
  const { accounts } = state.setup;
  if (order.parts && order.contract.exchange === 'SMART' && !isGuaranteed(order)) {
    sayError(state, order.clientId, order.orderId, refusals.comboWhatIf);
    return;
  }
  const account = accountOf(accounts, order.shares?.[0]?.account ?? order.account);
  const intent = intentOf(state, order, order.shares?.[0]?.quantity ?? order.total);
  const refusal = admit(account, intent, pendingIntents(state, account.account, order), accounts.prices);
  if (refusal) {
    sayError(state, order.clientId, order.orderId, { code: refusal.code, text: refusal.text });
    return;
  }
  const trades = imagine(intent);
  const before = valuate(account, accounts.prices);
  const after = valuate(account, accounts.prices, trades);
  const commission = trades.reduce(
    (sum, trade) => sum + trade.commission * accounts.prices.rate(trade.commissionCurrency, order.instrument.currency),
    0,
  );
  const orderState: OrderState = {
    status: 'PreSubmitted',
    initMarginBefore: before.requirement.initial,
    maintMarginBefore: before.requirement.maintenance,
    equityWithLoanBefore: before.equityWithLoan,
    initMarginChange: after.requirement.initial - before.requirement.initial,
    maintMarginChange: after.requirement.maintenance - before.requirement.maintenance,
    equityWithLoanChange: after.equityWithLoan - before.equityWithLoan,
    initMarginAfter: after.requirement.initial,
    maintMarginAfter: after.requirement.maintenance,
    equityWithLoanAfter: after.equityWithLoan,
    commissionAndFees: Math.round(commission * 1e8) / 1e8,
    commissionAndFeesCurrency: order.instrument.currency,
    marginCurrency: account.baseCurrency,
  };
  const to = audienceOf(order);
  state.said.push({
    kind: 'openOrder',
    to,
    orderId: order.orderId,
    contract: order.contract,
    order: echoOf(state, order),
    orderState,
  });
}

/** Combos routed SMART cannot be previewed unless they are sent as guaranteed to one exchange. */
function isGuaranteed(order: LiveOrder): boolean {
  const legs = order.parts ?? [];
  return legs.every((leg) => leg.instrument.secType === 'OPT' || leg.instrument.secType === 'FOP');
}
