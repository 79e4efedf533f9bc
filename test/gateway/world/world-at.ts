/** A world on a virtual clock for tests, closed after each of them. */
import { afterEach } from 'vitest';
import { type VirtualClock, virtualClock } from '../../../src/gateway/clock.js';
import { barSizeOf, durationOf, whatToShowOf } from '../../../src/gateway/world/bar-sizes.js';
import { WorldError, type WorldErrorCode } from '../../../src/gateway/world/errors.js';
import { find } from '../../../src/gateway/world/find.js';
import { type HistoryBar, historyBars } from '../../../src/gateway/world/history.js';
import type { Market } from '../../../src/gateway/world/market.js';
import { createWorld, type World } from '../../../src/gateway/world/world.js';

export const AAPL = 265598;
export const SPY = 756733;
export const EURUSD = 12087792;
export const ES = 649180671;
export const TENCENT = 152791428;
export const BITCOIN = 479624278;
export const OPEN = Date.parse('2026-09-01T14:00:00Z');

export interface Here {
  readonly world: World;
  readonly clock: VirtualClock;
  readonly market: Market;
}

const worlds: World[] = [];
afterEach(() => {
  for (const world of worlds.splice(0)) world.close();
});

/** A world that begins at an instant. */
export function at(start: number, seed = 1): Here {
  const clock = virtualClock(start);
  const world = createWorld(clock, seed);
  worlds.push(world);
  return { world, clock, market: world.market };
}

/** The December 2026 option of AAPL. */
export function optionAt({ world, clock }: Here, strike: number, right: string): number {
  const query = { symbol: 'AAPL', secType: 'OPT', lastTradeDateOrContractMonth: '20261218', strike, right };
  const [found] = find(world.universe, query, clock.now());
  if (found === undefined) throw new Error('no such option');
  return found.conId;
}

export interface Asked {
  readonly conId?: number;
  readonly end?: number;
  readonly useRTH?: boolean;
  readonly show?: string;
}

export function bars({ market }: Here, duration: string, barSize: string, asked: Asked = {}): HistoryBar[] {
  const { conId = AAPL, end, useRTH = true, show = 'TRADES' } = asked;
  return historyBars(market, {
    conId,
    end,
    duration: durationOf(duration),
    barSize: barSizeOf(barSize),
    whatToShow: whatToShowOf(show),
    useRTH,
  });
}

/** Bars put together to one, as a client would. */
export function joined(parts: readonly HistoryBar[]): Pick<HistoryBar, 'open' | 'high' | 'low' | 'close' | 'volume' | 'count'> {
  return {
    open: parts[0]?.open ?? 0,
    high: Math.max(...parts.map((bar) => bar.high)),
    low: Math.min(...parts.map((bar) => bar.low)),
    close: parts.at(-1)?.close ?? 0,
    volume: Math.round(parts.reduce((sum, bar) => sum + bar.volume, 0) * 1e4) / 1e4,
    count: parts.reduce((sum, bar) => sum + bar.count, 0),
  };
}

export const iso = (instant: number | undefined): string => new Date(instant ?? 0).toISOString().slice(0, 19);

/** Code of the error that a call throws. */
export function codeOf(run: () => unknown): WorldErrorCode | 'none' {
  try {
    run();
    return 'none';
  } catch (error) {
    if (error instanceof WorldError) return error.code;
    throw error;
  }
}
