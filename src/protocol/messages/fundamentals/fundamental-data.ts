// Fundamental data (withdrawn after API 10.46).

import { contract } from '../../records/contract.js';
import { reqId, string } from '../../schema/codecs.js';
import { incoming, type Of, outgoing } from '../../schema/message.js';
import { field, messageVersion, of, record, tagString } from '../../schema/rows.js';
import { V } from '../../versions.js';

export const fundamentalData = incoming({
  kind: 'fundamentalData',
  id: 51,
  key: 'reqId',
  protobuf: ['FundamentalsData', V.PROTOBUF_SCAN_DATA],
  version: messageVersion(1),
  rows: {
    reqId: field(1, reqId),
    data: field(2, string),
  },
});
export interface FundamentalData extends Of<typeof fundamentalData> {}

export const reqFundamentalData = outgoing({
  kind: 'reqFundamentalData',
  id: 52,
  key: 'reqId',
  protobuf: ['FundamentalsDataRequest', V.PROTOBUF_SCAN_DATA],
  rows: {
    reqId: field(1, reqId),
    contract: record(2, contract),
    reportType: field(3, string),
    fundamentalDataOptions: tagString(4, 'fundamentalsDataOptions'),
  },
  text: [
    messageVersion(2),
    'reqId',
    ...of('contract', 'conId', 'symbol', 'secType', 'exchange', 'primaryExchange', 'currency', 'localSymbol'),
    'reportType',
    'fundamentalDataOptions',
  ],
});
export interface ReqFundamentalData extends Of<typeof reqFundamentalData> {}

export const cancelFundamentalData = outgoing({
  kind: 'cancelFundamentalData',
  id: 53,
  key: 'reqId',
  protobuf: ['CancelFundamentalsData', V.PROTOBUF_SCAN_DATA],
  version: messageVersion(1),
  rows: {
    reqId: field(1, reqId),
  },
});
export interface CancelFundamentalData extends Of<typeof cancelFundamentalData> {}
