// The event calendar: its metadata first, then events of an instrument.

import { DAY_MS, textOfDay } from '../../world/civil.js';
import { mix2 } from '../../world/random.js';
import type { Family } from '../answer-types.js';

const EVENT_TYPES = [
  ['wshe_ed', 'Earnings Date'],
  ['wshe_div', 'Dividend'],
  ['wshe_cc', 'Conference Call'],
] as const;

export const calendarAnswers = {
  reqWshMetaData: ({ reqId = 0 }, client) => {
    if (client.held.isHeld('calendar')) {
      client.error(reqId, 10279, 'Duplicate WSH meta-data request.');
      return;
    }
    client.held.hold('calendar', undefined, () => {});
    const meta = { meta_data: { event_types: EVENT_TYPES.map(([tag, name]) => ({ tag, name })) } };
    client.send('wshMetaData', { reqId, dataJson: JSON.stringify(meta) });
  },

  cancelWshMetaData: ({ reqId = 0 }, client) => {
    if (!client.held.release('calendar')) client.error(reqId, 10278, 'WSH meta-data request not found.');
  },

  reqWshEventData: (request, client, gateway) => {
    const { reqId = 0, conId, filter = '', totalLimit } = request;
    if (!client.held.isHeld('calendar')) {
      client.error(reqId, 10282, 'WSH meta-data has to be requested first.');
      return;
    }
    if (conId !== undefined && filter !== '') {
      client.error(reqId, 10281, 'Invalid WSH filter: give a contract or a filter.');
      return;
    }
    const instrument = conId === undefined ? undefined : gateway.world.universe.instrument(conId);
    if (conId !== undefined && instrument === undefined) {
      client.error(reqId, 10281, 'Invalid WSH filter: unknown contract.');
      return;
    }
    const today = Math.floor(gateway.clock.now() / DAY_MS);
    const events = EVENT_TYPES.map(([event_type, name], i) => {
      const day = today + 3 + ((mix2(conId ?? 0, i) >>> 4) % 60);
      return { conId: conId ?? 0, symbol: instrument?.symbol ?? '', event_type, name, index_date: textOfDay(day) };
    }).filter(({ index_date: at }) => at >= (request.startDate || '0') && at <= (request.endDate || '9'));
    client.send('wshEventData', { reqId, dataJson: JSON.stringify(events.slice(0, totalLimit || 100)) });
  },

  cancelWshEventData: () => {},
} satisfies Family;
