/** Cash per currency: trade-date balance, proceeds that have not settled, accrued interest. */
import { CASH_SCALE, type Cash } from './amount.js';

/** Deposits are insured in dollars. */
export const INSURED_CURRENCY = 'USD';

export interface CurrencyLedger {
  readonly currency: string;
  cash: Cash;
  /** Proceeds on the way by the day (yyyyMMdd) they settle on; all positive. */
  readonly pending: Map<string, Cash>;
  accruedInterest: Cash;
}

/** Ledgers in the order their currencies first appeared. */
export type Ledger = Map<string, CurrencyLedger>;

export function createLedger(balances: Readonly<Record<string, Cash>>): Ledger {
  const ledger: Ledger = new Map();
  for (const [currency, cash] of Object.entries(balances)) of(ledger, currency).cash = cash;
  return ledger;
}

function of(ledger: Ledger, currency: string): CurrencyLedger {
  let row = ledger.get(currency);
  if (!row) {
    row = { currency, cash: 0n, pending: new Map(), accruedInterest: 0n };
    ledger.set(currency, row);
  }
  return row;
}

/** Books an amount at trade date. Outflows are committed at once; an inflow with `settlesOn` (yyyyMMdd) counts as settled from then on. */
export function post(ledger: Ledger, currency: string, amount: Cash, settlesOn?: string): void {
  const row = of(ledger, currency);
  row.cash += amount;
  if (amount <= 0n || settlesOn === undefined) return;
  row.pending.set(settlesOn, (row.pending.get(settlesOn) ?? 0n) + amount);
}

export function cashIn(ledger: Ledger, currency: string): Cash {
  return ledger.get(currency)?.cash ?? 0n;
}

export function settledIn(ledger: Ledger, currency: string): Cash {
  const row = ledger.get(currency);
  if (!row) return 0n;
  let settled = row.cash;
  for (const amount of row.pending.values()) settled -= amount;
  return settled;
}

/** Most that a bank insures of a depositor's money, in dollars (FDIC). */
const MOST_INSURED = 250_000n * CASH_SCALE;

/** What of the settled dollars is kept in insured deposits where a terminal tells them apart from the cash balance. */
export function insuredIn(ledger: Ledger): Cash {
  const settled = settledIn(ledger, INSURED_CURRENCY);
  if (settled <= 0n) return 0n;
  return settled < MOST_INSURED ? settled : MOST_INSURED;
}

/** Settles everything due on or before a day (yyyyMMdd). Returns whether anything settled. */
export function settleThrough(ledger: Ledger, day: string): boolean {
  let moved = false;
  for (const row of ledger.values()) {
    for (const settlesOn of row.pending.keys()) {
      if (settlesOn <= day) moved = row.pending.delete(settlesOn) || moved;
    }
  }
  return moved;
}

/** Adds a day's interest: `rate(currency, cash)` is the yearly rate as a fraction for that balance. */
export function accrueDay(ledger: Ledger, rate: (currency: string, cash: Cash) => number): void {
  for (const row of ledger.values()) {
    const basisPoints = BigInt(Math.round(rate(row.currency, row.cash) * 1e6));
    row.accruedInterest += (row.cash * basisPoints) / (360n * 1_000_000n);
  }
}

/** Pays the accrued interest into the balances. */
export function payInterest(ledger: Ledger): void {
  for (const row of ledger.values()) {
    row.cash += row.accruedInterest;
    row.accruedInterest = 0n;
  }
}
