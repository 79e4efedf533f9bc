// Every call settles exactly once, with the right outcome, and leaves nothing, in whatever order things happen.

import { getEventListeners } from 'node:events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { familyCodes } from '../../../src/client/accounts/conversations.js';
import { contractDetails } from '../../../src/client/contracts/conversations.js';
import { askList, askOne } from '../../../src/client/conversation/ask.js';
import { questionsOf } from '../../../src/client/conversation/questions.js';
import { openStream, sharedStreams } from '../../../src/client/conversation/stream.js';
import type { Subscription } from '../../../src/client/conversation/subscription.js';
import { turnsTaken } from '../../../src/client/conversation/turns.js';
import { historicalBars } from '../../../src/client/history/conversations.js';
import { quotes, smartComponents } from '../../../src/client/market/conversations.js';
import { ClosedError, GatewayError, TimeoutError } from '../../../src/client/wire/errors.js';
import { settle } from '../../helpers/hand-timer.js';
import { type PaperSession, paperSession } from './paper-link.js';

const families = ['one', 'list', 'cancelled list', 'one without id'] as const;
type Family = (typeof families)[number];
type Outcome = 'answered' | 'refused' | 'timeout' | 'aborted' | 'closed';

interface CallRecord {
  readonly family: Family;
  readonly controller: AbortController;
  readonly reason: Error;
  readonly deadline: number;
  /** What has decided it, as the test sees it. */
  decided: Outcome | undefined;
  settled: Outcome | 'wrong' | undefined;
  times: number;
  reqId: number | undefined;
}

type Step =
  | { readonly do: 'call'; readonly family: Family; readonly timeout: number }
  | { readonly do: 'answer' | 'part' | 'refuse' | 'warn' | 'abort' | 'late'; readonly which: number }
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'cut' | 'unreachable' | 'reachable' | 'stray' | 'broker' };

const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        do: fc.constant('call' as const),
        family: fc.constantFrom(...families),
        timeout: fc.constantFrom(50, 500, 5000),
      }),
    },
    {
      weight: 8,
      arbitrary: fc.record({ do: fc.constantFrom('answer', 'part', 'refuse', 'warn', 'abort', 'late'), which: fc.nat(9) }),
    },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(1, 60, 450, 6000) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('cut', 'unreachable', 'reachable', 'stray', 'broker') }) },
  ) as fc.Arbitrary<Step>,
  { minLength: 5, maxLength: 50 },
);

class Play {
  readonly calls: CallRecord[] = [];
  readonly ids = new Set<number>();
  readonly paper: PaperSession;

  constructor(paper: PaperSession) {
    this.paper = paper;
  }

  /** Calls that are on the wire of this connection and undecided. A request without an id waits for the one before it. */
  get open(): CallRecord[] {
    const waiting = this.calls.filter(({ decided }) => decided === undefined);
    const head = waiting.find(({ family }) => family === 'one without id');
    return waiting.filter((call) => call.family !== 'one without id' || call === head);
  }

  call(family: Family, timeout: number): void {
    const { session, timer } = this.paper;
    const controller = new AbortController();
    const record: CallRecord = {
      family,
      controller,
      reason: new Error('enough'),
      deadline: timer.now() + timeout,
      decided: session.isReady ? undefined : 'closed',
      settled: undefined,
      times: 0,
      reqId: undefined,
    };
    const how = { signal: controller.signal, timeout };
    // A number of its own for each: equal ones would share one.
    const own = `${this.calls.length}`;
    const promise: Promise<unknown> =
      family === 'one'
        ? askOne(session, smartComponents, { bboExchange: own }, how)
        : family === 'list'
          ? askList(session, contractDetails, { contract: { symbol: own } }, how)
          : family === 'cancelled list'
            ? askList(session, historicalBars, { endDateTime: own }, how)
            : askOne(session, familyCodes, {}, how);
    promise.then(
      () => this.settled(record, 'answered'),
      (error: unknown) => this.settled(record, outcomeOf(error, record)),
    );
    this.calls.push(record);
  }

  private settled(record: CallRecord, outcome: Outcome | 'wrong'): void {
    record.settled = outcome;
    record.times++;
  }

  /** Ids of calls, read from what left: the n-th call with an id owns the n-th id. */
  link(): void {
    const withId = this.calls.filter(
      ({ family, decided, reqId }) => family !== 'one without id' && (decided !== 'closed' || reqId),
    );
    const asked = this.paper.sent.filter(({ kind }) =>
      ['reqSmartComponents', 'reqContractDetails', 'reqHistoricalData'].includes(kind),
    );
    for (const [at, { reqId }] of asked.entries()) {
      const call = withId[at];
      if (call !== undefined) call.reqId = reqId;
    }
  }

  answer(call: CallRecord, isWhole: boolean): void {
    const { paper } = this;
    const reqId = call.reqId as number;
    switch (call.family) {
      case 'one':
        if (!isWhole) return;
        paper.say('smartComponents', { reqId, components: [] });
        break;
      case 'one without id':
        if (!isWhole) return;
        paper.say('familyCodes', { familyCodes: [] });
        break;
      case 'list':
        paper.say('contractDetails', { reqId });
        if (!isWhole) return;
        paper.say('contractDetailsEnd', { reqId });
        break;
      default:
        paper.say('historicalData', { reqId, bars: [] });
        if (!isWhole) return;
        paper.say('historicalDataEnd', { reqId });
    }
    call.decided ??= 'answered';
  }

  async run(step: Step): Promise<void> {
    const { paper } = this;
    const { session, timer } = paper;
    switch (step.do) {
      case 'call':
        this.call(step.family, step.timeout);
        break;
      case 'wait': {
        const until = timer.now() + step.ms;
        for (const call of this.calls) if (call.deadline <= until) call.decided ??= 'timeout';
        await timer.advance(step.ms);
        break;
      }
      case 'cut':
        if (session.isReady) for (const call of this.calls) call.decided ??= 'closed';
        paper.cut();
        break;
      case 'unreachable':
      case 'reachable':
        paper.isReachable = step.do === 'reachable';
        break;
      case 'stray':
        paper.say('error', { reqId: -1, errorCode: 2106, errorString: 'HMDS data farm connection is OK:ushmds' });
        paper.say('smartComponents', { reqId: 1_400_000_000, components: [] });
        break;
      case 'broker':
        paper.say('error', { reqId: -1, errorCode: 1100, errorString: 'lost' });
        paper.say('error', { reqId: -1, errorCode: 1102, errorString: 'restored' });
        break;
      default:
        this.runOn(step);
    }
    await settle();
    this.link();
  }

  private runOn(step: Extract<Step, { which: number }>): void {
    const { paper } = this;
    if (step.do === 'late') {
      const done = this.calls.filter(({ decided, reqId }) => decided !== undefined && reqId !== undefined);
      const call = done[step.which % Math.max(1, done.length)];
      if (call !== undefined && paper.session.isReady) this.answer(call, true);
      return;
    }
    if (step.do === 'abort') {
      const waiting = this.calls.filter(({ decided }) => decided === undefined);
      const call = waiting[step.which % Math.max(1, waiting.length)];
      if (call === undefined) return;
      call.decided = 'aborted';
      call.controller.abort(call.reason);
      return;
    }
    const { open } = this;
    const call = open[step.which % Math.max(1, open.length)];
    if (call === undefined || !paper.session.isReady) return;
    const hasId = call.family !== 'one without id';
    if (step.do === 'answer' || step.do === 'part') this.answer(call, step.do === 'answer');
    else if (step.do === 'refuse' && hasId) {
      paper.say('error', { reqId: call.reqId as number, errorCode: 321, errorString: 'Error validating request' });
      call.decided = 'refused';
    } else if (step.do === 'warn' && hasId)
      paper.say('error', { reqId: call.reqId as number, errorCode: 2174, errorString: 'Warning: time zone' });
  }

  check(): void {
    for (const call of this.calls) {
      expect(call.settled, `${call.family} decided ${call.decided}`).toBe(call.decided);
      expect(call.times).toBe(call.decided === undefined ? 0 : 1);
      if (call.decided !== undefined) expect(getEventListeners(call.controller.signal, 'abort')).toHaveLength(0);
    }
  }
}

function outcomeOf(error: unknown, record: CallRecord): Outcome | 'wrong' {
  if (error === record.reason) return 'aborted';
  if (error instanceof TimeoutError) return 'timeout';
  if (error instanceof ClosedError) return 'closed';
  return error instanceof GatewayError && error.errorCode === 321 ? 'refused' : 'wrong';
}

function expectNothingLeft({ session, timer }: PaperSession): void {
  expect(session.router.openRequests).toBe(0);
  expect(session.router.waitingByKind).toBe(0);
  expect(session.calls.size).toBe(0);
  expect([...session.live]).toEqual([]);
  expect(sharedStreams(session)).toBe(0);
  expect(turnsTaken(session)).toBe(0);
  expect(questionsOf(session).size).toBe(0);
  expect(timer.pending).toBe(0);
}

describe('calls', () => {
  it('settle once with what decided them first, in any order of events, and leave nothing', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const play = new Play(await paperSession());
        for (const step of all) {
          await play.run(step);
          play.check();
        }
        play.paper.session.close();
        for (const call of play.calls) call.decided ??= 'closed';
        await settle();
        play.check();
        expectNothingLeft(play.paper);
      }),
      { seed: 20260902, numRuns: 400 },
    );
  });

  it('under a tight budget still settle once, leave nothing, and the rate is never broken', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const paper = await paperSession({ limits: { messagesPerSecond: 4, burst: 2 } });
        const play = new Play(paper);
        for (const step of all) await play.run(step);
        paper.session.close();
        await settle();
        for (const call of play.calls) expect(call.times).toBe(1);
        expectNothingLeft(paper);
        const opened = paper.sent.filter(({ kind }) => !kind.startsWith('cancel'));
        for (const { at, connection } of opened) {
          const second = opened.filter((other) => other.connection === connection && other.at > at - 1000 && other.at <= at);
          expect(second.length).toBeLessThanOrEqual(4);
        }
      }),
      { seed: 5, numRuns: 150 },
    );
  });
});

type StreamStep =
  | { readonly do: 'open' | 'close' | 'abort' | 'tick' | 'end' | 'refuse'; readonly which: number }
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'cut' | 'lost' | 'dataLost' | 'kept' };

const streamSteps: fc.Arbitrary<readonly StreamStep[]> = fc.array(
  fc.oneof(
    {
      weight: 10,
      arbitrary: fc.record({ do: fc.constantFrom('open', 'close', 'abort', 'tick', 'tick', 'tick', 'refuse'), which: fc.nat(5) }),
    },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(1, 500, 31_000) }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('cut', 'lost', 'dataLost', 'kept') }) },
  ) as fc.Arbitrary<StreamStep>,
  { minLength: 5, maxLength: 60 },
);

interface StreamRecord {
  readonly stream: Subscription<unknown>;
  readonly symbol: string;
  readonly controller: AbortController;
  gaps: number;
  items: number;
}

describe('streams', () => {
  it('come back with fresh ids, share one request, say each gap once, and leave nothing', async () => {
    await fc.assert(
      fc.asyncProperty(streamSteps, async (all) => {
        const paper = await paperSession();
        const { session, timer } = paper;
        const records: StreamRecord[] = [];
        const isOpen = ({ stream }: StreamRecord): boolean => stream.state.at !== 'closed';
        const askedFor = (symbol: string) =>
          paper.sent.filter(
            ({ kind, message }) => kind === 'reqMktData' && (message['contract'] as { symbol: string }).symbol === symbol,
          );
        for (const step of all) {
          const live = records.filter(isOpen);
          const record = 'which' in step ? live[step.which % Math.max(1, live.length)] : undefined;
          const reqId = record === undefined ? undefined : askedFor(record.symbol).at(-1)?.reqId;
          const isCurrent = record !== undefined && askedFor(record.symbol).at(-1)?.connection === paper.connections;
          switch (step.do) {
            case 'open': {
              const controller = new AbortController();
              const symbol = `S${step.which % 3}`;
              const stream = openStream(
                session,
                quotes,
                { contract: { symbol } },
                { key: symbol, take: (message, push: (item: unknown) => void) => push(message) },
                { signal: controller.signal },
              );
              const made: StreamRecord = { stream, symbol, controller, gaps: 0, items: 0 };
              stream.on(() => made.items++);
              stream.onGap(() => made.gaps++);
              records.push(made);
              break;
            }
            case 'close':
              record?.stream.close();
              break;
            case 'abort':
              record?.controller.abort(new Error('enough'));
              break;
            case 'tick':
              if (reqId !== undefined && isCurrent && session.isReady && session.router.isBusy(reqId)) {
                const before = records.map(({ items }) => items);
                paper.say('tickPrice', { reqId, tickType: 1, price: 1, size: 1, attribMask: 0 });
                for (const [at, one] of records.entries()) {
                  const isMine = isOpen(one) && one.symbol === record?.symbol;
                  expect(one.items - (before[at] ?? 0)).toBe(isMine ? 1 : 0);
                  if (isMine) expect(one.stream.state.at).toBe('live');
                }
              }
              break;
            case 'refuse':
              if (reqId !== undefined && isCurrent && session.isReady)
                paper.say('error', { reqId, errorCode: 354, errorString: 'Requested market data is not subscribed.' });
              break;
            case 'wait':
              await timer.advance(step.ms);
              break;
            case 'cut':
              paper.cut();
              break;
            case 'lost':
              paper.say('error', { reqId: -1, errorCode: 1100, errorString: 'lost' });
              for (const one of live) if (session.isReady) expect(['stale', 'opening']).toContain(one.stream.state.at);
              break;
            case 'dataLost':
              paper.say('error', { reqId: -1, errorCode: 1101, errorString: 'restored - data lost' });
              break;
            default:
              paper.say('error', { reqId: -1, errorCode: 1102, errorString: 'restored - data maintained' });
          }
          await settle();
        }
        const ids = paper.sent.filter(({ kind }) => kind === 'reqMktData').map(({ reqId }) => reqId);
        expect(new Set(ids).size).toBe(ids.length);
        await timer.advance(1000); // back to a connection
        paper.say('error', { reqId: -1, errorCode: 1102, errorString: 'restored - data maintained' });
        await settle();
        const open = new Set(records.filter(isOpen).map(({ symbol }) => symbol));
        for (const symbol of open) expect(askedFor(symbol).at(-1)?.connection).toBe(paper.connections);
        // One request at a time for each symbol, on each connection: whatever was asked before it has been cancelled or lost.
        expect(session.router.openRequests).toBe(open.size);
        for (const { stream } of records) stream.close();
        expect(session.router.openRequests).toBe(0);
        session.close();
        await settle();
        expectNothingLeft(paper);
        for (const { controller } of records) expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
      }),
      { seed: 99, numRuns: 300 },
    );
  });
});
