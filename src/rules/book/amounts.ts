// Sizes, amounts of money and prices of an order: whether they can be read at all, and which of them its product takes.
import { isUnset, ONE, readDecimal, readPositive } from '../decimal.js';
import type { Ask } from '../facts/ask.js';
import type { Contract } from '../facts/contract.js';
import { amountFor } from '../facts/effect.js';
import { orderTypes } from '../facts/order-types.js';
import { shown } from '../naming.js';
import { each, eachOf, NOTHING, row, type Said } from './row.js';

function hasBadLeg({ legs, facts: { comboLegs } }: Contract): boolean {
  const isBad = (leg: unknown): boolean => readPositive((leg as { ratio?: unknown } | null)?.ratio) === undefined;
  return legs.some((leg) => leg.ratio % ONE !== 0n) || (Array.isArray(comboLegs) && comboLegs.some(isBad));
}

function isBadSize({ order, contract, size }: Ask): boolean {
  if (order.isHedge === true && readDecimal(order.totalQuantity) === 0n) return false;
  if (contract.secType === 'BAG' && hasBadLeg(contract)) return true;
  const isByAmount = readDecimal(order.totalQuantity) === 0n && amountFor(order) !== undefined;
  if (!isUnset(order.totalQuantity) && !isByAmount) return readPositive(order.totalQuantity) === undefined || size === undefined;
  return readPositive(order.cashQty) === undefined;
}

const MAY_BE_NEGATIVE = new Set(['BAG', 'FUT', 'FOP']);
const PRICES = ['lmtPrice', 'auxPrice', 'reference', 'underlyingPrice', 'fee', 'accrued'] as const;

/** Prices are plain decimals, there where the type needs them, and positive where the product demands it. */
function badPrices(ask: Ask): readonly Said[] {
  const { order, contract } = ask;
  const needs = orderTypes.get(order.orderType)?.needs;
  let found: Said[] | undefined;
  for (const field of PRICES) {
    const price = order[field];
    const isNeeded = (field === 'lmtPrice' || field === 'auxPrice') && needs?.includes(field) === true;
    const isNone = isUnset(price);
    if (isNone && !isNeeded) continue;
    const value = readDecimal(price);
    const isZeroFine = field !== 'reference' && field !== 'underlyingPrice';
    if (value !== undefined && (value > 0n || (isZeroFine && value === 0n && !isNeeded) || MAY_BE_NEGATIVE.has(contract.secType)))
      continue;
    found ??= [];
    found.push({ facts: { field, price: isNone ? 'nothing' : shown(price), orderType: shown(order.orderType) }, ask });
  }
  return found ?? NOTHING;
}

/** The amount of money that the order names; undefined: none, or none that can be read. */
const cashOf = ({ order }: Ask): bigint | undefined => readPositive(order.cashQty);
const hasSize = ({ order }: Ask): boolean => readPositive(order.totalQuantity) !== undefined;

export const amountRows = {
  'QTY-INVALID': row({
    about: 'a size or a cash amount that is not a positive decimal',
    message: 'Size "{quantity}" is not a positive number.',
    remedy: 'Give a positive plain decimal of at most 18 places, or a cash amount.',
    stage: 'ends',
    reads: 'order',
    judge: each((ask) => {
      const { order } = ask;
      if (isBadSize(ask)) return { quantity: shown(order.totalQuantity ?? order.cashQty) };
      const isNoAmount = cashOf(ask) === undefined && !isUnset(order.cashQty) && readDecimal(order.cashQty) !== 0n;
      return isNoAmount ? { quantity: shown(order.cashQty) } : undefined;
    }),
  }),
  'QTY-AND-CASH': row({
    about: 'a size and a cash amount on one order',
    message: 'The order has a size of {size} and a cash amount of {cash} at once.',
    remedy: 'Leave out one of them; an order by an amount has a totalQuantity of 0.',
    grade: 'C',
    source: 'broker error 10293',
    stage: 'ends',
    reads: 'order',
    when: ['amount'],
    judge: each((ask) => {
      const { totalQuantity, cashQty } = ask.order;
      return hasSize(ask) && cashOf(ask) !== undefined ? { size: shown(totalQuantity), cash: shown(cashQty) } : undefined;
    }),
  }),
  'COIN-SALE-BY-CASH': row({
    about: 'a sale of coins by an amount of money',
    message: 'Nothing of {secType} is sold by a cash amount ({cash}).',
    remedy: 'Give the size to sell as totalQuantity, without cashQty.',
    grade: 'C',
    source: 'broker error 434',
    stage: 'ends',
    reads: 'order',
    when: ['coin'],
    judge: each((ask) => {
      const { order, contract } = ask;
      const isSale = contract.secType === 'CRYPTO' && order.action === 'SELL' && cashOf(ask) !== undefined;
      return isSale && !hasSize(ask) ? { secType: contract.secType, cash: shown(order.cashQty) } : undefined;
    }),
  }),
  'COIN-PURCHASE-BY-SIZE': row({
    about: 'a purchase of coins at the market by a size',
    message: 'A purchase of {secType} at the market takes an amount of money, not a size ({size}).',
    remedy: 'Give cashQty and a totalQuantity of 0: market("BUY", cash(…)); or a limit for a size.',
    grade: 'C',
    source: 'broker error 10289',
    stage: 'ends',
    reads: 'order',
    when: ['coin'],
    judge: each((ask) => {
      const { order, contract } = ask;
      const isMarket = contract.secType === 'CRYPTO' && order.action === 'BUY' && order.orderType === 'MKT';
      return isMarket && hasSize(ask) && cashOf(ask) === undefined
        ? { secType: contract.secType, size: shown(order.totalQuantity) }
        : undefined;
    }),
  }),
  'PRICE-INVALID': row({
    about: 'a price that is missing, malformed or not positive',
    message: '{field} "{price}" is not a valid price for {orderType}.',
    remedy: 'Give a plain decimal; zero and below only for combinations, futures and futures options.',
    stage: 'ends',
    judge: eachOf(badPrices),
  }),
} as const;
