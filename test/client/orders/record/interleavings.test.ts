// The reducer under any order of events, with duplicates, late ones, and untrue ones: one end, nothing twice, nothing less.

import Big from 'big.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Happening } from '../../../../src/client/orders/book.js';
import { next } from '../../../../src/client/orders/record/next.js';
import type { OrderEvent, Said } from '../../../../src/client/orders/record/order-event.js';
import type { OrderRecord } from '../../../../src/client/orders/record/order-record.js';
import { revisionOf } from '../../../../src/client/orders/record/revisions.js';
import { isEnd } from '../../../../src/client/orders/record/trade-state.js';
import {
  become,
  cancelled,
  cancelling,
  charged,
  completed,
  DRAFT,
  due,
  executed,
  found,
  gone,
  lost,
  notice,
  placed,
  rejected,
  report,
  sent,
  status,
  wordsOf,
} from './story.js';

/** What gateways tell of one order: their words, in the order in which they say them, and its executions with their charges. */
interface Truth {
  readonly words: readonly Happening[];
  readonly executions: readonly Happening[];
  readonly end: 'filled' | 'cancelled' | 'rejected';
  readonly filled: number;
}

const sum = (sizes: readonly number[]): number => sizes.reduce((all, one) => all + one, 0);

function truth(end: Truth['end'], sizes: readonly number[], last: readonly Happening[]): Truth {
  const partly = sizes.map((_, i) => status('Submitted', String(sum(sizes.slice(0, i + 1)))));
  return {
    words: [status('PreSubmitted'), report(), status('Submitted', '0'), ...partly, ...last],
    executions: sizes.flatMap((size, i) => [executed(`x${i}.01`, size), charged(`x${i}.01`, 1)]),
    end,
    filled: sum(sizes),
  };
}

const truths = fc.constantFrom(
  ...[[100], [40, 60], [10, 30, 20, 40]].map((sizes) => truth('filled', sizes, [status('Filled', '100')])),
  ...[[], [40], [10, 30, 20]].map((sizes) => truth('cancelled', sizes, [status('Cancelled', String(sum(sizes))), cancelled])),
  truth('rejected', [], [rejected, status('Inactive')]),
);

/** Two lists as one, each in its own order. */
function merged(first: readonly Happening[], second: readonly Happening[], choices: readonly boolean[]): readonly Happening[] {
  const a = [...first];
  const b = [...second];
  const picked = choices.map((isFirst) => (isFirst && a.length > 0 ? a : b).shift() ?? a.shift());
  return [...picked.filter((one) => one !== undefined), ...a, ...b];
}

/** Some of a list again, behind where it stood. */
const repeated = (list: readonly Happening[], again: readonly boolean[]): readonly Happening[] => [
  ...list,
  ...list.filter((_, i) => again[i] === true),
];

const choices = fc.array(fc.boolean(), { minLength: 20, maxLength: 20 });
/** A truth as it is heard: executions anywhere among the words, some of them twice, words that stand still said twice, a cancel asked or not. */
const heard = fc.tuple(truths, choices, choices, choices, fc.boolean()).map(([truth, order, again, twice, isAsked]) => {
  const words = truth.words.flatMap((word, i) => (twice[i] === true ? [word, word] : [word]));
  const messages = merged(words, repeated(truth.executions, again), order);
  return { truth, messages: [...(isAsked && truth.end === 'cancelled' ? [cancelling] : []), ...messages] };
});

/** Plays on until nothing is waited for: questions are answered by the executions, and time passes. */
function played(
  record: OrderRecord,
  messages: readonly Happening[],
  { executions }: Truth,
): readonly [OrderRecord, readonly Said[]] {
  const said: Said[] = [];
  let [now, at] = [record, 0];
  const take = (happening: Happening): void => {
    const [after, more] = next(now, { at, ...happening } as OrderEvent);
    said.push(...more);
    now = after;
  };
  for (const message of messages) take(message);
  for (let rounds = 0; rounds < 9; rounds++) {
    if (now.isQuestioned) for (const one of [...executions, { is: 'unlisted' } as const, { is: 'answered' } as const]) take(one);
    const until = Math.min(now.ending?.until ?? Number.POSITIVE_INFINITY, now.behind?.until ?? Number.POSITIVE_INFINITY);
    if (until === Number.POSITIVE_INFINITY) break;
    at = until;
    take(due(at));
  }
  return [now, said];
}

const begun = (): OrderRecord => become(placed(), sent);
const wordsOfAll = (said: readonly Said[]): readonly string[] => said.map(wordsOf);
const count = (words: readonly string[], what: RegExp): number => words.filter((word) => what.test(word)).length;

/** Everything that can happen, true or not. */
const anything: fc.Arbitrary<Happening> = fc.oneof(
  fc
    .tuple(
      fc.constantFrom('ApiPending', 'PreSubmitted', 'Submitted', 'PendingCancel', 'Inactive', 'Cancelled', 'Filled', 'Odd'),
      fc.constantFrom(undefined, '0', '40', '100'),
    )
    .map(([word, filled]) => status(word, filled)),
  fc
    .tuple(fc.nat(2), fc.integer({ min: 1, max: 3 }), fc.constantFrom(1, 40, 60, 100))
    .map(([id, revision, size]) => executed(`x${id}.0${revision}`, size)),
  fc
    .tuple(fc.nat(2), fc.integer({ min: 1, max: 3 }), fc.nat(3))
    .map(([id, revision, paid]) => charged(`x${id}.0${revision}`, paid)),
  fc.constantFrom('Cancelled', 'Inactive', 'Filled').map((word) => completed(word, 'Cancelled by Trader')),
  fc.constantFrom('PreSubmitted', 'Submitted', 'PendingCancel').map((word): Happening => ({ is: 'listed', status: word })),
  fc.constantFrom<Happening>(
    ...[cancelled, rejected, gone, lost, sent, cancelling, report(), report({ totalQuantity: '150' })],
    notice(399, { means: 'orderUnclear' }),
    notice(10147, { means: 'cancelRefused', orderId: undefined, permId: undefined, state: undefined }),
    { is: 'notCancelling' },
    { is: 'unlisted' },
    { is: 'answered' },
    { is: 'withdrawn' },
    { is: 'question', cause: 'asked' },
    { is: 'doubted', why: 'disconnected' },
    { is: 'changing', draft: { ...DRAFT, totalQuantity: '150' } },
    { is: 'changed', draft: DRAFT },
  ),
  fc.integer({ min: 0, max: 5_000 }).map(due),
);

/** Every step of a life: the record before, what happened, the record behind it, and what was said. */
type Step = readonly [before: OrderRecord, happening: Happening, after: OrderRecord, words: readonly string[]];
const lives = fc
  .tuple(fc.constantFrom(begun, placed, found), fc.array(anything, { maxLength: 30 }))
  .map(([first, happenings]) => {
    const steps: Step[] = [];
    let record = first();
    for (const happening of happenings) {
      const [after, said] = next(record, { at: 0, ...happening } as OrderEvent);
      steps.push([record, happening, after, wordsOfAll(said)]);
      record = after;
    }
    return steps;
  });
const everyLife = (holds: (steps: readonly Step[]) => void): void => fc.assert(fc.property(lives, holds), { numRuns: 2_000 });

describe('what is true', () => {
  it('ends once and as it ended, in whatever order it is heard, with all that was executed and charged', () =>
    fc.assert(
      fc.property(heard, ({ truth, messages }) => {
        const [record, said] = played(begun(), messages, truth);
        expect(count(wordsOfAll(said), /^end /)).toBe(1);
        expect([record.state.at, record.end?.at, record.end?.filled.toNumber()]).toEqual([truth.end, truth.end, truth.filled]);
        expect(record.end?.isReported).toBe(true);
      }),
      { numRuns: 2_000 },
    ));

  it('and is heard a second time behind its end: no fill, no charge, no end, and nothing lives', () =>
    fc.assert(
      fc.property(heard, heard, ({ truth, messages }, { messages: others }) => {
        const [ended] = played(begun(), messages, truth);
        const late = [...others.filter((one) => truth.words.includes(one)), ...truth.words, ...truth.executions];
        const [record, said] = played(ended, late, truth);
        expect(count(wordsOfAll(said), /^(fill|correction|commission|end|alarm|state|reopened)/)).toBe(0);
        expect([record.state.at, record.end]).toEqual([truth.end, ended.end]);
      }),
      { numRuns: 500 },
    ));
});

describe('whatever is said, true or not', () => {
  it('an end is told once, with no less filled than had been told, and stays', () =>
    everyLife((steps) => {
      for (const [before, , after, words] of steps) {
        expect(count(words, /^end /)).toBe(before.end === undefined && after.end !== undefined ? 1 : 0);
        if (before.end !== undefined) expect(after.end).toBe(before.end);
        else if (after.end !== undefined)
          expect(after.end.filled.lt(after.claimed ?? 0) && after.end.at !== 'rejected').toBe(false);
      }
    }));

  it('a change of state is said, and what changes behind an end is announced', () =>
    everyLife((steps) => {
      for (const [before, , after, words] of steps) {
        expect(words.includes(`state ${after.state.at}`)).toBe(after.state !== before.state);
        const isDead = after.state.at === 'cancelled' || after.state.at === 'rejected';
        expect(words.includes('reopened')).toBe(isEnd(before.state) && after.state.at !== before.state.at && !isDead);
      }
    }));

  it('an order that has ended is brought back by a list that denies it, other quantities or a missing execution alone', () =>
    everyLife((steps) => {
      for (const [before, happening, after] of steps) {
        if (!isEnd(before.state) || isEnd(after.state)) continue;
        if (happening.is === 'listed') expect(before.doubt).toBe('contradiction');
        else if (happening.is === 'status' || happening.is === 'completed')
          expect(after.state).toEqual({ at: 'unclear', why: 'fillsMissing' });
        else expect(['execution', 'report', 'changing', 'changed']).toContain(happening.is);
      }
    }));

  it('what is filled is the sum of the newest revisions, each said once', () =>
    everyLife((steps) => {
      const newest = new Map<string, { readonly number: number; readonly shares: Big }>();
      for (const [, happening, after, words] of steps) {
        const { stem, number } = revisionOf(happening.is === 'execution' ? happening.fill.execId : '');
        const isNew = happening.is === 'execution' && (newest.get(stem)?.number ?? 0) < number;
        expect(count(words, /^fill /)).toBe(isNew && !newest.has(stem) ? 1 : 0);
        expect(count(words, /^correction /)).toBe(isNew && newest.has(stem) ? 1 : 0);
        if (isNew) newest.set(stem, { number, shares: happening.fill.shares });
        const all = [...newest.values()].reduce((filled, { shares }) => filled.plus(shares), new Big(0));
        expect(after.fills.filled.toFixed()).toBe(all.toFixed());
      }
    }));
});
