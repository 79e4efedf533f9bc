// Trading sessions of the past.

import { reqId, string } from '../../schema/codecs.js';
import { incoming, type Of } from '../../schema/message.js';
import { field, recordTable, repeated } from '../../schema/rows.js';
import { V } from '../../versions.js';

export const historicalSession = recordTable('HistoricalSession', {
  startDateTime: field(1, string),
  endDateTime: field(2, string),
  refDate: field(3, string),
});
export interface HistoricalSession extends Of<typeof historicalSession> {}

export const historicalSchedule = incoming({
  kind: 'historicalSchedule',
  id: 106,
  key: 'reqId',
  since: V.HISTORICAL_SCHEDULE,
  protobuf: ['HistoricalSchedule', V.PROTOBUF_REST_MESSAGES_1],
  rows: {
    reqId: field(1, reqId),
    startDateTime: field(2, string),
    endDateTime: field(3, string),
    timeZone: field(4, string),
    sessions: repeated(5, historicalSession, 'historicalSessions'),
  },
});
export interface HistoricalSchedule extends Of<typeof historicalSchedule> {}
