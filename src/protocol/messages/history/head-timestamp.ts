// Since when there is data.

import { contract, namedContract } from '../../records/contract.js';
import { bool, int, reqId, string } from '../../schema/codecs.js';
import { incoming, type Of, outgoing } from '../../schema/message.js';
import { field, record } from '../../schema/rows.js';
import { V } from '../../versions.js';

export const headTimestamp = incoming({
  kind: 'headTimestamp',
  id: 88,
  key: 'reqId',
  since: V.REQ_HEAD_TIMESTAMP,
  protobuf: ['HeadTimestamp', V.PROTOBUF_HISTORICAL_DATA],
  rows: {
    reqId: field(1, reqId),
    headTimestamp: field(2, string),
  },
});
export interface HeadTimestamp extends Of<typeof headTimestamp> {}

export const reqHeadTimestamp = outgoing({
  kind: 'reqHeadTimestamp',
  id: 87,
  key: 'reqId',
  since: V.REQ_HEAD_TIMESTAMP,
  protobuf: ['HeadTimestampRequest', V.PROTOBUF_HISTORICAL_DATA],
  rows: {
    reqId: field(1, reqId),
    contract: record(2, contract),
    useRTH: field(3, bool),
    whatToShow: field(4, string),
    formatDate: field(5, int),
  },
  text: ['reqId', ...namedContract, 'contract.includeExpired', 'useRTH', 'whatToShow', 'formatDate'],
});
export interface ReqHeadTimestamp extends Of<typeof reqHeadTimestamp> {}

export const cancelHeadTimestamp = outgoing({
  kind: 'cancelHeadTimestamp',
  id: 90,
  key: 'reqId',
  since: V.CANCEL_HEADTIMESTAMP,
  protobuf: ['CancelHeadTimestamp', V.PROTOBUF_HISTORICAL_DATA],
  rows: {
    reqId: field(1, reqId),
  },
});
export interface CancelHeadTimestamp extends Of<typeof cancelHeadTimestamp> {}
