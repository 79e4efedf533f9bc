// What stands between a program and the wire: guards, account rules, journal, confirmation, kill switch.
import type { DetailsMessage } from '../contracts/facade.js';
import type { PriceGrid } from '../contracts/price-grid.js';
import type { OrderDraft } from './draft.js';
import type { Confirmations } from './guards/confirmation.js';
import type { Finding } from './guards/finding.js';
import type { Attempt, Guard, SeenPrice } from './guards/guard.js';
import type { KillSwitch } from './guards/permission.js';
import type { JournalSink } from './journal/entry.js';
import type { AccountRulesOptions } from './judge/accounts.js';
import type { Patience } from './record/endings.js';
import type { TradedContract } from './record/trade-types.js';
import type { ReconcileTimes } from './recover/reconcile.js';

/** An order that is about to leave, as account rules see it. */
export interface RuledOrder {
  /** Undefined for an order that has no id yet. */
  readonly orderId: number | undefined;
  readonly contract: TradedContract;
  readonly order: OrderDraft;
  /** What is known of the contract; undefined when it was never asked for. */
  readonly details: DetailsMessage | undefined;
  /** What it is; a new order where not given. */
  readonly act?: 'place' | 'modify' | 'exercise' | 'lapse' | undefined;
  /** Quantity already executed when the order changes a working one. */
  readonly filled: string | undefined;
}

/** Judges orders that leave together, as one. A finding that rejects keeps all of them from leaving. */
export type OrderRule = (orders: readonly RuledOrder[]) => readonly Finding[];

export interface OrderOptions {
  /** Run before every order and change, besides the live switch and the kill switch. */
  readonly guards?: readonly Guard[];
  /** Account rules, run after the guards. */
  readonly rules?: readonly OrderRule[];
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

/** What is known of contracts without asking. */
export interface KnownContracts {
  detailsOf(contract: TradedContract): DetailsMessage | undefined;
  /** The prices of the route; undefined while its market rule is not known. */
  gridOf(contract: TradedContract): PriceGrid | undefined;
  market(contract: TradedContract, order: OrderDraft, at: number): 'open' | 'closed' | 'unknown' | undefined;
}
