// Orders that were at work and that no list names any more: since when, and what that comes to.
import { type EndReason, endReason } from '../record/trade-state.js';
import type { Trade } from '../trade.js';
import { instructionOf, LONGEST_SILENCE_MS } from './doubtful.js';

/** What lists that lack an order make of it. */
export interface Absence {
  /** It is over, and why; undefined: not certain. */
  readonly reason: EndReason | undefined;
  /** When lists may tell more, epoch milliseconds; undefined: they will tell nothing new. */
  readonly lookAt: number | undefined;
}

/** How good the lists were. */
export interface Lists {
  /** All came whole. */
  readonly areWhole: boolean;
  /** They reach back to when it was known to work: no execution can be left out. */
  readonly reachBack: boolean;
}

export interface Absent {
  /** Lists asked for at `since` do not name an order that was at work. */
  missed(trade: Trade, since: number, lists: Lists): Absence;
}

interface Missed {
  /** When whole lists were first asked for that lack it; undefined: none came yet. */
  readonly since: number | undefined;
  /** As the lists were that lacked it first: later ones start where those ended. */
  readonly isTold: boolean;
  /** Every execution of it would have come by itself. */
  readonly isLive: boolean;
}

/** Longer than the numbers of an account take to show what was executed: what ends then is reckoned with no more. */
const NUMBERS_TAKE_MS = 300_000;
const GONE = 'no list of open orders, executions or completed orders names it any more';
const UNCERTAIN: Absence = { reason: undefined, lookAt: undefined };

export function createAbsent(): Absent {
  const first = new WeakMap<Trade, Missed>();
  return {
    missed(trade, asked, { areWhole, reachBack }) {
      const { doubt, isCancelAsked } = trade.record;
      const known = doubt === 'vanished' ? first.get(trade) : undefined;
      const since = known?.since ?? (areWhole ? asked : undefined);
      const isLive = known?.isLive ?? (trade.isPlaced && doubt !== 'disconnected');
      const isTold = known?.isTold ?? reachBack;
      first.set(trade, { since, isTold, isLive });
      // No list names instructions; and what was executed where no list reaches nobody can tell.
      if (!isTold || instructionOf(trade) !== undefined) return UNCERTAIN;
      if (since === undefined) return { reason: undefined, lookAt: asked + LONGEST_SILENCE_MS };
      const wait = isLive ? LONGEST_SILENCE_MS : NUMBERS_TAKE_MS;
      if (!areWhole || asked < since + wait) return { reason: undefined, lookAt: areWhole ? since + wait : asked + wait };
      const notice = trade.notices.findLast(({ verdict }) => verdict.means === 'orderUnclear');
      const reason =
        notice === undefined
          ? endReason(isCancelAsked ? 'user' : 'unknown', GONE)
          : endReason('gateway', notice.text, { code: notice.code });
      return { reason, lookAt: undefined };
    },
  };
}
