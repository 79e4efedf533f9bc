// Exact sums of what may be unknown.

import type { PortfolioRow } from '../client/accounts/portfolio.js';

export type Exact = PortfolioRow['marketValue'];

/** Undefined while one of them is not known, or none is there. */
export function sumOf(values: readonly Exact[]): Exact {
  return values.slice(1).reduce<Exact>((sum, value) => (value === undefined ? undefined : sum?.plus(value)), values[0]);
}
