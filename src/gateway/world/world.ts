/** The world of a simulated gateway: one clock, one universe, one market, from one seed. */
import type { Clock } from '../clock.js';
import { createMarket, type Market } from './market.js';
import { buildUniverse, type Universe } from './universe.js';

/** The simulated market: its instruments, prices and clock. The same seed makes the same prices. */
export interface World {
  readonly clock: Clock;
  readonly seed: number;
  readonly universe: Universe;
  readonly market: Market;
  /** Stops the market's timers; the clock belongs to whoever made it. */
  close(): void;
}

/** Makes the world as it stands at the clock's now. Same seed and start, same world. */
export function createWorld(clock: Clock, seed: number): World {
  const universe = buildUniverse(seed, clock.now());
  const market = createMarket(universe, clock, seed);
  return { clock, seed, universe, market, close: () => market.close() };
}
