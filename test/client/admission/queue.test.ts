// The waiting room: lanes, patience, aborts, estimates, and what can be seen of it.

import { describe, expect, it } from 'vitest';
import { createAdmission } from '../../../src/client/admission/admission.js';
import type { AdmissionRequest, Cost } from '../../../src/client/admission/budgets.js';
import { historyCosts, quoteCosts } from '../../../src/client/admission/costs.js';
import { type AdmissionLimits, defaultLimits, type Lane } from '../../../src/client/admission/limits.js';
import { createAdmissionQueue } from '../../../src/client/admission/queue.js';
import { viewAdmission } from '../../../src/client/admission/snapshot.js';
import { AdmissionError } from '../../../src/client/wire/errors.js';
import { createFakeTimers } from './fake-timers.js';

function setUp(over: Partial<AdmissionLimits> = {}) {
  const timers = createFakeTimers();
  const admission = createAdmission({ ...defaultLimits, ...over });
  return { timers, admission, queue: createAdmissionQueue(admission, timers) };
}
const plain = (lane: Lane, asked = lane as string): AdmissionRequest => ({ asked, lane });
const quote = (instrument: string): AdmissionRequest => ({ asked: 'reqMktData', lane: 'request', costs: quoteCosts(instrument) });
const bars = (identity: string, barSize = '5 secs'): AdmissionRequest => ({
  asked: 'reqHistoricalData',
  lane: 'history',
  costs: historyCosts({ identity, instrument: identity, exchange: 'SMART', whatToShow: 'TRADES', barSize }),
});
const reasonOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'let in',
    (reason: unknown) => reason,
  );

describe('admission queue', () => {
  it('lets in at once while there is room', async () => {
    const { queue, timers } = setUp();
    await queue.acquire(plain('order'));
    expect(queue.tryAcquire(plain('order'))).toBeTypeOf('function');
    expect(timers.pending).toBe(0);
  });

  it('cancels go first, then orders, probes, requests and history, each in the order of arrival', async () => {
    const { queue, timers } = setUp({ messagesPerSecond: 1, burst: 1 });
    await queue.acquire(plain('order'));
    const left: string[] = [];
    for (const name of ['history', 'request', 'probe', 'order', 'cancel'] as const) {
      for (const at of [1, 2]) void queue.acquire(plain(name)).then(() => left.push(`${name} ${at}`));
    }
    await timers.advance(20_000);
    expect(left).toEqual(['cancel', 'order', 'probe', 'request', 'history'].flatMap((name) => [`${name} 1`, `${name} 2`]));
    expect(timers.pending).toBe(0);
  });

  it('one that waits for its own budget holds up nobody else in the lane', async () => {
    const { queue, timers } = setUp();
    await queue.acquire(bars('a'));
    const left: string[] = [];
    void queue.acquire(bars('a')).then(() => left.push('again'));
    void queue.acquire(bars('b')).then(() => left.push('other bars'));
    void queue.acquire(bars('c', '1 min')).then(() => left.push('minute bars'));
    await timers.advance(10);
    expect(left).toEqual(['other bars', 'minute bars']);
    await timers.advance(16_000);
    expect(left).toEqual(['other bars', 'minute bars', 'again']);
  });

  it('refuses at once when only the user can make room, with the budget in words', async () => {
    const { queue } = setUp({ lines: 1 });
    const release = await queue.acquire(quote('1'));
    const error = await reasonOf(queue.acquire(quote('2'), { patienceMs: 60_000 }));
    expect(error).toBeInstanceOf(AdmissionError);
    expect(error).toMatchObject({ asked: 'reqMktData', budget: 'lines', waitMs: undefined });
    expect((error as AdmissionError).message).toBe('reqMktData: not sent, all market-data lines are in use');
    release();
    await queue.acquire(quote('2'));
  });

  it('holds the line of a request that still waits for the message rate', async () => {
    const { queue, timers } = setUp({ lines: 1, messagesPerSecond: 1, burst: 1 });
    await queue.acquire(plain('order'));
    const first = queue.acquire(quote('1'));
    expect(await reasonOf(queue.acquire(quote('2')))).toMatchObject({ budget: 'lines' });
    await timers.advance(2000);
    await first;
  });

  it('fails at once when it would wait longer than its patience, and says how long it would have been', async () => {
    const { queue, timers } = setUp();
    for (let at = 0; at < 60; at++) {
      const done = queue.acquire(bars(`${at}`));
      await timers.advance(50);
      (await done)();
    }
    const error = await reasonOf(queue.acquire(bars('x'), { patienceMs: 30_000 }));
    expect(error).toMatchObject({ code: 'ADMISSION', budget: 'smallBars', patienceMs: 30_000, waitMs: 597_050 });
    expect((error as AdmissionError).message).toContain('room in 598 s at the earliest');
    const behind = queue.acquire(bars('y'));
    expect(queue.estimate(bars('z'))).toMatchObject({ waitMs: 597_100, refused: false, budget: 'smallBars' });
    queue.drain(new Error('over'));
    await expect(behind).rejects.toThrow('over');
    expect(timers.pending).toBe(0);
  });

  it('counts those who go before it: the hundredth quote is not promised for the first second', async () => {
    const { queue, timers } = setUp();
    const all = Array.from({ length: 100 }, (_, at) => queue.acquire(quote(`${at}`)));
    expect(await reasonOf(queue.acquire(plain('request'), { patienceMs: 1100 }))).toMatchObject({ budget: 'rate', waitMs: 2100 });
    expect(queue.estimate(plain('cancel'))).toMatchObject({ waitMs: 0 });
    await timers.advance(2100);
    await Promise.all(all);
    await timers.advance(1050);
    expect(queue.estimate(plain('history'))).toMatchObject({ waitMs: 0 });
  });

  it('within a lane the order of arrival holds, whatever is asked for', async () => {
    const { queue, timers } = setUp({ messagesPerSecond: 1, burst: 1 });
    await queue.acquire(plain('order'));
    const left: string[] = [];
    const wanted = [plain('request', 'a'), { ...quote('1'), asked: 'b' }, plain('request', 'c'), { ...quote('2'), asked: 'd' }];
    for (const request of wanted) void queue.acquire(request).then(() => left.push(request.asked));
    await timers.advance(10_000);
    expect(left).toEqual(['a', 'b', 'c', 'd']);
  });

  it('one that needs two of the last place is not overtaken for ever by those who need one', async () => {
    const { queue, timers } = setUp({ smallBarsPerTenMinutes: 2 });
    const of = (asked: string, units: number, more: readonly Cost[] = []): AdmissionRequest => ({
      asked,
      lane: 'history',
      costs: [{ budget: 'smallBars', units }, ...more],
    });
    await queue.acquire(of('first', 1));
    const left: string[] = [];
    for (const request of [of('two', 2), of('one', 1, [{ budget: 'matchingSymbols' }])]) {
      void queue.acquire(request).then(() => left.push(request.asked));
    }
    await timers.advance(599_000);
    expect(left).toEqual([]);
    await timers.advance(1_300_000);
    expect(left).toEqual(['two', 'one']);
  });

  it('the last scanner waits for the message rate and keeps its place', async () => {
    const { queue, timers } = setUp({ scanners: 1, messagesPerSecond: 1, burst: 1 });
    await queue.acquire(plain('order'));
    const outcome = reasonOf(queue.acquire({ asked: 'x', lane: 'request', costs: [{ budget: 'scanners' }] }));
    await timers.advance(1050);
    expect(await outcome).toBe('let in');
  });

  it('gives up when its patience is over', async () => {
    const { queue, timers } = setUp({ openHistory: 1 });
    await queue.acquire(bars('a', '1 min'));
    const outcome = reasonOf(queue.acquire(bars('b', '1 min'), { patienceMs: 5000 }));
    await timers.advance(4999);
    expect(queue.waiting()[4]).toEqual({ lane: 'history', count: 1, longestMs: 4999 });
    await timers.advance(1);
    expect(await outcome).toMatchObject({ budget: 'openHistory', patienceMs: 5000, waitMs: undefined });
    expect([timers.pending, queue.waiting()[4]?.count]).toEqual([0, 0]);
  });

  it('an abort rejects with its own reason, gives the held line back and leaves no listener', async () => {
    const { queue, timers, admission } = setUp({ messagesPerSecond: 1, burst: 1 });
    await queue.acquire(plain('order'));
    const controller = new AbortController();
    const outcome = reasonOf(queue.acquire(quote('1'), { signal: controller.signal, patienceMs: 60_000 }));
    expect(admission.slots.get('lines')?.used).toBe(1);
    controller.abort('enough');
    expect(await outcome).toBe('enough');
    expect([timers.pending, admission.slots.get('lines')?.used]).toEqual([0, 0]);
    expect(await reasonOf(queue.acquire(plain('order'), { signal: controller.signal }))).toBe('enough');
  });

  it('what is given back lets the next one in without waiting for a timer', async () => {
    const { queue, timers } = setUp({ openHistory: 1 });
    const release = await queue.acquire(bars('a', '1 min'));
    const next = reasonOf(queue.acquire(bars('b', '1 min')));
    release();
    release();
    expect(await next).toBe('let in');
    expect(timers.pending).toBe(0);
  });

  it('tryAcquire does not overtake those who wait for the same', async () => {
    const { queue, timers } = setUp({
      messagesPerSecond: 2,
      burst: 2,
      shares: { ...defaultLimits.shares, request: 1, history: 1 },
    });
    await queue.acquire(plain('request'));
    await queue.acquire(plain('request'));
    const waiting = reasonOf(queue.acquire(plain('request', 'first')));
    expect(queue.tryAcquire(plain('request'))).toBeUndefined();
    await timers.advance(1050);
    expect(await waiting).toBe('let in');
  });

  it('a timer that comes late lets nobody overtake', async () => {
    let now = 0;
    const queue = createAdmissionQueue(createAdmission({ ...defaultLimits, messagesPerSecond: 1, burst: 1 }), {
      now: () => now,
      after: () => () => {},
    });
    await queue.acquire(plain('request'));
    const first = reasonOf(queue.acquire(plain('request')));
    now = 1050;
    expect(queue.tryAcquire(plain('request'))).toBeUndefined();
    expect(await first).toBe('let in');
  });

  it('shows how full everything is and who waits', async () => {
    const { queue, timers, admission } = setUp({ lines: 3, openHistory: 1 });
    await queue.acquire(quote('1'));
    await queue.acquire(bars('a'));
    const behind = reasonOf(queue.acquire(bars('b')));
    await timers.advance(700);
    const view = viewAdmission(admission, queue, timers.now());
    const of = (budget: string) => view.budgets.find((one) => one.budget === budget);
    expect(of('rate')).toEqual({ budget: 'rate', used: 2, limit: 45, freeInMs: 0 });
    expect(of('lines')).toEqual({ budget: 'lines', used: 1, limit: 3, freeInMs: 0 });
    expect(of('openHistory')).toEqual({ budget: 'openHistory', used: 1, limit: 1, freeInMs: undefined });
    expect(of('smallBars')).toEqual({ budget: 'smallBars', used: 1, limit: 60, freeInMs: 0 });
    expect(view.waiting.find(({ lane }) => lane === 'history')).toEqual({ lane: 'history', count: 1, longestMs: 700 });
    admission.learn('smallBars', timers.now());
    expect(viewAdmission(admission, queue, timers.now()).budgets[1]?.freeInMs).toBe(15_000);
    queue.drain('closed');
    expect(await behind).toBe('closed');
  });
});
