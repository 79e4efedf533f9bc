// Conversations about the past.

import { list, one, stream } from '../conversation/shapes.js';

/** From server 196 on the end is a message of its own. */
export const historicalBars = list({
  open: 'reqHistoricalData',
  cancel: 'cancelHistoricalData',
  items: ['historicalData', 'historicalDataEnd'],
  end: 'historicalDataEnd',
  within: 60_000,
});
export const historicalBarsBefore196 = list({
  open: 'reqHistoricalData',
  cancel: 'cancelHistoricalData',
  items: ['historicalData'],
  end: 'historicalData',
  within: 60_000,
});
/** Bars of the past and their updates. */
export const barsKeptUpToDate = stream({
  open: 'reqHistoricalData',
  cancel: 'cancelHistoricalData',
  items: ['historicalData', 'historicalDataUpdate'],
  end: 'historicalDataEnd',
  within: 60_000,
  rank: 'data',
  moves: 60_000,
});
export const historicalSchedule = one({
  open: 'reqHistoricalData',
  cancel: 'cancelHistoricalData',
  items: ['historicalSchedule'],
  within: 30_000,
});
/** Counts as an open request until it is cancelled. */
export const headTimestamp = one({
  open: 'reqHeadTimestamp',
  cancel: 'cancelHeadTimestamp',
  cancelAfter: true,
  items: ['headTimestamp'],
  within: 30_000,
});
export const histogram = one({
  open: 'reqHistogramData',
  cancel: 'cancelHistogramData',
  items: ['histogramData'],
  within: 30_000,
});
export const historicalTicks = one({
  open: 'reqHistoricalTicks',
  cancel: 'cancelHistoricalTicks',
  items: ['historicalTicks', 'historicalTicksBidAsk', 'historicalTicksLast'],
  goesOn: ({ done }) => done === false,
  within: 60_000,
});
