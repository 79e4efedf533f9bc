// Whether what a gateway decoded is what the client put in.

import type { Codec } from '../../src/protocol/schema/codecs.js';
import type { MessageTable } from '../../src/protocol/schema/message.js';
import type { Row, Rows } from '../../src/protocol/schema/rows.js';
import { isNumber, plainDecimal } from './frame-fields.js';
import { isObject } from './json.js';
import type { Input } from './request-input.js';

/** Paths that the frame carries; a row that is not among them says nothing about the input. */
export type Carried = (path: string) => boolean;

/** First place where decoded and input differ; undefined when they say the same. */
export function echoDifference(table: MessageTable, decoded: object, input: Input, isCarried: Carried): string | undefined {
  return difference(table.rows, decoded as Input, input, '', isCarried);
}

function difference(rows: Rows, decoded: Input, input: Input, path: string, isCarried: Carried): string | undefined {
  for (const [name, row] of Object.entries(rows)) {
    const at = path === '' ? name : `${path}.${name}`;
    const found = rowDifference(row, decoded[name], input[name], at, isCarried);
    if (found !== undefined) return found;
  }
  return undefined;
}

function rowDifference(row: Row, decoded: unknown, input: unknown, at: string, isCarried: Carried): string | undefined {
  switch (row.row) {
    case 'record':
      return difference(row.record.rows, (decoded ?? {}) as Input, (input ?? {}) as Input, at, isCarried);
    case 'field':
      if (row.told || !isCarried(at)) return undefined;
      return sameValue(row.codec, decoded, input) ? undefined : `${at} is ${show(decoded)}, not ${show(input)}`;
    default: {
      const [ours, theirs] = [(decoded ?? []) as readonly unknown[], (input ?? []) as readonly unknown[]];
      if (!isCarried(at)) return undefined;
      if (row.row !== 'list')
        return JSON.stringify(sorted(ours)) === JSON.stringify(sorted(theirs))
          ? undefined
          : `${at} is ${show(ours)}, not ${show(theirs)}`;
      if (ours.length !== theirs.length) return `${at} has ${ours.length} elements, not ${theirs.length}`;
      for (const [i, element] of ours.entries()) {
        const found = difference(row.record.rows, element as Input, theirs[i] as Input, `${at}[${i}]`, (inner) =>
          isCarried(inner.replace(`${at}[${i}]`, at)),
        );
        if (found !== undefined) return found;
      }
      return undefined;
    }
  }
}

// Tags come as a map in protobuf: order is lost, and of two equal tags the first.
function sorted(list: readonly unknown[]): readonly string[] {
  const tags = new Map<unknown, string>();
  for (const element of list) tags.set(isObject(element) ? element['tag'] : element, JSON.stringify(element));
  return [...tags.values()].sort();
}

function show(value: unknown): string {
  return value === undefined ? 'unset' : JSON.stringify(value);
}

function sameValue(codec: Codec<unknown>, decoded: unknown, input: unknown): boolean {
  const [a, b] = [plain(codec, decoded), plain(codec, input)];
  return a === b || (typeof a === 'number' && typeof b === 'number' && Number.isNaN(a) && Number.isNaN(b));
}

/** Without what says no more than "not set", numbers in one form. */
function plain(codec: Codec<unknown>, value: unknown): unknown {
  if (value === undefined || value === '' || codec.nothing.includes(value)) return undefined;
  if (typeof value === 'number' && codec.read === 'decimal') return plainDecimal(String(value));
  return typeof value === 'string' && isNumber(value) ? plainDecimal(value) : value;
}
