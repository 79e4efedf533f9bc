// Market scans.

import { contract } from '../../records/contract.js';
import { scannerSubscription } from '../../records/scanner-subscription.js';
import { int, reqId, string } from '../../schema/codecs.js';
import { incoming, type Of, outgoing } from '../../schema/message.js';
import {
  at,
  before,
  field,
  list,
  messageVersion,
  of,
  record,
  recordTable,
  repeated,
  since,
  sinceMessage,
} from '../../schema/rows.js';
import { V } from '../../versions.js';

export const scannerDataElement = recordTable('ScannerDataElement', {
  rank: field(1, int),
  contract: record(2, contract),
  marketName: field(3, string),
  distance: field(4, string),
  benchmark: field(5, string),
  projection: field(6, string),
  legsStr: field(7, string, {}, { as: 'comboKey' }),
});
export interface ScannerDataElement extends Of<typeof scannerDataElement> {}

export const scannerData = incoming({
  kind: 'scannerData',
  id: 20,
  key: 'reqId',
  protobuf: ['ScannerData', V.PROTOBUF_SCAN_DATA],
  rows: {
    reqId: field(1, reqId),
    elements: repeated(2, scannerDataElement, 'scannerDataElement'),
  },
  text: [
    messageVersion(3),
    'reqId',
    list('elements', [
      'rank',
      at('contract.conId', sinceMessage(3)),
      ...of(
        'contract',
        'symbol',
        'secType',
        'lastTradeDateOrContractMonth',
        'strike',
        'right',
        'exchange',
        'currency',
        'localSymbol',
      ),
      'marketName',
      'contract.tradingClass',
      'distance',
      'benchmark',
      'projection',
      at('legsStr', sinceMessage(2)),
    ]),
  ],
});
export interface ScannerData extends Of<typeof scannerData> {}

export const reqScannerSubscription = outgoing({
  kind: 'reqScannerSubscription',
  id: 22,
  key: 'reqId',
  protobuf: ['ScannerSubscriptionRequest', V.PROTOBUF_SCAN_DATA],
  rows: {
    reqId: field(1, reqId),
    subscription: record(2, scannerSubscription, 'scannerSubscription'),
  },
  text: [
    messageVersion(4, before(V.SCANNER_GENERIC_OPTS)),
    'reqId',
    ...of(
      'subscription',
      'numberOfRows',
      'instrument',
      'locationCode',
      'scanCode',
      'abovePrice',
      'belowPrice',
      'aboveVolume',
      'marketCapAbove',
      'marketCapBelow',
      'moodyRatingAbove',
      'moodyRatingBelow',
      'spRatingAbove',
      'spRatingBelow',
      'maturityDateAbove',
      'maturityDateBelow',
      'couponRateAbove',
      'couponRateBelow',
      'excludeConvertible',
      'averageOptionVolumeAbove',
      'scannerSettingPairs',
      'stockTypeFilter',
    ),
    at('subscription.scannerSubscriptionFilterOptions', since(V.SCANNER_GENERIC_OPTS)),
    'subscription.scannerSubscriptionOptions',
  ],
});
export interface ReqScannerSubscription extends Of<typeof reqScannerSubscription> {}

export const cancelScannerSubscription = outgoing({
  kind: 'cancelScannerSubscription',
  id: 23,
  key: 'reqId',
  protobuf: ['CancelScannerSubscription', V.PROTOBUF_SCAN_DATA],
  version: messageVersion(1),
  rows: {
    reqId: field(1, reqId),
  },
});
export interface CancelScannerSubscription extends Of<typeof cancelScannerSubscription> {}
