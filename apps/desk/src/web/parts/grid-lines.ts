// Where the rows of a table stand of which only those on the screen exist: a line each, or a card each.

/** Pixels of a row, a group's title and the headings. */
export const ROW_HEIGHT = 30;
/** Of a card: its title, a line of two cells, and what is around them. As the style has it. */
const CARD = { title: 32, line: 22, around: 16 } as const;
/** Made beyond the edges of the screen. */
const MARGIN = 4;

/** Where a cell stands in a card; a half of a line unless it is said. */
export type Place = 'title' | 'corner' | 'line';

export function cardHeight(columns: readonly { readonly place?: Place }[]): number {
  let halves = 0;
  for (const { place } of columns) {
    if (place === undefined) halves++;
    else if (place === 'line') halves += 2 + (halves % 2);
  }
  return CARD.title + CARD.line * Math.ceil(halves / 2) + CARD.around;
}

/** The tops of all rows, and the end of the last one. */
export function topsOf(rows: readonly { readonly at: 'group' | 'row' }[], height: number): readonly number[] {
  const tops = [0];
  for (const { at } of rows) tops.push((tops.at(-1) ?? 0) + (at === 'group' ? ROW_HEIGHT : height));
  return tops;
}

/** The row in which a pixel lies. */
export function rowAt(tops: readonly number[], pixel: number): number {
  let [low, high] = [0, tops.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((tops[middle] ?? 0) <= pixel) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** From the first row that has to exist to the one after the last, with some more at both ends. */
export function rowsOn(tops: readonly number[], top: number, room: number): readonly [first: number, end: number] {
  const whole = tops.at(-1) ?? 0;
  return [
    Math.max(0, rowAt(tops, Math.min(top, Math.max(0, whole - room))) - MARGIN),
    Math.min(tops.length - 1, rowAt(tops, top + room) + 1 + MARGIN),
  ];
}

/** Keys that lead from one row to another. */
export type Step = 'ArrowDown' | 'ArrowUp' | 'PageDown' | 'PageUp' | 'Home' | 'End';
const STEPS: readonly string[] = ['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Home', 'End'] satisfies readonly Step[];
export const isStep = (key: string): key is Step => STEPS.includes(key);

/** The row that a key leads to, drawn or not; titles of groups are passed over. `page`: rows that are seen at once. */
export function stepFrom(rows: readonly { readonly at: 'group' | 'row' }[], from: number, key: Step, page: number): number {
  const isDown = key === 'ArrowDown' || key === 'PageDown' || key === 'Home';
  const by = key === 'ArrowDown' || key === 'ArrowUp' ? 1 : Math.max(1, page);
  const wanted = key === 'Home' ? 0 : key === 'End' ? rows.length - 1 : from + (isDown ? by : -by);
  const end = Math.max(0, Math.min(rows.length - 1, wanted));
  const found = isDown
    ? rows.findIndex(({ at }, place) => place >= end && at === 'row')
    : rows.findLastIndex(({ at }, place) => place <= end && at === 'row');
  return found < 0 ? from : found;
}

/** Where to scroll to, so that a row is seen whole below the headings; where it is seen already, nothing moves. */
export function scrollFor(
  [begin, end]: readonly [begin: number, end: number],
  { top, room, headings }: { readonly top: number; readonly room: number; readonly headings: number },
): number {
  return Math.min(begin, Math.max(top, end + headings - room));
}
