// The first message of a client.

import { int, string } from '../../schema/codecs.js';
import { type Of, outgoing } from '../../schema/message.js';
import { field, messageVersion } from '../../schema/rows.js';
import { V } from '../../versions.js';

export const startApi = outgoing({
  kind: 'startApi',
  id: 71,
  key: 'kind',
  protobuf: ['StartApiRequest', V.PROTOBUF_REST_MESSAGES_3],
  version: messageVersion(2),
  rows: {
    clientId: field(1, int),
    optionalCapabilities: field(2, string),
  },
});
export interface StartApi extends Of<typeof startApi> {}
