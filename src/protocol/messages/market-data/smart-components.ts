// Which exchange a letter of a quote stands for.

import { bitNumber, reqId, string } from '../../schema/codecs.js';
import { incoming, type Of, outgoing } from '../../schema/message.js';
import { field, recordTable, repeated } from '../../schema/rows.js';
import { V } from '../../versions.js';

export const smartComponent = recordTable('SmartComponent', {
  bitNumber: field(1, bitNumber),
  exchange: field(2, string),
  exchangeLetter: field(3, string),
});
export interface SmartComponent extends Of<typeof smartComponent> {}

export const smartComponents = incoming({
  kind: 'smartComponents',
  id: 82,
  key: 'reqId',
  since: V.REQ_SMART_COMPONENTS,
  protobuf: ['SmartComponents', V.PROTOBUF_REST_MESSAGES_2],
  rows: {
    reqId: field(1, reqId),
    components: repeated(2, smartComponent, 'smartComponents'),
  },
});
export interface SmartComponents extends Of<typeof smartComponents> {}

export const reqSmartComponents = outgoing({
  kind: 'reqSmartComponents',
  id: 83,
  key: 'reqId',
  since: V.REQ_SMART_COMPONENTS,
  protobuf: ['SmartComponentsRequest', V.PROTOBUF_REST_MESSAGES_2],
  rows: {
    reqId: field(1, reqId),
    bboExchange: field(2, string),
  },
});
export interface ReqSmartComponents extends Of<typeof reqSmartComponents> {}
