// The one table of calls that only read, of the core's facades: the desk answers exactly these, and consumers have exactly these.

import type { Ib } from 'ibwire';

/** By facade: the calls whose answers are plain data. */
export const reads = {
  contracts: ['qualify', 'qualifyMany', 'details', 'search', 'marketRule', 'hours', 'isOpen', 'nextOpen'],
  history: ['bars', 'headTimestamp', 'histogram', 'schedule'],
  market: ['depthExchanges', 'smartComponents'],
  options: ['parameters', 'chain', 'greeks', 'calculateImpliedVolatility', 'calculateOptionPrice'],
  scanner: ['parameters', 'run'],
  news: ['providers', 'article', 'historical'],
} as const satisfies { readonly [F in keyof Ib]?: readonly (keyof Ib[F])[] };

/** The same, of one account: it is part of the subject, so that the server's permissions say who may read it. */
export const accountReads = ['positions', 'numbers'] as const satisfies readonly (keyof Ib['accounts'])[];

export type ReadFamily = keyof typeof reads;
type Calls<F extends ReadFamily> = (typeof reads)[F][number] & keyof Ib[F];
/** A facade of the core with its reading calls alone. */
export type Reading<F extends ReadFamily> = Pick<Ib[F], Calls<F>>;

/** Whether `family.name` is a row of the table. */
export function isRead(call: string): call is `${ReadFamily}.${string}` {
  const [family = '', name = '', ...more] = call.split('.');
  return more.length === 0 && Object.hasOwn(reads, family) && (reads[family as ReadFamily] as readonly string[]).includes(name);
}
