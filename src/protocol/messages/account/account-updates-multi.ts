// Values of one account or model.

import { account, bool, reqId, string } from '../../schema/codecs.js';
import { incoming, type Of, outgoing } from '../../schema/message.js';
import { field, messageVersion } from '../../schema/rows.js';
import { V } from '../../versions.js';

export const accountUpdateMulti = incoming({
  kind: 'accountUpdateMulti',
  id: 73,
  key: 'reqId',
  since: V.MODELS_SUPPORT,
  protobuf: ['AccountUpdateMulti', V.PROTOBUF_ACCOUNTS_POSITIONS],
  version: messageVersion(1),
  rows: {
    reqId: field(1, reqId),
    account: field(2, account),
    modelCode: field(3, string),
    key: field(4, string),
    value: field(5, string),
    currency: field(6, string),
  },
});
export interface AccountUpdateMulti extends Of<typeof accountUpdateMulti> {}

export const accountUpdateMultiEnd = incoming({
  kind: 'accountUpdateMultiEnd',
  id: 74,
  key: 'reqId',
  since: V.MODELS_SUPPORT,
  protobuf: ['AccountUpdateMultiEnd', V.PROTOBUF_ACCOUNTS_POSITIONS],
  version: messageVersion(1),
  rows: {
    reqId: field(1, reqId),
  },
});
export interface AccountUpdateMultiEnd extends Of<typeof accountUpdateMultiEnd> {}

export const reqAccountUpdatesMulti = outgoing({
  kind: 'reqAccountUpdatesMulti',
  id: 76,
  key: 'reqId',
  since: V.MODELS_SUPPORT,
  protobuf: ['AccountUpdatesMultiRequest', V.PROTOBUF_ACCOUNTS_POSITIONS],
  version: messageVersion(1),
  rows: {
    reqId: field(1, reqId),
    account: field(2, account),
    modelCode: field(3, string),
    ledgerAndNLV: field(4, bool),
  },
});
export interface ReqAccountUpdatesMulti extends Of<typeof reqAccountUpdatesMulti> {}

export const cancelAccountUpdatesMulti = outgoing({
  kind: 'cancelAccountUpdatesMulti',
  id: 77,
  key: 'reqId',
  since: V.MODELS_SUPPORT,
  protobuf: ['CancelAccountUpdatesMulti', V.PROTOBUF_ACCOUNTS_POSITIONS],
  version: messageVersion(1),
  rows: {
    reqId: field(1, reqId),
  },
});
export interface CancelAccountUpdatesMulti extends Of<typeof cancelAccountUpdatesMulti> {}
