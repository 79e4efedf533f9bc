// What the numbers in the column `field` stand for.

import { greeksParts } from '../quote.js';
import { greeksFields, numberFields, quoteFields, textFields, tickTypeOf } from '../tick-types.js';

/**
 * Names of the fields, by the number in the column: those of a quote in the order of `quoteFields`, each part of the Greeks by a name of
 * its own (`modelGreeks.delta`), and `dataType` (1 live, 2 frozen, 3 delayed, 4 delayed frozen).
 */
export const columnFields: readonly string[] = [
  ...numberFields,
  ...textFields,
  ...greeksFields.flatMap((field) => greeksParts.map((part) => `${field}.${part}`)),
  'dataType',
];

export const DATA_TYPE = columnFields.length - 1;

/** Texts that are a number: seconds since 1970. */
const TIMES: ReadonlySet<string> = new Set(['lastTimestamp', 'lastRegTime']);
const FIRST_GREEKS = numberFields.length + textFields.length;

/** A tick type that no table knows. */
export function unknownField(tickType: number): number {
  return -1 - tickType;
}

/** Of a number or text type: its field. */
export function fieldOf(tickType: number): number {
  return tickTypeOf(tickType)?.at ?? unknownField(tickType);
}

/** Field of the first part of the Greeks of a tick type; the others follow. */
export function firstGreeksField(tickType: number): number | undefined {
  const type = tickTypeOf(tickType);
  if (type === undefined || type.at < FIRST_GREEKS) return undefined;
  return FIRST_GREEKS + (type.at - FIRST_GREEKS) * greeksParts.length;
}

const areTimes: readonly boolean[] = quoteFields.map((field) => TIMES.has(field));

export function isTime(field: number): boolean {
  return areTimes[field] === true;
}
