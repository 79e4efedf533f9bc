// Follows orders that have left, event by event, into the database: states, fills, ends, and rejections in a row.

import type { Fill, Trade, TradeState } from 'ibwire';
import { iso, type Timer } from '../clock.js';
import type { Ring } from '../ring.js';
import { shownContract } from '../session/contract.js';
import type { Settings } from '../settings.js';
import { draftOfRef, partOfRef, type Role } from '../store/journal-line.js';
import type { Store } from '../store/store.js';
import type { Drafts } from './drafts.js';
import { shownFill } from './fills.js';
import type { OutcomeOut } from './record.js';
import { type DraftState, NEXT } from './states.js';

export interface Follower {
  /** From now on the draft is what its orders are: one, or those of a bracket. */
  follow(draftId: string, trades: readonly Trade[]): void;
  /** Its order; of a bracket the entry, unless another role is asked for. */
  tradeOf(draftId: string, role?: Role): Trade | undefined;
  /** Settles when everything heard so far is written. */
  settled(draftId?: string): Promise<void>;
  /** The session is over: what may live has to be asked for again. */
  forget(): void;
}

interface Followed {
  readonly trades: readonly Trade[];
  isDirty: boolean;
  running: Promise<void>;
  readonly fills: Fill[];
  off(): void;
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

const roleOf = ({ orderRef }: Trade): Role => partOfRef(orderRef)?.role ?? 'entry';
const isEntry = (trade: Trade): boolean => roleOf(trade) === 'entry';

const hasLeft = (trade: Trade): boolean => trade.sentAt !== undefined || !trade.isPlaced || trade.heardAt !== undefined;

/** False for an order that only its executions tell of: it ended before this session asked. */
const hasTerms = ({ draft, reported }: Trade): boolean => draft !== undefined || reported !== undefined;

/** A bracket is over when all of it is: until then what may trade counts. Without its entry, the entry has ended before. */
export function stateOf(all: readonly Trade[]): DraftState | undefined {
  const told = all.filter(hasTerms);
  const trades = told.length === 0 ? all : told;
  const entry = trades.find(isEntry);
  const first = entry === undefined ? 'done' : stateFor(entry.state, hasLeft(entry));
  if (first !== 'done') return first;
  const left = trades
    .filter((one) => !isEntry(one))
    .map((one) => stateFor(one.state, true))
    .filter((state) => state !== 'done');
  return left.length === 0 ? 'done' : left.includes('unknown') ? 'unknown' : 'working';
}

function reasonOf({ end, state, notices }: Trade): Pick<OutcomeOut, 'reason'> {
  const told = end?.reason ?? (state.at === 'rejected' || state.at === 'inactive' ? notices.at(-1) : undefined);
  if (told === undefined) return {};
  return { reason: { ...(told.code === undefined ? {} : { code: told.code }), text: { untrusted: told.text } } };
}

/** `known`: what was told of the entry before this session, where it is no more in the book. */
export function outcomeOf(trades: readonly Trade[], known?: OutcomeOut): OutcomeOut {
  const entry = trades.find(isEntry);
  const exits = trades
    .filter((one) => !isEntry(one))
    .map((one) => ({
      ...{ role: roleOf(one), orderId: one.orderId, status: one.state.at, filled: one.filledQuantity.toFixed() },
      ...reasonOf(one),
    }));
  const more = exits.length === 0 ? {} : { exits };
  if (entry === undefined || (exits.length > 0 && !hasTerms(entry))) return { ...(known ?? { status: 'ended' }), ...more };
  const { averagePrice, remaining } = entry;
  return {
    status: entry.state.at,
    filled: entry.filledQuantity.toFixed(),
    ...(remaining === undefined ? {} : { remaining: remaining.toFixed() }),
    ...(averagePrice === undefined ? {} : { averagePrice: averagePrice.toFixed() }),
    ...reasonOf(entry),
    ...more,
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

  const count = async (trades: readonly Trade[]): Promise<void> => {
    const { breaker, limits } = settings;
    if (trades.every(({ state }) => state.at !== 'rejected')) {
      if (breaker.rejections > 0 && breaker.since === undefined) await settings.setBreaker({ rejections: 0, since: undefined });
      return;
    }
    const rejections = breaker.rejections + 1;
    const opens = breaker.since ?? (rejections >= limits.rejectionsToOpen ? iso(timer) : undefined);
    await settings.setBreaker({ rejections, since: opens });
    if (opens !== undefined && breaker.since === undefined) ring.push('orders', { is: 'breaker', rejections, since: opens });
  };

  const write = async (id: string, { trades, fills }: Followed): Promise<void> => {
    for (const fill of fills.splice(0)) await writeFill(fill);
    const draft = await drafts.get(id);
    const to = stateOf(trades);
    const outcome = outcomeOf(trades, draft.outcome);
    const entry = trades.find(isEntry);
    const changes = {
      outcome: JSON.stringify(outcome),
      ...(entry === undefined
        ? {}
        : {
            client_id: entry.clientId,
            order_id: entry.orderId === 0 ? draft.row.order_id : entry.orderId,
            perm_id: entry.permId ?? null,
          }),
    };
    if (to === undefined || to === draft.state || !NEXT[draft.state].includes(to)) {
      // What stands there already costs no commit: after a start or a take-over it is so with nearly all.
      if (!Object.entries(changes).every(([name, value]) => draft.row[name as keyof typeof changes] === value))
        await drafts.set(id, changes);
      if (changes.outcome !== draft.row.outcome) await drafts.tell(id);
      return;
    }
    const end = to === 'done' || to === 'unknown' || to === 'refused';
    if (end) await drafts.log(draft, to, { who: 'session', outcome: outcome.status, detail: outcome });
    await drafts.move(draft, to, { ...changes, why: outcome.reason?.text.untrusted || null });
    if (to === 'done') await count(trades);
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
    follow(id, trades) {
      followed.get(id)?.off();
      const offs = trades.map((trade) =>
        trade.events.on((event) => {
          if (event.is === 'fill' || event.is === 'commission' || event.is === 'correction') one.fills.push(event.fill);
          touch(id, one);
        }),
      );
      const one: Followed = {
        ...{ trades, isDirty: false, running: Promise.resolve(), fills: trades.flatMap(({ fills }) => [...fills]) },
        off() {
          for (const off of offs) off();
        },
      };
      followed.set(id, one);
      touch(id, one);
    },
    tradeOf: (id, role = 'entry') =>
      followed.get(id)?.trades.find((one, _, all) => roleOf(one) === role && (all.length === 1 || hasTerms(one))),
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
