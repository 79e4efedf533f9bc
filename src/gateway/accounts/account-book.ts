/** All accounts of a gateway: booking executions, days, and what an account looks like now or has changed since. */
import type { Instrument } from '../world/instrument.js';
import { type Account, type AccountSetup, createAccount } from './account.js';
import { type AccountValue, accountValues, summaryRows } from './account-values.js';
import type { AdvisorGroup } from './advisor.js';
import { type Cash, cashNumber, type Quantity, quantityNumber, quantityText, worthOf } from './amount.js';
import { commissionCurrency } from './commission.js';
import { accrueDay, post, settleThrough } from './ledger.js';
import { averageCost, createPosition, type Position, trade } from './position.js';
import { isVariation, type Prices, pointValue } from './prices.js';
import { addBusinessDays, settlementDays } from './settlement.js';
import { dailyPnL, valuate } from './valuation.js';

/** One execution as the accounts see it: signed quantity at a price, with its commission. */
export interface Booking {
  readonly account: string;
  readonly instrument: Instrument;
  readonly signed: Quantity;
  readonly price: number;
  readonly commission: Cash;
  /** yyyyMMdd, for settlement. */
  readonly tradingDay: string;
}

/** One row of a portfolio, numbers in the instrument's currency. */
export interface PortfolioRow {
  readonly account: string;
  readonly instrument: Instrument;
  /** Exact decimal text. */
  readonly position: string;
  readonly marketPrice: number;
  readonly marketValue: number;
  readonly averageCost: number;
  readonly unrealizedPnL: number;
  readonly realizedPnL: number;
}

/** P&L of an account in its base currency, or of one holding in the instrument's. */
export interface PnL {
  readonly dailyPnL: number;
  readonly unrealizedPnL: number;
  readonly realizedPnL: number;
}

export interface SinglePnL extends PnL {
  readonly position: string;
  readonly value: number;
}

export interface Snapshot {
  readonly account: string;
  /** Raised by every booking; two snapshots of one revision differ only by the market. */
  readonly revision: number;
  readonly values: readonly AccountValue[];
  readonly portfolio: readonly PortfolioRow[];
}

/** The accounts of a simulated gateway, its groups, and the prices that value them. */
export interface AccountBook {
  readonly accounts: ReadonlyMap<string, Account>;
  readonly groups: ReadonlyMap<string, AdvisorGroup>;
  readonly prices: Prices;
}

export function createAccountBook(
  setups: readonly AccountSetup[],
  prices: Prices,
  groups: readonly AdvisorGroup[] = [],
): AccountBook {
  const accounts = new Map(setups.map((setup) => [setup.account, createAccount(setup)]));
  const book = { accounts, groups: new Map(groups.map((group) => [group.name, group])), prices };
  startDay(book);
  return book;
}

/** The account of a number. Throws a RangeError for a number that is not ours: nothing is booked into nowhere. */
export function accountOf(book: AccountBook, account: string): Account {
  const found = book.accounts.get(account);
  if (!found) throw new RangeError('no such account in this gateway');
  return found;
}

/** Books one execution: position, cash, settlement, day trades. Returns what it realised; undefined when it only opened. */
export function bookExecution(book: AccountBook, booking: Booking): Cash | undefined {
  const account = accountOf(book, booking.account);
  const { instrument, signed, commission } = booking;
  const value = worthOf(booking.price, signed, instrument.multiplier, instrument.priceMagnifier);
  const position = account.positions.get(instrument.conId) ?? createPosition(instrument);
  account.positions.set(instrument.conId, position);
  const heldBefore = position.quantity;
  const carryBefore = position.carry;
  const realized = trade(position, signed, value, commission);
  const inflow = isVariation(instrument) ? position.carry - carryBefore - value : -value;
  const settlesOn = addBusinessDays(booking.tradingDay, settlementDays(instrument));
  const pending = settlesOn > booking.tradingDay ? settlesOn : undefined;
  post(account.ledger, instrument.currency, inflow, pending);
  if (instrument.secType === 'CASH') post(account.ledger, instrument.symbol, signed * 100_000_000n, pending);
  post(account.ledger, commissionCurrency(instrument), -commission);
  countDayTrade(account, instrument, heldBefore, signed, booking.tradingDay);
  account.revision += 1;
  return realized;
}

function countDayTrade(account: Account, instrument: Instrument, held: Quantity, signed: Quantity, day: string): void {
  const opens = held === 0n || held > 0n === signed > 0n;
  if (opens) account.openedToday.add(instrument.conId);
  else if (account.openedToday.delete(instrument.conId)) account.dayTrades = [...account.dayTrades, day];
}

/** Begins a trading day (yyyyMMdd; unset: only the marks are taken): settles, accrues a day's interest, sets the daily result to zero. */
export function startDay(book: AccountBook, day?: string): void {
  for (const account of book.accounts.values()) {
    if (day !== undefined) {
      settleThrough(account.ledger, day);
      accrueDay(account.ledger, (_currency, cash) => (cash < 0n ? 0.0583 : 0.0083));
      account.dayTrades = account.dayTrades.filter((made) => addBusinessDays(made, 5) > day);
    }
    account.openedToday.clear();
    for (const position of account.positions.values()) {
      position.realized = 0n;
      position.dayOutflow = 0n;
      position.startQuantity = position.quantity;
      position.startValue = markValue(book.prices, position);
    }
    const v = valuate(account, book.prices);
    account.startNetLiquidation = v.netLiquidation;
    account.previousEquity = v.equityWithLoan;
    account.revision += 1;
  }
}

function markValue(prices: Prices, position: Position): Cash {
  if (position.quantity === 0n) return 0n;
  const { instrument } = position;
  return worthOf(prices.mark(instrument), position.quantity, instrument.multiplier, instrument.priceMagnifier);
}

/** The account as account updates show it: values and portfolio (a position closed today stands there with 0). */
export function snapshot(book: AccountBook, account: string, splitsDeposit = false): Snapshot {
  const found = accountOf(book, account);
  const values = accountValues(found, book.prices, splitsDeposit);
  return { account, revision: found.revision, values, portfolio: portfolioOf(book, account) };
}

/** What tells a row from all others of its account. */
export function nameOf({ key, currency = '', isOfLedger }: AccountValue): string {
  return `${isOfLedger === true ? 'ledger' : 'account'} ${key} ${currency}`;
}

/** What is new in a later snapshot of the same account: rows that were not there or read differently. */
export function changesSince(before: Snapshot, now: Snapshot): Snapshot {
  const values = new Map(before.values.map((row) => [nameOf(row), row.value]));
  const rows = new Map(before.portfolio.map((row) => [row.instrument.conId, row]));
  return {
    ...now,
    values: now.values.filter((row) => values.get(nameOf(row)) !== row.value),
    portfolio: now.portfolio.filter((row) => {
      const old = rows.get(row.instrument.conId);
      return (
        !old ||
        old.position !== row.position ||
        old.marketPrice !== row.marketPrice ||
        old.averageCost !== row.averageCost ||
        old.realizedPnL !== row.realizedPnL
      );
    }),
  };
}

export function portfolioOf(book: AccountBook, account: string): readonly PortfolioRow[] {
  return [...accountOf(book, account).positions.values()].map((position) => rowOf(book.prices, account, position));
}

function rowOf(prices: Prices, account: string, position: Position): PortfolioRow {
  const { instrument } = position;
  const marketPrice = prices.mark(instrument);
  const marketValue = quantityNumber(position.quantity) * marketPrice * pointValue(instrument);
  return {
    account,
    instrument,
    position: quantityText(position.quantity),
    marketPrice,
    marketValue,
    averageCost: averageCost(position),
    unrealizedPnL: position.quantity === 0n ? 0 : marketValue - cashNumber(position.cost),
    realizedPnL: cashNumber(position.realized),
  };
}

/** Rows of an account summary for the tags asked for, `$LEDGER` forms included. */
export function summaryOf(
  book: AccountBook,
  account: string,
  tags: readonly string[],
  splitsDeposit = false,
): readonly AccountValue[] {
  return summaryRows(accountOf(book, account), book.prices, tags, splitsDeposit);
}

/** P&L of an account, in its base currency. */
export function pnlOf(book: AccountBook, account: string): PnL {
  const found = accountOf(book, account);
  const v = valuate(found, book.prices);
  return { dailyPnL: dailyPnL(found, v), unrealizedPnL: v.unrealized, realizedPnL: v.realized };
}

/** P&L of one holding in its own currency; undefined when the account never held it. */
export function singlePnlOf(book: AccountBook, account: string, conId: number): SinglePnL | undefined {
  const position = accountOf(book, account).positions.get(conId);
  if (!position) return undefined;
  const row = rowOf(book.prices, account, position);
  const daily = row.marketValue - cashNumber(position.startValue) - cashNumber(position.dayOutflow);
  return {
    dailyPnL: daily,
    unrealizedPnL: row.unrealizedPnL,
    realizedPnL: row.realizedPnL,
    position: row.position,
    value: row.marketValue,
  };
}
