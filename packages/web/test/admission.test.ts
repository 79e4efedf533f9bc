import { AdmissionError } from 'ibwire';
import { describe, expect, it } from 'vitest';
import { createAdmission, type Lane } from '../src/admission/admission.js';
import { createBudgets, paceOf } from '../src/admission/budgets.js';
import type { EndpointName } from '../src/endpoints/list.js';
import { handTimer, settle } from './hand-timer.js';

const ORDERS = 'GET /iserver/account/orders';
const HISTORY = 'GET /iserver/marketdata/history';
const FREE = 'GET /portfolio/{accountId}/ledger';

describe('budgets', () => {
  it('are kept with a margin: what left just in time may arrive a little too early, and be a 429', () => {
    const wait = (marginMs: number): number => {
      const budgets = createBudgets({ marginMs });
      budgets.release(budgets.take(ORDERS, 1_000), 1_000);
      return budgets.wait(ORDERS, 6_000);
    };
    expect([wait(0), wait(250)]).toEqual([0, 250]);
  });

  it('are those of the table', () => {
    expect(paceOf(ORDERS)).toEqual({ windows: [{ limit: 1, ms: 5_000 }], atOnce: undefined });
    expect(paceOf(HISTORY)).toEqual({ windows: [{ limit: 50, ms: 60_000 }], atOnce: 5 });
    expect(paceOf(FREE)).toEqual({ windows: [], atOnce: undefined });
  });

  it('never let more through in any window than is allowed, whatever the times', () => {
    const budgets = createBudgets();
    const taken: number[] = [];
    let now = 0;
    for (let turn = 0; turn < 400; turn += 1) {
      now += (turn * 7_919) % 130;
      if (budgets.wait(FREE, now) > 0) continue;
      budgets.release(budgets.take(FREE, now), now);
      taken.push(now);
    }
    expect(taken.length).toBeGreaterThan(100);
    for (const from of taken) expect(taken.filter((at) => at >= from && at < from + 1000).length).toBeLessThanOrEqual(10);
  });

  it('a request may arrive as late as its answer: the next of a window waits from there on', () => {
    const budgets = createBudgets();
    const pass = budgets.take(ORDERS, 0);
    expect(budgets.wait(ORDERS, 5_500)).toBe(4_500); // nobody has said that it has arrived: five seconds are reckoned with
    budgets.release(pass, 700);
    expect([budgets.wait(ORDERS, 5_699), budgets.wait(ORDERS, 5_700)]).toEqual([1, 0]);
  });

  it('five histories at once, the sixth when one was answered', () => {
    const budgets = createBudgets();
    const passes = [0, 1, 2, 3, 4].map((turn) => budgets.take(HISTORY, turn * 1_000));
    expect(budgets.wait(HISTORY, 10_000)).toBe(Number.POSITIVE_INFINITY);
    for (const pass of passes.slice(0, 1)) budgets.release(pass, 10_000);
    expect(budgets.wait(HISTORY, 10_000)).toBe(0);
  });

  it('a 429 halves the pace and pauses everything but cancels', () => {
    const budgets = createBudgets({ penaltyMs: 600_000 });
    budgets.punish(ORDERS, 0);
    expect([budgets.perSecond, budgets.wait(FREE, 1_000), budgets.wait(FREE, 1_000, true)]).toEqual([5, 599_000, 0]);
    expect(budgets.wait(FREE, 600_000)).toBe(0);
  });

  it('what a 429 has taken away comes back one by one', () => {
    const budgets = createBudgets({ perSecond: 4, penaltyMs: 1_000 });
    budgets.punish(FREE, 0);
    const limits = [1_000, 900_999, 901_000, 1_801_000, 9_000_000].map((now) => {
      budgets.wait(FREE, now);
      return budgets.perSecond;
    });
    expect(limits).toEqual([2, 2, 3, 4, 4]);
  });

  it('of a pace that lets nothing through is refused', () => {
    expect(() => createBudgets({ perSecond: 0 })).toThrow(/pace.perSecond/);
    expect(() => createBudgets({ penaltyMs: Number.NaN })).toThrow(/pace.penaltyMs/);
    expect(() => createBudgets({ persecond: 5 } as never)).toThrow(/pace.persecond: no such option, did you mean perSecond/);
  });

  it('a 429 for too many histories at once leaves the others alone', () => {
    const budgets = createBudgets();
    const passes = [0, 1, 2, 3, 4].map(() => budgets.take(HISTORY, 0));
    budgets.punish(HISTORY, 1_000);
    expect([budgets.perSecond, budgets.wait(FREE, 2_000)]).toEqual([10, 0]);
    for (const pass of passes.slice(0, 1)) budgets.release(pass, 2_000);
    expect(budgets.wait(HISTORY, 20_000)).toBe(Number.POSITIVE_INFINITY); // four at once from here on
  });
});

describe('admission', () => {
  it('lets cancels go before replies before places before reads', async () => {
    const timer = handTimer();
    const admission = createAdmission(timer, { perSecond: 1 });
    (await admission.admit(FREE, 'read'))();
    const order: Lane[] = [];
    const ask = (name: EndpointName, lane: Lane) =>
      void admission.admit(name, lane).then((done) => {
        order.push(lane);
        done();
      });
    ask(FREE, 'read');
    ask('POST /iserver/account/{accountId}/orders', 'place');
    ask('POST /iserver/reply/{replyId}', 'reply');
    ask('DELETE /iserver/account/{accountId}/order/{orderId}', 'cancel');
    await timer.advance(10_000);
    expect(order).toEqual(['cancel', 'reply', 'place', 'read']);
  });

  it('says at once when it would take longer than one waits', async () => {
    const timer = handTimer();
    const admission = createAdmission(timer);
    admission.punish(FREE);
    await expect(admission.admit(FREE, 'read', { patience: 1_000 })).rejects.toThrow(AdmissionError);
    const waiting = admission.admit(FREE, 'read', { patience: 700_000 });
    await timer.advance(600_000);
    await expect(waiting).resolves.toBeTypeOf('function');
  });

  it('a signal takes one out of the queue, and nothing is left behind', async () => {
    const timer = handTimer();
    const admission = createAdmission(timer, { perSecond: 1 });
    (await admission.admit(FREE, 'read'))();
    const stop = new AbortController();
    const waiting = admission.admit(FREE, 'read', { signal: stop.signal });
    stop.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    await settle();
    expect(admission.view.waiting).toBe(0);
    await timer.advance(1_000);
    expect(timer.waiting).toBe(0);
  });
});
