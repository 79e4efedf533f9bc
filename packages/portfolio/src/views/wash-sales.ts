// Wash-sale neighbours: the same instrument bought in another account within 30 days of a sale, and the core rules' input.

import Big from 'big.js';
import { matchOf, nameOf } from '../identity.js';
import { keyOf, type Portfolio } from '../merge.js';
import type { Transaction } from '../model.js';

const DAYS = 30;

export interface Neighbours {
  readonly instrument: string;
  readonly sold: { readonly account: string; readonly date: string };
  readonly bought: { readonly account: string; readonly date: string };
  readonly daysBetween: number;
  /** What the sale brought against the average cost of the purchases known before it; unknown when these are not all there. */
  readonly result: 'loss' | 'gain' | 'unknown';
}

/** What `ibwire/rules` takes as `linkedLossSales`. */
export interface LossSale {
  readonly symbol: string;
  readonly daysAgo: number;
}

export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

const isSale = ({ kind }: Transaction): boolean => kind === 'sell' || kind === 'sell-to-close';
const isPurchase = ({ kind }: Transaction): boolean => kind === 'buy' || kind === 'buy-to-open';

/** By average cost over the account's own purchases before the sale. */
export function resultOf(sale: Transaction, transactions: readonly Transaction[]): Neighbours['result'] {
  if (sale.price === undefined || sale.instrument === undefined) return 'unknown';
  const before = transactions.filter(
    (one) =>
      keyOf(one.account) === keyOf(sale.account) &&
      one.instrument !== undefined &&
      matchOf(one.instrument, sale.instrument!).at === 'same' &&
      one.date <= sale.date,
  );
  // a split or a transfer moves the cost: then it is not known from purchases alone
  if (before.some(({ kind }) => kind === 'split' || kind === 'transfer' || kind === 'unknown')) return 'unknown';
  let [held, cost] = [new Big(0), new Big(0)];
  for (const one of before.filter(isPurchase)) {
    if (one.price === undefined || one.quantity === undefined) return 'unknown';
    held = held.plus(one.quantity);
    cost = cost.plus(new Big(one.quantity).times(one.price));
  }
  const sold = before.filter(isSale).reduce((total, one) => total.plus(new Big(one.quantity ?? 0).abs()), new Big(0));
  if (held.eq(0) || sold.gt(held)) return 'unknown';
  return new Big(sale.price).lt(cost.div(held)) ? 'loss' : 'gain';
}

export function washSaleNeighbours({ transactions }: Portfolio): readonly Neighbours[] {
  const purchases = transactions.filter((one) => isPurchase(one) && !one.isCashEquivalent && one.instrument !== undefined);
  return transactions
    .filter((one) => isSale(one) && !one.isCashEquivalent && one.instrument !== undefined)
    .flatMap((sale) =>
      purchases
        .filter(
          (purchase) =>
            keyOf(purchase.account) !== keyOf(sale.account) &&
            Math.abs(daysBetween(sale.date, purchase.date)) <= DAYS &&
            matchOf(sale.instrument!, purchase.instrument!).at === 'same',
        )
        .map((purchase) => ({
          instrument: nameOf(sale.instrument!),
          sold: { account: keyOf(sale.account), date: sale.date },
          bought: { account: keyOf(purchase.account), date: purchase.date },
          daysBetween: daysBetween(sale.date, purchase.date),
          result: resultOf(sale, transactions),
        })),
    );
}

/** Sales at a loss, or that may be one, in accounts other than `account`: input of the core's IRA wash-sale rule. */
export function lossSalesElsewhere({ transactions }: Portfolio, account: string, today: string): readonly LossSale[] {
  return transactions.flatMap((sale) => {
    const daysAgo = daysBetween(sale.date, today);
    if (!isSale(sale) || sale.isCashEquivalent || keyOf(sale.account) === account || daysAgo < 0 || daysAgo > DAYS) return [];
    const symbol = sale.instrument?.option?.underlying ?? sale.instrument?.symbol;
    return symbol === undefined || resultOf(sale, transactions) === 'gain' ? [] : [{ symbol, daysAgo }];
  });
}
