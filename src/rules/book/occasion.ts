// The occasions on which a row can speak: of an order without them it need not be asked.
import type { Context } from '../context.js';
import type { Assessment } from '../engine/assessment.js';
import type { Ask } from '../facts/ask.js';
import type { Contract } from '../facts/contract.js';
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

function contractBits({ secType, underlying }: Contract, { snapshot: { book } }: Context): number {
  const kind = BY_KIND.get(secType) ?? 0;
  const isBeside = book.holdingsOf.get(underlying)?.some(({ contract }) => contract.secType === 'OPT') === true;
  return isBeside ? kind | BITS.besideOptions : kind;
}

function askBits({ order, contract, contracts }: Ask, context: Context): number {
  let bits = contractBits(contract, context);
  if (order.action === 'SELL') bits |= BITS.sale;
  if (order.answer !== undefined) bits |= BITS.answer;
  if (contract.secType === 'BAG') for (const leg of contracts) bits |= contractBits(leg, context);
  return bits;
}

/** The occasions that a context gives. */
export function occasionsOf(context: Context): number {
  let bits: number = BITS.always;
  for (const ask of context.asks) bits |= askBits(ask, context);
  return isEngineKind(context.snapshot) && !isClean(context.worst()) ? bits | BITS.trouble : bits;
}
