// Follows orders that have left, event by event, into the database: states, fills, ends, and rejections in a row.

import type { Fill, Trade, TradeState } from 'ibwire';
import { iso, type Timer } from '../clock.js';
import type { Ring } from '../ring.js';
import { shownContract } from '../session/contract.js';
import type { Settings } from '../settings.js';
import { draftOfRef } from '../store/journal-line.js';
import type { Store } from '../store/store.js';
import type { Drafts } from './drafts.js';
import { shownFill } from './fills.js';
import type { OutcomeOut } from './record.js';
import { type DraftState, NEXT } from './states.js';

export interface Follower {
  /** From now on the draft is what the trade is. */
  follow(draftId: string, trade: Trade): void;
  tradeOf(draftId: string): Trade | undefined;
  /** Settles when everything heard so far is written. */
  settled(draftId?: string): Promise<void>;
  /** The session is over: what may live has to be asked for again. */
  forget(): void;
}

interface Followed {
  readonly trade: Trade;
  isDirty: boolean;
  running: Promise<void>;
  readonly fills: Fill[];
  readonly off: () => void;
}

export function stateFor(state: TradeState, hasLeft: boolean): DraftState | undefined {
  switch (state.at) {
    case 'waiting':
      return undefined;
    case 'sent':
    case 'pending':
      return 'sent';
    case 'accepted':
    case 'working':
    case 'cancelling':
    case 'inactive':
      return 'working';
    case 'unclear':
      return 'unknown';
    case 'filled':
      return 'done';
    case 'cancelled':
    case 'rejected':
      return hasLeft ? 'done' : 'refused';
    default:
      return unreachable(state);
  }
}

export function outcomeOf(trade: Trade): OutcomeOut {
  const { end, averagePrice, remaining } = trade;
  const last = trade.notices.at(-1);
  const told = end?.reason ?? (trade.state.at === 'rejected' || trade.state.at === 'inactive' ? last : undefined);
  return {
    status: trade.state.at,
    filled: trade.filledQuantity.toFixed(),
    ...(remaining === undefined ? {} : { remaining: remaining.toFixed() }),
    ...(averagePrice === undefined ? {} : { averagePrice: averagePrice.toFixed() }),
    ...(told === undefined
      ? {}
      : { reason: { ...(told.code === undefined ? {} : { code: told.code }), text: { untrusted: told.text } } }),
  };
}

export function createFollower(store: Store, drafts: Drafts, settings: Settings, timer: Timer, ring: Ring): Follower {
  const followed = new Map<string, Followed>();

  const writeFill = async (fill: Fill): Promise<void> => {
    const contract = fill.contract === undefined ? undefined : shownContract(fill.contract as never);
    const values = {
      draft_id: draftOfRef(fill.orderRef),
      order_id: fill.orderId ?? null,
      perm_id: fill.permId ?? null,
      account: fill.account,
      con_id: contract?.conId ?? null,
      symbol: contract?.symbol ?? null,
      currency: contract?.currency ?? null,
      side: fill.side,
      shares: fill.shares.toFixed(),
      price: fill.price.toFixed(),
      exchange: fill.exchange,
      time: fill.at === undefined ? fill.time : new Date(fill.at).toISOString(),
      commission: fill.commission?.amount.toFixed() ?? null,
      commission_currency: fill.commission?.currency ?? null,
      realized_pnl: fill.commission?.realizedPnl?.toFixed() ?? null,
    };
    const row = { exec_id: fill.execId, ...values };
    await store.db
      .insertInto('fills')
      .values(row)
      .onConflict((on) => on.column('exec_id').doUpdateSet(values))
      .execute();
    ring.push('orders', { is: 'fill', fill: shownFill(row) });
  };

  const count = async (trade: Trade): Promise<void> => {
    const { breaker, limits } = settings;
    if (trade.state.at !== 'rejected') {
      if (breaker.rejections > 0 && breaker.since === undefined) await settings.setBreaker({ rejections: 0, since: undefined });
      return;
    }
    const rejections = breaker.rejections + 1;
    const opens = breaker.since ?? (rejections >= limits.rejectionsToOpen ? iso(timer) : undefined);
    await settings.setBreaker({ rejections, since: opens });
    if (opens !== undefined && breaker.since === undefined) ring.push('orders', { is: 'breaker', rejections, since: opens });
  };

  const write = async (id: string, { trade, fills }: Followed): Promise<void> => {
    for (const fill of fills.splice(0)) await writeFill(fill);
    const draft = await drafts.get(id);
    const to = stateFor(trade.state, trade.sentAt !== undefined || !trade.isPlaced || trade.heardAt !== undefined);
    const outcome = outcomeOf(trade);
    const changes = {
      outcome: JSON.stringify(outcome),
      client_id: trade.clientId,
      order_id: trade.orderId === 0 ? draft.row.order_id : trade.orderId,
      perm_id: trade.permId ?? null,
    };
    if (to === undefined || to === draft.state || !NEXT[draft.state].includes(to)) {
      await drafts.set(id, changes);
      return;
    }
    const end = to === 'done' || to === 'unknown' || to === 'refused';
    if (end) await drafts.log(draft, to, { who: 'session', outcome: outcome.status, detail: outcome });
    await drafts.move(draft, to, { ...changes, why: outcome.reason?.text.untrusted || null });
    if (to === 'done') await count(trade);
  };

  const run = async (id: string, one: Followed): Promise<void> => {
    while (one.isDirty) {
      one.isDirty = false;
      await write(id, one);
    }
  };

  const touch = (id: string, one: Followed): void => {
    one.isDirty = true;
    one.running = one.running
      .then(() => run(id, one))
      .catch((error: unknown) => {
        ring.push('orders', { is: 'trouble', draftId: id, text: error instanceof Error ? error.message : 'not written' });
      });
  };

  return {
    follow(id, trade) {
      followed.get(id)?.off();
      const off = trade.events.on((event) => {
        if (event.is === 'fill' || event.is === 'commission' || event.is === 'correction') one.fills.push(event.fill);
        touch(id, one);
      });
      const one: Followed = { trade, isDirty: false, running: Promise.resolve(), fills: [...trade.fills], off };
      followed.set(id, one);
      touch(id, one);
    },
    tradeOf: (id) => followed.get(id)?.trade,
    async settled(id) {
      const all = id === undefined ? [...followed.values()] : [followed.get(id)].flatMap((one) => one ?? []);
      await Promise.all(all.map((one) => one.running));
    },
    forget() {
      for (const { off } of followed.values()) off();
      followed.clear();
    },
  };
}

function unreachable(state: never): never {
  throw new TypeError(`no such state: ${String(state)}`);
}
