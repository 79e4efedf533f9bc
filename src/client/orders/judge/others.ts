// How old the picture of everybody's orders is, and fresh looks at it: nobody tells a client of other clients' orders unasked.
import { askList } from '../../conversation/ask.js';
import type { OrderBook } from '../book.js';
import { allOpenOrders } from '../conversations.js';
import type { OrderCore } from '../order-core.js';
import { isEnd } from '../record/trade-state.js';
import { isOnlyExecuted } from '../recover/doubtful.js';
import { listedBy } from '../recover/listed.js';
import type { Reconciler } from '../recover/reconcile.js';

export interface Others {
  /** Seconds since all open orders were listed on this connection; undefined when they were not, or something is suspect. */
  readonly ageSeconds: number | undefined;
  /** Orders that others placed count as working in the account. */
  hasSome(account: string): boolean;
  /** Somebody has traded unseen: the next look asks for executions too, and nothing is told before. */
  suspect(): void;
  /** One look for everybody who waits. */
  look(): Promise<void>;
  /** An order is on its way: while there are such, looks are repeated so that no order has to wait for one. */
  active(): void;
  stop(): void;
}

/** Looks go on this long after the last order. */
const ACTIVE_MS = 60_000;
const LOOK_WITHIN_MS = 5_000;

/** `compared`: what was suspect has been asked about. */
export function createOthers(
  session: OrderCore,
  book: OrderBook,
  reconciler: Reconciler,
  maxAgeSeconds: number,
  compared: () => void,
): Others {
  const { timer } = session;
  let suspicions = 0;
  let looking: Promise<void> | undefined;
  let activeUntil = 0;
  let repeat: (() => void) | undefined;

  async function ask(): Promise<void> {
    const { epoch } = session;
    if (!book.isCompared(epoch) || suspicions > 0) {
      const asked = suspicions;
      const { unanswered } = await reconciler.run('asked');
      // What came up meanwhile is asked about again.
      if (unanswered.includes('executions') || asked !== suspicions) return;
      suspicions = 0;
      compared();
      return;
    }
    const foreign = [...book.index.others].filter((trade) => !isOnlyExecuted(trade));
    const listed = listedBy(book, await askList(session, allOpenOrders, {}, { timeout: LOOK_WITHIN_MS }));
    if (session.epoch !== epoch) return;
    book.listed();
    // One that is gone was filled or cancelled: which of them is asked before it stops counting.
    if (foreign.some((trade) => !listed.has(trade) && !isEnd(trade.state))) await reconciler.run('asked');
  }

  const look = (): Promise<void> => {
    looking ??= ask().finally(() => {
      looking = undefined;
    });
    return looking;
  };

  const again = (): void => {
    repeat ??= timer.after(Math.max(50, maxAgeSeconds * 500), () => {
      repeat = undefined;
      if (timer.now() > activeUntil) return;
      if (!session.isReady || session.isDegraded) again();
      // A look that fails leaves the picture old: the next order asks for itself.
      else look().then(again, again);
    });
  };

  return {
    get ageSeconds() {
      const at = book.isCompared(session.epoch) && suspicions === 0 ? book.listedAt : undefined;
      return at === undefined ? undefined : Math.max(0, timer.now() - at) / 1000;
    },
    hasSome(account) {
      for (const trade of book.index.others) if ((trade.account ?? account) === account) return true;
      return false;
    },
    suspect() {
      suspicions++;
    },
    look,
    active() {
      activeUntil = timer.now() + ACTIVE_MS;
      again();
    },
    stop() {
      activeUntil = 0;
      repeat?.();
      repeat = undefined;
    },
  };
}
