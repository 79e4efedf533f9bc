// Chosen values of many accounts.

import { account, reqId, string } from '../../schema/codecs.js';
import { incoming, type Of, outgoing } from '../../schema/message.js';
import { field, messageVersion } from '../../schema/rows.js';
import { V } from '../../versions.js';

export const accountSummary = incoming({
  kind: 'accountSummary',
  id: 63,
  key: 'reqId',
  protobuf: ['AccountSummary', V.PROTOBUF_ACCOUNTS_POSITIONS],
  version: messageVersion(1),
  rows: {
    reqId: field(1, reqId),
    account: field(2, account),
    tag: field(3, string),
    value: field(4, string),
    currency: field(5, string),
  },
});
export interface AccountSummary extends Of<typeof accountSummary> {}

export const accountSummaryEnd = incoming({
  kind: 'accountSummaryEnd',
  id: 64,
  key: 'reqId',
  protobuf: ['AccountSummaryEnd', V.PROTOBUF_ACCOUNTS_POSITIONS],
  version: messageVersion(1),
  rows: {
    reqId: field(1, reqId),
  },
});
export interface AccountSummaryEnd extends Of<typeof accountSummaryEnd> {}

export const reqAccountSummary = outgoing({
  kind: 'reqAccountSummary',
  id: 62,
  key: 'reqId',
  protobuf: ['AccountSummaryRequest', V.PROTOBUF_ACCOUNTS_POSITIONS],
  version: messageVersion(1),
  rows: {
    reqId: field(1, reqId),
    group: field(2, string),
    tags: field(3, string),
  },
});
export interface ReqAccountSummary extends Of<typeof reqAccountSummary> {}

export const cancelAccountSummary = outgoing({
  kind: 'cancelAccountSummary',
  id: 63,
  key: 'reqId',
  protobuf: ['CancelAccountSummary', V.PROTOBUF_ACCOUNTS_POSITIONS],
  version: messageVersion(1),
  rows: {
    reqId: field(1, reqId),
  },
});
export interface CancelAccountSummary extends Of<typeof cancelAccountSummary> {}
