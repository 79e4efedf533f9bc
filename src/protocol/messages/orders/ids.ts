// The next order id that may be used.

import { int, orderId } from '../../schema/codecs.js';
import { incoming, type Of, outgoing } from '../../schema/message.js';
import { field, messageVersion } from '../../schema/rows.js';
import { V } from '../../versions.js';

export const nextValidId = incoming({
  kind: 'nextValidId',
  id: 9,
  key: 'kind',
  protobuf: ['NextValidId', V.PROTOBUF_REST_MESSAGES_3],
  version: messageVersion(1),
  rows: {
    orderId: field(1, orderId),
  },
});
export interface NextValidId extends Of<typeof nextValidId> {}

export const reqIds = outgoing({
  kind: 'reqIds',
  id: 8,
  key: 'kind',
  protobuf: ['IdsRequest', V.PROTOBUF_REST_MESSAGES_3],
  version: messageVersion(1),
  rows: {
    numIds: field(1, int),
  },
});
export interface ReqIds extends Of<typeof reqIds> {}
