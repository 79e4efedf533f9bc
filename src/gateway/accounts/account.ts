/** One simulated account: its kind, its ledger, its positions, and what it started the day with. */
import { type AccountKind, accountKinds, type KindFacts } from './account-kind.js';
import type { Cash } from './amount.js';
import { createLedger, type Ledger } from './ledger.js';
import type { Position } from './position.js';

export interface AccountSetup {
  /** `DU…` style number. */
  readonly account: string;
  readonly kind: AccountKind;
  readonly baseCurrency: string;
  /** Starting balance per currency, as cash of `amount.ts`. */
  readonly cash: Readonly<Record<string, Cash>>;
  /** Overrides single facts of the kind, such as `oneCurrency` for a test. */
  readonly facts?: Partial<KindFacts>;
  /** Security types the account may trade; unset: all. */
  readonly permissions?: readonly string[];
  /** Retail entities that may not lever currencies: such orders become Inactive without an error. */
  readonly noCurrencyLeverage?: boolean;
}

export interface Account {
  readonly account: string;
  readonly kind: AccountKind;
  readonly facts: KindFacts;
  readonly baseCurrency: string;
  readonly permissions: ReadonlySet<string> | undefined;
  readonly noCurrencyLeverage: boolean;
  readonly ledger: Ledger;
  readonly positions: Map<number, Position>;
  /** Net liquidation in the base currency at the start of the day. */
  startNetLiquidation: number;
  /** Equity with loan of the previous day. */
  previousEquity: number;
  /** Round trips within the last five business days, with their days. */
  dayTrades: readonly string[];
  /** Instruments opened today, by conId: closing them makes a day trade. */
  readonly openedToday: Set<number>;
  /** Raised by every booking; snapshots carry it. */
  revision: number;
}

export function createAccount(setup: AccountSetup): Account {
  return {
    account: setup.account,
    kind: setup.kind,
    facts: { ...accountKinds[setup.kind], ...setup.facts },
    baseCurrency: setup.baseCurrency,
    permissions: setup.permissions && new Set(setup.permissions),
    noCurrencyLeverage: setup.noCurrencyLeverage ?? false,
    ledger: createLedger(setup.cash),
    positions: new Map(),
    startNetLiquidation: 0,
    previousEquity: 0,
    dayTrades: [],
    openedToday: new Set(),
    revision: 0,
  };
}
