// Does a file read as it should? Everything the expected JSON says must be so; decimals are compared by value.

import Big from 'big.js';
import { decimalOf } from './decimal.js';

/** Words of the expected files that are for people. */
const REMARKS: ReadonlySet<string> = new Set(['note', 'check', 'about', 'grade', 'source']);

function isSame(expected: unknown, actual: unknown): boolean {
  if (expected === actual) return true;
  const [a, b] = [decimalOf(expected), decimalOf(actual)];
  return a !== undefined && b !== undefined && new Big(a).eq(b);
}

/** Paths where `actual` is not what is expected; a list must have the same length. */
export function differences(expected: unknown, actual: unknown, path = ''): readonly string[] {
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual)) return [`${path}: a list is expected`];
    if (actual.length !== expected.length) return [`${path}: ${expected.length} are expected, ${actual.length} are there`];
    return expected.flatMap((item, index) => differences(item, actual[index], `${path}[${index}]`));
  }
  if (typeof expected === 'object' && expected !== null) {
    if (typeof actual !== 'object' || actual === null)
      return [`${path}: an object is expected, ${JSON.stringify(actual)} is there`];
    return Object.entries(expected).flatMap(([key, value]) =>
      REMARKS.has(key) ? [] : differences(value, (actual as Record<string, unknown>)[key], path === '' ? key : `${path}.${key}`),
    );
  }
  if (expected === null && actual === undefined) return [];
  return isSame(expected, actual) ? [] : [`${path}: ${JSON.stringify(expected)} is expected, ${JSON.stringify(actual)} is there`];
}

/** In a transaction of ours these may not stand when the expected one has nothing of the kind. */
const TELLING = ['quantity', 'price', 'fees', 'amount', 'settle', 'asOf', 'reinvestment', 'cashEquivalent', 'option', 'symbol'];

/** What we say beyond the expected about transactions: more than is true is as wrong as less. */
export function excesses(expected: unknown, actual: unknown): readonly string[] {
  const [wanted, given] = [expected, actual].map(
    (one) => (one as { transactions?: readonly Record<string, unknown>[] }).transactions ?? [],
  );
  return wanted!.flatMap((one, index) =>
    TELLING.filter((key) => !(key in one) && given![index]?.[key] != null).map(
      (key) => `transactions[${index}].${key}: nothing is expected`,
    ),
  );
}
