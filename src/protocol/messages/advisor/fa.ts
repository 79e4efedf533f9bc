// Advisor groups and aliases.

import { int, reqId, string } from '../../schema/codecs.js';
import { incoming, type Of, outgoing, type Refusal } from '../../schema/message.js';
import { field, isOneOf, messageVersion, since } from '../../schema/rows.js';
import { V } from '../../versions.js';

export const receiveFA = incoming({
  kind: 'receiveFA',
  id: 16,
  key: 'kind',
  protobuf: ['ReceiveFA', V.PROTOBUF_REST_MESSAGES_1],
  version: messageVersion(1),
  rows: {
    faDataType: field(1, int),
    xml: field(2, string),
  },
});
export interface ReceiveFA extends Of<typeof receiveFA> {}

export const replaceFAEnd = incoming({
  kind: 'replaceFAEnd',
  id: 103,
  key: 'reqId',
  since: V.REPLACE_FA_END,
  protobuf: ['ReplaceFAEnd', V.PROTOBUF_REST_MESSAGES_1],
  rows: {
    reqId: field(1, reqId),
    text: field(2, string),
  },
});
export interface ReplaceFAEnd extends Of<typeof replaceFAEnd> {}

/** Profiles (2) became groups (1): official clients refuse them with 585 in text, and leave it to the server in protobuf. */
const noProfiles: readonly Refusal[] = [
  { field: 'faDataType', needs: 0, gone: [V.FA_PROFILE_DESUPPORT, V.PROTOBUF_REST_MESSAGES_1], when: isOneOf('faDataType', 2) },
];

export const requestFA = outgoing({
  kind: 'requestFA',
  id: 18,
  key: 'kind',
  protobuf: ['FARequest', V.PROTOBUF_REST_MESSAGES_1],
  version: messageVersion(1),
  rows: {
    faDataType: field(1, int),
  },
  refuses: noProfiles,
});
export interface RequestFA extends Of<typeof requestFA> {}

export const replaceFA = outgoing({
  kind: 'replaceFA',
  id: 19,
  key: 'reqId',
  protobuf: ['FAReplace', V.PROTOBUF_REST_MESSAGES_1],
  version: messageVersion(1),
  rows: {
    faDataType: field(2, int),
    cxml: field(3, string, {}, { as: 'xml' }),
    reqId: field(1, reqId, since(V.REPLACE_FA_END)),
  },
  refuses: noProfiles,
});
export interface ReplaceFA extends Of<typeof replaceFA> {}
