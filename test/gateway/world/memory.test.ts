import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { at, OPEN } from './world-at.js';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const heap = (): number => {
  collect();
  return process.memoryUsage().heapUsed / 1e6;
};

describe('memory', () => {
  it('stays flat over moves of all instruments and over looks at thousands of options', () => {
    const { world, clock, market } = at(OPEN);
    let moves = 0;
    market.onMove(() => {
      moves += 1;
    });
    for (const { conId } of world.universe.statics) market.watch(conId);
    const chain = world.universe.chains.find((each) => each.tradingClass === 'SPXW');
    const options = chain === undefined ? [] : world.universe.options(chain, OPEN).map((each) => each.conId);
    const look = (): void => {
      for (const conId of options) market.quote(conId);
      clock.advance(50_000);
    };
    look();
    const before = heap();
    const begun = moves;
    for (let i = 0; i < 3; i++) look();
    expect(moves - begun).toBeGreaterThan(50_000);
    expect(heap() - before).toBeLessThan(3);
  });
});
