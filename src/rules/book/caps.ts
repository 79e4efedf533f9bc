// Limits of the policy: sizes, worth, distance from the market, repeats, lists.
import { type Context, lotSteps } from '../context.js';
import { absolute, amountOf, isUnset, ONE, readDecimal, readPositive, writeAmount, writeDecimal } from '../decimal.js';
import { type Ask, lotOf } from '../facts/ask.js';
import { amountFor } from '../facts/effect.js';
import { limitOf } from '../facts/order-types.js';
import { idOf } from '../facts/working-terms.js';
import { costOf, netDebit, unitsOfCombination, worstPrice } from '../facts/worst-price.js';
import type { Restriction } from '../policy-types.js';
import type { OrderFacts, WorkingOrder } from '../types.js';
import { each, eachOf, NOTHING, row } from './row.js';
import { sharedCodes } from './shared-codes.js';

/** Value of an order in the currency of its contract: at its limit, else at its worst price. */
function orderValue(ask: Ask, size: bigint, context: Context): bigint | undefined {
  const { order, contract } = ask;
  const { policy } = context.snapshot;
  // Exercised shares are worth the strike.
  if (order.act === 'lapse') return 0n;
  if (order.act === 'exercise') return contract.strike === undefined ? undefined : costOf(contract, size, contract.strike * ONE);
  const amount = amountFor(order);
  if (amount !== undefined) return amountOf(amount);
  if (contract.secType === 'BAG') {
    const units = unitsOfCombination(contract);
    const debit = netDebit(order, policy);
    return units === undefined || debit === undefined ? undefined : size * units * absolute(debit);
  }
  const limit = limitOf(order) ?? readDecimal(order.reference);
  const price = worstPrice(order, policy) ?? (limit === undefined ? undefined : limit * ONE);
  return price === undefined ? undefined : costOf(contract, size, absolute(price));
}

/** The same in the base currency, scaled once more; undefined: price or rate lacks. */
function worthOf(ask: Ask, size: bigint, context: Context): bigint | undefined {
  const value = orderValue(ask, size, context);
  const rate = context.snapshot.rate(ask.contract.currency);
  return value === undefined || rate === undefined ? undefined : value * rate;
}

/** The cap and what an opening order is worth; undefined: nothing is limited. */
function cappedWorth(ask: Ask, context: Context): { readonly cap: bigint; readonly notional: bigint | undefined } | undefined {
  const cap = readDecimal(context.snapshot.policy.maxNotional);
  if (cap === undefined || !ask.opens || ask.size === undefined) return undefined;
  return { cap: amountOf(cap), notional: worthOf(ask, ask.size, context) };
}

const LIMIT_TYPES = new Set(['LMT', 'LOC']);
/** Age of a working order when an order is judged. */
const ageOf = ({ ageSeconds, sentAt }: WorkingOrder, { at }: OrderFacts): number | undefined =>
  ageSeconds ?? (sentAt === undefined || at === undefined ? undefined : Math.max(0, at - sentAt) / 1000);

/** Beside side, type, size and limit, what a repeat has in common: gateways tell 0 of what an order has not. */
const REPEATED = ['cashQty', 'auxPrice', 'trailingPercent'] as const;
const same = (a: unknown, b: unknown): boolean => (readDecimal(a) ?? 0n) === (readDecimal(b) ?? 0n);
/** A stop that trails moves, and gateways tell one of orders that have none. */
const isApartStop = (a: unknown, b: unknown): boolean => !isUnset(a) && !isUnset(b) && !same(a, b);
/** When an order may fill: how long it lives, whose child it is, and what it waits for. */
const occasionOf = ({ tif, parentId, conditions = [], conditionsCancelOrder }: OrderFacts): string =>
  JSON.stringify([tif || 'DAY', idOf(parentId), conditions, conditions.length > 0 && conditionsCancelOrder === true]);

const LATE_SECONDS = 1_200;

/** Delayed data bound no cost, and still tell a mistake of the hand. */
function lateReference({ seen }: OrderFacts): bigint | undefined {
  const isLate = seen?.source !== undefined && seen.source !== 'live' && seen.ageSeconds <= LATE_SECONDS;
  return isLate ? readPositive(seen.price) : undefined;
}

export const capRows = {
  'MAX-QUANTITY': row({
    ...sharedCodes['MAX-QUANTITY'],
    judge: eachOf((ask, { snapshot }) => {
      const { secType } = ask.contract;
      const size = readPositive(ask.order.totalQuantity);
      const cap = readDecimal(snapshot.policy.maxQuantity[secType]);
      if (size === undefined || cap === undefined || size <= cap) return NOTHING;
      const facts = { quantity: writeDecimal(size), cap: writeDecimal(cap), secType };
      return [{ facts, ask, severity: ask.opens ? undefined : 'warn' }];
    }),
  }),
  // In base currency.
  'MAX-NOTIONAL': row({
    ...sharedCodes['MAX-NOTIONAL'],
    when: ['valueCap'],
    judge: each((ask, context) => {
      const { snapshot } = context;
      const worth = cappedWorth(ask, context);
      if (worth === undefined || worth.notional === undefined || worth.notional <= worth.cap * ONE) return undefined;
      const { cap, notional } = worth;
      const fits = (size: bigint): boolean => (worthOf(ask, size, context) ?? 0n) <= cap * ONE;
      const isBySize = readPositive(ask.order.totalQuantity) !== undefined;
      return {
        notional: writeAmount(notional / ONE),
        cap: writeAmount(cap),
        currency: snapshot.base,
        maxQuantity: isBySize ? writeDecimal(lotSteps(ask.size ?? 0n, lotOf(ask), fits)) : undefined,
      };
    }),
  }),
  'NOTIONAL-UNKNOWN': row({
    ...sharedCodes['NOTIONAL-UNKNOWN'],
    when: ['valueCap'],
    judge: each((ask, context) => {
      const worth = cappedWorth(ask, context);
      if (worth === undefined || worth.notional !== undefined) return undefined;
      const { snapshot } = context;
      const { currency } = ask.contract;
      const isPriced = orderValue(ask, ask.size ?? 0n, context) !== undefined;
      return { missing: isPriced ? `rate from ${currency} to ${snapshot.base}` : 'price', currency: snapshot.base };
    }),
  }),
  // Passive prices never matter.
  'PRICE-COLLAR': row({
    ...sharedCodes['PRICE-COLLAR'],
    judge: each((ask, { snapshot }) => {
      const { order, contract } = ask;
      const collar = readDecimal(snapshot.policy.priceCollar);
      const price = readDecimal(order.lmtPrice);
      const reference = readPositive(order.reference) ?? lateReference(order);
      if (collar === undefined || contract.secType !== 'STK' || !LIMIT_TYPES.has(order.orderType)) return undefined;
      if (price === undefined || reference === undefined) return undefined;
      const low = reference * (ONE - collar);
      const high = reference * (ONE + collar);
      if (!(order.action === 'BUY' ? price * ONE > high : price * ONE < low)) return undefined;
      return {
        price: writeDecimal(price),
        reference: writeDecimal(reference),
        percent: writeDecimal(((absolute(price - reference) * 10_000n) / reference) * 10n ** 16n),
        low: writeDecimal(-(-low / ONE)),
        high: writeDecimal(high / ONE),
      };
    }),
  }),
  // The same order again within moments, unless it is meant.
  'DUPLICATE-ORDER': row({
    ...sharedCodes['DUPLICATE-ORDER'],
    judge: each((ask, { snapshot: { book, policy }, asks }) => {
      const { order, key, id, group } = ask;
      if (order.deliberate === true || order.act === 'modify') return undefined;
      const working = book.ordersByKey.get(key);
      if (working === undefined && asks.length === 1) return undefined;
      const isTwin = (old: WorkingOrder): boolean =>
        idOf(old.orderId) !== id &&
        old.action === order.action &&
        old.orderType === order.orderType &&
        same(old.totalQuantity ?? old.remaining, order.totalQuantity) &&
        REPEATED.every((price) => same(old[price], order[price])) &&
        limitOf(old) === limitOf(order) &&
        !isApartStop(old.trailStopPrice, order.trailStopPrice) &&
        occasionOf(old) === occasionOf(order);
      // One that has waited stood before all that still wait.
      const isEarlier = (old: WorkingOrder): boolean => order.hasWaited !== true || old.sentAt !== undefined;
      // Of members that block each other one fills.
      const isApart = (other: Ask): boolean => other.key === key && (group === undefined || other.group !== group);
      const member = asks.slice(0, asks.indexOf(ask)).find((other) => isApart(other) && isTwin(other.order));
      if (member !== undefined) return { orderId: member.id, age: '0' };
      const isYoung = (age: unknown): boolean => typeof age === 'number' && age <= policy.duplicateWindowSeconds;
      const twin = working?.find((old) => isEarlier(old) && isYoung(ageOf(old, order)) && isTwin(old));
      return twin && { orderId: idOf(twin.orderId) ?? 'a working order', age: String(ageOf(twin, order)) };
    }),
  }),
  // Symbols that may not be opened, or not be traded at all.
  RESTRICTED: row({
    ...sharedCodes.RESTRICTED,
    when: ['restrictions'],
    judge: each((ask, { snapshot }) => {
      const names = ({ symbol }: Restriction): boolean =>
        ask.contract.symbol === symbol || ask.contracts.some((one) => one.symbol === symbol);
      const hit = snapshot.policy.restricted.find((one) => names(one) && (one.mode === 'no-trade' || ask.opens));
      return hit && { symbol: hit.symbol, mode: hit.mode };
    }),
  }),
} as const;
