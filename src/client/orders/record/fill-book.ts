// The fills of one order: kept by execution, corrections replace, sums in exact decimals. It never changes; taking in makes another.
import Big from 'big.js';
import { type Keyed, KeyedMap } from '../../../input/keyed.js';
import type { Fill, FillChange, FillCommission } from './fills.js';
import { type CommissionReport, comparedRevisions, type Revision, revisionOf } from './revisions.js';
import { Rows } from './rows.js';

interface Kept {
  readonly fill: Fill;
  readonly revision: Revision;
  readonly commissionOf: Revision | undefined;
}

const ZERO = new Big(0);
const NOWHERE: Map<string, number> = new Map();

/** What a book has counted. */
interface Sums {
  readonly filled: Big;
  readonly value: Big;
  /** Executions whose commission has not been reported. */
  readonly unreported: number;
}

export class FillBook {
  /** An order whose quantity only its own executions move, not those of its legs. */
  readonly #isCombination: boolean;
  readonly #rows: Rows<Kept>;
  /** Places by stem. Shared with the books that came of this one: places from `rows.size` on are theirs. */
  readonly #places: Map<string, number>;
  readonly #sums: Sums;
  #list: readonly Fill[] | undefined;

  private constructor(isCombination: boolean, rows: Rows<Kept>, places: Map<string, number>, sums: Sums) {
    this.#isCombination = isCombination;
    this.#rows = rows;
    this.#places = places;
    this.#sums = sums;
  }

  static of(secType: string | undefined): FillBook {
    return new FillBook(secType === 'BAG', Rows.none(), NOWHERE, { filled: ZERO, value: ZERO, unreported: 0 });
  }

  /** The same fills, counted for a contract that is known better now. */
  for(secType: string | undefined): FillBook {
    if ((secType === 'BAG') === this.#isCombination) return this;
    const empty = FillBook.of(secType);
    const { unreported } = this.#sums;
    const sums = this.all.reduce((sum, fill) => empty.counted(sum, fill, 1), { ...empty.#sums, unreported });
    return new FillBook(empty.#isCombination, this.#rows, this.#places, sums);
  }

  /** Executed quantity. */
  get filled(): Big {
    return this.#sums.filled;
  }

  /** In the order in which they were first told of. */
  get all(): readonly Fill[] {
    this.#list ??= Object.freeze(this.#rows.toArray().map(({ fill }) => fill));
    return this.#list;
  }

  get size(): number {
    return this.#rows.size;
  }

  /** The execution in its latest revision. */
  get(execId: string): Fill | undefined {
    return this.#rows.get(this.placeOf(revisionOf(execId).stem))?.fill;
  }

  /** Undefined before the first fill. */
  get averagePrice(): Big | undefined {
    return this.filled.eq(0) ? undefined : this.#sums.value.div(this.filled);
  }

  /** Reported so far, by currency. */
  get commissions(): Keyed<string, Big> {
    return this.sum((commission) => commission.amount);
  }

  /** Reported so far, by currency. */
  get realizedPnl(): Keyed<string, Big> {
    return this.sum((commission) => commission.realizedPnl);
  }

  /** Executed quantity of one instrument, as of a leg. */
  sharesOf(conId: number | undefined): Big {
    let sum = ZERO;
    for (const { fill } of this.#rows) if (fill.contract?.conId === conId) sum = sum.plus(fill.shares);
    return sum;
  }

  /** Every execution has its commission report; of a combination those of its legs too, which carry what was paid. */
  get isReported(): boolean {
    return this.#sums.unreported === 0;
  }

  add(fill: Fill): readonly [FillBook, FillChange] {
    const revision = revisionOf(fill.execId);
    const place = this.placeOf(revision.stem);
    const known = this.#rows.get(place);
    const sums = this.#sums;
    if (known === undefined) {
      const counted = { ...this.counted(sums, fill, 1), unreported: sums.unreported + 1 };
      return [this.with(place, { fill, revision, commissionOf: undefined }, counted), { is: 'new', fill }];
    }
    if (comparedRevisions(revision, known.revision) <= 0) return [this, { is: 'known' }];
    const before = known.fill;
    const after = { ...fill, commission: before.commission, corrections: before.corrections + 1 };
    const counted = this.counted(this.counted(sums, before, -1), after, 1);
    return [this.with(place, { ...known, fill: after, revision }, counted), { is: 'corrected', fill: after, before }];
  }

  /** Takes a commission report in; no fill when the execution is not here, or nothing new is said. */
  report(report: CommissionReport): readonly [FillBook, Fill | undefined] {
    const revision = revisionOf(report.execId);
    const place = this.placeOf(revision.stem);
    const known = this.#rows.get(place);
    if (known === undefined) return [this, undefined];
    if (known.commissionOf !== undefined && comparedRevisions(revision, known.commissionOf) < 0) return [this, undefined];
    const { commission } = report;
    const old = known.fill.commission;
    const isSame =
      old?.amount.eq(commission.amount) === true &&
      old.currency === commission.currency &&
      String(old.realizedPnl) === String(commission.realizedPnl);
    const fill = isSame ? known.fill : { ...known.fill, commission };
    const sums = this.#sums;
    const counted = old === undefined ? { ...sums, unreported: sums.unreported - 1 } : sums;
    return [this.with(place, { ...known, fill, commissionOf: revision }, counted), isSame ? undefined : fill];
  }

  /** The place after the last for an execution that is not here. */
  private placeOf(stem: string): number {
    return Math.min(this.#places.get(stem) ?? this.#rows.size, this.#rows.size);
  }

  private with(place: number, kept: Kept, sums: Sums): FillBook {
    let places = this.#places;
    if (place === this.#rows.size) {
      // Only the newest book of a line may add to the places; one that others have come of takes its own.
      if (places.size !== place || place === 0) places = new Map([...places].filter(([, at]) => at < place));
      places.set(kept.revision.stem, place);
    }
    return new FillBook(this.#isCombination, this.#rows.with(place, kept), places, sums);
  }

  private counted(sums: Sums, fill: Fill, sign: 1 | -1): Sums {
    if (this.#isCombination && fill.contract?.secType !== 'BAG') return sums;
    const shares = fill.shares.times(sign);
    return { ...sums, filled: sums.filled.plus(shares), value: sums.value.plus(shares.times(fill.price)) };
  }

  private sum(part: (commission: FillCommission) => Big | undefined): Keyed<string, Big> {
    const sums = new KeyedMap<string, Big>();
    for (const { fill } of this.#rows) {
      if (fill.commission === undefined) continue;
      const amount = part(fill.commission);
      if (amount !== undefined) sums.set(fill.commission.currency, (sums.get(fill.commission.currency) ?? ZERO).plus(amount));
    }
    return sums;
  }
}
