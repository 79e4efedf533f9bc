// Bars as typed arrays.

import type { ContractInput } from '../contracts/details.js';
import type { Call, Core } from '../core.js';
import { askWireBars, type BarsRequest } from './ask-bars.js';
import { barTime, orNone, orUntold, type WireBar } from './bar.js';

const names = ['time', 'open', 'high', 'low', 'close', 'volume', 'wap', 'count'] as const;
type Name = (typeof names)[number];

/**
 * Bars oldest first, the bar `at` being `time[at]`, `open[at]` and so on. `time` in epoch milliseconds, of daily bars midnight UTC of
 * their date; NaN where a `Bar` has undefined.
 */
export type BarColumns = { readonly length: number } & { readonly [N in Name]: Float64Array };

/** @throws as `bars` does. */
export async function askBarColumns(core: Core, contract: ContractInput, request: BarsRequest, call?: Call): Promise<BarColumns> {
  return toColumns(await askWireBars(core, contract, request, call));
}

function toColumns(bars: readonly WireBar[]): BarColumns {
  const { length } = bars;
  const column = (read: (bar: WireBar) => number | undefined): Float64Array =>
    Float64Array.from(bars, (bar) => read(bar) ?? Number.NaN);
  return {
    length,
    time: column(({ date }) => barTime(date ?? '')),
    open: column(({ open }) => open),
    high: column(({ high }) => high),
    low: column(({ low }) => low),
    close: column(({ close }) => close),
    volume: column(({ volume }) => orNone(volume)),
    wap: column(({ wap }) => orUntold(wap)),
    count: column(({ barCount }) => orNone(barCount)),
  };
}
