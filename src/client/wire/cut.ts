// Texts of the gateway cut to a stated length where they enter, so that whatever keeps them is bounded.
import type { Incoming } from '../../protocol/registry.js';
import { cut } from '../../protocol/visible-text.js';

/** Longest text of an error, a notice, a headline or a tick, and of the JSON of a refused order. */
export const MOST_NOTICE_TEXT = 4_096;
/** Longest text of any other field. */
export const MOST_FIELD_TEXT = 1_024;
/** Longest text in contract details: trading hours and rules of a month. */
const MOST_LIST_TEXT = 16_384;

/** Texts that a kind may have longer, and those that are long by nature, which the length of a frame alone bounds. */
const LONGEST: ReadonlyMap<string, number> = new Map<Incoming['kind'], number>([
  ['error', MOST_NOTICE_TEXT],
  ['updateNewsBulletin', MOST_NOTICE_TEXT],
  ['tickNews', MOST_NOTICE_TEXT],
  ['historicalNews', MOST_NOTICE_TEXT],
  ['tickString', MOST_NOTICE_TEXT], // ratios are one text of 2,000 letters
  ['contractDetails', MOST_LIST_TEXT],
  ['bondContractDetails', MOST_LIST_TEXT],
  ['managedAccounts', Number.POSITIVE_INFINITY],
  ['newsArticle', Number.POSITIVE_INFINITY],
  ['fundamentalData', Number.POSITIVE_INFINITY],
  ['receiveFA', Number.POSITIVE_INFINITY],
  ['scannerParameters', Number.POSITIVE_INFINITY],
  ['wshMetaData', Number.POSITIVE_INFINITY],
  ['wshEventData', Number.POSITIVE_INFINITY],
  ['historicalData', Number.POSITIVE_INFINITY], // its texts are times: they are read, and not kept
]);

/** The message with its texts cut; the same object where none is too long, which the length of its frame mostly tells without a look. */
export function withoutLongTexts(message: Incoming, bytes: number): Incoming {
  if (bytes <= MOST_FIELD_TEXT) return message; // the least of the limits
  const most = LONGEST.get(message.kind) ?? MOST_FIELD_TEXT;
  return bytes <= most || !holdsLonger(message, most) ? message : (shortened(message, most) as Incoming);
}

function holdsLonger(value: unknown, most: number): boolean {
  if (typeof value === 'string') return value.length > most;
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some((held) => holdsLonger(held, most));
}

function shortened(value: unknown, most: number): unknown {
  if (typeof value === 'string') return cut(value, most);
  if (Array.isArray(value)) return value.map((one) => shortened(one, most));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, held]) => [name, shortened(held, most)]));
}
