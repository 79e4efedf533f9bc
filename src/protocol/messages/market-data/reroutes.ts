// Ask another contract instead: what a CFD answers.

import { conId, reqId, string } from '../../schema/codecs.js';
import { incoming, type Of } from '../../schema/message.js';
import { field } from '../../schema/rows.js';
import { V } from '../../versions.js';

export const rerouteMktDataReq = incoming({
  kind: 'rerouteMktDataReq',
  id: 91,
  key: 'reqId',
  since: V.CFD_REROUTE,
  protobuf: ['RerouteMarketDataRequest', V.PROTOBUF_REST_MESSAGES_1],
  rows: {
    reqId: field(1, reqId),
    conId: field(2, conId),
    exchange: field(3, string),
  },
});
export interface RerouteMktDataReq extends Of<typeof rerouteMktDataReq> {}

export const rerouteMktDepthReq = incoming({
  kind: 'rerouteMktDepthReq',
  id: 92,
  key: 'reqId',
  since: V.CFD_REROUTE,
  protobuf: ['RerouteMarketDepthRequest', V.PROTOBUF_REST_MESSAGES_1],
  rows: {
    reqId: field(1, reqId),
    conId: field(2, conId),
    exchange: field(3, string),
  },
});
export interface RerouteMktDepthReq extends Of<typeof rerouteMktDepthReq> {}
