// The occasions on which a row can speak: of an order without them it need not be asked.
import type { Context } from '../context.js';
import { isUnset } from '../decimal.js';
import type { Assessment } from '../engine/assessment.js';
import type { Ask } from '../facts/ask.js';
import type { Contract } from '../facts/contract.js';
import { isInstruction } from '../facts/exercise.js';
import { isEngineKind } from '../facts/snapshot.js';

/** Occasions as bits, so that a row is passed over by one comparison. */
const BITS = {
  always: 1,
  /** The worst case finds something, where it is computed. */
  trouble: 1 << 1,
  sale: 1 << 2,
  /** What a what-if has answered. */
  answer: 1 << 3,
  /** Options are held beside what is traded. */
  besideOptions: 1 << 4,
  option: 1 << 5,
  future: 1 << 6,
  pair: 1 << 7,
  combination: 1 << 8,
  coin: 1 << 9,
  contractForDifference: 1 << 10,
  /** An exercise or a lapse. */
  instruction: 1 << 11,
  /** An amount of money beside the size or in its place. */
  amount: 1 << 12,
  /** A group of an advisor. */
  group: 1 << 13,
  /** Orders that leave together, or a child. */
  linked: 1 << 14,
  /** A contract that ends on a day. */
  expiring: 1 << 15,
  closed: 1 << 16,
  /** What policy and situation have besides, which most have not. */
  valueCap: 1 << 17,
  restrictions: 1 << 18,
  confirming: 1 << 19,
  corporateActions: 1 << 20,
  lossSales: 1 << 21,
} as const;

export type Occasion = keyof typeof BITS;

/** What an order for a contract of a kind, or with a leg of it, is an occasion for. */
const BY_KIND: ReadonlyMap<string, number> = new Map([
  ['OPT', BITS.option],
  ['FOP', BITS.option],
  ['FUT', BITS.future],
  ['CASH', BITS.pair],
  ['BAG', BITS.combination],
  ['CRYPTO', BITS.coin],
  ['CFD', BITS.contractForDifference],
  ['CMDTY', BITS.contractForDifference],
]);

export const bitsOf = (list: readonly Occasion[]): number => list.reduce((bits, one) => bits | BITS[one], 0);

const isClean = ({ shorts, uncovered, deficits, tooMany }: Assessment): boolean =>
  shorts.length === 0 && uncovered.length === 0 && deficits.length === 0 && tooMany === undefined;

function contractBits({ secType, underlying, expiry }: Contract, { snapshot: { book } }: Context): number {
  const kind = (BY_KIND.get(secType) ?? 0) | (expiry === undefined ? 0 : BITS.expiring);
  const isBeside = book.holdingsOf.get(underlying)?.some(({ contract }) => contract.secType === 'OPT') === true;
  return isBeside ? kind | BITS.besideOptions : kind;
}

function askBits({ order, contract, contracts, parentId }: Ask, context: Context): number {
  let bits = contractBits(contract, context);
  if (order.action === 'SELL') bits |= BITS.sale;
  if (order.answer !== undefined) bits |= BITS.answer;
  if (!isUnset(order.cashQty)) bits |= BITS.amount;
  if (!isUnset(order.faGroup)) bits |= BITS.group;
  if (order.pricesLegs === true) bits |= BITS.combination;
  if (order.session === 'closed') bits |= BITS.closed;
  if (isInstruction(order)) bits |= BITS.instruction;
  if (parentId !== undefined) bits |= BITS.linked;
  if (contract.secType === 'BAG') for (const leg of contracts) bits |= contractBits(leg, context);
  return bits;
}

const hasSome = (list: unknown): boolean => Array.isArray(list) && list.length > 0;

/** The occasions that orders, policy and situation give by themselves. */
export function plainOccasionsOf(context: Context): number {
  const { policy, situation } = context.snapshot;
  let bits: number = context.asks.length === 1 ? BITS.always : BITS.always | BITS.linked;
  for (const ask of context.asks) bits |= askBits(ask, context);
  if (policy.maxNotional !== null) bits |= BITS.valueCap;
  if (policy.restricted.length > 0) bits |= BITS.restrictions;
  if (policy.requireConfirmation) bits |= BITS.confirming;
  if (hasSome(situation.corporateActions)) bits |= BITS.corporateActions;
  if (hasSome(situation.linkedLossSales)) bits |= BITS.lossSales;
  return bits;
}

/** All of them: the worst case is computed. */
export function occasionsOf(context: Context, bits = plainOccasionsOf(context)): number {
  return isEngineKind(context.snapshot) && !isClean(context.worst()) ? bits | BITS.trouble : bits;
}
