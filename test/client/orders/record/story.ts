// One order over the pure reducer, in short words: what happens to it, and what is said of it.

import Big from 'big.js';
import { describe, expect, it } from 'vitest';
import type { Verdict } from '../../../../src/client/notices/verdict.js';
import type { Happening } from '../../../../src/client/orders/book.js';
import type { OrderDraft } from '../../../../src/client/orders/draft.js';
import type { TradeEvent } from '../../../../src/client/orders/record/events.js';
import type { Fill } from '../../../../src/client/orders/record/fills.js';
import { next } from '../../../../src/client/orders/record/next.js';
import type { OrderEvent, Said } from '../../../../src/client/orders/record/order-event.js';
import { begun, type OrderRecord } from '../../../../src/client/orders/record/order-record.js';
import { type EndReason, endReason } from '../../../../src/client/orders/record/trade-state.js';
import type { ReportedOrder, TradedContract } from '../../../../src/client/orders/record/trade-types.js';

export const ACCOUNT = 'DU9000001';
export const AAPL: TradedContract = { conId: 265598, symbol: 'AAPL', secType: 'STK', exchange: 'SMART', currency: 'USD' };
/** 100 shares; the clock of every story begins at 0. */
export const DRAFT: OrderDraft = { action: 'BUY', orderType: 'LMT', totalQuantity: '100', lmtPrice: 10 };

/** An order of this session that has not left. */
export const placed = (more: Partial<OrderDraft> = {}): OrderRecord =>
  begun({ clientId: 1, orderId: 7, isPlaced: true, account: ACCOUNT, contract: AAPL, draft: { ...DRAFT, ...more } });

/** An order of somebody else. */
export const found = (): OrderRecord =>
  begun({ clientId: 9, orderId: 7, isPlaced: false, account: undefined, contract: undefined, draft: undefined });

const line = (status: string, filled: string | undefined, from: 'orderStatus' | 'openOrder' | 'completedOrder') =>
  ({ status, at: 0, from, filled, remaining: undefined, whyHeld: undefined }) as const;

export const status = (word: string, filled?: string): Happening => ({ is: 'status', line: line(word, filled, 'orderStatus') });
export const completed = (word: string, text: string, filled?: string): Happening => ({
  is: 'completed',
  line: line(word, filled, 'completedOrder'),
  text,
});
export const report = (terms: Partial<ReportedOrder> = {}, contract: TradedContract | undefined = AAPL): Happening => ({
  is: 'report',
  contract: contract as never,
  order: { account: ACCOUNT, ...DRAFT, ...terms } as ReportedOrder,
  orderState: { status: 'Submitted' } as never,
});

const fill = (execId: string, shares: number, contract: TradedContract): Fill => ({
  execId,
  time: '20260825 14:11:30 US/Eastern',
  at: undefined,
  side: 'BOT',
  shares: new Big(shares),
  price: new Big(10),
  exchange: 'ARCA',
  account: ACCOUNT,
  clientId: 1,
  orderId: 7,
  permId: '9001',
  orderRef: undefined,
  contract: contract as Fill['contract'],
  lastLiquidity: undefined,
  isLiquidation: false,
  isPriceRevisionPending: false,
  commission: undefined,
  corrections: 0,
});
export const executed = (execId: string, shares: number, contract: TradedContract = AAPL): Happening => ({
  is: 'execution',
  fill: fill(execId, shares, contract),
  isAnswer: false,
});
export const charged = (execId: string, amount: number): Happening => ({
  is: 'commission',
  report: { execId, commission: { amount: new Big(amount), currency: 'USD', realizedPnl: undefined } },
});
export const notice = (code: number, verdict: Verdict, reason: EndReason = endReason('gateway', 'why', { code })): Happening => ({
  is: 'notice',
  notice: { code, text: 'why', verdict, at: 0 },
  reason,
});
export const cancelled = notice(202, { means: 'orderCancelled', by: 'user', reason: 'on request' });
export const rejected = notice(201, { means: 'orderRejected', refusal: 'other', reconcile: false });

/** Everything that has happened: the record, and what was said, in words. */
export function told(
  record: OrderRecord,
  happenings: readonly Happening[],
): readonly [record: OrderRecord, words: readonly string[]] {
  let [now, words]: [OrderRecord, readonly string[]] = [record, []];
  for (const happening of happenings) {
    const [after, said] = next(now, { at: 0, ...happening } as OrderEvent);
    [now, words] = [after, [...words, ...said.map(wordsOf)]];
  }
  return [now, words];
}

export function wordsOf(said: Said): string {
  if (said.is === 'emit') return eventWords(said.event);
  const { wish } = said;
  if (wish.wish === 'ask') return `ask ${wish.cause}`;
  return wish.wish === 'wait' ? `wait ${wish.what} ${wish.until ?? 'no more'}` : wish.wish;
}

/** For example `status Submitted`, `fill 40`. */
export function eventWords(event: TradeEvent): string {
  switch (event.is) {
    case 'state':
      return `state ${event.state.at}`;
    case 'status':
      return `status ${event.line.status}`;
    case 'fill':
      return `fill ${event.fill.shares.toFixed()}${event.isAnswer ? ' missed' : ''}`;
    case 'correction':
      return `correction ${event.fill.shares.toFixed()}`;
    case 'notice':
      return `notice ${event.notice.code} ${event.notice.verdict.means}`;
    case 'alarm':
      return `alarm ${event.alarm.what}`;
    case 'end':
      return `end ${event.end.at}`;
    case 'report':
      return event.isChanged ? 'report changed' : 'report';
    default:
      return event.is;
  }
}

/** Title; what it was; what happens; what is said, words with commas between; what it is then. */
export type Row = readonly [string, OrderRecord, readonly Happening[], string, Readonly<Record<string, unknown>>?];

export function stories(title: string, rows: readonly Row[]): void {
  describe(title, () => {
    for (const [situation, before, happenings, words, then = {}] of rows)
      it(situation, () => {
        const [record, said] = told(before, happenings);
        expect(said.join(', ')).toBe(words);
        expect(record).toMatchObject(then);
      });
  });
}

export const become = (record: OrderRecord, ...happenings: Happening[]): OrderRecord => told(record, happenings)[0];
export const sent: Happening = { is: 'sent' };
export const cancelling: Happening = { is: 'cancelling' };
export const due = (at: number): Happening => ({ is: 'due', at });
export const gone: Happening = { is: 'over', reason: endReason('gateway', 'gone') };
export const lost: Happening = { is: 'refused', reason: endReason('client', 'never arrived') };
export const working = (more: Partial<OrderDraft> = {}): OrderRecord => become(placed(more), sent, status('Submitted'));
export const at = (state: OrderRecord['state']['at']) => ({ state: { at: state } });
