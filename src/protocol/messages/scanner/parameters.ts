// What a scanner can be asked for.

import { string } from '../../schema/codecs.js';
import { incoming, type Of, outgoing } from '../../schema/message.js';
import { field, messageVersion } from '../../schema/rows.js';
import { V } from '../../versions.js';

export const scannerParameters = incoming({
  kind: 'scannerParameters',
  id: 19,
  key: 'kind',
  protobuf: ['ScannerParameters', V.PROTOBUF_SCAN_DATA],
  version: messageVersion(1),
  rows: {
    xml: field(1, string),
  },
});
export interface ScannerParameters extends Of<typeof scannerParameters> {}

export const reqScannerParameters = outgoing({
  kind: 'reqScannerParameters',
  id: 24,
  key: 'kind',
  protobuf: ['ScannerParametersRequest', V.PROTOBUF_SCAN_DATA],
  version: messageVersion(1),
  rows: {},
});
export interface ReqScannerParameters extends Of<typeof reqScannerParameters> {}
