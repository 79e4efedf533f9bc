// Messages at a rate: those above it leave a moment later, in their order.

/** Gives a function that calls what it is given now, or as soon as the rate lets it. */
export function pace(perSecond: number): { readonly run: (act: () => void) => void; readonly stop: () => void } {
  const waiting: (() => void)[] = [];
  let sent: number[] = [];
  let timer: NodeJS.Timeout | undefined;
  const next = (): void => {
    timer = undefined;
    const now = performance.now();
    sent = sent.filter((at) => now - at < 1000);
    while (sent.length < perSecond) {
      const act = waiting.shift();
      if (act === undefined) return;
      sent.push(now);
      act();
    }
    const [oldest = now] = sent;
    timer = setTimeout(next, Math.max(1, oldest + 1000 - now));
  };
  return {
    run(act) {
      waiting.push(act);
      if (timer === undefined) next();
    },
    stop() {
      clearTimeout(timer);
      waiting.length = 0;
    },
  };
}
