// What stands between a program and the wire: guards, account rules, journal, confirmation, kill switch.
import type { Guard } from '../../rules/guards/guard.js';
import type { KillSwitch } from '../../rules/guards/kill-switch.js';
import { heed } from '../conversation/heed.js';
import type { JournalSink } from './journal/entry.js';
import type { AccountRulesOptions } from './judge/accounts.js';
import type { MarketSources } from './judge/facts.js';
import type { Patience } from './record/order-record.js';
import type { ReconcileTimes } from './recover/reconcile.js';

/**
 * What stands between a program and an order. Unset: accounts that may not borrow are watched and judged, live accounts cannot
 * trade.
 */
export interface OrderOptions extends MarketSources {
  /** Asked of every order and change, besides the live switch and the kill switch; your own are `(orders, situation) => findings`. */
  readonly guards?: readonly Guard[];
  /**
   * Without it the kind of every account is asked in the background, and each that may not borrow, as far as the gateway tells, is
   * watched and judged; orders that come earlier wait. `none` switches that off.
   *
   * The rules of restricted accounts (IRA, cash, and whatever is not configured as a kind that may borrow). `connect` then resolves
   * when the accounts it watches are complete.
   */
  readonly accounts?: AccountRulesOptions | 'none';
  /** Every attempt and outcome is written there, attempts before their bytes leave. */
  readonly journal?: JournalSink;
  /** Orders for live accounts: none (default), those named, or all. Account ids tell live from paper, ports do not. */
  readonly live?: boolean | readonly string[];
  readonly killSwitch?: KillSwitch;
  /** `raw.send` of orders passes no guards and account rules; read-only, live switch, kill switch and journal stay. */
  readonly rawOrders?: boolean;
  /** What the kill switch cancels: orders of this client (default), or with one global cancel those of everybody. */
  readonly killCancels?: 'own' | 'all';
  readonly patience?: Partial<Patience>;
  readonly reconcile?: Partial<ReconcileTimes>;
}

/**
 * The same options. What a program gives to be asked has to answer at once: a promise decides nothing, and what it rejects with is
 * told as what a listener throws.
 */
export function watchedOptions(given: OrderOptions, thrown: (error: unknown) => void): OrderOptions {
  const watched =
    <A extends readonly unknown[], R>(ask: (...asked: A) => R) =>
    (...asked: A): R => {
      const answer = ask(...asked);
      heed(answer, thrown);
      return answer;
    };
  const { guards, lastPrice, days, rate, closes } = given;
  return {
    ...given,
    ...(guards !== undefined && { guards: guards.map(watched) }),
    ...(lastPrice !== undefined && { lastPrice: watched(lastPrice) }),
    ...(days !== undefined && { days: watched(days) }),
    ...(rate !== undefined && { rate: watched(rate) }),
    ...(closes !== undefined && { closes: watched(closes) }),
  };
}
