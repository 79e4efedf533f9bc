// Answers as JSON: exact decimals, dates, maps and numbers that JSON has no word for keep what they are.

import Big from 'big.js';

const TAG = '$';

/** What stands for a value that JSON has no word for: its kind and its text or parts. */
type Tagged = { readonly [TAG]: string; readonly of: unknown };

function told(value: unknown): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? value : { [TAG]: 'number', of: String(value) };
  if (typeof value === 'bigint') return { [TAG]: 'bigint', of: String(value) };
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Date) return { [TAG]: 'date', of: value.getTime() };
  // Of whatever copy of the library: a decimal is what has its digits.
  if ('toFixed' in value && 'c' in value && 'e' in value && 's' in value) return { [TAG]: 'big', of: String(value) };
  if (Array.isArray(value)) return value.map(told);
  if (isMap(value)) return { [TAG]: 'map', of: [...value].map(([key, one]) => [told(key), told(one)]) };
  if (value instanceof Set) return { [TAG]: 'set', of: [...value].map(told) };
  const object: Record<string, unknown> = {};
  for (const [key, one] of Object.entries(value)) if (one !== undefined && typeof one !== 'function') object[key] = told(one);
  return TAG in object ? { [TAG]: 'object', of: Object.entries(object) } : object;
}

const isMap = (value: object): value is ReadonlyMap<unknown, unknown> =>
  value instanceof Map || ('get' in value && 'has' in value && 'size' in value && Symbol.iterator in value && !('add' in value));

function heard(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(heard);
  if (!(TAG in value)) return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, heard(one)]));
  const { [TAG]: kind, of } = value as Tagged;
  switch (kind) {
    case 'number':
      return Number(of);
    case 'bigint':
      return BigInt(of as string);
    case 'date':
      return new Date(of as number);
    case 'big':
      return new Big(of as string);
    case 'map':
      return new Map((of as [unknown, unknown][]).map(([key, one]) => [heard(key), heard(one)]));
    case 'set':
      return new Set((of as unknown[]).map(heard));
    case 'object':
      return Object.fromEntries((of as [string, unknown][]).map(([key, one]) => [key, heard(one)]));
    default:
      throw new TypeError(`no such kind of value: ${String(kind)}`);
  }
}

/** A value as text. Functions and `undefined` members are left out. */
export const toText = (value: unknown): string => JSON.stringify(told(value)) ?? 'null';
/** The value of a text. @throws {SyntaxError} {TypeError} */
export const fromText = (text: string): unknown => heard(JSON.parse(text));
