// What an error message on an order does to it: one verdict, by code, state and what was asked.
import { withoutAccounts } from '../../errors.js';
import { classify } from '../../notices/classify.js';
import type { Verdict } from '../../notices/verdict.js';
import type { ErrorMessage } from '../../router.js';
import type { OrderBook } from '../book.js';
import type { Trade } from '../trade.js';
import type { EndReason } from './trade-state.js';

/** The parent is not known yet: a child that came too soon (limits §9). */
const PARENT_MISSING = 10006;

export function heedNotice(book: OrderBook, trade: Trade, error: ErrorMessage): void {
  const code = error.errorCode ?? 0;
  const text = error.errorString ?? '';
  const verdict = classify({ code, text }, { is: 'order', working: trade.isWorking, asked: trade.asked });
  const notice = { code, text: withoutAccounts(text), verdict, at: error.errorTime ?? book.home.timer.now() };
  if (code === PARENT_MISSING && trade.parentId !== undefined && !trade.isRetried && book.retry(trade)) {
    trade.note(notice);
    return;
  }
  apply(book, trade, verdict, reasonOf(error));
  trade.note(notice);
}

function apply(book: OrderBook, trade: Trade, verdict: Verdict, reason: EndReason): void {
  switch (verdict.means) {
    case 'orderRejected':
      if (verdict.reconcile) book.ask('notice', trade);
      trade.reject(reason);
      return;
    case 'orderCancelled':
      trade.finish({ ...reason, text: verdict.reason ?? '', by: verdict.by === 'system' ? 'gateway' : verdict.by });
      return;
    case 'modifyRefused':
      trade.asked = 'place';
      if (verdict.reconcile) book.ask('notice', trade);
      return;
    case 'cancelRefused':
      // 161 comes behind the 202 of an order that was discarded before it was transmitted.
      if (trade.state.at === 'cancelled' && verdict.state === undefined) return;
      trade.asked = 'place';
      trade.life.isCancelAsked = false;
      trade.refresh();
      book.ask('cancel', trade);
      return;
    case 'orderUnclear':
      trade.doubted('notice');
      book.ask('notice', trade);
      return;
    case 'orderNotice':
      if (verdict.reconcile) book.ask('notice', trade);
      return;
    default:
  }
}

function reasonOf(error: ErrorMessage): EndReason {
  const json = error.advancedOrderRejectJson;
  return {
    code: error.errorCode,
    text: withoutAccounts(error.errorString ?? ''),
    by: 'gateway',
    advancedOrderRejectJson: json === undefined || json === '' ? undefined : withoutAccounts(json),
  };
}
