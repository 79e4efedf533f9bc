// A child whose parent the gateway did not know yet is sent once more.

import type { Finding } from '../../../rules/finding.js';
import { placeOrderMessage } from '../builders/message.js';
import { UntoldError } from '../judge/verdict.js';
import { isEnd } from '../record/trade-state.js';
import type { Trade } from '../trade.js';
import { idsOf } from './call.js';
import { departureOf } from './depart.js';
import { type Desk, leave, outcome, pass, refusalBy, textOf, untilTold, whenAdmitted } from './desk.js';

const CHILD_RETRY_MS = 50;

/** Sends a child once more after its parent was not known yet. */
export function retryChild(desk: Desk, trade: Trade): void {
  const { contract, draft } = trade;
  if (contract === undefined || draft === undefined) return;
  const until = desk.core.timer.now() + 10_000;
  const failed = (error: unknown): void => {
    if (error instanceof UntoldError) {
      untilTold(desk.core, error, until, undefined)
        .then(() => whenAdmitted(desk.core, 'placeOrder', {}, {}, act, failed))
        .catch(failed);
      return;
    }
    outcome(desk, { event: 'failed', account: trade.account ?? '', ...idsOf(desk, trade), detail: textOf(error) });
    desk.book.take(trade, { is: 'refused', reason: { ...refusalBy(error), code: 10006 } });
  };
  const act = (): void => {
    if (isEnd(trade.state)) return;
    if (trade.record.isCancelAsked) throw new Error('cancelled before it was sent again');
    const checked = { contract, order: draft, token: undefined, orderId: trade.orderId, filled: undefined };
    desk.book.unregister(trade);
    let findings: readonly Finding[];
    try {
      findings = pass(desk, [checked], 'place', idsOf(desk, trade), 'again');
    } finally {
      desk.book.register(trade);
    }
    const { confirm: _, ...options } = desk.options;
    const message = placeOrderMessage(trade.orderId, contract, draft);
    leave({ ...desk, options }, { ...departureOf(desk, trade, checked, findings), kind: 'placeOrder', message });
  };
  desk.core.timer.after(CHILD_RETRY_MS, () => {
    if (isEnd(trade.state)) return;
    try {
      whenAdmitted(desk.core, 'placeOrder', {}, {}, act, failed);
    } catch (error) {
      failed(error);
    }
  });
}
