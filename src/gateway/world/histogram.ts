/** `reqHistogramData`: how much traded at which price. */
import { barSizeOf, type Duration } from './bar-sizes.js';
import { historyBars } from './history.js';
import type { Market } from './market.js';

export interface HistogramRow {
  readonly price: number;
  readonly size: number;
}

const FINE_DAYS = 31;

/** Volume by price over a period, prices ascending: each bar's volume spread over the steps it touched. */
export function histogram(market: Market, conId: number, period: Duration, useRTH: boolean): HistogramRow[] {
  const { instrument, valuation } = market.maker.track(conId);
  const days = period.unit === 'S' ? 1 : period.count * { D: 1, W: 5, M: 21, Y: 252 }[period.unit];
  const bars = historyBars(market, {
    conId,
    duration: period,
    barSize: barSizeOf(days > FINE_DAYS ? '30 mins' : '1 min'),
    whatToShow: instrument.secType === 'CRYPTO' ? 'AGGTRADES' : 'TRADES',
    useRTH,
  });
  const { grid } = valuation;
  const steps = new Map<number, number>();
  for (const bar of bars) {
    const low = Math.round(grid.position(bar.low));
    const high = Math.round(grid.position(bar.high));
    const each = Math.floor(bar.volume / (high - low + 1));
    for (let step = low; step <= high; step++) steps.set(step, (steps.get(step) ?? 0) + each);
    const close = Math.round(grid.position(bar.close));
    steps.set(close, (steps.get(close) ?? 0) + bar.volume - each * (high - low + 1));
  }
  return [...steps]
    .filter(([, size]) => size > 0)
    .sort(([a], [b]) => a - b)
    .map(([step, size]) => ({ price: grid.price(step), size }));
}
