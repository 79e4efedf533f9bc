// What may be sent now, what has to wait and for how long, what is refused, and what refusals teach.

import { describe, expect, it } from 'vitest';
import { type Admission, createAdmission, type Held } from '../../../src/client/admission/admission.js';
import type { AdmissionRequest } from '../../../src/client/admission/budgets.js';
import {
  accountSummaryCosts,
  depthCosts,
  headTimestampCosts,
  historicalTicksCosts,
  historyCosts,
  isSmallBar,
  matchingSymbolsCosts,
  quoteCosts,
  realTimeBarsCosts,
  scannerCosts,
  tickByTickCosts,
} from '../../../src/client/admission/costs.js';
import { defaultLimits, type Lane, limitsForLines } from '../../../src/client/admission/limits.js';

const plain = (lane: Lane, messages = 1): AdmissionRequest => ({ asked: 'x', lane, messages });
const quote = (instrument: string): AdmissionRequest => ({ asked: 'reqMktData', lane: 'request', costs: quoteCosts(instrument) });
const shape = (identity: string, instrument = identity, whatToShow = 'TRADES') => ({
  identity,
  instrument,
  exchange: 'SMART',
  whatToShow,
});
const bars = (identity: string, barSize = '5 secs', instrument?: string, whatToShow?: string): AdmissionRequest => ({
  asked: 'reqHistoricalData',
  lane: 'history',
  costs: historyCosts({ ...shape(identity, instrument, whatToShow), barSize }),
});

/** Sends at the first moment it may; answers that moment. */
function send(admission: Admission, request: AdmissionRequest, from: number): number {
  let now = from;
  for (let tries = 0; tries < 50; tries++) {
    const answer = admission.ask(request, now);
    if (answer.go === 'now') {
      admission.commit(request, now);
      return now;
    }
    if (answer.go === 'never' || answer.waitMs === undefined) throw new Error(`stuck at ${answer.budget}`);
    now += Math.ceil(answer.waitMs);
  }
  throw new Error('never sent');
}

describe('message rate', () => {
  it('lets 45 messages leave at once and the next when a second and the margin are over', () => {
    const admission = createAdmission();
    for (let at = 0; at < 45; at++) expect(send(admission, plain('cancel'), 0)).toBe(0);
    expect(admission.ask(plain('cancel'), 0)).toEqual({ go: 'later', waitMs: 1050, budget: 'rate', key: undefined });
  });

  it('keeps a share for cancels, probes and orders', () => {
    const admission = createAdmission();
    const leaveNow = (lane: Lane): number => {
      let count = 0;
      for (; admission.ask(plain(lane), 0).go === 'now'; count++) admission.commit(plain(lane), 0);
      return count;
    };
    expect([leaveNow('history'), leaveNow('request'), leaveNow('order'), leaveNow('probe'), leaveNow('cancel')]).toEqual([
      36, 2, 4, 1, 2,
    ]);
  });

  it('spreads messages when the burst is smaller', () => {
    const admission = createAdmission({ ...defaultLimits, burst: 5 });
    let now = 0;
    const times = Array.from({ length: 50 }, () => {
      now = send(admission, plain('cancel'), now);
      return now;
    });
    expect(times.slice(0, 6)).toEqual([0, 0, 0, 0, 0, 23]);
    expect(times[49]).toBeGreaterThan(990);
    expect(times[49]).toBeLessThan(1100);
  });

  it('keeps a share of a small burst too', () => {
    const admission = createAdmission({ ...defaultLimits, burst: 10 });
    for (let at = 0; at < 8; at++) expect(send(admission, plain('history'), 0)).toBe(0);
    expect(admission.ask(plain('history'), 0)).toMatchObject({ go: 'later', budget: 'rate' });
    expect(send(admission, plain('cancel'), 0)).toBe(0);
    expect(send(admission, plain('cancel'), 0)).toBe(0);
  });

  it('a set of messages leaves together or not at all', () => {
    const admission = createAdmission({ ...defaultLimits, messagesPerSecond: 10, burst: 10 });
    for (let at = 0; at < 8; at++) send(admission, plain('order'), at * 10);
    expect(admission.ask(plain('order', 3), 80)).toMatchObject({ go: 'later', waitMs: 980 });
    expect(admission.ask(plain('order', 11), 80)).toEqual({ go: 'never', budget: 'rate' });
  });

  it('code 100 stops everything for a second, halves the rate once for one breach, and the rate comes back slowly', () => {
    const admission = createAdmission();
    admission.learn('rate', 10_000);
    admission.learn('rate', 10_020);
    expect([admission.rate.strikes, admission.rate.limit(10_020)]).toEqual([1, 22]);
    expect(admission.ask(plain('cancel'), 10_020)).toMatchObject({ go: 'later', waitMs: 1030, budget: 'rate' });
    expect(admission.ask(plain('cancel'), 11_050).go).toBe('now');
    admission.learn('rate', 12_000);
    expect([admission.rate.strikes, admission.rate.limit(12_000), admission.rate.limit(132_000)]).toEqual([2, 11, 13]);
    expect(admission.rate.limit(12_000 + 60 * 60_000)).toBe(45);
  });

  it('the warning before the limit takes a tenth, at most once a second', () => {
    const admission = createAdmission();
    for (const at of [0, 100, 900]) admission.rateApproaching(at);
    expect(admission.rate.limit(900)).toBe(40);
    admission.rateApproaching(1000);
    expect(admission.rate.limit(1000)).toBe(36);
  });

  it('one message a second still leaves when the rate has been halved to nothing', () => {
    const admission = createAdmission();
    for (let at = 0; at < 12; at++) admission.learn('rate', at * 2000);
    expect(admission.rate.limit(24_000)).toBe(1);
    expect(send(admission, plain('history'), 30_000)).toBe(30_000);
    expect(send(admission, plain('history'), 30_000)).toBe(31_050);
  });
});

describe('places', () => {
  it('one instrument takes one line however many streams it has', () => {
    const admission = createAdmission({ ...defaultLimits, lines: 2 });
    const first = admission.commit(quote('1'), 0);
    const second = admission.commit(quote('1'), 0);
    admission.commit(quote('2'), 0);
    expect(admission.ask(quote('3'), 0)).toEqual({ go: 'never', budget: 'lines' });
    expect(admission.ask(quote('2'), 0)).toEqual({ go: 'now' });
    first();
    first();
    expect(admission.ask(quote('3'), 0).go).toBe('never');
    second();
    expect(admission.ask(quote('3'), 0)).toEqual({ go: 'now' });
  });

  it('five-second bars take a line, and a head timestamp is an open historical request', () => {
    const admission = createAdmission({ ...defaultLimits, lines: 1, openHistory: 1 });
    admission.commit(quote('1'), 0);
    admission.commit(bars('a', '1 min'), 0);
    const live: AdmissionRequest = { asked: 'x', lane: 'request', costs: realTimeBarsCosts(shape('2')) };
    const head: AdmissionRequest = { asked: 'x', lane: 'history', costs: headTimestampCosts(shape('2')) };
    expect(admission.ask(live, 0)).toEqual({ go: 'never', budget: 'lines' });
    expect(admission.ask(head, 0)).toMatchObject({ go: 'later', budget: 'openHistory' });
  });

  it.each([
    ['depth', (at: number) => depthCosts(`${at}`), 3],
    ['tickByTick', (at: number) => tickByTickCosts(`${at}`), 5],
    ['scanners', () => scannerCosts(), 10],
    ['accountSummaries', () => accountSummaryCosts(), 2],
  ] as const)('%s: as many as the gateway allows, and no more', (budget, costs, most) => {
    const admission = createAdmission();
    for (let at = 0; at < most; at++) admission.commit({ asked: 'x', lane: 'request', costs: costs(at) }, 0);
    expect(admission.ask({ asked: 'x', lane: 'request', costs: costs(most) }, 0)).toEqual({ go: 'never', budget });
  });

  it('the fifty-first open historical request waits for one to end, and nobody knows how long', () => {
    const admission = createAdmission();
    const releases = Array.from({ length: 50 }, (_, at) => admission.commit(bars(`${at}`, '1 min'), at * 100));
    expect(admission.ask(bars('x', '1 min'), 10_000)).toEqual({
      go: 'later',
      waitMs: undefined,
      budget: 'openHistory',
      key: undefined,
    });
    releases[7]?.();
    expect(admission.ask(bars('x', '1 min'), 10_000)).toEqual({ go: 'now' });
  });

  it('a place that is held ahead is taken once and given back once', () => {
    const admission = createAdmission({ ...defaultLimits, lines: 1 });
    const held = admission.hold(quote('1'), 0) as Held;
    expect(admission.hold(quote('2'), 0)).toEqual({ full: 'lines' });
    expect(admission.ask(quote('1'), 0, held)).toEqual({ go: 'now' });
    const release = admission.commit(quote('1'), 0, held);
    expect(admission.slots.get('lines')?.used).toBe(1);
    release();
    held.give();
    expect(admission.slots.get('lines')?.used).toBe(0);
  });

  it('a new connection has all places free, and what is given back from the old one takes none away', () => {
    const admission = createAdmission({ ...defaultLimits, lines: 1 });
    const old = admission.commit(quote('1'), 0);
    admission.clear();
    admission.commit(quote('2'), 0);
    old();
    expect(admission.ask(quote('3'), 0)).toEqual({ go: 'never', budget: 'lines' });
  });

  it.each(['lines', 'depth', 'tickByTick', 'scanners', 'accountSummaries'] as const)(
    'a refusal lowers %s to what was open, for a while',
    (budget) => {
      const admission = createAdmission({ ...defaultLimits, [budget]: 10 });
      const costs = budget === 'lines' || budget === 'depth' ? (at: number) => [{ budget, key: `${at}` }] : () => [{ budget }];
      for (let at = 0; at < 5; at++) admission.commit({ asked: 'x', lane: 'request', costs: costs(at) }, 0);
      const refused: AdmissionRequest = { asked: 'x', lane: 'request', costs: costs(5) };
      const release = admission.commit(refused, 0);
      admission.learn(budget, 1000, refused);
      release();
      expect(admission.limitNow(budget, 1000)).toBe(5);
      expect(admission.ask(refused, 1000)).toEqual({ go: 'never', budget });
      expect(admission.ask(refused, 1000 + 900_000)).toEqual({ go: 'now' });
    },
  );

  it('a lowered budget never falls to nothing', () => {
    const admission = createAdmission();
    admission.commit(quote('1'), 0);
    for (let times = 0; times < 5; times++) admission.learn('lines', times);
    expect(admission.limitNow('lines', 10)).toBe(1);
  });
});

describe('history rules', () => {
  it('an identical request waits 15 seconds', () => {
    const admission = createAdmission();
    send(admission, bars('a'), 0);
    expect(admission.ask(bars('a'), 5000)).toEqual({ go: 'later', waitMs: 10_050, budget: 'identical', key: 'a' });
    expect(admission.ask(bars('a', '1 min'), 5000)).toEqual({ go: 'now' });
  });

  it('five requests for one contract, exchange and kind of data in two seconds, two when they are BID_ASK', () => {
    const five = createAdmission();
    for (let at = 0; at < 5; at++) expect(send(five, bars(`t${at}`, '5 secs', 'AAPL'), 0)).toBe(0);
    expect(five.ask(bars('t5', '5 secs', 'AAPL'), 0)).toMatchObject({ go: 'later', waitMs: 2050, budget: 'sameContract' });
    expect(five.ask(bars('m0', '5 secs', 'AAPL', 'MIDPOINT'), 0)).toEqual({ go: 'now' });
    const two = createAdmission();
    for (let at = 0; at < 2; at++) send(two, bars(`b${at}`, '5 secs', 'AAPL', 'BID_ASK'), 0);
    expect(two.ask(bars('b2', '5 secs', 'AAPL', 'BID_ASK'), 0)).toMatchObject({ go: 'later', budget: 'sameContract' });
  });

  it('sixty small bars in ten minutes, BID_ASK counting twice, five-second bars and head timestamps with them', () => {
    const admission = createAdmission({ ...defaultLimits, openHistory: 1000 });
    const kinds: AdmissionRequest[] = [];
    for (let at = 0; at < 20; at++) {
      kinds.push(bars(`b${at}`, '30 secs', `i${at}`, 'BID_ASK'));
      kinds.push({ asked: 'reqHeadTimestamp', lane: 'history', costs: headTimestampCosts(shape(`h${at}`)) });
    }
    const times = kinds.map((request) => send(admission, request, 0));
    expect(Math.max(...times)).toBeLessThan(3000);
    const next: AdmissionRequest = { asked: 'reqRealTimeBars', lane: 'request', costs: realTimeBarsCosts(shape('r')) };
    expect(admission.ask(next, 3000)).toMatchObject({ go: 'later', budget: 'smallBars' });
    expect(send(admission, next, 3000)).toBe(600_050);
    expect(admission.ask(bars('m', '1 min'), 3000)).toEqual({ go: 'now' });
  });

  it('knows small bars by their name', () => {
    expect(['1 secs', '5 secs', '30 secs', '1 min', '2 mins', '1 hour', '1 day', '45 secs', ''].map(isSmallBar)).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
      false,
      false,
      false,
    ]);
  });

  it('spaces tick-by-tick by instrument, searches and regulatory snapshots by the second, identical ticks of the past', () => {
    const admission = createAdmission();
    const of = (costs: AdmissionRequest['costs']): AdmissionRequest => ({ asked: 'x', lane: 'request', ...(costs && { costs }) });
    const pairs: [AdmissionRequest, number][] = [
      [of(tickByTickCosts('1')), 15_050],
      [of(matchingSymbolsCosts()), 1050],
      [of(quoteCosts('1', 'regulatorySnapshot')), 1050],
      [of(historicalTicksCosts('a')), 15_050],
    ];
    for (const [request, waitMs] of pairs) {
      admission.commit(request, 0);
      expect(admission.ask(request, 0)).toMatchObject({ go: 'later', waitMs });
    }
    expect(admission.ask(of(tickByTickCosts('2')), 0)).toEqual({ go: 'now' });
    expect(of(quoteCosts('1', 'snapshot')).costs).toEqual([{ budget: 'lines', key: '1' }]);
  });

  it('a pacing refusal rests small bars alone or all history, each time longer, and once for one breach', () => {
    const admission = createAdmission();
    admission.learn('history', 0, bars('a'));
    admission.learn('history', 10, bars('b'));
    expect(admission.ask(bars('c'), 20)).toMatchObject({ go: 'later', waitMs: 14_980, budget: 'smallBars' });
    expect(admission.ask(bars('c', '1 min'), 20)).toEqual({ go: 'now' });
    admission.learn('smallBars', 20_000);
    expect(admission.restsUntil('smallBars')).toBe(50_000);
    admission.learn('history', 0, bars('a', '1 min'));
    expect(admission.ask(bars('c', '1 min'), 20)).toMatchObject({ go: 'later', waitMs: 14_980, budget: 'openHistory' });
    for (let at = 60_000; at < 3_000_000; at = admission.restsUntil('smallBars') + 1) admission.learn('smallBars', at);
    const last = admission.restsUntil('smallBars');
    admission.learn('smallBars', last + 1);
    expect(admission.restsUntil('smallBars')).toBe(last + 1 + 600_000);
    admission.learn('smallBars', last + 10_000_000);
    expect(admission.restsUntil('smallBars')).toBe(last + 10_015_000);
  });
});

describe('limits', () => {
  it('follow from the lines of the login', () => {
    expect(limitsForLines(100)).toEqual(defaultLimits);
    expect(limitsForLines(200)).toMatchObject({ messagesPerSecond: 90, tickByTick: 10, depth: 3, lines: 200 });
    expect(limitsForLines(1000)).toMatchObject({ depth: 9, tickByTick: 50 });
    expect(limitsForLines(100_000).depth).toBe(60);
  });
});
