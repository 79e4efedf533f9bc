// Initial margin of what an order opens, estimated where the book allows it, in base currency.
import { absolute, amountOf, CUBE_TO_AMOUNT, larger, ONE, readDecimal, readPositive, smaller } from '../decimal.js';
import { type Ask, heldOf, readAsk, sameSide } from './ask.js';
import type { Contract } from './contract.js';
import { amountFor } from './effect.js';
import { limitOf } from './order-types.js';
import type { Snapshot } from './snapshot.js';
import { costOf, worstPrice } from './worst-price.js';

/** What is missing for an estimate: the broker's answer, a price, an exchange rate, the account's equity. */
export type Missing = 'answer' | 'price' | 'rate' | 'netLiquidation';

export interface OpeningMargin {
  readonly amount: bigint;
  readonly unknown?: Missing;
}

const HALF = ONE / 2n;
const SMALL_ACCOUNT = 2_000n * ONE;
const FIFTH = ONE / 5n;
const TENTH = ONE / 10n;

/** Standard naked option formula per share, scaled: the larger of 20 percent less what is out of the money, and 10 percent. */
export function nakedPerShare(contract: Contract, underlying: bigint): bigint {
  const strike = contract.strike ?? 0n;
  const isCall = contract.right === 'C';
  const away = larger(0n, isCall ? strike - underlying : underlying - strike);
  return larger((FIFTH * underlying) / ONE - away, (TENTH * (isCall ? underlying : strike)) / ONE);
}

/** Calls of an order that held shares cover, after working sales and calls that are already written. */
function coveredCalls(ask: Ask, snapshot: Snapshot): bigint {
  const { contract } = ask;
  if (contract.right !== 'C' || !contract.standard || contract.multiplier === undefined) return 0n;
  let shares = 0n;
  let written = 0n;
  for (const holding of snapshot.book.holdingsOf.get(contract.underlying) ?? []) {
    if (holding.contract.secType === 'STK') shares += holding.quantity - sameSide(holding.key, -1n, ask.id, ask.group, snapshot);
    if (holding.contract.secType === 'OPT' && holding.contract.right === 'C' && holding.quantity < 0n)
      written -= holding.quantity;
  }
  for (const slot of snapshot.book.slotsOf.get(contract.underlying) ?? []) {
    if (slot.id === ask.id || (ask.group !== undefined && slot.group === ask.group)) continue;
    for (const change of slot.effect.changes)
      if (change.contract.right === 'C' && change.quantity < 0n) written -= change.quantity;
  }
  return larger(0n, (larger(0n, shares) / contract.multiplier) * ONE - written);
}

function inBase(amount: bigint, currency: string, snapshot: Snapshot): OpeningMargin {
  const rate = snapshot.rate(currency);
  return rate === undefined ? { amount: 0n, unknown: 'rate' } : { amount: (amount * rate) / ONE };
}

function optionMargin(ask: Ask, snapshot: Snapshot): OpeningMargin {
  const { order, contract } = ask;
  if (order.action === 'BUY') {
    const price = worstPrice(order, snapshot.policy);
    const premium = price === undefined ? undefined : costOf(contract, ask.openSize, price);
    return premium === undefined ? { amount: 0n, unknown: 'price' } : inBase(premium, contract.currency, snapshot);
  }
  if (contract.secType === 'FOP') return { amount: 0n, unknown: 'answer' };
  const naked = larger(0n, ask.openSize - smaller(ask.openSize, coveredCalls(ask, snapshot)));
  if (naked === 0n) return { amount: 0n };
  const underlying = readPositive(order.underlyingPrice);
  if (underlying === undefined || contract.multiplier === undefined) return { amount: 0n, unknown: 'answer' };
  return inBase(naked * contract.multiplier * nakedPerShare(contract, underlying) * CUBE_TO_AMOUNT, contract.currency, snapshot);
}

/** A pair in a margin account: what of the paid side would be borrowed counts in full. */
function pairMargin(ask: Ask, snapshot: Snapshot): OpeningMargin {
  const effect = ask.effects[0];
  if (effect === undefined) return { amount: 0n };
  if (!effect.isBounded) return { amount: 0n, unknown: 'price' };
  const borrowed = effect.pays - larger(0n, snapshot.cash(effect.currency));
  return borrowed <= 0n ? { amount: 0n } : inBase(borrowed, effect.currency, snapshot);
}

function valueMargin(ask: Ask, snapshot: Snapshot): OpeningMargin {
  const { order, contract } = ask;
  const amount = amountFor(order);
  const limit = limitOf(order) ?? readPositive(order.reference);
  const price = order.action === 'SELL' ? limit && limit * ONE : worstPrice(order, snapshot.policy);
  const value = amount === undefined ? price && costOf(contract, ask.openSize, price) : amountOf(amount);
  if (value === undefined) return { amount: 0n, unknown: 'price' };
  const equity = readDecimal(snapshot.account.netLiquidation);
  const stated = readPositive(contract.facts.marginRate);
  if (contract.secType !== 'STK') return inBase((value * (stated ?? ONE)) / ONE, contract.currency, snapshot);
  if (equity === undefined) return { amount: 0n, unknown: 'netLiquidation' };
  const rate = equity < SMALL_ACCOUNT ? ONE : (stated ?? HALF);
  return inBase((value * rate) / ONE, contract.currency, snapshot);
}

/** Shares that a call brings at its strike. Those that a put would sell short are not estimated. */
function deliveryMargin({ contract, effects: [effect] }: Ask, snapshot: Snapshot): OpeningMargin {
  if (effect?.isBounded !== true || contract.right !== 'C') return { amount: 0n, unknown: 'answer' };
  const equity = readDecimal(snapshot.account.netLiquidation);
  if (equity === undefined) return { amount: 0n, unknown: 'netLiquidation' };
  return inBase((effect.pays * (equity < SMALL_ACCOUNT ? ONE : HALF)) / ONE, effect.currency, snapshot);
}

function estimate(ask: Ask, snapshot: Snapshot): OpeningMargin {
  const { contract, order } = ask;
  if (order.act === 'exercise') return deliveryMargin(ask, snapshot);
  if (contract.secType === 'BAG') return { amount: 0n, unknown: 'answer' };
  if (contract.secType === 'CASH') return pairMargin(ask, snapshot);
  if (contract.secType === 'OPT' || contract.secType === 'FOP') return optionMargin(ask, snapshot);
  if (contract.secType !== 'FUT') return valueMargin(ask, snapshot);
  if (contract.margin === undefined) return { amount: 0n, unknown: 'answer' };
  return inBase(ask.openSize * absolute(contract.margin) * ONE * CUBE_TO_AMOUNT, contract.currency, snapshot);
}

/**
 * Initial margin of the opening part of an order: nothing for a closing order or a covered call. A what-if answer replaces an
 * estimate that cannot be made and raises one that is lower; in portfolio margin nothing but the answer counts.
 */
export function openingMargin(ask: Ask, snapshot: Snapshot): OpeningMargin {
  if (!ask.opens) return { amount: 0n };
  const answer = readDecimal(ask.order.answer?.initMarginChange);
  const answered = answer === undefined ? undefined : amountOf(larger(0n, answer));
  if (snapshot.kind === 'portfolio-margin')
    return answered === undefined ? { amount: 0n, unknown: 'answer' } : { amount: answered };
  const estimated = estimate(ask, snapshot);
  if (answered === undefined) return estimated;
  return { amount: estimated.unknown === undefined ? larger(estimated.amount, answered) : answered };
}

export interface WorkingMargin {
  readonly amount: bigint;
  /** First working order whose margin cannot be told. */
  readonly unknown: string | undefined;
}

const known = new WeakMap<Snapshot, { readonly all: WorkingMargin; readonly each: ReadonlyMap<string, OpeningMargin> }>();

/** Initial margin of the opening working orders, those in `without` left out. */
export function workingMargin(snapshot: Snapshot, without: ReadonlySet<string>): WorkingMargin {
  let found = known.get(snapshot);
  if (found === undefined) {
    const each = new Map<string, OpeningMargin>();
    let amount = 0n;
    let unknown: string | undefined;
    for (const [id, slots] of snapshot.book.slotsById) {
      const order = slots[0]?.order;
      if (order === undefined) continue;
      const ask = readAsk(
        { ...order, totalQuantity: order.remaining ?? order.totalQuantity, orderId: undefined },
        0,
        snapshot,
        [],
      );
      const own = openingMargin({ ...ask, ...openPart(ask, snapshot) }, snapshot);
      each.set(id, own);
      amount += own.amount;
      if (own.unknown !== undefined && (unknown === undefined || id < unknown)) unknown = id;
    }
    found = { all: { amount, unknown }, each };
    known.set(snapshot, found);
  }
  let { amount, unknown } = found.all;
  for (const id of without) amount -= found.each.get(id)?.amount ?? 0n;
  if (unknown !== undefined && without.has(unknown)) {
    unknown = [...found.each]
      .filter(([id, margin]) => margin.unknown !== undefined && !without.has(id))
      .map(([id]) => id)
      .sort()[0];
  }
  return { amount, unknown };
}

/** What of a working order opens: measured against the position alone, so that exits never need margin. */
function openPart(ask: Ask, snapshot: Snapshot): { opens: boolean; openSize: bigint } {
  if (ask.contract.secType === 'CASH') return { opens: true, openSize: ask.size ?? 0n };
  let opens = false;
  let openSize = 0n;
  for (const change of ask.effects.flatMap((effect) => effect.changes)) {
    const held = heldOf(snapshot.book.keyOf(change.contract), snapshot);
    const opposite = held > 0n !== change.quantity > 0n ? absolute(held) : 0n;
    const excess = absolute(change.quantity) - opposite;
    if (excess > 0n) opens = true;
    openSize = larger(openSize, smaller(absolute(change.quantity), larger(0n, excess)));
  }
  const isChild = ask.parentId !== undefined && snapshot.book.slotsById.has(ask.parentId);
  return isChild ? { opens: false, openSize: 0n } : { opens, openSize };
}
