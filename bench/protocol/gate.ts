// The ratios that must hold, each pair measured in turns in one process: `tsx bench/protocol/gate.ts ticks` prints them as JSON.

import { argv } from 'node:process';
import { caseOf, decoding, sink, splitDecoding } from './cases.js';
import { allocated } from './measure.js';
import { bars, chunkOf, TEXT_VERSION } from './messages.js';

/** Nanoseconds of each work per message, in turns, so that a busy machine slows all of them. */
function inTurns(works: readonly { readonly work: () => void; readonly count: number }[], budgetMs: number): readonly number[] {
  const best = works.map(() => Infinity);
  const repeats = works.map(({ work }) => {
    let repeat = 1;
    for (const until = performance.now() + budgetMs / 3; performance.now() < until; ) {
      const before = performance.now();
      for (let i = 0; i < repeat; i++) work();
      if (performance.now() - before < 4) repeat *= 2;
    }
    return repeat;
  });
  for (const until = performance.now() + budgetMs; performance.now() < until; ) {
    works.forEach(({ work }, w) => {
      const before = performance.now();
      for (let i = 0; i < repeats[w]!; i++) work();
      best[w] = Math.min(best[w]!, ((performance.now() - before) * 1e6) / repeats[w]!);
    });
  }
  return best.map((ns, w) => ns / works[w]!.count);
}

const budget = Number(argv[3] ?? '1500');
const ratios: { readonly [name: string]: () => object } = {
  ticks() {
    const [decode, split, read] = inTurns(
      [caseOf('mixedTick', 'decode', 'text'), caseOf('mixedTick', 'split', 'text'), caseOf('mixedTick', 'read', 'text')],
      budget,
    );
    return { decode, split, read, allocated: allocated(caseOf('mixedTick', 'decode', 'text').work, 2000) };
  },
  protobufTicks() {
    const decoded = caseOf('mixedTick', 'decode', 'protobuf');
    const [decode, read] = inTurns([decoded, caseOf('mixedTick', 'read', 'protobuf')], budget);
    return { decode, read, allocated: allocated(decoded.work, 2000) };
  },
  tickPrice() {
    const [decode, split, fields] = inTurns(
      [caseOf('tickPrice', 'decode', 'text'), caseOf('tickPrice', 'split', 'text'), caseOf('tickPrice', 'fields', 'text')],
      budget,
    );
    return { decode, split, fields };
  },
  openOrder() {
    const decoded = caseOf('openOrder', 'decode', 'text');
    const bySplitting = { work: splitDecoding('openOrder', 200), count: 200 };
    const [decode, splitDecode, split, fields] = inTurns(
      [decoded, bySplitting, caseOf('openOrder', 'split', 'text'), caseOf('openOrder', 'fields', 'text')],
      budget,
    );
    return { decode, splitDecode, split, fields };
  },
  bars() {
    // Both decode 20,000 bars and keep them, in two answers and in one: only the length of an answer differs, not what memory costs.
    const kept: unknown[] = [];
    const answers = (count: number): { work: () => void; count: number } => {
      const each = decoding(
        chunkOf(() => bars(count), 1, 'text'),
        TEXT_VERSION,
      );
      const times = 20_000 / count;
      const work = (): void => {
        for (let i = 0; i < times; i++) {
          each();
          kept[i] = sink.value;
        }
      };
      return { work, count: 20_000 };
    };
    const [half, whole] = inTurns([answers(10_000), answers(20_000)], budget);
    return { half, whole };
  },
};

console.log(JSON.stringify(ratios[argv[2] ?? 'ticks']!()));
