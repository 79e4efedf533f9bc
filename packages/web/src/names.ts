// Names that nobody knows are refused, with what was meant.

import { InputError } from 'ibwire';

/** How many letters have to be changed, added, left out or swapped. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const isSame = a[i - 1] === b[j - 1];
      const isSwapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      next[j] = Math.min(
        (next[j - 1] ?? 0) + 1,
        (row[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + (isSame ? 0 : 1),
        isSwapped ? (before[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}

/** What was meant, as the end of a sentence; empty when nothing is near. */
export function hintOf(word: string, words: Iterable<string>): string {
  let nearest: string | undefined;
  let least = word.length <= 4 ? 1 : 2;
  for (const one of words) {
    const far = distance(word.toLowerCase(), one.toLowerCase());
    if (far <= least && (nearest === undefined || far < least)) [nearest, least] = [one, far];
  }
  return nearest === undefined ? '' : `, did you mean ${nearest}?`;
}

/** The names of an options type, complete by type. */
export type Names<T> = { readonly [K in keyof Required<T>]: true };

/** @throws {InputError} for the first property that is none of these */
export function checkNames<T extends object>(given: T, names: Names<T>, place = ''): void {
  for (const [name, value] of Object.entries(given))
    if (value !== undefined && !Object.hasOwn(names, name))
      throw new InputError(`${place}${name}`, `no such option${hintOf(name, Object.keys(names))}`);
}
