// A soak of hours finds nothing in the client as it is, and each planted fault for what it is.

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { heapBounds, heapPer } from './heap.js';
import type { PlantName } from './plants.js';
import { soak } from './soak.js';
import type { FaultName } from './weather.js';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

interface Case {
  readonly plant: PlantName;
  /** What brings it to light. */
  readonly after: FaultName;
  readonly hours: number;
  /** What is said of it, by part of the text. */
  readonly says: RegExp;
}

// biome-ignore format: a table, one plant a line
const cases: readonly Case[] = [
  { plant: 'a resubscription is dropped', after: 'connection cut', hours: 1, says: /behind its market/ },
  { plant: 'a fill is forgotten', after: 'connection cut', hours: 0.5, says: /counts \d+ as filled; the gateway \d+/ },
  { plant: 'an order is never cancelled', after: 'connection cut', hours: 0.5, says: /working \d+ ms after it was cancelled/ },
  { plant: 'positions are not listed again', after: 'connection cut', hours: 0.5, says: /position of \d+ is told as/ },
  { plant: 'timers are left', after: 'connection cut', hours: 0.5, says: /[1-9]\d* timers of the client are left/ },
  { plant: 'deadlines do not run', after: 'requests without an answer', hours: 0.5, says: /unsettled \d+ ms after its deadline/ },
];

describe('a soak', () => {
  it('finds nothing wrong in two hours of everything, and is the same for the same seed', async () => {
    const first = await soak({ hours: 2, seed: 3 });
    expect(first.wrongs).toEqual([]);
    expect(first.orders).toBeGreaterThan(50);
    expect(first.looks).toBeGreaterThan(5);
    expect(await soak({ hours: 2, seed: 3 })).toEqual(first);
  }, 60_000);

  it.each(cases)(
    'finds it when $plant, and nothing without that',
    async ({ plant, after, hours, says }) => {
      const under = { hours, seed: 3, faults: [after] };
      expect((await soak({ ...under, plant })).wrongs.join('\n')).toMatch(says);
      expect((await soak(under)).wrongs).toEqual([]);
    },
    60_000,
  );

  it('finds what is kept of each call', async () => {
    const kept: number[][] = [];
    const keep = () => void kept.push(new Array<number>(500).fill(0));
    expect(await heapPer('call', 1_000, collect, keep)).toBeGreaterThan(heapBounds.call);
  });
});
