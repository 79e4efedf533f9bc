/** Initial and maintenance requirement of a set of holdings, in the currency of each instrument, converted to the base. */
import type { Instrument } from '../world/instrument.js';
import type { KindFacts } from './account-kind.js';
import { type OptionLine, optionRequirement } from './option-requirement.js';
import { type Prices, pointValue } from './prices.js';

export interface Holding {
  readonly instrument: Instrument;
  /** Signed units. */
  readonly units: number;
}

export interface Requirement {
  readonly initial: number;
  readonly maintenance: number;
  /** Part that belongs to futures and their options. */
  readonly commodities: number;
  readonly uncoveredCalls: number;
}

const LONG_STOCK = 0.25;
const SHORT_STOCK = 0.3;
const RATES: Partial<Readonly<Record<Instrument['secType'], number>>> = {
  CFD: 0.2,
  BOND: 0.2,
  FUND: 0.5,
  CRYPTO: 1,
  CMDTY: 0.1,
  WAR: 1,
};

/** Requirement in `base`. Accounts that may not borrow pay everything in full. */
export function requirementOf(holdings: readonly Holding[], facts: KindFacts, prices: Prices, base: string): Requirement {
  let initial = 0;
  let maintenance = 0;
  let commodities = 0;
  let uncoveredCalls = 0;
  let groups: Map<string, Holding[]> | undefined;
  for (const holding of holdings) {
    const { instrument, units } = holding;
    if (units === 0 || instrument.secType === 'CASH') continue;
    const rate = prices.rate(instrument.currency, base);
    if (instrument.secType === 'OPT' || instrument.secType === 'FOP') {
      groups ??= new Map();
      const key = `${instrument.underConId ?? instrument.underSymbol ?? instrument.symbol}/${instrument.currency}/${instrument.multiplier}`;
      const group = groups.get(key);
      if (group) group.push(holding);
      else groups.set(key, [holding]);
      continue;
    }
    if (instrument.margin) {
      const factor = Math.abs(units) * facts.futuresFactor * rate;
      initial += instrument.margin.initial * factor;
      maintenance += instrument.margin.maintenance * factor;
      commodities += instrument.margin.initial * factor;
      continue;
    }
    const value = Math.abs(units) * prices.mark(instrument) * pointValue(instrument) * rate;
    const share = facts.borrows || instrument.secType === 'CFD' ? rateOf(instrument, units) : 1;
    initial += value * share;
    maintenance += value * share;
  }
  for (const group of groups?.values() ?? []) {
    const part = optionGroup(group, holdings, facts, prices);
    const rate = prices.rate((group[0] as Holding).instrument.currency, base);
    initial += part.initial * rate;
    maintenance += part.initial * rate;
    uncoveredCalls += part.uncoveredCalls;
    if (group[0]?.instrument.secType === 'FOP') commodities += part.initial * rate;
  }
  return { initial, maintenance, commodities, uncoveredCalls };
}

function rateOf(instrument: Instrument, units: number): number {
  if (instrument.secType !== 'STK') return RATES[instrument.secType] ?? 1;
  return units > 0 ? LONG_STOCK : SHORT_STOCK;
}

function optionGroup(group: readonly Holding[], all: readonly Holding[], facts: KindFacts, prices: Prices) {
  const first = (group[0] as Holding).instrument;
  const multiplier = pointValue(first);
  const shares = all.reduce((sum, { instrument, units }) => (instrument.conId === first.underConId ? sum + units : sum), 0);
  const lines: OptionLine[] = group.map(({ instrument, units }) => ({
    right: instrument.right ?? 'C',
    strike: instrument.strike ?? 0,
    expiry: instrument.lastTradeDate ?? '',
    european: instrument.exerciseStyle === 'european',
    contracts: units,
  }));
  const pairing = facts.options === 'secured' ? 'none' : facts.options === 'european-spreads' ? 'european' : 'any';
  const isUncovered = facts.options === 'uncovered';
  const need = optionRequirement(lines, first.secType === 'OPT' ? shares / first.multiplier : 0, pairing, !isUncovered);
  const bounded = need.points * multiplier;
  return { initial: isUncovered ? bounded + naked(group, need, prices) : bounded, uncoveredCalls: need.uncoveredCalls };
}

/** Mark plus the larger of 20 % of the underlying less what it is out of the money, and 10 %. */
function naked(
  group: readonly Holding[],
  need: { readonly uncoveredCalls: number; readonly uncoveredPuts: number },
  prices: Prices,
): number {
  let calls = need.uncoveredCalls;
  let puts = need.uncoveredPuts;
  let sum = 0;
  for (const { instrument, units } of group) {
    if (units >= 0) continue;
    const isCall = instrument.right === 'C';
    const count = Math.min(-units, isCall ? calls : puts);
    if (count <= 0) continue;
    if (isCall) calls -= count;
    else puts -= count;
    const strike = instrument.strike ?? 0;
    const under = prices.underlying(instrument) ?? strike;
    const out = Math.max(0, isCall ? strike - under : under - strike);
    const points = prices.mark(instrument) + Math.max(0.2 * under - out, 0.1 * (isCall ? under : strike));
    sum += count * points * pointValue(instrument);
  }
  return sum;
}
