// What one unit of an order trades: its line, or each leg of a combination at the market, and together at no worse than its limit.
import { multiplierOf, type Terms } from './books.js';
import { type Line, lineOf } from './world.js';

export interface Traded {
  readonly line: Line;
  readonly each: number;
  /** Cents. */
  readonly at: number;
}

export function tradedBy(terms: Terms, price: number): readonly Traded[] {
  const { conId, legs } = terms;
  if (legs === undefined) return [{ line: lineOf(conId) as Line, each: 1, at: price }];
  const traded = legs.map(({ conId, each }) => {
    const line = lineOf(conId) as Line;
    return { line, each, at: line.last };
  });
  return terms.lmt === undefined || terms.isLoose ? traded : netAt(price, traded);
}

/** Legs that fill together sum to the price of the combination: the dearest of them makes up for what the others are worth. */
function netAt(price: number, traded: readonly Traded[]): readonly Traded[] {
  const worth = ({ line, each, at }: Traded): number => each * multiplierOf(line) * at;
  const [dearest] = [...traded].sort((a, b) => Math.abs(worth(b)) - Math.abs(worth(a)));
  const stock = traded.find(({ line }) => line.secType === 'STK');
  const units = stock === undefined ? 100 : Math.abs(stock.each);
  const sum = traded.reduce((all, one) => all + worth(one), 0);
  return traded.map((one) =>
    one === dearest ? { ...one, at: one.at + (price * units - sum) / (one.each * multiplierOf(one.line)) } : one,
  );
}
