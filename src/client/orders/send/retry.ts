// A child whose parent the gateway did not know yet is sent once more.

import { placeOrderMessage } from '../builders/message.js';
import type { Proposal } from '../judge/facts.js';
import { isEnd } from '../record/trade-state.js';
import type { Trade } from '../trade.js';
import { idsOf } from './call.js';
import { type Desk, leave, outcome, pass, refusalBy, textOf } from './desk.js';
import { goOut, type WayOut, WITHIN_MS } from './way-out.js';

const CHILD_RETRY_MS = 50;

/** Sends a child once more after its parent was not known yet. */
export function retryChild(desk: Desk, trade: Trade): void {
  const { contract, draft } = trade;
  if (contract === undefined || draft === undefined) return;
  const { core, book } = desk;
  const { orderId } = trade;
  // A repeat that is meant.
  const checked: Proposal = { contract, order: draft, token: undefined, orderId, filled: undefined, deliberate: true };
  const failed = (error: unknown): void => {
    if (isEnd(trade.state)) return;
    outcome(desk, { event: 'failed', account: trade.account ?? '', ...idsOf(desk, trade), detail: textOf(error) });
    book.take(trade, { is: 'refused', reason: { ...refusalBy(error), code: 10006 } });
  };
  const way: Omit<WayOut, 'until'> = {
    kind: 'placeOrder',
    messages: 1,
    signal: undefined,
    look() {
      if (isEnd(trade.state) || trade.record.isCancelAsked) throw new Error('cancelled before it was sent again');
      book.unregister(trade);
      try {
        return pass(desk, [checked], 'place', idsOf(desk, trade), 'again');
      } finally {
        book.register(trade);
      }
    },
    write(findings) {
      const message = placeOrderMessage(trade.orderId, contract, draft);
      const [account, ids] = [trade.account ?? '', idsOf(desk, trade)];
      leave(desk, { kind: 'placeOrder', action: 'place', message, account, ids, orders: [checked], findings, isConfirmed: true });
    },
    failed,
  };
  core.timer.after(CHILD_RETRY_MS, () => {
    try {
      goOut(core, { ...way, until: core.timer.now() + WITHIN_MS });
    } catch (error) {
      failed(error);
    }
  });
}
