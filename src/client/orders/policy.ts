// What stands between a program and the wire: guards, account rules, journal, confirmation, kill switch.
import type { Guard } from '../../rules/guards/guard.js';
import type { KillSwitch } from '../../rules/guards/kill-switch.js';
import type { Attempt, Confirmations } from './confirmations.js';
import type { JournalSink } from './journal/entry.js';
import type { AccountRulesOptions } from './judge/accounts.js';
import type { Patience } from './record/endings.js';
import type { TradedContract } from './record/trade-types.js';
import type { ReconcileTimes } from './recover/reconcile.js';

/** A price and when it was seen, epoch milliseconds. */
export interface SeenPrice {
  readonly price: number;
  readonly at: number;
  /** What kind of data it was (the marketDataType of its stream); unset: not known. */
  readonly source?: 'live' | 'frozen' | 'delayed' | 'delayedFrozen' | undefined;
}

export interface OrderOptions {
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
  /** Two-step confirmation: its guard is added, and its token used up, by the order path. */
  readonly confirm?: Confirmations;
  /** Orders for live accounts: none (default), those named, or all. Account ids tell live from paper, ports do not. */
  readonly live?: boolean | readonly string[];
  readonly killSwitch?: KillSwitch;
  /** `raw.send` of orders passes no guards and account rules; read-only, live switch, kill switch and journal stay. */
  readonly rawOrders?: boolean;
  /** What the kill switch cancels: orders of this client (default), or with one global cancel those of everybody. */
  readonly killCancels?: 'own' | 'all';
  /** The last price of a contract and when it was seen, for guards that need one. */
  readonly lastPrice?: (contract: TradedContract) => SeenPrice | undefined;
  /** Units of the guards' currency for one unit of the contract's. */
  readonly rate?: (currency: string) => number | string | undefined;
  /** Whether an order only reduces a position. */
  readonly closes?: (attempt: Attempt) => boolean | undefined;
  readonly patience?: Partial<Patience>;
  readonly reconcile?: Partial<ReconcileTimes>;
}
