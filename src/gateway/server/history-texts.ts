// How bars are written: times by format and server version, volumes in shares or hundreds.
import type { RequestOf } from '../../protocol/registry.js';
import { V } from '../../protocol/versions.js';
import type { BarSize } from '../world/bar-sizes.js';
import type { HistoryBar } from '../world/history.js';
import type { Instrument } from '../world/instrument.js';
import type { Client } from './client.js';
import { isInLots, type Lens, LOT, lensOf } from './lens.js';
import type { Gateway } from './state.js';
import { toldTime } from './times.js';

/** Makes wire rows of bars for one request. Bars of days and longer carry their day, whatever the format. */
export function barTexts(
  gateway: Gateway,
  client: Client,
  request: RequestOf<'reqHistoricalData'>,
  instrument: Instrument,
  barSize: BarSize,
) {
  const { serverVersion } = client;
  const isOld = instrument.secType === 'STK' && instrument.currency === 'USD' && serverVersion < V.HMDS_MARKET_DATA_IN_SHARES;
  const lens = lensOf(client.terminal, instrument, isOld || isInLots(client.terminal, instrument) ? LOT : 1);
  const dateOf = ({ time, day }: HistoryBar): string => {
    if (barSize.kind !== 'intraday') return day;
    return request.formatDate === 2
      ? String(Math.floor(time / 1000))
      : toldTime(gateway, time, instrument.timeZoneId, serverVersion);
  };
  const row = (bar: HistoryBar) => {
    const { open, high, low, close, volume, average: wap, count: barCount } = barIn(lens, bar);
    return { date: dateOf(bar), open, high, low, close, volume, wap, hasGaps: 'false', barCount };
  };
  return { row };
}

/** A bar as it is shown; volumes below 0 say that there is none. */
export function barIn(lens: Lens, bar: HistoryBar): HistoryBar {
  const { open, high, low, close, volume } = bar;
  return {
    ...bar,
    open: lens.price(open),
    high: lens.price(high),
    low: lens.price(low),
    close: lens.price(close),
    volume: volume > 0 ? lens.traded(volume) : volume,
  };
}

/** Where an answer begins: the start of its first bar, or its end when there is none. */
export function dayStart(bars: readonly HistoryBar[], end: number): number {
  return bars[0]?.time ?? end;
}
