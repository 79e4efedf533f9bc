import { describe, expect, it } from 'vitest';
import { Fuzzer } from '../../scripts/fuzz/loop.js';

describe('damaged, foreign and random frames at random versions, both directions', () => {
  it('end in a message or a typed error', () => {
    const fuzzer = new Fuzzer(20260821, 2);
    const { totals } = fuzzer;
    const before = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    while (totals.frames < 20_000) fuzzer.step();
    Error.stackTraceLimit = before;
    expect(totals.finds).toEqual([]);
    expect(totals.outcomes.get('message')).toBeGreaterThan(4_000);
    expect(totals.outcomes.get('FrameError')).toBeGreaterThan(10);
    expect(totals.outcomes.get('DecodeError: a field is missing')).toBeGreaterThan(100);
    expect(totals.outcomes.get('DecodeError: a length reaches past the end')).toBeGreaterThan(100);
  });

  it('are the same for the same seed', () => {
    const run = (): unknown => {
      const fuzzer = new Fuzzer(7, 1);
      for (let i = 0; i < 50; i++) fuzzer.step();
      return [fuzzer.totals.frames, fuzzer.totals.bytes, [...fuzzer.totals.outcomes]];
    };
    expect(run()).toEqual(run());
  });
});
