// Any sequence of frames, against a session that has everything open: the process lives, the session is ready or says why not, every
// call settles by its deadline, what is kept is bounded, and nothing is left when it is closed.

import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { facade } from '../../../src/client/connect.js';
import { IdRangeError, UnusableError } from '../../../src/client/wire/errors.js';
import { settle } from '../../helpers/hand-timer.js';
import { paperSession } from '../session/paper-link.js';
import { calls, openEverything } from './everything.js';
import { anySteps, bytesOf, type Step } from './hostile-frames.js';

const escaped: unknown[] = [];
const note = (error: unknown): void => void escaped.push(error);
beforeEach(() => {
  escaped.length = 0;
  process.on('unhandledRejection', note);
  process.on('uncaughtException', note);
});
afterEach(() => {
  process.off('unhandledRejection', note);
  process.off('uncaughtException', note);
});

/** More of it: `HOSTILE_RUNS=3000 HOSTILE_SEED=5 npx vitest run test/client/hostile/property.test.ts`. */
const RUNS = Number(process.env['HOSTILE_RUNS'] ?? 40);
const SEED = Number(process.env['HOSTILE_SEED'] ?? 17);

/** The longest deadline of a call, and the waits of those that ask in several steps. */
const LONGEST_MS = 400_000;

async function play(steps: readonly Step[], serverVersion: number): Promise<void> {
  const paper = await paperSession({ serverVersion });
  const { session, timer } = paper;
  const thrown: unknown[] = [];
  session.listen('thrown', (error) => void thrown.push(error));
  // What cannot be meant is an id out of range; anything else would be a party that is not ready for its messages.
  session.listen('unreadable', (what) => {
    if (what instanceof UnusableError) expect(what.cause).toBeInstanceOf(IdRangeError);
  });
  const ib = facade(session, { port: 1, orders: { accounts: 'none' } });
  const everything = openEverything(ib);
  await settle();
  for (const step of steps) {
    if (step.is === 'cut') paper.cut();
    else if (step.is === 'wait') await timer.advance(step.ms);
    else {
      const ids = paper.sent.flatMap(({ reqId }) => reqId ?? []);
      const bytes = bytesOf(step, serverVersion, ids);
      if (bytes === undefined) continue;
      for (let time = 0; time < step.times; time++) paper.hear(bytes);
    }
  }
  await timer.advance(LONGEST_MS);
  expect(thrown).toEqual([]);
  expect([...everything.unsettled]).toEqual([]);
  expect(['ready', 'degraded', 'reconnecting', 'connecting', 'closed']).toContain(session.state.at);
  if (session.state.at === 'closed') expect(session.state.cause).toBeInstanceOf(Error);
  const { health } = ib;
  expect(health.notices.length).toBeLessThanOrEqual(50);
  expect(health.farms.size).toBeLessThanOrEqual(100);
  expect(health.oddities.length).toBeLessThan(200);
  const orders = steps.reduce((sum, step) => sum + (step.is === 'frame' ? step.times : 0), 0);
  expect(ib.orders.book.trades.length).toBeLessThanOrEqual(orders);
  everything.close();
  ib.close();
  await settle();
  expect(ib.health.openRequests + ib.health.liveStreams + session.router.waitingByKind + session.calls.size).toBe(0);
  expect(timer.pending).toBe(0);
}

describe.each([176, 225])('at %i', (serverVersion) => {
  it(
    'survives any sequence of frames',
    async () => {
      await fc.assert(
        fc.asyncProperty(anySteps, (steps) => play(steps, serverVersion)),
        { seed: SEED, numRuns: RUNS },
      );
      expect(escaped).toEqual([]);
    },
    60_000 + RUNS * 1_000,
  );

  it('has every call open, and none settles by itself', async () => {
    const paper = await paperSession({ serverVersion });
    const ib = facade(paper.session, { port: 1, orders: { accounts: 'none' } });
    const { unsettled } = openEverything(ib);
    await settle();
    expect(unsettled.size).toBeGreaterThan(Object.keys(calls).length - 8);
    ib.close();
  });
});
