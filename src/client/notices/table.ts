// The table of all known codes: found by number, listed by family.

import { connectivityCodes } from './codes/connectivity.js';
import { historyCodes } from './codes/history.js';
import { libraryCodes } from './codes/library.js';
import { marketDataCodes } from './codes/market-data.js';
import { orderAttributeCodes } from './codes/order-attributes.js';
import { orderBasicCodes } from './codes/order-basics.js';
import { orderExtendedCodes } from './codes/order-extended.js';
import { requestCodes } from './codes/requests.js';
import { CLASSES, type CodeRow } from './row.js';

/** All rows in families, for tables that people read. */
export const codeFamilies: readonly { readonly title: string; readonly rows: readonly CodeRow[] }[] = [
  { title: 'Connectivity and session', rows: connectivityCodes },
  { title: 'Any request', rows: requestCodes },
  { title: 'Market data', rows: marketDataCodes },
  { title: 'History, news, calendar', rows: historyCodes },
  { title: 'Orders', rows: orderBasicCodes },
  { title: 'Attributes of orders', rows: orderAttributeCodes },
  { title: 'Orders: combos, fractions, presets and newer rules', rows: orderExtendedCodes },
  { title: 'Made by client libraries', rows: libraryCodes },
];

let byCode: ReadonlyMap<number, CodeRow> | undefined;

/** Made when the first code comes, not when the library is loaded. */
function shipped(): ReadonlyMap<number, CodeRow> {
  byCode ??= new Map(codeFamilies.flatMap(({ rows }) => rows.flatMap(numbersOf)));
  return byCode;
}

function numbersOf(row: CodeRow): readonly [number, CodeRow][] {
  return Array.from({ length: (row.to ?? row.code) - row.code + 1 }, (_, at) => [row.code + at, row]);
}

const added = new Map<number, CodeRow>();

/**
 * Adds rows for codes that are newer than the table, or that a user knows better: from now on notices of every session are
 * read and explained by them. The row that was added last counts; what a code does to the session itself stays as it is.
 *
 * @returns the way to take these rows out again.
 * @throws {RangeError} for a row without a code, a class of the table, a meaning and a remedy. Nothing is added then.
 *
 * @example
 * addCodes([{ code: 10999, class: 'order', meaning: 'The venue is closed for this order.', remedy: 'Place it tomorrow.' }]);
 */
export function addCodes(rows: readonly CodeRow[]): () => void {
  for (const row of rows) checkRow(row);
  const mine: (readonly [number, CodeRow])[] = rows.flatMap(numbersOf);
  for (const [code, row] of mine) added.set(code, row);
  return () => {
    for (const [code, row] of mine) if (added.get(code) === row) added.delete(code);
  };
}

function checkRow(row: CodeRow): void {
  const { code, to = code, meaning, remedy } = row;
  const isCode = Number.isInteger(code) && code > 0 && Number.isInteger(to) && to >= code && to - code < 10_000;
  if (!isCode) throw new RangeError(`a row is for a code or a run of codes, not for ${code} to ${to}`);
  const classes: readonly string[] = [row.class, ...(row.also ?? [])];
  const strange = classes.find((one) => !(CLASSES as readonly string[]).includes(one));
  if (strange !== undefined) throw new RangeError(`code ${code}: the class ${strange} is none of ${CLASSES.join(', ')}`);
  if (!meaning || !remedy) throw new RangeError(`code ${code}: a row says what the code means and what to do`);
}

/** The row of a code; undefined for a number that the table does not know, which proves nothing about how bad it is. */
export function lookup(code: number): CodeRow | undefined {
  return added.get(code) ?? shipped().get(code);
}

/** The first text rule of the row that fits; undefined without a text or when none does. */
export function readText(row: CodeRow, text: string | undefined): NonNullable<CodeRow['texts']>[number] | undefined {
  return text === undefined ? undefined : row.texts?.find((rule) => rule.pattern.test(text));
}

/** Whether the row has this class, first or further. */
export function hasClass(row: CodeRow, of: CodeRow['class']): boolean {
  return row.class === of || (row.also?.includes(of) ?? false);
}
