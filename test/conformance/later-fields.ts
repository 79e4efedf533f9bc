// Fields that the broker has named since the vectors were made. There their numbers stand for a field that nobody knows.

import { V } from '../../src/protocol/versions.js';

const LATER: { readonly [name: string]: number } = { conditionsIncludeOvernight: V.COND_ORDER_WITH_OVERNIGHT_PARAM };

/** What a reader sees who knows no more fields than a server of that version: records walked, the value itself untouched. */
export function knownAt<T>(serverVersion: number, value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((element) => knownAt(serverVersion, element)) as T;
  const known = Object.entries(value).filter(([name]) => (LATER[name] ?? 0) <= serverVersion);
  return Object.fromEntries(known.map(([name, inner]) => [name, knownAt(serverVersion, inner)])) as T;
}
