// Every capture read and replayed whole, held against what is committed. After a wanted change: npx tsx scripts/capture-outcomes.ts
import { describe, expect, it } from 'vitest';
import { captureNames } from './captures.js';
import { committedOutcomes, outcomeOf } from './outcomes.js';

const committed = committedOutcomes();

describe('the outcome of a capture', () => {
  it('is committed for every capture and for nothing else', () => {
    expect(Object.keys(committed)).toStrictEqual([...captureNames]);
  });

  it.each(captureNames)('%s is what it was', async (name) => {
    expect(await outcomeOf(name)).toStrictEqual(committed[name]);
  });

  it('over all of them: what is unreadable is known, and most calls are settled', () => {
    const all = Object.values(committed);
    const sum = (of: (outcome: (typeof all)[number]) => number): number => all.reduce((total, outcome) => total + of(outcome), 0);
    const asked = sum(({ calls }) => calls.asked);
    expect(sum(({ calls }) => calls.settled + calls.silent + calls.unanswered)).toBe(asked);
    expect(sum(({ calls }) => calls.settled) / asked).toBeGreaterThan(0.5);
    expect(sum(({ unfinished }) => unfinished)).toBe(0);
  });
});
