// After trouble the gateway is asked for open orders, executions and completed orders, and the difference is told once.
import { askList } from '../../conversation/ask.js';
import type { Core, GapCause, Recoverable } from '../../core.js';
import type { OrderBook } from '../book.js';
import { allOpenOrders, completedOrders, executions } from '../conversations.js';
import type { ReconcileCause } from '../record/order-event.js';
import { statusClass } from '../record/status.js';
import { isEnd } from '../record/trade-state.js';
import type { Trade } from '../trade.js';
import { createAbsent, type Lists } from './absent.js';
import { daysBack, reachesBack } from './days-back.js';
import {
  GONE_WITH_TERMINAL,
  instructionOf,
  isLost,
  isOnlyExecuted,
  isStaged,
  NEVER_ARRIVED,
  refusalOf,
  SETTLING_MS,
  wasSeen,
} from './doubtful.js';
import { listedBy, Notes } from './listed.js';
import type { ReconcileReport } from './reconcile-report.js';

/** How long a comparison with the gateway waits for each of its lists, milliseconds. */
export interface ReconcileTimes {
  /** Milliseconds for the whole answer of open orders and of completed orders; default 10,000. */
  readonly openOrders: number;
  /** For executions, which may have no end marker when there are none; default 5,000. */
  readonly executions: number;
}

export const defaultReconcileTimes: ReconcileTimes = { openOrders: 10_000, executions: 5_000 };

export interface Reconciler {
  /** Asks now, or once more after a question under way. Resolves with the report; rejects when the connection is lost first. */
  run(cause: ReconcileCause): Promise<ReconcileReport>;
  /** Asks soon: the trade waits for the answer before it settles. */
  ask(cause: ReconcileCause, trade: Trade): void;
  /** Ids the gateway has forgotten, as the session found at the start of a connection. */
  neverArrived(orderIds: readonly number[]): void;
  /** True once somebody uses the book: from then on it is compared after every loss. */
  engage(): void;
}

export function createReconciler(core: Core, book: OrderBook, times: ReconcileTimes): Reconciler {
  const forgotten = new Set<number>();
  const asked = new Set<Trade>();
  let running: Promise<ReconcileReport> | undefined;
  let opened: Promise<void> | undefined;
  let next: { readonly cause: ReconcileCause; readonly promise: Promise<ReconcileReport> } | undefined;
  let isEngaged = false;
  let lostBy: ReconcileCause = 'connected';
  let lastWhole = core.timer.now();
  const cancelling = new WeakMap<Trade, number>();
  const absent = createAbsent();
  book.watch((trade, event) => {
    if (event.is === 'state' && event.state.at === 'cancelling') cancelling.set(trade, core.timer.now());
  });

  const start = (cause: ReconcileCause): Promise<ReconcileReport> => {
    const run = ask(cause).finally(() => {
      if (running === run) running = undefined;
    });
    running = run;
    return run;
  };

  const run = (cause: ReconcileCause): Promise<ReconcileReport> => {
    isEngaged = true;
    if (running === undefined) return start(cause);
    // What is under way may have been asked too early.
    if (next === undefined) {
      const promise: Promise<ReconcileReport> = running.then(
        () => again(),
        () => again(),
      );
      const again = (): Promise<ReconcileReport> => {
        next = undefined;
        return start(cause);
      };
      next = { cause, promise };
    }
    return next.promise;
  };

  async function ask(cause: ReconcileCause): Promise<ReconcileReport> {
    const mine = [...asked];
    asked.clear();
    const { epoch } = core;
    const { damages } = book;
    const since = core.timer.now();
    const before = new Map([...book.trades].map((trade) => [trade, isEnd(trade.state)]));
    const seen = new Notes(book);
    const unanswered: ReconcileReport['unanswered'][number][] = [];
    const lost = new Set<Trade>();
    const reachBack = reachesBack(core, lastWhole);
    const filter = daysBack(core, lastWhole);
    try {
      const open = askList(core, allOpenOrders, {}, { timeout: times.openOrders });
      opened = open.then(
        () => {
          if (core.epoch === epoch) book.listed();
        },
        () => {},
      );
      const done = askList(core, executions, { filter }, { timeout: times.executions });
      const [openAnswer, doneAnswer] = await Promise.allSettled([open, done]);
      if (core.epoch !== epoch || !core.isReady) throw core.notConnected('reconcile');
      if (openAnswer.status === 'rejected') unanswered.push('openOrders');
      if (doneAnswer.status === 'rejected') unanswered.push('executions');
      const listed = openAnswer.status === 'fulfilled' ? listedBy(book, openAnswer.value) : undefined;
      if (listed !== undefined) {
        book.compared(epoch, damages);
        await judge(listed, before, unanswered, since, lost, reachBack);
        if (core.epoch !== epoch) throw core.notConnected('reconcile');
      }
      if (unanswered.length === 0) lastWhole = core.timer.now();
      const report = tell(cause, epoch, before, seen, unanswered, lost);
      if (listed !== undefined) forgotten.clear();
      // Those that were asked about again meanwhile wait for that answer.
      for (const trade of mine) if (!asked.has(trade)) book.take(trade, { is: 'answered' });
      return report;
    } catch (error) {
      for (const trade of mine) asked.add(trade);
      throw error;
    } finally {
      seen.stop();
    }
  }

  async function judge(
    listed: ReadonlyMap<Trade, string>,
    before: ReadonlyMap<Trade, boolean>,
    unanswered: ReconcileReport['unanswered'][number][],
    since: number,
    lost: Set<Trade>,
    reachBack: boolean,
  ): Promise<void> {
    // A list that was asked for before a refusal was alleged says nothing of it: those wait for the next.
    const isDoubtedSince = (trade: Trade): boolean => asked.has(trade) && trade.record.death?.is === 'alleged';
    const lose = (trade: Trade): void => {
      lost.add(trade);
      book.take(trade, { is: 'refused', reason: NEVER_ARRIVED });
    };
    for (const [trade, status] of listed) {
      if (!before.has(trade) || isDoubtedSince(trade)) continue;
      book.take(trade, { is: 'listed', status });
      refuteCancel(trade, status, since);
    }
    const unlisted = [...before.keys()].filter((trade) => !listed.has(trade) && !isDoubtedSince(trade));
    for (const trade of unlisted) book.take(trade, { is: 'unlisted' });
    for (const trade of unlisted)
      if (!isEnd(trade.state) && diedWithTerminal(trade)) book.take(trade, { is: 'over', reason: GONE_WITH_TERMINAL });
    const missing = unlisted.filter((trade) => !isEnd(trade.state) && isExpected(trade, since));
    for (const trade of missing)
      if (trade.isPlaced && forgotten.has(trade.orderId) && !wasSeen(trade) && !instructionOf(trade)) lose(trade);
    const rest = missing.filter((trade) => !lost.has(trade));
    if (rest.length === 0) return;
    try {
      await askList(core, completedOrders, { apiOnly: false }, { timeout: times.openOrders });
    } catch {
      unanswered.push('completedOrders');
    }
    for (const trade of rest) {
      if (isEnd(trade.state) || isDoubtedSince(trade)) continue;
      const refusal = unanswered.length === 0 ? refusalOf(trade) : undefined;
      if (unanswered.length === 0 && isLost(trade, since)) lose(trade);
      else if (refusal === undefined) vanish(trade, since, { areWhole: unanswered.length === 0, reachBack });
      else if (since - (trade.sentAt ?? since) > SETTLING_MS) book.take(trade, { is: 'refused', reason: refusal });
      else lookAgain(trade);
    }
  }

  /** Whether a list must name the order. One that was never transmitted, or held by a parent that was not, is in no list. */
  function isExpected(trade: Trade, since: number): boolean {
    if (!trade.isPlaced) return !isOnlyExecuted(trade);
    if (trade.sentAt === undefined) return false;
    if (trade.heardAt !== undefined) return true;
    if (isStaged(book.index, trade)) return false;
    return trade.record.doubt !== undefined || since - trade.sentAt > SETTLING_MS;
  }

  /** Staged at a terminal that has been started anew since, as far as a new connection can tell. */
  function diedWithTerminal(trade: Trade): boolean {
    if (lostBy !== 'connected' || !trade.isPlaced || trade.sentAt === undefined || trade.record.doubt !== 'disconnected')
      return false;
    return isStaged(book.index, trade);
  }

  /** A cancel that the venue refuses is told to nobody: an order that a later list calls working is not being cancelled. */
  function refuteCancel(trade: Trade, status: string, since: number): void {
    const meaning = statusClass(status);
    const isAtWork = (meaning === 'working' || meaning === 'accepted') && !isEnd(trade.state);
    if (!isAtWork || !trade.record.isCancelAsked || since - (cancelling.get(trade) ?? since) <= SETTLING_MS) return;
    book.take(trade, { is: 'notCancelling' });
  }

  /** No list names it: doubted at first, and over once whole lists have not named it for long enough. */
  function vanish(trade: Trade, since: number, lists: Lists): void {
    const { reason, lookAt } = absent.missed(trade, since, lists);
    book.take(trade, reason === undefined ? { is: 'doubted', why: 'vanished' } : { is: 'over', reason });
    // Of one that was never heard of `silence.ts` asks.
    if (lookAt !== undefined && (trade.heardAt !== undefined || wasSeen(trade) || !trade.isPlaced))
      askAt(trade, lookAt, 'silence');
  }

  /** A list asked for in the moment of the answer may be older than the order: only a later one decides. */
  function lookAgain(trade: Trade): void {
    askAt(trade, (trade.sentAt ?? 0) + SETTLING_MS + 1, 'notice');
  }

  function askAt(trade: Trade, at: number, cause: ReconcileCause): void {
    core.timer.after(at - core.timer.now(), () => {
      if (!isEnd(trade.state)) book.take(trade, { is: 'question', cause });
    });
  }

  function tell(
    cause: ReconcileCause,
    epoch: number,
    before: ReadonlyMap<Trade, boolean>,
    seen: Notes,
    unanswered: ReconcileReport['unanswered'],
    lost: ReadonlySet<Trade>,
  ): ReconcileReport {
    const known = [...before.keys()];
    const report: ReconcileReport = {
      cause,
      epoch,
      at: core.timer.now(),
      missedFills: seen.fills,
      ended: known.filter((trade) => before.get(trade) === false && isEnd(trade.state) && !lost.has(trade)),
      reopened: known.filter((trade) => before.get(trade) === true && !isEnd(trade.state)),
      vanished: known.filter((trade) => trade.state.at === 'unclear' && trade.state.why === 'vanished'),
      found: [...book.trades].filter((trade) => !before.has(trade) && !trade.isPlaced),
      neverArrived: [...lost],
      unanswered,
    };
    book.telling.push({ is: 'reconciled', report });
    return report;
  }

  const quietly = (cause: ReconcileCause): void => {
    run(cause).catch(() => {
      // the connection is gone: the next one asks again
    });
  };

  const recoverable: Recoverable = {
    rank: 'orders',
    lost(cause: GapCause) {
      if (cause !== 'disconnected' && cause !== 'dataLost') return;
      lostBy = cause === 'dataLost' ? 'dataLost' : 'connected';
      for (const trade of book.live)
        if (trade.sentAt !== undefined || !trade.isPlaced) book.take(trade, { is: 'doubted', why: 'disconnected' });
    },
    async reopen() {
      if (!isEngaged) return;
      quietly(lostBy);
      await Promise.resolve();
      await opened;
    },
    verify() {
      if (isEngaged) quietly('restored');
    },
    closed(cause) {
      book.close(cause);
    },
  };
  core.live.add(recoverable);
  return {
    run,
    ask(cause, trade) {
      asked.add(trade);
      if (core.isReady) quietly(cause);
    },
    neverArrived(orderIds) {
      for (const id of orderIds) forgotten.add(id);
    },
    engage() {
      isEngaged = true;
    },
  };
}
