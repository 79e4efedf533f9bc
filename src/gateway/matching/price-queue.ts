/** Orders of one kind on one instrument, sorted by price, so that a move of the market touches only those it reaches. */
export interface Entry<T> {
  readonly price: number;
  readonly seq: number;
  readonly order: T;
  readonly queue: PriceQueue<T>;
}

export interface PriceQueue<T> {
  /** +1: the highest price comes first; −1: the lowest. Equal prices: the earlier entry first. */
  readonly first: 1 | -1;
  /** The first one stands at the end, where taking it off is cheapest. */
  readonly entries: Entry<T>[];
}

export function createQueue<T>(first: 1 | -1): PriceQueue<T> {
  return { first, entries: [] };
}

/** True when `a` comes before `b`. */
function precedes(
  queue: Pick<PriceQueue<unknown>, 'first'>,
  a: { price: number; seq: number },
  b: { price: number; seq: number },
): boolean {
  if (a.price !== b.price) return queue.first === 1 ? a.price > b.price : a.price < b.price;
  return a.seq < b.seq;
}

/** Index of the first entry that precedes the given one, or where it belongs. */
function place<T>(queue: PriceQueue<T>, at: { price: number; seq: number }): number {
  const { entries } = queue;
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (precedes(queue, at, entries[middle] as Entry<T>)) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function enqueue<T>(queue: PriceQueue<T>, price: number, seq: number, order: T): Entry<T> {
  const entry: Entry<T> = { price, seq, order, queue };
  const index = place(queue, entry);
  if (index === queue.entries.length) queue.entries.push(entry);
  else queue.entries.splice(index, 0, entry);
  return entry;
}

export function dequeue<T>(entry: Entry<T>): void {
  const { entries } = entry.queue;
  const index = place(entry.queue, entry);
  if (entries[index] === entry) {
    if (index === entries.length - 1) entries.pop();
    else entries.splice(index, 1);
  }
}

/** The entry that comes first, or the nth from there. */
export function nth<T>(queue: PriceQueue<T>, n: number): Entry<T> | undefined {
  return queue.entries[queue.entries.length - 1 - n];
}
