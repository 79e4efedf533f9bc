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
  return bytes <= most ? message : shortened(message, most);
}

/** One walk: the value itself where nothing in it is too long, else a copy with what is shorter. */
function shortened<T>(value: T, most: number): T {
  if (typeof value === 'string') return value.length > most ? (cut(value, most) as T) : value; // text for text
  if (typeof value !== 'object' || value === null) return value;
  let copy: Record<string, unknown> | undefined;
  for (const [name, held] of Object.entries(value)) {
    const short = shortened(held, most);
    if (short === held) continue;
    copy ??= (Array.isArray(value) ? [...value] : { ...value }) as Record<string, unknown>; // by index or by name
    copy[name] = short;
  }
  return copy === undefined ? value : (copy as T); // the same names and kinds
}
