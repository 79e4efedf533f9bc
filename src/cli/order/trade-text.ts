// Trades in words, for people and for programs.

import { formatSymbol } from '../../client/contracts/format-symbol.js';
import type { TradeEvent } from '../../client/orders/record/events.js';
import type { FillCommission } from '../../client/orders/record/fills.js';
import type { Trade } from '../../client/orders/trade.js';
import { visibleText } from '../../protocol/visible-text.js';
import { bad, bold, figure, good, price, warn } from '../print.js';
import { textOf } from './ticket.js';

/** One event as a line; undefined for what says nothing new. */
export function eventText(event: TradeEvent): string | undefined {
  switch (event.is) {
    case 'state':
      return event.state.at === 'unclear' ? warn(`unclear: ${event.state.why}`) : event.state.at;
    case 'fill':
      return good(
        `executed ${figure(event.fill.shares)} at ${price(event.fill.price)} on ${visibleText(event.fill.exchange ?? '')}`.trimEnd(),
      );
    case 'correction':
      return warn(`corrected to ${figure(event.fill.shares)} at ${price(event.fill.price)}`);
    case 'commission':
      return event.fill.commission === undefined ? undefined : `commission ${moneyText(event.fill.commission)}`;
    case 'notice':
      return warn(`notice ${event.notice.code}: ${visibleText(event.notice.text)}`);
    case 'alarm':
      return bad(`look at this: ${event.alarm.what}`);
    case 'reopened':
      return bad(`lives again after it was ${event.was}`);
    default:
      return undefined;
  }
}

export function moneyText({ amount, currency }: FillCommission): string {
  return `${figure(amount, 2)} ${visibleText(currency)}`.trimEnd();
}

/** How it stands, in one line. */
export function tradeText(trade: Trade, canBeCancelled: boolean): string {
  const { state, end, filledQuantity, total, averagePrice } = trade;
  const done = filledQuantity.eq(0)
    ? ''
    : `, ${figure(filledQuantity)} of ${figure(total) ?? '?'} at ${price(averagePrice)} on average`;
  const costs = [...trade.commissions].map(([currency, amount]) => `${figure(amount, 2)} ${visibleText(currency)}`).join(', ');
  const why = end?.reason?.text === undefined || end.reason.text === '' ? '' : `: ${visibleText(end.reason.text)}`;
  const word = state.at === 'filled' ? good(bold('filled')) : state.at === 'rejected' ? bad(bold('rejected')) : bold(state.at);
  const rest = end === undefined && canBeCancelled ? `; \`ibwire order cancel ${trade.orderId}\` takes it back` : '';
  return `order ${trade.orderId} is ${word}${done}${costs === '' ? '' : `, commission ${costs}`}${why}${rest}`;
}

/** What programs get of a trade. */
export function tradeData(trade: Trade): object {
  const { orderId, permId, clientId, account, contract, state, end, filledQuantity, averagePrice } = trade;
  return {
    orderId,
    permId,
    clientId,
    account,
    contract,
    order: trade.reported ?? trade.draft,
    state: state.at,
    filled: filledQuantity,
    remaining: trade.remaining,
    averagePrice,
    commissions: trade.commissions,
    reason: end?.reason,
    fills: trade.fills,
  };
}

/** `BUY 100 AAPL, limit 187.5 USD, DAY` of any trade. */
export function termsOf(trade: Trade): string {
  const { contract, draft, reported } = trade;
  const total = trade.total?.toFixed();
  const terms = { ...draft, ...reported, ...(total === undefined ? {} : { totalQuantity: total }) };
  // The gateway's words for what this side spells the same; only those that a line shows are read.
  return textOf(terms as Parameters<typeof textOf>[0], formatSymbol(contract ?? {}), contract?.currency);
}
