// Everything new leaves as a set: numbered, journalled and written in one turn.

import type { RequestInput } from '../../../protocol/registry.js';
import type { Finding } from '../../../rules/finding.js';
import type { OrderDraft } from '../draft.js';
import type { Proposal } from '../judge/facts.js';
import { isEnd } from '../record/trade-state.js';
import type { TradedContract } from '../record/trade-types.js';
import type { Trade } from '../trade.js';
import { checkSession, type PlaceOptions, type TradableContract } from './call.js';
import { cancelLate } from './cancel.js';
import { type Desk, leave, refusalBy } from './desk.js';
import { goOut, WITHIN_MS } from './way-out.js';

/** What leaves for one order, once its id is known. */
interface Numbered<K extends 'placeOrder' | 'exerciseOptions'> {
  readonly draft: OrderDraft;
  readonly checked: Proposal;
  readonly message: RequestInput<K>;
}

/** Orders that leave together, before they have ids. */
export interface Departing<K extends 'placeOrder' | 'exerciseOptions'> {
  readonly kind: K;
  readonly action: 'place' | 'exercise';
  readonly contract: TradableContract;
  readonly drafts: readonly OrderDraft[];
  /** `hasWaited`: they were looked at before. @throws {RuleError} {InputError} when they may not leave as things stand. */
  look(hasWaited: boolean): readonly Finding[];
  numbered(ids: readonly number[]): readonly Numbered<K>[];
}

/** Lets a set go out, whole or not at all. While it waits its trades are in the book, without ids. @throws what refuses it at once */
export function depart<K extends 'placeOrder' | 'exerciseOptions'>(
  desk: Desk,
  options: PlaceOptions,
  set: Departing<K>,
): readonly Trade[] {
  const { book, core } = desk;
  let trades: readonly Trade[] = [];
  const refuseCancelled = (): void => {
    if (trades.some(({ state, record }) => isEnd(state) || record.isCancelAsked)) throw new Error('cancelled before it left');
  };
  const look = (): readonly Finding[] => {
    refuseCancelled();
    // They count as working while they wait; a judgement must not hold them against themselves.
    for (const trade of trades) book.unregister(trade);
    try {
      // Whoever lets a set go has asked just before.
      if (trades.length > 0) checkSession(desk, set.kind);
      return set.look(trades.length > 0);
    } finally {
      for (const trade of trades) book.register(trade);
    }
  };
  const write = (findings: readonly Finding[]): void => {
    // By a guard, for one.
    refuseCancelled();
    const waited = trades;
    const { usedClientId: clientId } = core;
    const ids = core.orderIds.block(set.drafts.length);
    const parts = set.numbered(ids);
    for (const [i, { draft }] of parts.entries()) {
      const trade = waited[i];
      if (trade !== undefined) book.take(trade, { is: 'numbered', clientId, orderId: ids[i] ?? 0, draft });
    }
    let left = 0;
    try {
      for (const { draft, checked, message } of parts) {
        const { account = '', orderRef } = draft;
        const named = { clientId, orderId: ids[left] ?? 0, ...(orderRef !== undefined && { orderRef }) };
        const orders = [checked];
        leave(desk, {
          kind: set.kind,
          action: set.action,
          message,
          account,
          ids: named,
          orders,
          findings,
          isConfirmed: left > 0,
        });
        left++;
      }
    } finally {
      // Bytes first, books second, both in this turn: handles and what watches the book cost the order no time.
      trades = parts.map(({ draft }, i) => waited[i] ?? begin(desk, ids[i] ?? 0, set.contract, draft));
      for (const trade of trades.slice(0, left)) {
        book.take(trade, { is: 'sent' });
        if (waited.length === 0) book.register(trade);
      }
    }
    cancelLate(desk, trades);
  };
  try {
    goOut(core, {
      kind: set.kind,
      messages: set.drafts.length,
      until: core.timer.now() + (options.timeout ?? WITHIN_MS),
      signal: options.signal,
      look,
      write,
      failed: (error) => fail(desk, trades, error, false),
    });
  } catch (error) {
    fail(desk, trades, error, true);
    if (trades[0]?.sentAt === undefined) throw error;
  }
  if (trades.length === 0) trades = set.drafts.map((draft) => register(desk, 0, set.contract, draft));
  return trades;
}

/** Those of a set that have left are taken back, the others end. `isInTurn`: the caller hears of it when none has left. */
function fail(desk: Desk, trades: readonly Trade[], error: unknown, isInTurn: boolean): void {
  const isTorn = trades.some(({ sentAt }) => sentAt !== undefined);
  const byUser = trades.some(({ state, record }) => state.at === 'cancelled' || record.isCancelAsked);
  for (const trade of trades) {
    if (trade.sentAt !== undefined) takeBack(desk, trade);
    else {
      if (isInTurn && !isTorn) desk.book.unregister(trade);
      if (!isEnd(trade.state)) desk.book.take(trade, byUser ? { is: 'withdrawn' } : { is: 'refused', reason: refusalBy(error) });
    }
  }
}

function begin({ book, core }: Desk, orderId: number, contract: TradedContract, draft: OrderDraft): Trade {
  return book.begin({ clientId: core.usedClientId, orderId, isPlaced: true, account: draft.account, contract, draft });
}

/** In the book before it has left. */
export function register(desk: Desk, orderId: number, contract: TradedContract, draft: OrderDraft): Trade {
  const trade = begin(desk, orderId, contract, draft);
  desk.book.register(trade);
  return trade;
}

/** A member of a group whose later members could not leave: it must not stay in TWS. */
function takeBack(desk: Desk, trade: Trade): void {
  try {
    desk.book.take(trade, { is: 'cancelling' });
    desk.core.send('cancelOrder', { orderId: trade.orderId });
  } catch (error) {
    desk.core.thrown(error);
  }
}
