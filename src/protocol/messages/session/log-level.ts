// The server's log level.

import { int } from '../../schema/codecs.js';
import { type Of, outgoing } from '../../schema/message.js';
import { field, messageVersion } from '../../schema/rows.js';
import { V } from '../../versions.js';

export const setServerLogLevel = outgoing({
  kind: 'setServerLogLevel',
  id: 14,
  key: 'kind',
  protobuf: ['SetServerLogLevelRequest', V.PROTOBUF_REST_MESSAGES_3],
  version: messageVersion(1),
  rows: {
    logLevel: field(1, int),
  },
});
export interface SetServerLogLevel extends Of<typeof setServerLogLevel> {}
