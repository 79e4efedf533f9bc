// Texts of the gateway cut to a stated length where they enter, so that whatever keeps them is bounded.
import type { Incoming } from '../../protocol/registry.js';

/** Longest text of an error or notice, and of the JSON of a refused order. */
export const MOST_NOTICE_TEXT = 4_096;
/** Longest text in what is kept of orders, executions, positions and account values. */
export const MOST_FIELD_TEXT = 1_024;

/** The kinds whose texts somebody keeps, and how long one may be. What is long by nature (articles, XML) is not among them. */
const LONGEST: ReadonlyMap<string, number> = new Map<Incoming['kind'], number>([
  ['error', MOST_NOTICE_TEXT],
  ['openOrder', MOST_FIELD_TEXT],
  ['completedOrder', MOST_FIELD_TEXT],
  ['orderStatus', MOST_FIELD_TEXT],
  ['execDetails', MOST_FIELD_TEXT],
  ['commissionAndFeesReport', MOST_FIELD_TEXT],
  ['position', MOST_FIELD_TEXT],
  ['positionMulti', MOST_FIELD_TEXT],
  ['updatePortfolio', MOST_FIELD_TEXT],
  ['updateAccountValue', MOST_FIELD_TEXT],
  ['accountUpdateMulti', MOST_FIELD_TEXT],
  ['accountSummary', MOST_FIELD_TEXT],
  ['updateNewsBulletin', MOST_NOTICE_TEXT],
  ['tickNews', MOST_NOTICE_TEXT],
]);

/** At most so many letters; what is left out is counted behind them. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = isHighHalf(text.charCodeAt(most - 1)) ? most - 1 : most;
  return `${text.slice(0, end)}… (${text.length - end} more)`;
}

function isHighHalf(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00;
}

/** The message with its texts cut; the same object where none is too long, which the length of its frame tells without a look. */
export function withoutLongTexts(message: Incoming, bytes: number): Incoming {
  if (bytes <= MOST_FIELD_TEXT) return message; // the least of the limits
  const most = LONGEST.get(message.kind);
  return most === undefined || bytes <= most ? message : (shortened(message, most) as Incoming);
}

function shortened(value: unknown, most: number): unknown {
  if (typeof value === 'string') return cut(value, most);
  if (Array.isArray(value)) return value.map((one) => shortened(one, most));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, held]) => [name, shortened(held, most)]));
}
