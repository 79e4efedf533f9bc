// Whatever is asked for, in any order: no rule of the gateway is broken, everybody is answered, nothing stays behind.

import { getEventListeners } from 'node:events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAdmission } from '../../../src/client/admission/admission.js';
import { defaultLimits } from '../../../src/client/admission/limits.js';
import { createAdmissionQueue } from '../../../src/client/admission/queue.js';
import { AdmissionError } from '../../../src/client/wire/errors.js';
import { createFakeTimers } from './fake-timers.js';
import { type Sent, toRequest, violations, type Wish } from './reference.js';

const rules = { perSecond: 45, lines: 4, openHistory: 3 };
const instrument = fc.constantFrom('AAPL', 'MSFT', 'ES', 'EUR', 'GC', 'VOD');
const wish: fc.Arbitrary<Wish> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom<Wish>({ is: 'cancel' }, { is: 'order' }, { is: 'probe' }) },
  { weight: 2, arbitrary: fc.constantFrom<Wish>({ is: 'scanner' }, { is: 'accountSummary' }, { is: 'symbols' }) },
  {
    weight: 4,
    arbitrary: fc.record({
      is: fc.constantFrom('quote' as const, 'regulatorySnapshot' as const, 'depth' as const, 'tickByTick' as const),
      instrument,
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      is: fc.constantFrom(
        'smallBars' as const,
        'smallBars' as const,
        'minuteBars' as const,
        'realTimeBars' as const,
        'headTimestamp' as const,
      ),
      instrument,
      what: fc.constantFrom('TRADES' as const, 'BID_ASK' as const),
      span: fc.constantFrom('1', '2', '3', '4', '5', '6', '7', '8'),
    }),
  },
);
const step = fc.record({
  wish,
  times: fc.constantFrom(1, 1, 2, 30),
  after: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 60_000 })),
  openMs: fc.constantFrom(0, 10, 1000, 20_000),
  patienceMs: fc.constantFrom(undefined, 0, 500, 5000, 100_000),
  abortAfter: fc.constantFrom(undefined, undefined, 0, 700),
  lesson: fc.constantFrom(
    undefined,
    undefined,
    undefined,
    undefined,
    'rate' as const,
    'smallBars' as const,
    'history' as const,
    'lines' as const,
  ),
});

describe('properties', () => {
  it('no budget of the slow model is ever exceeded, each call settles once, and nothing leaks', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 40 }), async (steps) => {
        const timers = createFakeTimers();
        const admission = createAdmission({ ...defaultLimits, lines: rules.lines, openHistory: rules.openHistory });
        const queue = createAdmissionQueue(admission, timers);
        const log: Sent[] = [];
        let asked = 0;
        let settled = 0;
        const signals: AbortSignal[] = [];
        const problems: unknown[] = [];
        for (const { wish: wanted, times, after, openMs, patienceMs, abortAfter, lesson } of steps) {
          await timers.advance(after);
          if (lesson !== undefined) admission.learn(lesson, timers.now(), toRequest(wanted));
          for (let time = 0; time < times; time++) {
            asked++;
            const since = timers.now();
            const controller = new AbortController();
            const { signal } = controller;
            signals.push(signal);
            const stopAbort = abortAfter === undefined ? () => {} : timers.after(abortAfter, () => controller.abort('stop'));
            void queue.acquire(toRequest(wanted), { patienceMs, signal }).then(
              (release) => {
                settled++;
                stopAbort();
                const sent: Sent = { wish: wanted, at: timers.now(), until: Number.POSITIVE_INFINITY };
                log.push(sent);
                if (patienceMs !== undefined && sent.at - since > patienceMs) problems.push('let in after its patience');
                timers.after(openMs, () => {
                  sent.until = timers.now();
                  release();
                });
              },
              (reason: unknown) => {
                settled++;
                stopAbort();
                if (reason !== 'stop' && !(reason instanceof AdmissionError)) problems.push(reason);
              },
            );
          }
        }
        await timers.advance(4 * 3_600_000);
        expect(problems).toEqual([]);
        expect(violations(log, rules)).toEqual([]);
        expect([settled, timers.pending]).toEqual([asked, 0]);
        expect(signals.filter((signal) => getEventListeners(signal, 'abort').length > 0)).toEqual([]);
        expect([...admission.slots.values()].map(({ used }) => used)).toEqual([0, 0, 0, 0, 0, 0]);
        expect(queue.waiting().every(({ count }) => count === 0)).toBe(true);
      }),
      { seed: 71, numRuns: 150 },
    );
  });

  it('cancels are never starved: a second and the margin at most, whatever else is waiting', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(wish, { minLength: 1, maxLength: 20 }), fc.integer({ min: 1, max: 400 }), async (flood, gap) => {
        const timers = createFakeTimers();
        const queue = createAdmissionQueue(createAdmission(), timers);
        const waits: number[] = [];
        for (let at = 0; at < 12; at++) {
          for (let time = 0; time < 60; time++) {
            const other = flood[time % flood.length];
            if (other !== undefined && other.is !== 'cancel')
              void queue.acquire(toRequest(other)).then(
                (release) => release(),
                () => {},
              );
          }
          const since = timers.now();
          void queue.acquire({ asked: 'cancelOrder', lane: 'cancel' }).then(() => waits.push(timers.now() - since));
          await timers.advance(gap);
        }
        await timers.advance(5000);
        expect(waits).toHaveLength(12);
        expect(Math.max(...waits)).toBeLessThanOrEqual(1050);
        queue.drain('over');
      }),
      { seed: 72, numRuns: 30 },
    );
  });

  it('a share is kept for them: three cancels in a second never wait, whatever floods the other lanes', async () => {
    const timers = createFakeTimers();
    const queue = createAdmissionQueue(createAdmission(), timers);
    const waits: number[] = [];
    for (let at = 0; at < 40; at++) {
      for (const lane of ['order', 'probe', 'request', 'history'] as const) {
        for (let time = 0; time < 20; time++) void queue.acquire({ asked: 'x', lane }).catch(() => {});
      }
      const since = timers.now();
      void queue.acquire({ asked: 'cancelOrder', lane: 'cancel' }).then(() => waits.push(timers.now() - since));
      await timers.advance(530);
    }
    expect(waits).toEqual(Array(40).fill(0));
    queue.drain('over');
  });

  it('fifteen thousand who wait for one budget cost little: each look at the queue is short', async () => {
    const timers = createFakeTimers();
    const queue = createAdmissionQueue(createAdmission(), timers);
    const ask = (at: number): void => {
      const request = toRequest({ is: 'smallBars', instrument: `${at}`, what: 'TRADES', span: '1' });
      void queue.acquire(request).then(
        (release) => release(),
        () => {},
      );
    };
    for (let at = 0; at < 60; at++) ask(at);
    await timers.advance(5000);
    const start = performance.now();
    for (let at = 0; at < 15_000; at++) ask(60 + at);
    await timers.advance(20_000);
    expect(performance.now() - start).toBeLessThan(6000);
    expect(queue.waiting()[4]?.count).toBe(15_000);
    queue.drain('over');
    expect(timers.pending).toBe(0);
  });
});
