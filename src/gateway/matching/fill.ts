/** One fill: what the accounts can bear of it, its booking, its execution, its reports, and what it does to others. */

import { accountOf, bookExecution } from '../accounts/account-book.js';
import { outflowsOf, spendable } from '../accounts/admission.js';
import { dealOut, type Share } from '../accounts/advisor.js';
import {
  type Cash,
  cashNumber,
  floorToStep,
  greater,
  lesser,
  priceUnits,
  type Quantity,
  quantityText,
  worthOf,
} from '../accounts/amount.js';
import { commissionCurrency, commissionOf, nothingCharged } from '../accounts/commission.js';
import type { Instrument } from '../world/instrument.js';
import { contractOf } from './echo.js';
import { type EngineState, type ExecutionRecord, execIdOf, isReal, nowOf, sessionNow } from './engine-state.js';
import { conclude, rejectNow, release, settleChildren } from './finish.js';
import { averagePrice, type LiveOrder, remainingOf } from './live-order.js';
import { lotOf } from './lots.js';
import { settleGroup } from './oca.js';
import { executionOf } from './queries.js';
import { refusals } from './refusals.js';
import { announce, audienceOf } from './report.js';

export interface FillTerms {
  readonly price: number;
  /** 1 added liquidity, 2 took it. */
  readonly liquidity: 1 | 2;
  readonly exchange: string;
  /** Prices of the legs of a combo, in their order. */
  readonly legPrices?: readonly number[];
}

interface Trade {
  readonly instrument: Instrument;
  readonly signed: Quantity;
  readonly price: number;
}

function tradesOf(order: LiveOrder, quantity: Quantity, terms: FillTerms): readonly Trade[] {
  const signed = order.isBuy ? quantity : -quantity;
  if (!order.parts) return [{ instrument: order.instrument, signed, price: terms.price }];
  return order.parts.map(({ instrument, ratio }, i) => ({
    instrument,
    signed: signed * BigInt(ratio),
    price: terms.legPrices?.[i] ?? 0,
  }));
}

/** The accounts behind an order, with what each is to get in all. */
export function sharesOf(order: LiveOrder): readonly Share[] {
  return order.shares ?? [{ account: order.account, quantity: order.total }];
}

/**
 * How much of a quantity may fill: accounts that may not borrow never spend more than they have, those that may not be short
 * never sell more than they hold.
 */
export function bearable(state: EngineState, order: LiveOrder, quantity: Quantity, terms: FillTerms): Quantity {
  const step = lotOf(order.instrument, order.original);
  let best = quantity;
  for (const { account } of sharesOf(order)) {
    const found = accountOf(state.setup.accounts, account);
    if (found.facts.borrows) continue;
    for (const { instrument, signed } of tradesOf(order, best, terms)) {
      if (signed >= 0n || instrument.secType !== 'STK') continue;
      const held = greater(found.positions.get(instrument.conId)?.quantity ?? 0n, 0n);
      if (-signed > held) best = order.parts ? 0n : floorToStep(lesser(best, held), step);
    }
    for (let tries = 0; best > 0n && tries < 4; tries++) {
      const flows = outflowsOf({ legs: tradesOf(order, best, terms) });
      let fits = true;
      for (const [currency, need] of flows) {
        const free = greater(spendable(found, currency), 0n);
        if (need <= 0n || need <= free) continue;
        fits = false;
        best = floorToStep((best * free) / need, step);
      }
      if (fits) break;
      if (tries === 3) best = 0n;
    }
  }
  return best;
}

/** Fills an order. The quantity must be bearable and not above what is left. */
export function fill(state: EngineState, order: LiveOrder, quantity: Quantity, terms: FillTerms): void {
  if (quantity <= 0n) return;
  order.filled += quantity;
  order.spent += priceUnits(terms.price) * quantity;
  order.lastFillPrice = terms.price;
  const records = book(state, order, quantity, terms);
  for (const record of records) state.said.push(executionOf(record, audienceOf(order)));
  const isDone = remainingOf(order) === 0n;
  if (isDone) conclude(state, order, 'Filled', `Filled Size: ${quantityText(order.filled)}`);
  announce(state, order);
  const delay = state.options.delays?.commission ?? 0;
  const report = (): void => reportCommissions(state, order, records, isDone);
  if (delay > 0) state.agenda.at(nowOf(state) + delay, report);
  else report();
  settleGroup(state, order);
  if (isDone) {
    for (const child of order.children) release(state, child, 'parent');
    settleChildren(state, order);
  }
  for (const watcher of state.executionWatchers) meetConditions(state, watcher, records);
}

function reportCommissions(state: EngineState, order: LiveOrder, records: readonly ExecutionRecord[], isDone: boolean): void {
  for (const { commission } of records) order.commission += cashNumber(commission);
  if (isReal(state) && (!isDone || !order.isBuy)) announce(state, order, true);
  for (const { execution, commission, currency, realized, signed } of records) {
    if (signed === 0n) continue;
    state.said.push({
      kind: 'commissionAndFeesReport',
      to: audienceOf(order),
      execId: execution.execId,
      commissionAndFees: cashNumber(commission),
      currency,
      realizedPNL: realized === undefined ? undefined : cashNumber(realized),
    });
  }
}

function book(state: EngineState, order: LiveOrder, quantity: Quantity, terms: FillTerms): readonly ExecutionRecord[] {
  const records: ExecutionRecord[] = [];
  const shares = sharesOf(order);
  const step = lotOf(order.instrument, order.original);
  const dealt = shares.length === 1 ? [quantity] : dealOut(quantity, step, shares, order.given);
  const number = state.nextExecution++;
  shares.forEach(({ account }, who) => {
    const part = dealt[who] ?? 0n;
    order.given[who] = (order.given[who] ?? 0n) + part;
    if (part === 0n) return;
    let place = 1;
    const add = (trade: Trade | undefined, contract: ExecutionRecord['contract'], exchange: string, price: number): void => {
      const charged = trade ? charge(order, trade, who, place - (order.parts ? 2 : 1)) : 0n;
      const realized =
        trade &&
        bookExecution(state.setup.accounts, {
          account,
          ...trade,
          commission: charged,
          tradingDay: dayOf(state, trade.instrument),
        });
      const shown = trade ? (trade.signed < 0n ? -trade.signed : trade.signed) : part;
      const isBuy = trade ? trade.signed > 0n : order.isBuy;
      const id = { conId: order.instrument.conId, number, part: who * 16 + place, revision: 1 };
      records.push({
        number: id,
        contract,
        instrument: trade?.instrument ?? order.instrument,
        signed: trade?.signed ?? 0n,
        commission: charged,
        currency: trade ? commissionCurrency(trade.instrument) : '',
        realized,
        order,
        isReplaced: false,
        execution: {
          orderId: order.orderId,
          clientId: order.clientId,
          execId: execIdOf(id),
          time: nowOf(state),
          acctNumber: account,
          exchange,
          side: isBuy ? 'BOT' : 'SLD',
          shares: quantityText(shown),
          cumQty: quantityText(trade && !order.parts && shares.length === 1 ? order.filled : (order.given[who] ?? shown)),
          price,
          avgPrice: trade && order.parts ? price : averagePrice(order),
          permId: order.permId,
          orderRef: order.order.orderRef,
          evRule: order.instrument.evRule,
          evMultiplier: order.instrument.evMultiplier,
          lastLiquidity: terms.liquidity,
          optExerciseOrLapseType: -1,
        },
      });
      place += 1;
    };
    if (order.parts) add(undefined, order.contract, terms.exchange, terms.price);
    tradesOf(order, part, terms).forEach((trade, leg) => {
      const exchange = order.parts?.[leg]?.exchange ?? terms.exchange;
      add(trade, contractOf(trade.instrument, exchange), exchange, trade.price);
    });
  });
  state.executions.push(...records);
  return records;
}

function charge(order: LiveOrder, trade: Trade, who: number, leg: number): Cash {
  const key = who * 8 + leg;
  const value = worthOf(
    trade.price,
    trade.signed < 0n ? -trade.signed : trade.signed,
    trade.instrument.multiplier,
    trade.instrument.priceMagnifier,
  );
  const size = trade.signed < 0n ? -trade.signed : trade.signed;
  const { commission, after } = commissionOf(
    trade.instrument,
    trade.signed < 0n,
    size,
    value < 0n ? -value : value,
    order.partCharged[key] ?? nothingCharged,
  );
  order.partCharged[key] = after;
  return commission;
}

function dayOf(state: EngineState, instrument: Instrument): string {
  return sessionNow(state, instrument).tradingDay;
}

function meetConditions(state: EngineState, watcher: LiveOrder, records: readonly ExecutionRecord[]): void {
  watcher.order.conditions?.forEach((condition, place) => {
    if (condition.conditionType !== 5 || watcher.met.has(place)) return;
    const { symbol, secType, exchange } = condition;
    const isMet = records.some(
      ({ contract, execution }) =>
        contract.symbol === symbol &&
        contract.secType === secType &&
        (!exchange || ['SMART', 'ANY', '*', execution.exchange].includes(exchange)),
    );
    if (!isMet) return;
    watcher.met.add(place);
    state.ready.push(watcher);
  });
}

/** An account could not bear any of it: the rest of the order ends. */
export function starve(state: EngineState, order: LiveOrder): void {
  if (order.final) return;
  rejectNow(state, order, refusals.rejected('Available settled cash does not support this order.'));
}
