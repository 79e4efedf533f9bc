// Rebalancing: orders that bring accounts to their target weights, sales first, each account on its own money.
import { isAccountKind, isCashType } from '../account-kind.js';
import { absolute, larger, ONE, readDecimal, readPositive, smaller, writeDecimal } from '../decimal.js';
import type { AccountKind, DecimalText } from '../types.js';

/** An account of a rebalancing: its value, cash and holdings. Quantities and money as exact text. */
export interface RebalanceAccount {
  readonly account: string;
  readonly kind: AccountKind;
  readonly netAssetValue: DecimalText;
  readonly spendableCash: DecimalText;
  readonly positions: Readonly<Record<string, DecimalText>>;
  /** Fraction of the account's own net asset value per symbol. Holdings without a target are not touched. */
  readonly targets: Readonly<Record<string, DecimalText>>;
}

/** Accounts, prices and targets of a rebalancing. */
export interface RebalanceInput {
  readonly accounts: readonly RebalanceAccount[];
  readonly prices: Readonly<Record<string, DecimalText>>;
  /** 1 where not given. */
  readonly lots?: Readonly<Record<string, DecimalText>> | undefined;
  readonly minTradeValue?: DecimalText | undefined;
  readonly feeReserve?: DecimalText | undefined;
}

/** A sale of a plan. */
export interface PlannedSale {
  readonly account: string;
  readonly action: 'SELL';
  readonly symbol: string;
  readonly quantity: DecimalText;
}

/** `now`: cash on hand covers it. `sells`: after the account's sales have filled. `settlement`: after they have settled. */
export type When = 'now' | 'sells' | 'settlement';

/** A purchase of a plan; `after` says what has to be done before. */
export interface PlannedBuy {
  readonly account: string;
  readonly action: 'BUY';
  readonly symbol: string;
  readonly quantity: DecimalText;
  readonly after: When;
}

/** Why there is no plan. */
export type RebalanceError = 'REBAL-NEGATIVE-TARGET' | 'REBAL-TARGETS-SUM' | 'REBAL-MISSING-PRICE' | 'REBAL-BAD-INPUT';

/** Sales and then purchases, or why there are none. A proposal: each order still has to pass `check`. */
export type RebalancePlan =
  | { readonly sells: readonly PlannedSale[]; readonly buys: readonly PlannedBuy[] }
  | { readonly error: RebalanceError; readonly what: string };

interface Delta {
  readonly symbol: string;
  readonly price: bigint;
  readonly lot: bigint;
  /** Signed. */
  readonly quantity: bigint;
}

interface Terms {
  readonly prices: ReadonlyMap<string, bigint>;
  readonly lots: ReadonlyMap<string, bigint>;
  readonly least: bigint;
  readonly fee: bigint;
}

/** A value of zero or less beside cash or positions: every target would be nothing, and everything be sold. */
function isWorthless({ netAssetValue, spendableCash, positions }: RebalanceAccount): boolean {
  const value = readDecimal(netAssetValue) ?? 0n;
  if (value !== 0n) return value < 0n;
  return [spendableCash, ...Object.values(positions)].some((one) => readDecimal(one) !== 0n);
}

function refusal(input: RebalanceInput): { error: RebalanceError; what: string } | undefined {
  const targets = input.accounts.flatMap((one) =>
    Object.entries(one.targets).map(([symbol, weight]) => ({ one, symbol, weight: readDecimal(weight) })),
  );
  const negative = targets.find(({ weight }) => weight !== undefined && weight < 0n);
  if (negative !== undefined) return { error: 'REBAL-NEGATIVE-TARGET', what: negative.symbol };
  const unread = targets.find(({ weight }) => weight === undefined);
  if (unread !== undefined) return { error: 'REBAL-BAD-INPUT', what: `target ${unread.symbol}` };
  for (const account of input.accounts) {
    const sum = Object.values(account.targets).reduce((total, weight) => total + (readDecimal(weight) ?? 0n), 0n);
    if (sum > ONE) return { error: 'REBAL-TARGETS-SUM', what: writeDecimal(sum) };
  }
  const unpriced = targets.find(({ symbol }) => readPositive(input.prices[symbol]) === undefined);
  if (unpriced !== undefined) return { error: 'REBAL-MISSING-PRICE', what: unpriced.symbol };
  for (const { netAssetValue, spendableCash, positions, kind } of input.accounts) {
    const numbers = [netAssetValue, spendableCash, ...Object.values(positions)];
    if (!isAccountKind(kind)) return { error: 'REBAL-BAD-INPUT', what: 'kind of account' };
    if (numbers.some((number) => readDecimal(number) === undefined))
      return { error: 'REBAL-BAD-INPUT', what: 'value, cash or position' };
  }
  if (input.accounts.some(isWorthless)) return { error: 'REBAL-BAD-INPUT', what: 'a value of zero or less' };
  const names = input.accounts.map(({ account }) => account);
  if (new Set(names).size < names.length) return { error: 'REBAL-BAD-INPUT', what: 'an account that is listed twice' };
  const lot = Object.entries(input.lots ?? {}).find(([, size]) => size !== undefined && readPositive(size) === undefined);
  if (lot !== undefined) return { error: 'REBAL-BAD-INPUT', what: `lot of ${lot[0]}` };
  const optional = [input.minTradeValue, input.feeReserve].filter((value) => value !== undefined);
  if (optional.some((value) => (readDecimal(value) ?? -1n) < 0n)) return { error: 'REBAL-BAD-INPUT', what: 'minimum or fee' };
  return undefined;
}

function deltasOf(account: RebalanceAccount, terms: Terms): Delta[] {
  const value = larger(0n, readDecimal(account.netAssetValue) ?? 0n);
  return Object.keys(account.targets)
    .sort()
    .map((symbol): Delta => {
      const price = terms.prices.get(symbol) ?? 0n;
      const lot = terms.lots.get(symbol) ?? ONE;
      const weight = readDecimal(account.targets[symbol]) ?? 0n;
      const held = readDecimal(account.positions[symbol]) ?? 0n;
      const target = ((value * weight) / (price * lot)) * lot;
      const whole = target - held;
      const isOdd = held % lot !== 0n && target !== 0n;
      return { symbol, price, lot, quantity: isOdd ? (whole / lot) * lot : whole };
    })
    .filter(({ quantity, price }) => quantity !== 0n && absolute(quantity) * price >= terms.least);
}

function buysOf(account: RebalanceAccount, deltas: readonly Delta[], terms: Terms): PlannedBuy[] {
  const cash = (readDecimal(account.spendableCash) ?? 0n) * ONE - terms.fee;
  let left = cash;
  for (const { quantity, price } of deltas) if (quantity < 0n) left -= quantity * price;
  let spent = 0n;
  const buys: PlannedBuy[] = [];
  for (const { symbol, quantity, price, lot } of deltas) {
    if (quantity <= 0n) continue;
    const affordable = (larger(0n, left - spent) / (price * lot)) * lot;
    const bought = smaller(quantity, affordable);
    if (bought === 0n || bought * price < terms.least) continue;
    spent += bought * price;
    const after: When = spent <= cash ? 'now' : isCashType(account.kind) ? 'settlement' : 'sells';
    buys.push({ account: account.account, action: 'BUY', symbol, quantity: writeDecimal(bought), after });
  }
  return buys;
}

/**
 * Plans the orders that bring each account to its targets: whole lots, nothing below the minimum value, sales of all accounts
 * before any buy, buys within the account's own cash and proceeds. A plan is made whole or not at all, and every order of it still
 * has to pass `check` when it is sent.
 */
export function rebalance(input: RebalanceInput): RebalancePlan {
  const refused = refusal(input);
  if (refused !== undefined) return refused;
  const read = (given: Readonly<Record<string, DecimalText>>): Map<string, bigint> =>
    new Map(
      Object.entries(given).flatMap(([symbol, value]) =>
        [readPositive(value)].filter((one) => one !== undefined).map((one): [string, bigint] => [symbol, one]),
      ),
    );
  const terms: Terms = {
    prices: read(input.prices),
    lots: read(input.lots ?? {}),
    least: larger(0n, readDecimal(input.minTradeValue) ?? 0n) * ONE,
    fee: larger(0n, readDecimal(input.feeReserve) ?? 0n) * ONE,
  };
  const planned = input.accounts.map((account) => ({ account, deltas: deltasOf(account, terms) }));
  return {
    sells: planned.flatMap(({ account, deltas }) =>
      deltas
        .filter(({ quantity }) => quantity < 0n)
        .map(
          ({ symbol, quantity }): PlannedSale => ({
            account: account.account,
            action: 'SELL',
            symbol,
            quantity: writeDecimal(-quantity),
          }),
        ),
    ),
    buys: planned.flatMap(({ account, deltas }) => buysOf(account, deltas, terms)),
  };
}
