// The server's clock.

import { epoch } from '../../schema/codecs.js';
import { incoming, type Of, outgoing } from '../../schema/message.js';
import { field, messageVersion } from '../../schema/rows.js';
import { V } from '../../versions.js';

export const currentTime = incoming({
  kind: 'currentTime',
  id: 49,
  key: 'kind',
  protobuf: ['CurrentTime', V.PROTOBUF_REST_MESSAGES_3],
  version: messageVersion(1),
  rows: {
    time: field(1, epoch, {}, { as: 'currentTime' }),
  },
});
export interface CurrentTime extends Of<typeof currentTime> {}

export const currentTimeInMillis = incoming({
  kind: 'currentTimeInMillis',
  id: 109,
  key: 'kind',
  since: V.CURRENT_TIME_IN_MILLIS,
  protobuf: ['CurrentTimeInMillis', V.PROTOBUF_REST_MESSAGES_3],
  rows: {
    timeInMillis: field(1, epoch, {}, { as: 'currentTimeInMillis' }),
  },
});
export interface CurrentTimeInMillis extends Of<typeof currentTimeInMillis> {}

export const reqCurrentTime = outgoing({
  kind: 'reqCurrentTime',
  id: 49,
  key: 'kind',
  protobuf: ['CurrentTimeRequest', V.PROTOBUF_REST_MESSAGES_3],
  version: messageVersion(1),
  rows: {},
});
export interface ReqCurrentTime extends Of<typeof reqCurrentTime> {}

export const reqCurrentTimeInMillis = outgoing({
  kind: 'reqCurrentTimeInMillis',
  id: 105,
  key: 'kind',
  since: V.CURRENT_TIME_IN_MILLIS,
  protobuf: ['CurrentTimeInMillisRequest', V.PROTOBUF_REST_MESSAGES_3],
  rows: {},
});
export interface ReqCurrentTimeInMillis extends Of<typeof reqCurrentTimeInMillis> {}
