// A stream's items by way of its seat are those that came by its readers alone: the same listeners, batches and newest item.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Outlets, type Seat } from '../../../src/client/conversation/outlets.js';
import { Readers } from '../../../src/client/conversation/readers.js';
import type { Subscription } from '../../../src/client/conversation/subscription.js';
import type { Core } from '../../../src/client/core.js';

const live = { at: 'live', since: 1 } as const;

type Step =
  | { readonly do: 'push' | 'subscribe' | 'listen' | 'leave' | 'read' | 'finish' }
  | { readonly do: 'close' | 'batches'; readonly of: number };

const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.constant({ do: 'push' as const }) },
    { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('subscribe', 'listen', 'leave', 'read') }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('close', 'batches'), of: fc.nat(3) }) },
    { weight: 1, arbitrary: fc.constant({ do: 'finish' as const }) },
  ) as fc.Arbitrary<Step>,
  { minLength: 5, maxLength: 40 },
);

/** What everybody is told, and how often an item went to a listener alone. */
async function told(flow: readonly Step[], hasSeat: boolean) {
  const log: unknown[] = [];
  const thrown = (error: unknown): void => void log.push(String(error));
  const core = { timer: { now: () => 1 }, thrown } as unknown as Core; // all that readers ask of it
  const outlets = new Outlets<number>(thrown);
  let alone = 0;
  let byPush = 0;
  const seat: Seat<number> = outlets.seat(
    () => 3,
    () => void log.push('left'),
  );
  const readers = new Readers<number, undefined>(core, hasSeat ? { seat } : {}, () => void log.push('nobody'));
  if (hasSeat)
    seat.open((item) => {
      byPush++;
      readers.push(item);
    });
  const streams: Subscription<number, undefined>[] = [];
  const leaves: (() => void)[] = [];
  const queues: AsyncIterator<readonly number[]>[] = [];
  let item = 0;
  let isOver = false;
  for (const step of flow) {
    // What is over is forgotten: nothing comes to it, and nobody joins it.
    if (isOver && (step.do === 'push' || step.do === 'subscribe')) continue;
    switch (step.do) {
      case 'push': {
        item++;
        const before = byPush;
        if (hasSeat) outlets.push(3, item);
        else readers.push(item);
        if (hasSeat && byPush === before) alone++;
        break;
      }
      case 'subscribe':
        streams.push(readers.add(undefined, live, false));
        break;
      case 'listen': {
        const name = leaves.length;
        const listener = (got: number): unknown => {
          log.push(`${name}: ${got}`);
          if (got % 7 === 0) throw new Error(`${name} fails at ${got}`);
          return got % 5 === 0 ? Promise.reject(new Error(`${name} rejects at ${got}`)) : undefined;
        };
        const stream = streams.at(-1);
        if (stream !== undefined) leaves.push(stream.on(listener as (got: number) => void));
        break;
      }
      case 'leave':
        leaves.at(-1)?.();
        break;
      case 'batches': {
        const stream = streams[step.of];
        if (stream !== undefined) queues.push(stream.batches({ overflow: 'dropOldest', limit: 3 }));
        break;
      }
      case 'close':
        streams[step.of]?.close();
        break;
      case 'finish':
        isOver = true;
        readers.finish(undefined);
        break;
      default:
    }
    log.push(streams.map(({ latest }) => latest));
    await Promise.resolve();
  }
  if (!isOver) readers.finish(new Error('over'));
  for (const queue of queues) {
    const batches: unknown[] = [];
    try {
      for (let step = await queue.next(); step.done !== true; step = await queue.next()) batches.push([...step.value]);
    } catch (error) {
      batches.push(String(error));
    }
    log.push(batches);
  }
  log.push(streams.map(({ latest }) => latest));
  return { log: log.filter((entry) => entry !== 'left'), alone };
}

describe('a seat', () => {
  it('tells everybody what the readers alone would, whoever comes and goes', async () => {
    let alone = 0;
    await fc.assert(
      fc.asyncProperty(steps, async (flow) => {
        const bySeat = await told(flow, true);
        const byReaders = await told(flow, false);
        expect(bySeat.log).toEqual(byReaders.log);
        alone += bySeat.alone;
      }),
      { numRuns: 600, seed: 12 },
    );
    expect(alone).toBeGreaterThan(300);
  });

  it("is nobody else's when it was left: who listens late changes nothing there", () => {
    const outlets = new Outlets<string>(() => {});
    const seats = [0, 1].map(() =>
      outlets.seat(
        () => 0,
        () => {},
      ),
    );
    const got: string[] = [];
    seats[0]?.open(() => got.push('first'));
    seats[0]?.leave();
    seats[1]?.open((item) => got.push(`second ${item}`));
    seats[0]?.direct(() => got.push('ghost'));
    outlets.push(0, 'a');
    expect(got).toEqual(['second a']);
    expect([seats[0]?.place, seats[0]?.newest, seats[1]?.place]).toEqual([-1, undefined, 0]);
  });
});
