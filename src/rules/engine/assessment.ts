// What the worst-case test is asked, and what it answers.
import type { Book } from '../facts/book.js';
import type { Terms } from './layout.js';
import type { Proposed } from './region.js';
import type { Reserves } from './reserves.js';

export interface Shortfall {
  readonly key: string;
  /** How far below zero, scaled. */
  readonly short: bigint;
}

export interface Uncovered {
  readonly underlying: string;
  /** Short calls without cover, scaled. */
  readonly calls: bigint;
}

/** What made a deficit: the requirement that rose, if one did. */
export type Cause = 'payment' | 'options' | 'futures' | 'fops';

export interface Deficit {
  readonly currency: string;
  readonly cause: Cause;
  /** Amounts. `needed` is everything at the worst vertex; `missing` what exceeds the free cash. */
  readonly needed: bigint;
  readonly missing: bigint;
  /** Need of positions and working orders alone at their worst. */
  readonly before: bigint;
  /** New orders that fill at the worst vertex. */
  readonly filled: readonly string[];
}

export interface TooMany {
  readonly underlying: string;
  readonly count: number;
  readonly ids: readonly string[];
}

export interface Assessment {
  readonly shorts: readonly Shortfall[];
  readonly uncovered: readonly Uncovered[];
  readonly deficits: readonly Deficit[];
  readonly tooMany: TooMany | undefined;
  /** Currencies of which the new orders need more than before. */
  readonly needsMore: ReadonlySet<string>;
  /** Vertices looked at. */
  readonly vertices: number;
}

export interface Question {
  readonly book: Book;
  readonly reserves: Reserves;
  readonly terms: Terms;
  readonly cap: number;
  readonly proposed: readonly Proposed[];
  /** Cash that may be spent, per currency, as amounts. */
  readonly available: (currency: string) => bigint;
  /** Working orders that are imagined to be cancelled. */
  readonly without?: ReadonlySet<string> | undefined;
}
