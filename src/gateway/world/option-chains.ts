/** Option chains made from their underlyings: classes, expiries and strikes, and the record of each option. */
import type { RuleName } from '../data/market-rules.js';
import { ORDER_TYPES } from '../data/order-types.js';
import { instrumentFrom } from './blank-instrument.js';
import { calendarOf } from './calendar.js';
import { civilOf, textOfDay, weekdayOf } from './civil.js';
import { optionConId } from './conid.js';
import { type ExpiryPlan, optionExpiries } from './expiries.js';
import { futureFor } from './futures.js';
import type { Instrument } from './instrument.js';
import { instantOf } from './zone.js';

/** One class of options on one underlying. Its place in the list is part of the conIds. */
export interface OptionChain {
  readonly number: number;
  readonly symbol: string;
  readonly tradingClass: string;
  readonly secType: 'OPT' | 'FOP';
  /** The stock or index; for options on futures any future of the product. */
  readonly underlying: Instrument;
  readonly plan: ExpiryPlan;
  readonly step: number;
  /** Price of the underlying when the world began: strikes lie around it. */
  readonly spot: number;
  readonly multiplier: number;
  readonly style: 'american' | 'european';
  readonly calendar: string;
  readonly ruleName: RuleName;
  readonly validExchanges: string;
  /** HH:mm:ss of the last trade in the calendar's zone. */
  readonly lastTradeTime: string;
}

const STOCK_OPTION_EXCHANGES =
  'SMART,AMEX,CBOE,PHLX,PSE,ISE,BOX,BATS,NASDAQOM,CBOE2,NASDAQBX,MIAX,GEMINI,EDGX,MERCURY,PEARL,EMERALD,MEMX,IBUSOPT,SAPPHIRE';
/** Classes of the penny programme trade in cents at all prices on most exchanges. */
const PENNY = new Set(['SPY', 'QQQ', 'IWM', 'AAPL']);

/** Distance of neighbouring strikes for a price: near a hundredth, so that 511 steps cover five times the price. */
export function strikeStep(price: number): number {
  for (const [limit, step] of [
    [25, 0.5],
    [75, 1],
    [250, 2.5],
    [800, 5],
    [1600, 10],
    [4000, 25],
    [12000, 25],
    [40000, 100],
  ] as const) {
    if (price < limit) return step;
  }
  return 1000;
}

/** The chains of a universe, in an order that only its tables decide. `spotOf` prices underlyings at the start. */
export function buildChains(
  statics: readonly Instrument[],
  spotOf: (instrument: Instrument) => number,
  start: number,
): OptionChain[] {
  const chains: OptionChain[] = [];
  const add = (chain: Omit<OptionChain, 'number' | 'step' | 'spot'>): void => {
    const spot = spotOf(chain.underlying);
    chains.push({ ...chain, number: chains.length, step: strikeStep(spot), spot });
  };
  const index = {
    secType: 'OPT',
    multiplier: 100,
    style: 'european',
    ruleName: 'indexOption',
    validExchanges: 'SMART,CBOE,IBUSOPT',
  } as const;
  for (const underlying of statics) {
    const { symbol, secType, currency } = underlying;
    if (secType === 'IND' && (symbol === 'SPX' || symbol === 'NDX' || symbol === 'RUT')) {
      const both = { ...index, symbol, underlying, calendar: 'us-index-option' };
      add({ ...both, tradingClass: symbol, plan: 'monthly', lastTradeTime: '08:30:00' });
      add({ ...both, tradingClass: symbol === 'NDX' ? 'NDXP' : `${symbol}W`, plan: 'daily', lastTradeTime: '15:00:00' });
    }
    if (secType === 'STK' && currency === 'USD' && spotOf(underlying) >= 2) {
      add({
        symbol,
        tradingClass: symbol.replace(' ', ''),
        secType: 'OPT',
        underlying,
        plan: 'equity',
        multiplier: 100,
        style: 'american',
        calendar: 'us-option',
        ruleName: PENNY.has(symbol) ? 'pennyOption' : 'option',
        validExchanges: STOCK_OPTION_EXCHANGES,
        lastTradeTime: '16:00:00',
      });
    }
  }
  for (const symbol of ['ES', 'NQ']) {
    const underlying = futureFor(symbol, Math.floor(start / 86_400_000));
    if (underlying === undefined) continue;
    const both = {
      symbol,
      secType: 'FOP',
      underlying,
      multiplier: underlying.multiplier,
      calendar: 'cme',
      ruleName: 'esOption',
      validExchanges: 'CME',
    } as const;
    add({ ...both, tradingClass: symbol, plan: 'quarterly', style: 'american', lastTradeTime: '08:30:00' });
    add({
      ...both,
      tradingClass: symbol === 'ES' ? 'EW' : 'QNE',
      plan: 'monthEnd',
      style: 'european',
      lastTradeTime: '15:00:00',
    });
  }
  return chains;
}

/** Expiry days of a chain not yet over at an instant. */
export function expiriesOf(chain: OptionChain, now: number): number[] {
  return optionExpiries(chain.plan, Math.floor(now / 86_400_000) - 1).filter((day) => lastTradeAt(chain, day) > now);
}

/** Strikes listed for an expiry: wider and coarser the farther away it is. */
export function strikesOf(chain: OptionChain, day: number, now: number): number[] {
  const years = Math.max(0, day - Math.floor(now / 86_400_000)) / 365;
  const width = chain.spot * Math.min(0.6, 0.1 + 0.5 * Math.sqrt(years));
  const coarse = years > 0.13 ? 2 : 1;
  const middle = Math.round(chain.spot / chain.step / coarse);
  const reach = Math.min(60, Math.max(4, Math.floor(width / chain.step / coarse)));
  const strikes: number[] = [];
  for (let i = -reach; i <= reach; i++) {
    const step = (middle + i) * coarse;
    if (step >= 1 && step <= 511) strikes.push(step * chain.step);
  }
  return strikes;
}

function lastTradeAt(chain: OptionChain, day: number): number {
  const [hours = 0, minutes = 0] = chain.lastTradeTime.split(':').map(Number);
  return instantOf(calendarOf(chain.calendar).rule.zone, day, (hours * 60 + minutes) * 60_000);
}

/** `AAPL  260618C00100000`, or `ESU6 C5800` for options on futures. */
function localSymbolOf(chain: OptionChain, day: number, strike: number, right: string, under: Instrument): string {
  if (chain.secType === 'FOP') return `${chain.tradingClass}${under.localSymbol.slice(chain.symbol.length)} ${right}${strike}`;
  return `${chain.tradingClass.padEnd(6)}${textOfDay(day).slice(2)}${right}${String(Math.round(strike * 1000)).padStart(8, '0')}`;
}

/** The record of one option; undefined when that day is no expiry of the chain or the strike is off its steps. */
export function optionOf(chain: OptionChain, day: number, strike: number, isPut: boolean): Instrument | undefined {
  const step = Math.round(strike / chain.step);
  if (step < 1 || step > 511 || Math.abs(step * chain.step - strike) > 1e-9 || !isExpiry(chain, day)) return undefined;
  const under = chain.secType === 'FOP' ? futureFor(chain.symbol, day) : chain.underlying;
  if (under === undefined) return undefined;
  const right = isPut ? 'P' : 'C';
  const exchanges = chain.validExchanges.split(',');
  const { year, month } = civilOf(day);
  return instrumentFrom({
    conId: optionConId(chain.number, day, step, isPut),
    symbol: chain.symbol,
    secType: chain.secType,
    currency: 'USD',
    exchange: exchanges[0] ?? 'SMART',
    localSymbol: localSymbolOf(chain, day, strike, right, under),
    tradingClass: chain.tradingClass,
    longName: chain.underlying.longName,
    lastTradeDate: textOfDay(day),
    lastTradeTime: chain.lastTradeTime,
    lastTradeAt: lastTradeAt(chain, day),
    contractMonth: String(year * 100 + month),
    realExpirationDate: textOfDay(day),
    strike,
    right,
    multiplier: chain.multiplier,
    multiplierText: String(chain.multiplier),
    category: under.secType === 'IND' ? under.category : undefined,
    industry: under.secType === 'IND' ? under.industry : undefined,
    timeZoneId: calendarOf(chain.calendar).rule.zone,
    calendar: chain.calendar,
    ruleName: chain.ruleName,
    orderTypes: ORDER_TYPES.option,
    validExchanges: chain.validExchanges,
    aggGroup: 2,
    underConId: under.conId,
    underSymbol: chain.secType === 'FOP' ? under.localSymbol : chain.symbol,
    underSecType: under.secType,
    exerciseStyle: chain.style,
    settlementMethod: under.secType === 'IND' ? 'Cash' : 'Physical Delivery',
    driver: { ...under.driver, volumeScale: 0.0004 },
    volatility: under.volatility,
    spreadTicks: 2,
    dividendYield: under.dividendYield,
    listedSince: textOfDay(day - 400),
  });
}

const membership = new Map<string, boolean>();

/** Asked as of the week before, so that an id keeps its meaning until its last day and after it. */
function isExpiry({ plan }: OptionChain, day: number): boolean {
  if (weekdayOf(day) > 4) return false;
  const key = `${plan}|${day}`;
  let is = membership.get(key);
  if (is === undefined) {
    is = optionExpiries(plan, day - 7).includes(day);
    membership.set(key, is);
  }
  return is;
}
