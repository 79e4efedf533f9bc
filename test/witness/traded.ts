// What one unit of an order trades: its line, or each leg of a combination at the market.
import type { Terms } from './books.js';
import { type Line, lineOf } from './world.js';

export interface Traded {
  readonly line: Line;
  readonly each: number;
  /** Cents. */
  readonly at: number;
}

export function tradedBy({ conId, legs }: Terms, price: number): readonly Traded[] {
  if (legs === undefined) return [{ line: lineOf(conId) as Line, each: 1, at: price }];
  return legs.map(({ conId, each }) => {
    const line = lineOf(conId) as Line;
    return { line, each, at: line.last };
  });
}
