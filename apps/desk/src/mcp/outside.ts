// Text from outside goes to models in a field that says so. What comes out of a command is let through where it is a number, a word of
// the gateway or a sentence of the desk; everything else is moved under `untrusted`, beside the place where it stood.

import { visibleText } from 'ibwire';
import { ORDER_TYPES } from '../orders/terms.js';

/** Members whose text the desk writes itself, or the owner: names of tokens. */
const OWN: ReadonlySet<string> = new Set([
  ...['message', 'remedy', 'story', 'meaning', 'how', 'says', 'holdsFor'],
  ...['askedBy', 'approvedBy', 'who', 'by'],
]);
/** Members by which an instrument is named. */
const NAMES: ReadonlySet<string> = new Set(['symbol', 'localSymbol', 'tradingClass']);
const SPACED: ReadonlySet<string> = new Set(ORDER_TYPES.filter((type) => type.includes(' ')));

/** One word of figures, letters and signs, as ids, dates and statuses are. */
const WORD = /^[\w.$/'&+:#%@-]{0,48}$/;

/** Symbols are short; several parts are figures and codes, not words. */
export function isName(text: string): boolean {
  if (!/^[A-Za-z0-9][A-Za-z0-9./'$ -]{0,21}$/.test(text)) return false;
  const letters = text.split(/ +/).filter((part) => part.length >= 3 && !/\d/.test(part));
  const isOne = /^\S{1,12}$/.test(text) || /\d/.test(text);
  return letters.length <= 1 && (isOne || text.length <= 12);
}

const isPlain = (key: string, text: string): boolean =>
  OWN.has(key) || SPACED.has(text) || (NAMES.has(key) ? text === '' || isName(text) : WORD.test(text) && words(text) <= 3);

/** Words of three letters and more: a status or an id has few. */
const words = (text: string): number => text.split(/[^A-Za-z]+/).filter((part) => part.length >= 3).length;

/** The JSON that a host shows, in a terminal too: nothing in it is obeyed or hides, and it is the same JSON. */
export const shownJson = (value: unknown): string => visibleText(JSON.stringify(value));

type Members = Record<string, unknown>;

/** A copy in which outside text stands in marked fields alone. Objects that are marked already stay as they are. */
export function marked(value: unknown, key = ''): unknown {
  if (Array.isArray(value))
    return value.map((one) => (typeof one === 'string' && !isPlain(key, one) ? { untrusted: one } : marked(one, key)));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value as Members);
  if (members.length === 1 && members[0]?.[0] === 'untrusted') return value;
  const kept: Members = {};
  const moved: Members = {};
  for (const [name, of] of members) {
    // A record may be keyed by what somebody else has written.
    if (!WORD.test(name) || words(name) > 6) moved[`#${Object.keys(moved).length}`] = [name, of];
    else if (typeof of === 'string' && !isPlain(name, of)) {
      kept[name] = '';
      moved[name] = of;
    } else kept[name] = marked(of, name);
  }
  return Object.keys(moved).length === 0 ? kept : { ...kept, untrusted: moved };
}
