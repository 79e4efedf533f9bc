// The witness itself: what its flow draws from, and what its oracle sees. The sequences run in files of their own.

import { describe, expect, it } from 'vitest';
import * as algos from '../../src/client/orders/algos/algos.js';
import * as houses from '../../src/client/orders/algos/third-party.js';
import * as attachments from '../../src/client/orders/builders/attachments.js';
import * as basic from '../../src/client/orders/builders/basic.js';
import * as brackets from '../../src/client/orders/builders/bracket.js';
import * as groups from '../../src/client/orders/builders/group.js';
import * as options from '../../src/client/orders/builders/option-orders.js';
import * as pegged from '../../src/client/orders/builders/pegged.js';
import * as trailing from '../../src/client/orders/builders/trailing.js';
import * as expression from '../../src/client/orders/conditions/expression.js';
import type { Books, Live, Terms } from './books.js';
import { BUILDERS, GROUPS } from './drafts.js';
import { broken, brokenByExercise } from './oracle.js';

/** What these files hold besides builders of orders. */
const OTHERS: ReadonlySet<string> = new Set([
  ...['withAttachedIds', 'withIds', 'withBlocking', 'leaf', 'when', 'conditionList', 'moved'],
]);

describe('the flow', () => {
  it('draws from every builder that the package has', () => {
    const all = [basic, pegged, trailing, options, attachments, brackets, groups, expression, algos, houses];
    const names = all.flatMap((module) =>
      Object.entries(module).flatMap(([name, value]) => (typeof value === 'function' ? name : [])),
    );
    const missing = names.filter((name) => !(name in BUILDERS) && !(name in GROUPS) && !OTHERS.has(name));
    expect([missing, names.length > 60]).toEqual([[], true]);
  });
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
    maySpread: false,
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
    const [many, one] = [terms(101, 'BUY', 20), terms(101, 'BUY', 1)];
    const beside = live('b', terms(101, 'BUY', 1));
    expect(last({}, 150_000, live('a', many, one), beside)).toHaveLength(1);
    expect(last({}, 150_000, live('a', one, many), beside)).toHaveLength(1);
    expect(last({}, 150_000, live('a', one), beside)).toEqual([]);
  });
  it('blames a change for what it makes worse, not for what its order could do before', () => {
    const buys = (...sizes: number[]): number =>
      last({}, 100_000, live('a', ...sizes.map((size) => terms(101, 'BUY', size)))).length;
    expect([buys(20, 1), buys(20, 20), buys(1, 20), buys(20, 21), buys(20)]).toEqual([0, 0, 1, 1, 1]);
    const sells = (...sizes: number[]): number =>
      last({ 101: 10 }, 0, live('a', ...sizes.map((size) => terms(101, 'SELL', size)))).length;
    expect([sells(20, 1), sells(20, 20), sells(1, 20), sells(20, 21), sells(20)]).toEqual([0, 0, 1, 1, 1]);
    const bags = (...sizes: number[]): number =>
      last({ 101: 100 }, 0, live('a', ...sizes.map((size) => bag('BUY', size, { 204: 1, 201: -1 }, { lmt: -100 })))).length;
    expect([bags(2, 1), bags(2, 2), bags(1, 2), bags(2, 3), bags(2)]).toEqual([0, 0, 1, 1, 1]);
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
    // Calls behind which dearer ones stand lack no share for what the stranger has sold; without them they do.
    const calls = live('d', terms(204, 'SELL', 1));
    const beside = (held: Readonly<Record<number, number>>): readonly string[] =>
      broken({ ...books(held, 100_000, stranger, calls), maySpread: true }, calls.terms[0] as Terms);
    expect([beside({ 201: 2 }), beside({}).length]).toEqual([[], 1]);
  });
  it('sees that a put is not both bought back and assigned, but one of both', () => {
    const sale = live('a', terms(202, 'SELL', 1));
    const back = terms(202, 'BUY', 1, { lmt: 180 });
    expect(last({}, 90_000, sale, live('b', back))).toEqual([]);
    expect(last({}, 89_999, sale, live('b', back))).toHaveLength(1);
    expect(last({}, 36_199, sale, live('b', { ...back, quantity: 2 }))).toHaveLength(1);
  });
  const bag = (action: string, quantity: number, legs: Readonly<Record<number, number>>, more: Partial<Terms> = {}): Terms =>
    terms(0, action, quantity, { legs: Object.entries(legs).map(([conId, each]) => ({ conId: Number(conId), each })), ...more });

  it('sees what a combination leaves uncovered, and that its legs cover each other', () => {
    const covered = bag('BUY', 1, { 101: 100, 201: -1 }, { lmt: 9_700 });
    expect(last({}, 970_100, live('a', covered))).toEqual([]);
    expect(last({}, 970_099, live('a', covered))).toHaveLength(1);
    expect(last({}, 970_100, live('a', { ...covered, isLoose: true }))).not.toEqual([]);
    expect(last({ 101: 99 }, 0, live('a', { ...covered, action: 'SELL' }))).toHaveLength(1);
    expect(last({ 101: 100 }, 0, live('a', bag('BUY', 2, { 204: 1, 201: -1 }, { lmt: -100 })))).toHaveLength(1);
  });
  it('sees the combination that works beside an order, filled or not', () => {
    const call = bag('BUY', 1, { 101: 100, 201: -1 }, { lmt: 9_700 });
    expect(last({ 101: 100 }, 970_100, live('a', call), live('b', terms(101, 'SELL', 100)))).toEqual([]);
    expect(last({ 101: 100 }, 970_100, live('a', call), live('b', terms(101, 'SELL', 101)))).not.toEqual([]);
  });
  it('takes a long call for cover where the account may, for its width where its strike is higher', () => {
    const spread = (held: Readonly<Record<number, number>>, usd: number, conId: number, maySpread: boolean): number => {
      const sale = terms(conId, 'SELL', 1);
      return broken({ ...books(held, usd, live('a', sale)), maySpread }, sale).length;
    };
    expect([spread({ 204: 1 }, 0, 201, true), spread({ 204: 1 }, 0, 201, false)]).toEqual([0, 1]);
    expect([spread({ 201: 1 }, 50_000, 204, true), spread({ 201: 1 }, 49_999, 204, true)]).toEqual([0, 1]);
  });
  it('sees that an exercised call takes its strike, an exercised put its shares, and that what is exercised is held', () => {
    const exercise = (conId: number, held: Readonly<Record<number, number>>, usd: number): readonly string[] =>
      brokenByExercise({ ...books({ [conId]: 1, ...held }, usd), exercised: new Map([[conId, 1]]) }, conId, 1);
    expect([exercise(201, {}, 1_050_000), exercise(201, {}, 1_049_999).length]).toEqual([[], 1]);
    expect([exercise(202, { 101: 100 }, 0), exercise(202, { 101: 99 }, 0).length]).toEqual([[], 1]);
    expect(exercise(201, { 201: 0 }, 1_050_000)).toEqual(['more than is held']);
  });
  it('lets a market run three percent before a purchase fills at it', () => {
    for (const orderType of ['MKT', 'MOC', 'STP', 'TRAIL', 'REL', 'PEG MID', 'VOL'])
      expect(
        [10_399, 10_400].map((usd) => last({}, usd, live('a', { ...terms(101, 'BUY', 1, { orderType, lmt: 0 }) })).length),
      ).toEqual([1, 0]);
  });
  it('sees every field that raises a price', () => {
    for (const more of [{ discretion: 1 }, { adjusted: 10_001 }, { orderType: 'TRAIL', trailStop: 10_001 }, { cashQty: 20_000 }])
      expect(last({}, 10_100, live('a', terms(101, 'BUY', 1, more))), JSON.stringify(more)).toHaveLength(1);
  });
});
