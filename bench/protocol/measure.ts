// Time and memory of one loop in this process: the best of many short rounds, for a shared machine only ever adds.

/** Nanoseconds per message: `work` handles `count` messages each call. Rounds are long enough to hold their share of collections. */
export function nanoseconds(work: () => void, count: number, budgetMs = 700): number {
  const until = performance.now() + budgetMs;
  let repeat = 1;
  for (let warm = 0; warm < 60; warm++) {
    const before = performance.now();
    for (let i = 0; i < repeat; i++) work();
    if (performance.now() - before < 12) repeat *= 2;
    if (performance.now() > until - budgetMs / 2) break;
  }
  let best = Infinity;
  let rounds = 0;
  while (performance.now() < until || rounds < 5) {
    const before = performance.now();
    for (let i = 0; i < repeat; i++) work();
    best = Math.min(best, (performance.now() - before) / repeat);
    rounds++;
  }
  return (best * 1e6) / count;
}

/** Bytes allocated per message; needs --expose-gc. */
export function allocated(work: () => void, count: number): number {
  const collect = (globalThis as { gc?: () => void }).gc;
  for (let i = 0; i < 20; i++) work();
  let best = Infinity;
  for (let i = 0; i < 8; i++) {
    collect?.();
    const before = process.memoryUsage().heapUsed;
    work();
    const used = process.memoryUsage().heapUsed - before;
    if (used >= 0) best = Math.min(best, used);
  }
  return best / count;
}
