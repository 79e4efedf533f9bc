// The table of all known codes: found by number, listed by family.

import { connectivityCodes } from './codes/connectivity.js';
import { historyCodes } from './codes/history.js';
import { libraryCodes } from './codes/library.js';
import { marketDataCodes } from './codes/market-data.js';
import { orderAttributeCodes } from './codes/order-attributes.js';
import { orderBasicCodes } from './codes/order-basics.js';
import { orderExtendedCodes } from './codes/order-extended.js';
import { requestCodes } from './codes/requests.js';
import type { CodeRow } from './row.js';

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

const byCode: ReadonlyMap<number, CodeRow> = new Map(
  codeFamilies.flatMap(({ rows }) =>
    rows.flatMap((row) =>
      Array.from({ length: (row.to ?? row.code) - row.code + 1 }, (_, at): [number, CodeRow] => [row.code + at, row]),
    ),
  ),
);

/** The row of a code; undefined for a number that the table does not know, which proves nothing about how bad it is. */
export function lookup(code: number): CodeRow | undefined {
  return byCode.get(code);
}

/** The first text rule of the row that fits; undefined without a text or when none does. */
export function readText(row: CodeRow, text: string | undefined): NonNullable<CodeRow['texts']>[number] | undefined {
  return text === undefined ? undefined : row.texts?.find((rule) => rule.pattern.test(text));
}

/** Whether the row has this class, first or further. */
export function hasClass(row: CodeRow, of: CodeRow['class']): boolean {
  return row.class === of || (row.also?.includes(of) ?? false);
}
