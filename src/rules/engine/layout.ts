// The contracts and currencies that a set of orders touches, laid out as vectors, and what a vector of quantities needs.
import { absolute, CUBE_TO_AMOUNT, larger, ONE } from '../decimal.js';
import type { Contract } from '../facts/contract.js';
import { type OptionClass, optionRequirement, type Series } from './option-requirement.js';

/** What decides how futures and options count in this account. */
export interface Terms {
  /** Only European-style options pair. */
  readonly cashType: boolean;
  /** Factor on published futures margin, scaled. */
  readonly futuresFactor: bigint;
}

interface Margined {
  readonly at: number;
  readonly currency: number;
  /** Amount per contract and scaled unit of quantity. */
  readonly margin: bigint;
}

interface LaidClass extends OptionClass {
  readonly currencyAt: number;
  readonly underlyingAt: number;
  readonly shares: readonly number[];
  /** Lines of one symbol of which only one can be the underlying, and nobody knows which: the longest counts. */
  readonly isOneLine: boolean;
}

/** Values of one vertex. Requirements are amounts; shortfalls and uncovered calls are scaled quantities. */
export interface Values {
  readonly need: bigint[];
  readonly options: bigint[];
  readonly futures: bigint[];
  readonly fops: bigint[];
  readonly uncovered: bigint[];
}

export interface Layout {
  readonly keys: readonly string[];
  readonly contracts: readonly Contract[];
  readonly place: ReadonlyMap<string, number>;
  readonly currencies: readonly string[];
  readonly currencyPlace: ReadonlyMap<string, number>;
  readonly underlyings: readonly string[];
  /** Places of contracts that may not go below zero. */
  readonly shortable: readonly number[];
  readonly classes: readonly LaidClass[];
  readonly futures: readonly Margined[];
  readonly fops: readonly Margined[];
}

const NOT_SHORTABLE = new Set(['OPT', 'FUT', 'FOP', 'CASH', 'BAG']);
/** What may not go below zero. */
export const isShortable = ({ secType }: Contract): boolean => !NOT_SHORTABLE.has(secType);

interface Draft {
  readonly contract: Contract;
  readonly at: number;
}

function classesOf(drafts: readonly Draft[], currencyAt: (name: string) => number, underlyings: string[]): LaidClass[] {
  const groups = new Map<string, Draft[]>();
  const lines = new Map<string, Set<number>>();
  for (const { contract } of drafts) {
    const { underConId } = contract.facts;
    if (contract.secType !== 'OPT' || underConId === undefined) continue;
    lines.set(contract.underlying, (lines.get(contract.underlying) ?? new Set()).add(underConId));
  }
  for (const draft of drafts) {
    const { contract } = draft;
    if (contract.secType !== 'OPT' || contract.multiplier === undefined) continue;
    if (contract.strike === undefined || contract.right === undefined || contract.expiry === undefined) continue;
    const line = lines.get(contract.underlying);
    const of = contract.facts.underConId ?? (line?.size === 1 ? [...line][0] : undefined);
    const name = `${contract.underlying}|${of ?? ''}|${contract.multiplier}|${contract.standard ? '' : contract.facts.lastTradeDateOrContractMonth}|${contract.standard}`;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [draft]);
    else group.push(draft);
  }
  const made = [...groups.values()].map((group): LaidClass => {
    const first = group[0]?.contract;
    const underlying = first?.underlying ?? '';
    const underConId = group.find((draft) => draft.contract.facts.underConId !== undefined)?.contract.facts.underConId;
    const series = group.map(
      ({ contract, at }): Series => ({
        at,
        isCall: contract.right === 'C',
        strike: contract.strike ?? 0n,
        expiry: contract.expiry ?? 0,
        settles: contract.settles,
        pairs: !contract.american,
      }),
    );
    const byStrike = [...series].sort((a, b) => (a.strike < b.strike ? -1 : a.strike > b.strike ? 1 : b.expiry - a.expiry));
    const stocks = drafts.filter(({ contract }) => contract.secType === 'STK' && contract.underlying === underlying);
    const isStranger = ({ contract }: Draft): boolean =>
      underConId !== undefined && contract.conId !== undefined && contract.conId !== underConId;
    const hasStrangers = stocks.some(isStranger);
    const shares = stocks.filter((draft) => !isStranger(draft) && (!hasStrangers || draft.contract.conId !== undefined));
    if (!underlyings.includes(underlying)) underlyings.push(underlying);
    return {
      currency: first?.currency ?? '',
      underlying,
      multiplier: first?.multiplier ?? ONE,
      standard: first?.standard ?? false,
      series: [...byStrike].sort((a, b) => b.expiry - a.expiry || (a.settles < b.settles ? -1 : a.settles > b.settles ? 1 : 0)),
      byStrike,
      currencyAt: currencyAt(first?.currency ?? ''),
      underlyingAt: underlyings.indexOf(underlying),
      shares: shares.map((draft) => draft.at),
      isOneLine: shares.length > 1,
    };
  });
  return made.sort((a, b) => (a.multiplier < b.multiplier ? -1 : a.multiplier > b.multiplier ? 1 : 0));
}

/** Lays out contracts by key and the currencies in play. */
export function layOut(contracts: ReadonlyMap<string, Contract>, currencies: Iterable<string>, terms: Terms): Layout {
  const names = [...new Set(currencies)];
  const currencyPlace = new Map(names.map((name, at) => [name, at]));
  const currencyAt = (name: string): number => {
    const known = currencyPlace.get(name);
    if (known !== undefined) return known;
    currencyPlace.set(name, names.length);
    return names.push(name) - 1;
  };
  const drafts = [...contracts.values()].map((contract, at): Draft => ({ contract, at }));
  const underlyings: string[] = [];
  const margined = (secType: string): Margined[] =>
    drafts
      .filter(({ contract }) => contract.secType === secType && contract.margin !== undefined)
      .map(({ contract, at }) => ({
        at,
        currency: currencyAt(contract.currency),
        margin: larger(0n, contract.margin ?? 0n) * (contract.ownMargin ? ONE : terms.futuresFactor) * CUBE_TO_AMOUNT,
      }));
  const classes = classesOf(drafts, currencyAt, underlyings);
  const futures = margined('FUT');
  const fops = margined('FOP');
  return {
    keys: [...contracts.keys()],
    contracts: drafts.map((draft) => draft.contract),
    place: new Map([...contracts.keys()].map((key, at) => [key, at])),
    currencies: names,
    currencyPlace,
    underlyings,
    shortable: drafts.filter(({ contract }) => isShortable(contract)).map((draft) => draft.at),
    classes,
    futures,
    fops,
  };
}

/** What quantities and payments need. `payments` per currency; `asked` are what-if requirements that apply. */
export function evaluate(layout: Layout, quantities: readonly bigint[], payments: readonly bigint[], terms: Terms): Values {
  const zeros = (): bigint[] => layout.currencies.map(() => 0n);
  const values: Values = {
    need: [...payments],
    options: zeros(),
    futures: zeros(),
    fops: zeros(),
    uncovered: layout.underlyings.map(() => 0n),
  };
  const used = new Map<number, bigint>();
  for (const cls of layout.classes) {
    let shares = 0n;
    for (const at of cls.shares) shares = cls.isOneLine ? larger(shares, quantities[at] ?? 0n) : shares + (quantities[at] ?? 0n);
    const result = optionRequirement(cls, quantities, shares - (used.get(cls.underlyingAt) ?? 0n), terms.cashType);
    if (result.shares > 0n) used.set(cls.underlyingAt, (used.get(cls.underlyingAt) ?? 0n) + result.shares);
    values.options[cls.currencyAt] = (values.options[cls.currencyAt] ?? 0n) + result.amount;
    values.uncovered[cls.underlyingAt] = (values.uncovered[cls.underlyingAt] ?? 0n) + result.uncovered;
  }
  for (const { at, currency, margin } of layout.futures) {
    values.futures[currency] = (values.futures[currency] ?? 0n) + absolute(quantities[at] ?? 0n) * margin;
  }
  for (const { at, currency, margin } of layout.fops) {
    const quantity = quantities[at] ?? 0n;
    if (quantity < 0n) values.fops[currency] = (values.fops[currency] ?? 0n) - quantity * margin;
  }
  for (let at = 0; at < values.need.length; at++) {
    values.need[at] = (values.need[at] ?? 0n) + (values.options[at] ?? 0n) + (values.futures[at] ?? 0n) + (values.fops[at] ?? 0n);
  }
  return values;
}
