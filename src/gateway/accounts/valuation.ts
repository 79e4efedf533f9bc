/** The numbers of an account at present marks, in its base currency. Approximate by nature: marks and rates are doubles. */
import type { Account } from './account.js';
import { cashNumber, quantityNumber } from './amount.js';
import { settledIn } from './ledger.js';
import { type Holding, type Requirement, requirementOf } from './margin.js';
import { isVariation, type Prices, pointValue } from './prices.js';

export interface Valuation {
  readonly cash: number;
  readonly settledCash: number;
  readonly accruedCash: number;
  readonly stockValue: number;
  readonly optionValue: number;
  readonly otherValue: number;
  readonly variation: number;
  readonly gross: number;
  readonly unrealized: number;
  readonly realized: number;
  readonly netLiquidation: number;
  readonly equityWithLoan: number;
  readonly requirement: Requirement;
}

/** A trade to imagine on top of the holdings: signed units, its price, and its commission in the instrument's currency. */
export interface Imagined extends Holding {
  readonly price: number;
  readonly commission: number;
  readonly commissionCurrency: string;
}

/** Values an account; with `imagined` trades as if they had happened. Changes nothing. */
export function valuate(account: Account, prices: Prices, imagined: readonly Imagined[] = []): Valuation {
  const base = account.baseCurrency;
  let cash = 0;
  let settledCash = 0;
  let accruedCash = 0;
  for (const row of account.ledger.values()) {
    const rate = prices.rate(row.currency, base);
    cash += cashNumber(row.cash) * rate;
    settledCash += cashNumber(settledIn(account.ledger, row.currency)) * rate;
    accruedCash += cashNumber(row.accruedInterest) * rate;
  }
  const units = new Map<number, Holding>();
  let unrealized = 0;
  let realized = 0;
  let variation = 0;
  for (const position of account.positions.values()) {
    const { instrument } = position;
    const rate = prices.rate(instrument.currency, base);
    realized += cashNumber(position.realized) * rate;
    if (position.quantity === 0n) continue;
    const count = quantityNumber(position.quantity);
    units.set(instrument.conId, { instrument, units: count });
    const worth = count * prices.mark(instrument) * pointValue(instrument);
    unrealized += (worth - cashNumber(position.cost)) * rate;
    if (isVariation(instrument)) variation += (worth - cashNumber(position.carry)) * rate;
  }
  for (const trade of imagined) {
    const { instrument } = trade;
    const rate = prices.rate(instrument.currency, base);
    const held = units.get(instrument.conId)?.units ?? 0;
    units.set(instrument.conId, { instrument, units: held + trade.units });
    const paid = trade.units * trade.price * pointValue(instrument);
    const fee = trade.commission * prices.rate(trade.commissionCurrency, base);
    cash -= fee;
    settledCash -= fee;
    if (isVariation(instrument)) variation += (trade.units * prices.mark(instrument) * pointValue(instrument) - paid) * rate;
    else if (instrument.secType !== 'CASH') {
      cash -= paid * rate;
      settledCash -= Math.max(0, paid) * rate;
    } else cash += trade.units * prices.rate(instrument.symbol, base) - paid * rate;
  }
  const holdings = [...units.values()];
  let stockValue = 0;
  let optionValue = 0;
  let otherValue = 0;
  let gross = 0;
  for (const { instrument, units: count } of holdings) {
    if (isVariation(instrument) || instrument.secType === 'CASH') continue;
    const value = count * prices.mark(instrument) * pointValue(instrument) * prices.rate(instrument.currency, base);
    gross += Math.abs(value);
    if (instrument.secType === 'STK') stockValue += value;
    else if (instrument.secType === 'OPT' || instrument.secType === 'FOP') optionValue += value;
    else otherValue += value;
  }
  const equityWithLoan = cash + accruedCash + stockValue + otherValue + variation;
  return {
    cash,
    settledCash,
    accruedCash,
    stockValue,
    optionValue,
    otherValue,
    variation,
    gross,
    unrealized,
    realized,
    netLiquidation: equityWithLoan + optionValue,
    equityWithLoan,
    requirement: requirementOf(holdings, account.facts, prices, base),
  };
}

/** Result of the day in the base currency, measured from the start of the day. */
export function dailyPnL(account: Account, now: Valuation): number {
  return now.netLiquidation - account.startNetLiquidation;
}
