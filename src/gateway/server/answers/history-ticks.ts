// Single ticks of the past, up to a thousand at a time.
import { type HistoryTicks, historyTicks } from '../../world/history-ticks.js';
import type { Family } from '../answer-types.js';
import { instrumentFor } from '../contracts.js';
import { refuseHistory } from '../history-errors.js';
import { lensOf } from '../lens.js';
import { permissionName } from '../rights.js';
import { tellTicks } from '../streams/tick-by-tick.js';
import { askedTime } from '../times.js';

const KINDS: readonly HistoryTicks['whatToShow'][] = ['TRADES', 'BID_ASK', 'MIDPOINT'];

export const historyTickAnswers = {
  reqHistoricalTicks: (request, client, gateway) => {
    const { reqId = 0, contract, numberOfTicks = 0, useRth, ignoreSize } = request;
    const invalid = (cause: string): void => client.error(reqId, 321, `Error validating request.-'bW' : cause - ${cause}`);
    const instrument = instrumentFor(gateway, client, reqId, contract);
    if (instrument === undefined) return;
    if (gateway.settings.marketData !== 'live') {
      client.error(
        reqId,
        10187,
        `Failed to request historical ticks:No market data permissions for ${permissionName(instrument)}`,
      );
      return;
    }
    const what = KINDS.find((kind) => kind === request.whatToShow);
    if (what === undefined) {
      invalid('Invalid whatToShow');
      return;
    }
    const { hostZone } = gateway.settings;
    const start = askedTime(request.startDateTime, hostZone, gateway.clock.now());
    const end = askedTime(request.endDateTime, hostZone, gateway.clock.now());
    if (start === 'bad' || end === 'bad') {
      client.error(reqId, 10314, 'Start or End Date/Time: The date, time, or time-zone entered is invalid.');
      return;
    }
    try {
      const found = historyTicks(gateway.world.market, what, {
        conId: instrument.conId,
        start,
        end,
        count: numberOfTicks,
        useRTH: useRth === true,
        ignoreSize,
      });
      tellTicks(client, reqId, found, lensOf(client.terminal, instrument));
    } catch (error) {
      refuseHistory(error, client, reqId, instrument);
    }
  },

  cancelHistoricalTicks: () => {},
} satisfies Family;
