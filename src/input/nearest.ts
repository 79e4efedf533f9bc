// The name that was meant where another was written.

/**
 * The nearest of the names that are known: one letter away, two in names of four letters or more, then a third of them. Where none
 * is as near, the only one that is a part of the name (`size` of `barSize`), has it for a part, or begins as it does.
 */
export function nearest(name: string, known: Iterable<string>): string | undefined {
  const names = [...known];
  const limit = name.length < 4 ? 1 : Math.max(2, Math.floor(name.length / 3));
  let best: string | undefined;
  let least = limit + 1;
  for (const candidate of names) {
    const away = distance(name.toLowerCase(), candidate.toLowerCase(), least);
    if (away < least && away < candidate.length) [best, least] = [candidate, away];
  }
  if (best !== undefined) return best;
  const akin = names.filter((candidate) => isAkin(name.toLowerCase(), candidate.toLowerCase()));
  return akin.length === 1 ? akin[0] : undefined;
}

/** Whether one is the beginning or the end of the other, or both begin with the same five letters. */
function isAkin(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  if (short.length >= 4 && (long.startsWith(short) || long.endsWith(short))) return true;
  return short.length > 5 && long.startsWith(short.slice(0, 5));
}

/** Letters to change, add, drop or swap with their neighbour; at least `enough` when it cannot be less. */
function distance(a: string, b: string, enough: number): number {
  if (Math.abs(a.length - b.length) >= enough) return enough;
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swap = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (before[j - 2] ?? enough) + 1 : enough;
      next.push(Math.min(change, swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? enough;
}
