// The occasions on which a row can speak: of an order without them it need not be asked.
import type { Context } from '../context.js';
import type { Assessment } from '../engine/assessment.js';
import { isEngineKind } from '../facts/snapshot.js';

/** One of the orders is for a contract of these kinds, or has a leg of them. */
const of =
  (...kinds: readonly string[]) =>
  ({ asks }: Context): boolean =>
    asks.some(({ contract, contracts }) =>
      kinds.some((kind) => contract.secType === kind || contracts.some(({ secType }) => secType === kind)),
    );

const isClean = ({ shorts, uncovered, deficits, tooMany }: Assessment): boolean =>
  shorts.length === 0 && uncovered.length === 0 && deficits.length === 0 && tooMany === undefined;

const occasions = {
  always: () => true,
  /** The worst case finds something, where it is computed. */
  trouble: (context) => isEngineKind(context.snapshot) && !isClean(context.worst()),
  sale: ({ asks }) => asks.some(({ order }) => order.action === 'SELL'),
  answer: ({ asks }) => asks.some(({ order }) => order.answer !== undefined),
  option: of('OPT', 'FOP'),
  future: of('FUT'),
  pair: of('CASH'),
  combination: of('BAG'),
  coin: of('CRYPTO'),
  contractForDifference: of('CFD', 'CMDTY'),
  /** Options are held beside what is traded. */
  besideOptions: ({ asks, snapshot: { book } }) =>
    asks.some(({ contracts }) =>
      contracts.some(({ underlying }) => book.holdingsOf.get(underlying)?.some(({ contract }) => contract.secType === 'OPT')),
    ),
} satisfies Record<string, (context: Context) => boolean>;

export type Occasion = keyof typeof occasions;
const names = Object.keys(occasions) as readonly Occasion[];
const judges = Object.values(occasions) as readonly ((context: Context) => boolean)[];

/** Occasions as bits, so that a row is passed over by one comparison. */
export const bitsOf = (list: readonly Occasion[]): number => list.reduce((bits, one) => bits | (1 << names.indexOf(one)), 0);

/** The occasions that a context gives, as bits. */
export function occasionsOf(context: Context): number {
  let bits = 0;
  for (let at = 0; at < judges.length; at++) if (judges[at]?.(context) === true) bits |= 1 << at;
  return bits;
}
