// Positions of one account or model.

import { contract, heldContract } from '../../records/contract.js';
import { account, decimal, double, reqId, string } from '../../schema/codecs.js';
import { incoming, type Of, outgoing } from '../../schema/message.js';
import { field, messageVersion, record } from '../../schema/rows.js';
import { V } from '../../versions.js';

export const positionMulti = incoming({
  kind: 'positionMulti',
  id: 71,
  key: 'reqId',
  since: V.MODELS_SUPPORT,
  protobuf: ['PositionMulti', V.PROTOBUF_ACCOUNTS_POSITIONS],
  rows: {
    reqId: field(1, reqId),
    account: field(2, account),
    contract: record(3, contract),
    position: field(4, decimal),
    avgCost: field(5, double),
    modelCode: field(6, string),
  },
  text: [messageVersion(1), 'reqId', 'account', ...heldContract, 'position', 'avgCost', 'modelCode'],
});
export interface PositionMulti extends Of<typeof positionMulti> {}

export const positionMultiEnd = incoming({
  kind: 'positionMultiEnd',
  id: 72,
  key: 'reqId',
  since: V.MODELS_SUPPORT,
  protobuf: ['PositionMultiEnd', V.PROTOBUF_ACCOUNTS_POSITIONS],
  version: messageVersion(1),
  rows: {
    reqId: field(1, reqId),
  },
});
export interface PositionMultiEnd extends Of<typeof positionMultiEnd> {}

export const reqPositionsMulti = outgoing({
  kind: 'reqPositionsMulti',
  id: 74,
  key: 'reqId',
  since: V.MODELS_SUPPORT,
  protobuf: ['PositionsMultiRequest', V.PROTOBUF_ACCOUNTS_POSITIONS],
  version: messageVersion(1),
  rows: {
    reqId: field(1, reqId),
    account: field(2, account),
    modelCode: field(3, string),
  },
});
export interface ReqPositionsMulti extends Of<typeof reqPositionsMulti> {}

export const cancelPositionsMulti = outgoing({
  kind: 'cancelPositionsMulti',
  id: 75,
  key: 'reqId',
  since: V.MODELS_SUPPORT,
  protobuf: ['CancelPositionsMulti', V.PROTOBUF_ACCOUNTS_POSITIONS],
  version: messageVersion(1),
  rows: {
    reqId: field(1, reqId),
  },
});
export interface CancelPositionsMulti extends Of<typeof cancelPositionsMulti> {}
