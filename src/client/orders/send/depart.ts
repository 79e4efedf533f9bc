// The way out of everything new: judged, admitted as a whole, then numbered, journalled and written in one turn.

import type { RequestInput } from '../../../protocol/registry.js';
import type { Finding } from '../../../rules/finding.js';
import type { OrderDraft } from '../draft.js';
import type { Proposal } from '../judge/facts.js';
import { UntoldError } from '../judge/verdict.js';
import { isEnd } from '../record/trade-state.js';
import type { TradedContract } from '../record/trade-types.js';
import type { Trade } from '../trade.js';
import { checkSession, idsOf, type PlaceOptions, type TradableContract } from './call.js';
import { type Departure, type Desk, leave, refusalBy, untilTold, whenAdmitted } from './desk.js';

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
  /** @throws {RuleError} {InputError} when they may not leave as things stand. */
  look(): readonly Finding[];
  numbered(ids: readonly number[]): readonly Numbered<K>[];
}

/**
 * The way out of everything new: judged, admitted as a whole, then numbered, journalled and written in one turn. What had to wait
 * is judged again in that turn. While it waits its trades are in the book, without ids.
 */
export function depart<K extends 'placeOrder' | 'exerciseOptions'>(
  desk: Desk,
  options: PlaceOptions,
  set: Departing<K>,
): readonly Trade[] {
  const { book, core } = desk;
  let findings: readonly Finding[] = [];
  let trades: readonly Trade[] = [];
  /** Judges anew what had to wait. */
  const lookAgain = (waited: readonly Trade[]): readonly Finding[] => {
    if (waited.some(({ state, record }) => isEnd(state) || record.isCancelAsked)) throw new Error('cancelled before it left');
    // They count as working while they wait; a judgement must not hold them against themselves.
    for (const trade of waited) book.unregister(trade);
    try {
      checkSession(desk, set.kind);
      return set.look();
    } finally {
      for (const trade of waited) book.register(trade);
    }
  };
  const act = (): void => {
    const waited = trades;
    if (waited.length > 0) findings = lookAgain(waited);
    const ids = core.orderIds.block(set.drafts.length);
    const parts = set.numbered(ids);
    trades = parts.map(({ draft }, i) => {
      const trade = waited[i];
      if (trade === undefined) return begin(desk, ids[i] ?? 0, set.contract, draft);
      book.take(trade, { is: 'numbered', clientId: core.usedClientId, orderId: ids[i] ?? 0, draft });
      return trade;
    });
    let left = 0;
    try {
      for (const part of parts) {
        const departure = departureOf(desk, trades[left] as Trade, part.checked, findings);
        leave(desk, { ...departure, kind: set.kind, action: set.action, message: part.message, isConfirmed: left > 0 });
        left++;
      }
    } finally {
      // Bytes first, books second, both in this turn: what watches the book costs the order no time.
      for (const trade of trades.slice(0, left)) {
        book.take(trade, { is: 'sent' });
        if (waited.length === 0) book.register(trade);
      }
    }
  };
  const call = { ...options, messages: set.drafts.length };
  const until = core.timer.now() + (options.timeout ?? 10_000);
  const waits = (): void => {
    if (trades.length === 0) trades = set.drafts.map((draft) => register(desk, 0, set.contract, draft));
  };
  /** What is not told yet may still come: it is judged again then, within the time the order may wait. */
  const failed = (error: unknown): void => {
    if (!(error instanceof UntoldError)) {
      fail(desk, trades, error, false);
      return;
    }
    untilTold(core, error, until, options.signal)
      .then(() => {
        // Before it asks for its turn, which would be lost if it still may not leave.
        lookAgain(trades);
        whenAdmitted(core, set.kind, {}, call, act, failed);
      })
      .catch(failed);
  };
  try {
    findings = set.look();
    whenAdmitted(core, set.kind, {}, call, act, failed);
  } catch (error) {
    if (error instanceof UntoldError && trades.length === 0) {
      waits();
      failed(error);
      return trades;
    }
    fail(desk, trades, error, true);
    if (trades[0]?.sentAt === undefined) throw error;
  }
  waits();
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

export function departureOf(
  desk: Desk,
  trade: Trade,
  checked: Proposal,
  findings: readonly Finding[],
): Omit<Departure<'placeOrder'>, 'message' | 'kind'> {
  return { action: 'place', account: trade.account ?? '', ids: idsOf(desk, trade), orders: [checked], findings };
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
