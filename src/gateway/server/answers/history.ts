// Bars of the past, the bar that still grows, schedules, head timestamps and histograms, with the rules of their pacing.

import type { RequestOf } from '../../../protocol/registry.js';
import { historyFarmOf } from '../../faults/farms.js';
import {
  type BarSize,
  barSizeOf,
  type Duration,
  durationOf,
  periodOf,
  SMALL_BAR_MS,
  type WhatToShow,
  whatToShowOf,
} from '../../world/bar-sizes.js';
import { WorldError } from '../../world/errors.js';
import { histogram } from '../../world/histogram.js';
import { barBetween, type HistoryBar, headTimestamp, historyBars, schedule } from '../../world/history.js';
import type { Instrument } from '../../world/instrument.js';
import { mix2 } from '../../world/random.js';
import type { Family } from '../answer-types.js';
import type { Client } from '../client.js';
import { instrumentFor } from '../contracts.js';
import { breaksPacing, DISCONNECTED, PACING, refuseHistory, TIMED_OUT } from '../history-errors.js';
import { barTexts, dayStart } from '../history-texts.js';
import { lensOf } from '../lens.js';
import type { Gateway } from '../state.js';
import { askedTime, dashText, toldTime } from '../times.js';

export const historyAnswers = {
  reqHistoricalData: (request, client, gateway) => {
    const { reqId = 0, contract } = request;
    if (client.held.isHeld('bars', reqId)) {
      client.error(reqId, 386, 'Duplicate ticker ID for API historical data query');
      return;
    }
    const instrument = instrumentFor(gateway, client, reqId, contract);
    if (instrument === undefined) return;
    try {
      answerBars(request, reqId, instrument, client, gateway);
    } catch (error) {
      refuseHistory(error, client, reqId, instrument);
    }
  },

  cancelHistoricalData: ({ reqId = 0 }, client) => {
    if (client.held.release('bars', reqId))
      client.error(reqId, 162, `Historical Market Data Service error message:API historical data query cancelled: ${reqId}`);
    else client.error(reqId, 366, `No historical data query found for ticker id:${reqId}`);
  },

  reqHeadTimestamp: (request, client, gateway) => {
    const { reqId = 0, contract, whatToShow = '', useRTH, formatDate } = request;
    const instrument = instrumentFor(gateway, client, reqId, contract);
    if (instrument === undefined) return;
    try {
      if (breaksPacing(gateway, `head ${instrument.conId} ${whatToShow} ${useRTH}`, instrument, whatToShow)) {
        client.error(reqId, 162, PACING);
        return;
      }
      if (gateway.faults.isLost || gateway.faults.farms.isBroken(historyFarmOf(instrument))) {
        const timer = gateway.clock.at(gateway.clock.now() + HEAD_TIMEOUT_MS, () => client.error(reqId, 162, TIMED_OUT));
        client.held.hold('headTimestamp', reqId, () => timer.cancel());
        return;
      }
      const at = headTimestamp(gateway.world.market, instrument.conId, whatToShowOf(whatToShow), useRTH === true);
      client.send('headTimestamp', { reqId, headTimestamp: formatDate === 2 ? String(Math.floor(at / 1000)) : dashText(at) });
    } catch (error) {
      refuseHistory(error, client, reqId, instrument);
    }
  },

  cancelHeadTimestamp: ({ reqId = 0 }, client) => void client.held.release('headTimestamp', reqId),

  reqHistogramData: ({ reqId = 0, contract, timePeriod = '', useRTH }, client, gateway) => {
    const instrument = instrumentFor(gateway, client, reqId, contract);
    if (instrument === undefined) return;
    try {
      const rows = histogram(gateway.world.market, instrument.conId, periodOf(timePeriod), useRTH === true);
      // Rows stand in no order, as they do in recordings.
      const place = (price: number): number => mix2(instrument.conId, Math.round(price * 1e4));
      const lens = lensOf(client.terminal, instrument);
      const items = rows
        .map(({ price, size }) => ({ price: lens.price(price), size: lens.quoted(size) }))
        .sort((a, b) => place(a.price) - place(b.price));
      client.send('histogramData', { reqId, items });
    } catch (error) {
      refuseHistory(error, client, reqId, instrument);
    }
  },

  cancelHistogramData: () => {},
} satisfies Family;

/** A head timestamp that the history farm does not answer is given up after so long. */
const HEAD_TIMEOUT_MS = 5_000;

interface Wanted {
  readonly request: RequestOf<'reqHistoricalData'>;
  readonly reqId: number;
  readonly instrument: Instrument;
  readonly duration: Duration;
  readonly barSize: BarSize;
  readonly whatToShow: WhatToShow;
  readonly end: number | undefined;
}

function answerBars(
  request: RequestOf<'reqHistoricalData'>,
  reqId: number,
  instrument: Instrument,
  client: Client,
  gateway: Gateway,
): void {
  const { hostZone } = gateway.settings;
  const now = gateway.clock.now();
  const whatToShow = whatToShowOf(request.whatToShow ?? '');
  const duration = durationOf(request.durationStr ?? '');
  const barSize = barSizeOf(request.barSizeSetting ?? '');
  const end = askedTime(request.endDateTime, hostZone, now);
  const invalid = (cause: string): void => client.error(reqId, 321, `Error validating request.-'bQ' : cause - ${cause}`);
  if (end === 'bad') {
    client.error(
      reqId,
      10314,
      'End Date/Time: The date, time, or time-zone entered is invalid. The correct format is yyyymmdd hh:mm:ss xx/xxxx where yyyymmdd and xx/xxxx are optional.',
    );
    return;
  }
  if (request.contract?.secType === 'CONTFUT' && end !== undefined) {
    client.error(reqId, 10339, 'Setting end date/time for continuous future security type is not allowed');
    return;
  }
  const wanted: Wanted = { request, reqId, instrument, duration, barSize, whatToShow, end };
  if (whatToShow === 'SCHEDULE') {
    if (barSize.kind !== 'day') client.error(reqId, 10295, 'Only daily bars are supported for SCHEDULE data.');
    else tellSchedule(wanted, client, gateway);
    return;
  }
  if (request.keepUpToDate === true) {
    if (end !== undefined) {
      invalid('End time must be empty when keepUpToDate is set');
      return;
    }
    if (!['TRADES', 'MIDPOINT', 'BID', 'ASK'].includes(whatToShow) || barSize.ms < 5000) {
      invalid(`keepUpToDate is not supported for ${whatToShow} bars of ${barSize.text}`);
      return;
    }
  }
  if (gateway.settings.marketData !== 'live')
    client.error(reqId, 2188, 'Up-to-the-second historical data requires additional subscription for the API.');
  if (gateway.faults.isLost || gateway.faults.farms.isBroken(historyFarmOf(instrument))) {
    client.error(reqId, 162, DISCONNECTED);
    return;
  }
  const identity = `bars ${instrument.conId} ${request.endDateTime} ${request.durationStr} ${barSize.text} ${whatToShow} ${request.useRTH}`;
  if (barSize.ms <= SMALL_BAR_MS && breaksPacing(gateway, identity, instrument, whatToShow)) {
    client.error(reqId, 162, PACING);
    return;
  }
  if (client.held.count('bars') >= gateway.limits.openHistory) {
    client.error(reqId, 162, 'Historical Market Data Service error message:Historical data requests limit exceeded');
    return;
  }
  tellBars(wanted, client, gateway);
}

function tellBars(wanted: Wanted, client: Client, gateway: Gateway): void {
  const { request, reqId, instrument, duration, barSize, whatToShow, end } = wanted;
  const useRTH = request.useRTH === true;
  const bars = historyBars(gateway.world.market, { conId: instrument.conId, end, duration, barSize, whatToShow, useRTH });
  if (bars.length === 0) {
    client.error(
      reqId,
      162,
      'Historical Market Data Service error message:HMDS query returned no data: '.concat(
        `${instrument.localSymbol}@${instrument.exchange} ${whatToShow}`,
      ),
    );
    return;
  }
  const texts = barTexts(gateway, client, request, instrument, barSize);
  const rows = bars.map(texts.row);
  const to = end ?? gateway.clock.now();
  const at = (instant: number): string => toldTime(gateway, instant, instrument.timeZoneId, client.serverVersion);
  const startDateStr = at(dayStart(bars, to));
  const endDateStr = at(to);
  client.send('historicalData', { reqId, startDateStr, endDateStr, bars: rows });
  // A message of its own from 196 on; older clients are not sent kinds they do not know.
  client.send('historicalDataEnd', { reqId, startDateStr, endDateStr });
  if (request.keepUpToDate === true) keep(wanted, bars.at(-1) as HistoryBar, texts.row, client, gateway);
}

/** Sends the growing bar every five seconds, and the next one when it begins. */
function keep(
  { reqId, instrument, barSize, whatToShow }: Wanted,
  last: HistoryBar,
  row: (bar: HistoryBar) => ReturnType<ReturnType<typeof barTexts>['row']>,
  client: Client,
  gateway: Gateway,
): void {
  const { market } = gateway.world;
  let from = last.time;
  let growing: HistoryBar | undefined = last;
  const tell = (): void => {
    if (gateway.quotes.isSilent(instrument)) return;
    const now = Math.floor(gateway.clock.now() / 1000) * 1000;
    // At the end of a bar all of it is told once more: the next one has nothing in it yet.
    while (barSize.kind === 'intraday' && now - from > barSize.ms) {
      from += barSize.ms;
      growing = undefined;
    }
    const bar = barBetween(market, instrument.conId, whatToShow, from, Math.min(now, from + barSize.ms)) ?? growing;
    if (bar === undefined) return;
    growing = bar;
    client.send('historicalDataUpdate', { reqId, ...row({ ...bar, time: from }), barCount: -1 });
  };
  const timer = gateway.clock.every(5_000, tell);
  client.held.hold('bars', reqId, () => timer.cancel());
}

function tellSchedule({ request, reqId, instrument, duration, end }: Wanted, client: Client, gateway: Gateway): void {
  const sessions = schedule(gateway.world.market, instrument.conId, end, duration, request.useRTH === true);
  const zone = instrument.timeZoneId;
  const first = sessions[0];
  const last = sessions.at(-1);
  if (first === undefined || last === undefined) throw new WorldError('noSuchData', 'no sessions');
  client.send('historicalSchedule', {
    reqId,
    startDateTime: dashText(first.from, zone),
    endDateTime: dashText(last.to, zone),
    timeZone: zone,
    sessions: sessions.map(({ from, to, refDate }) => ({
      startDateTime: dashText(from, zone),
      endDateTime: dashText(to, zone),
      refDate,
    })),
  });
}
