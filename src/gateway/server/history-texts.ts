// How bars are written: times by format and server version, volumes in shares or hundreds.
import type { RequestOf } from '../../protocol/registry.js';
import { V } from '../../protocol/versions.js';
import type { BarSize } from '../world/bar-sizes.js';
import type { HistoryBar } from '../world/history.js';
import type { Instrument } from '../world/instrument.js';
import type { Client } from './client.js';
import type { Gateway } from './state.js';
import { timeText } from './times.js';

/** Makes wire rows of bars for one request. Bars of days and longer carry their day, whatever the format. */
export function barTexts(
  gateway: Gateway,
  client: Client,
  request: RequestOf<'reqHistoricalData'>,
  instrument: Instrument,
  barSize: BarSize,
) {
  const { hostZone } = gateway.settings;
  const { serverVersion } = client;
  const inLots = instrument.secType === 'STK' && instrument.currency === 'USD' && serverVersion < V.HMDS_MARKET_DATA_IN_SHARES;
  const dateOf = ({ time, day }: HistoryBar): string => {
    if (barSize.kind !== 'intraday') return day;
    return request.formatDate === 2 ? String(Math.floor(time / 1000)) : timeText(time, hostZone, serverVersion);
  };
  const row = (bar: HistoryBar) => ({
    date: dateOf(bar),
    open: bar.open,
    high: bar.high,
    low: bar.low,
    close: bar.close,
    volume: bar.volume > 0 && inLots ? Math.floor(bar.volume / 100) : bar.volume,
    wap: bar.average,
    hasGaps: 'false',
    barCount: bar.count,
  });
  return { row };
}

/** Where an answer begins: the start of its first bar, or its end when there is none. */
export function dayStart(bars: readonly HistoryBar[], end: number): number {
  return bars[0]?.time ?? end;
}
