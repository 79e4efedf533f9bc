// Executions that the numbers or the positions of an account do not show yet: they count as still working.
import Big from 'big.js';
import type { Fill } from '../record/fills.js';
import type { Trade } from '../trade.js';

/** When the account's numbers were last told, epoch milliseconds, and what is held of a contract. */
export interface Shown {
  now(): number;
  numbersAt(): number;
  held(conId: number): Big;
}

export interface Unshown {
  /** `isAnswer`: a question has told of it, which positions have shown before. */
  add(trade: Trade, fill: Fill, isAnswer: boolean): void;
  /** What was executed of an order and is not shown; undefined: nothing. */
  of(trade: Trade): Big | undefined;
  /** Orders of which something may be. */
  readonly trades: readonly Trade[];
  /** Positions were told after the last execution of an order. */
  isPlaced(trade: Trade): boolean;
  /** The list of holdings is whole. */
  listed(): void;
  /** A holding is told. `isFirst`: with the whole list. False: the executions that were told do not explain the change. */
  told(conId: number, position: Big, isFirst: boolean): boolean;
  /** All executions have been asked for. */
  compared(): void;
}

interface Entry {
  readonly at: number;
  /** How many rows of positions had been told: the next one may come in the same millisecond. -1: one has shown it already. */
  rows: number;
  readonly filled: Big;
  readonly conId: number;
  readonly isCombination: boolean;
  readonly isAnswer: boolean;
  /** Of a sale, what is left of the holding once it is shown; its proceeds are not counted before the numbers come. */
  readonly left: Big | undefined;
}

const NONE = new Big(0);

export function createUnshown({ now, numbersAt, held }: Shown): Unshown {
  let rows = 0;
  const entries = new Map<Trade, readonly Entry[]>();
  const holdings = new Map<number, Big>();
  /** Executions less changes of the holding. */
  const balances = new Map<number, Big>();
  const add = (sums: Map<number, Big>, conId: number, by: Big): Big => {
    const sum = (sums.get(conId) ?? NONE).plus(by);
    sums.set(conId, sum);
    return sum;
  };

  // A row that is told between two sales shows the first alone.
  const leftAfter = (conId: number, sold: Big): Big => {
    const waiting = [...entries.values()].flat().filter((entry) => entry.conId === conId && !isShown(entry));
    const sums = [held(conId), ...waiting.flatMap(({ left }) => left ?? [])];
    return sums.reduce((least, sum) => (sum.lt(least) ? sum : least)).minus(sold);
  };
  const isShown = ({ at, conId, isAnswer, left, rows: before }: Entry): boolean =>
    (at < numbersAt() && (isAnswer || before < rows)) || (left !== undefined && held(conId).lte(left));

  return {
    add(trade, fill, isAnswer) {
      const { side, shares, contract } = fill;
      const conId = contract?.conId ?? 0;
      const isExplained = !isAnswer && add(balances, conId, side === 'SLD' ? shares.neg() : shares).eq(0);
      if (isAnswer && side === 'SLD') return;
      // The row of a combination is that of no holding.
      const isCombination = contract?.secType === 'BAG';
      const isSale = side === 'SLD' && conId !== 0 && !isCombination;
      const left = isSale ? leftAfter(conId, shares) : undefined;
      const entry = { at: now(), rows, filled: shares, conId, isCombination, isAnswer, left };
      entries.set(trade, [...(entries.get(trade) ?? []), entry]);
      // Its row came before it: no other one follows.
      if (isExplained)
        for (const one of [...entries.values()].flat()) if (one.conId === conId && one.left === undefined) one.rows = -1;
    },
    of(trade) {
      const all = (entries.get(trade) ?? []).filter((entry) => !isShown(entry));
      if (all.length === 0) entries.delete(trade);
      else entries.set(trade, all);
      // Executions of legs are none of the whole.
      const own = trade.contract?.secType === 'BAG' ? all.filter(({ isCombination }) => isCombination) : all;
      return own.length === 0 ? undefined : own.reduce((sum, { filled }) => sum.plus(filled), NONE);
    },
    get trades() {
      return [...entries.keys()];
    },
    isPlaced: (trade) => (entries.get(trade)?.at(-1)?.rows ?? -1) < rows,
    listed() {
      rows++;
    },
    told(conId, position, isFirst) {
      rows++;
      const change = position.minus(holdings.get(conId) ?? NONE);
      holdings.set(conId, position);
      return isFirst || add(balances, conId, change.neg()).eq(0);
    },
    compared: () => balances.clear(),
  };
}
