// The wire as witness: random order flow for restricted accounts, and an oracle that fills what left in the worst order.

import { describe, expect, it } from 'vitest';
import { flow } from './flow.js';
import { type Books, broken, type Live, type Terms } from './oracle.js';
import { situation } from './situation.js';

const SEQUENCES = Number(process.env['SEQUENCES'] ?? 10_000);
const FIRST = Number(process.env['SEED'] ?? 1);

/** Run every time; the rest when asked for, until all of it holds. */
const ALWAYS = 500;

describe('the wire as witness', () => {
  const run = async (sequences: number): Promise<void> => {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0; // thousands of refusals
    let [asked, left] = [0, 0];
    try {
      for (let seed = FIRST; seed < FIRST + sequences; seed++) {
        const outcome = await flow(seed, { steps: 10 });
        asked += outcome.asked;
        left += outcome.left;
        expect([...outcome.violations, ...outcome.faults], `seed ${seed}:\n${outcome.story.join('\n')}`).toEqual([]);
      }
    } finally {
      Error.stackTraceLimit = limit;
    }
    expect(left / asked, `${left} of ${asked} left`).toBeGreaterThan(0.1);
  };
  it(
    `${ALWAYS} sequences of orders leave no short, no debit, no uncovered option, no forbidden security, every time`,
    () => run(ALWAYS),
    180_000,
  );
  situation(`${SEQUENCES} sequences of orders leave no short, no debit, no uncovered option, no forbidden security`, () =>
    run(SEQUENCES),
  );
});

describe('the oracle', () => {
  const terms = (conId: number, action: string, quantity: number, more: Partial<Terms> = {}): Terms => ({
    conId,
    action,
    orderType: 'LMT',
    quantity,
    lmt: 10_000,
    strange: [],
    ...more,
  });
  const live = (key: string, ...of: Terms[]): Live => ({ key, terms: of, filled: 0 });
  const books = (held: Readonly<Record<number, number>>, usd: number, ...all: Live[]): Books => ({
    cash: { USD: usd, EUR: 0 },
    positions: new Map(Object.entries(held).map(([conId, count]) => [Number(conId), count])),
    live: all,
    exercised: new Map(),
  });
  const last = (held: Readonly<Record<number, number>>, usd: number, ...all: Live[]): readonly string[] =>
    broken(books(held, usd, ...all), all.at(-1)?.terms.at(-1) as Terms);

  it('sees two sales of one holding, not two of which one cancels the other', () => {
    const one = terms(101, 'SELL', 10);
    expect(last({ 101: 10 }, 0, live('a', one), live('b', one))).toHaveLength(1);
    const tied = { ...one, ocaGroup: 'g', ocaType: 1 };
    expect(last({ 101: 10 }, 0, live('a', tied), live('b', tied))).toEqual([]);
    expect(last({ 101: 10 }, 0, live('a', { ...tied, ocaType: 3 }), live('b', { ...tied, ocaType: 3 }))).toHaveLength(1);
  });
  it('sees that a child sells what its parent buys, and no more', () => {
    const child = terms(101, 'SELL', 5, { parent: 'a' });
    expect(last({}, 60_000, live('a', terms(101, 'BUY', 5)), live('b', child))).toEqual([]);
    expect(last({}, 60_000, live('a', terms(101, 'BUY', 4)), live('b', child))).toHaveLength(1);
  });
  it('takes the dearer of two terms of one order', () => {
    const both = [terms(101, 'BUY', 20), terms(101, 'BUY', 1)];
    expect(last({}, 150_000, live('a', ...both))).toHaveLength(1);
    expect(last({}, 150_000, live('a', both[1] as Terms))).toEqual([]);
  });
  it('sees the uncovered call, the unsecured put, and the missing commission', () => {
    expect(last({ 101: 100 }, 0, live('a', terms(201, 'SELL', 1)))).toEqual([]);
    expect(last({ 101: 99 }, 0, live('a', terms(201, 'SELL', 1)))).toHaveLength(1);
    expect(last({ 101: 100 }, 0, live('a', terms(201, 'SELL', 1)), live('b', terms(101, 'SELL', 1)))).toHaveLength(1);
    expect(last({}, 90_000, live('a', terms(202, 'SELL', 1)))).toEqual([]);
    expect(last({}, 89_999, live('a', terms(202, 'SELL', 1)))).toHaveLength(1);
    expect(last({}, 10_099, live('a', terms(101, 'BUY', 1)))).toHaveLength(1);
    expect(last({}, 10_100, live('a', terms(101, 'BUY', 1)))).toEqual([]);
  });
  it('blames nobody for what a stranger has sold short, and everybody who adds to it', () => {
    const stranger = live('9/1', terms(101, 'SELL', 10));
    const parent = live('p', terms(101, 'BUY', 1));
    expect(last({}, 20_000, stranger, parent, live('c', terms(101, 'SELL', 1, { parent: 'p' })))).toEqual([]);
    expect(last({}, 20_000, stranger, parent, live('c', terms(101, 'SELL', 2, { parent: 'p' })))).toHaveLength(1);
  });
  it('sees that a put is not both bought back and assigned, but one of both', () => {
    const sale = live('a', terms(202, 'SELL', 1));
    const back = terms(202, 'BUY', 1, { lmt: 180 });
    expect(last({}, 90_000, sale, live('b', back))).toEqual([]);
    expect(last({}, 89_999, sale, live('b', back))).toHaveLength(1);
    expect(last({}, 36_199, sale, live('b', { ...back, quantity: 2 }))).toHaveLength(1);
  });
  it('sees every field that raises a price', () => {
    for (const more of [{ discretion: 1 }, { adjusted: 10_001 }, { orderType: 'TRAIL', trailStop: 10_001 }, { cashQty: 20_000 }])
      expect(last({}, 10_100, live('a', terms(101, 'BUY', 1, more))), JSON.stringify(more)).toHaveLength(1);
  });
});
