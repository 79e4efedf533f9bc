// Extra authentication, internal to the broker.

import { string, textFlag } from '../../schema/codecs.js';
import { incoming, type Of, outgoing } from '../../schema/message.js';
import { field, messageVersion, textOnly } from '../../schema/rows.js';
import { V } from '../../versions.js';

export const verifyMessageAPI = incoming({
  kind: 'verifyMessageAPI',
  id: 65,
  key: 'kind',
  protobuf: ['VerifyMessageApi', V.PROTOBUF_REST_MESSAGES_3],
  version: messageVersion(1),
  rows: {
    apiData: field(1, string),
  },
});
export interface VerifyMessageAPI extends Of<typeof verifyMessageAPI> {}

export const verifyCompleted = incoming({
  kind: 'verifyCompleted',
  id: 66,
  key: 'kind',
  protobuf: ['VerifyCompleted', V.PROTOBUF_REST_MESSAGES_3],
  version: messageVersion(1),
  rows: {
    isSuccessful: field(1, textFlag),
    errorText: field(2, string),
  },
});
export interface VerifyCompleted extends Of<typeof verifyCompleted> {}

export const verifyAndAuthMessageAPI = incoming({
  kind: 'verifyAndAuthMessageAPI',
  id: 69,
  key: 'kind',
  version: messageVersion(1),
  rows: {
    apiData: textOnly(string),
    xyzChallenge: textOnly(string),
  },
});
export interface VerifyAndAuthMessageAPI extends Of<typeof verifyAndAuthMessageAPI> {}

export const verifyAndAuthCompleted = incoming({
  kind: 'verifyAndAuthCompleted',
  id: 70,
  key: 'kind',
  version: messageVersion(1),
  rows: {
    isSuccessful: textOnly(string),
    errorText: textOnly(string),
  },
});
export interface VerifyAndAuthCompleted extends Of<typeof verifyAndAuthCompleted> {}

export const verifyRequest = outgoing({
  kind: 'verifyRequest',
  id: 65,
  key: 'kind',
  protobuf: ['VerifyRequest', V.PROTOBUF_REST_MESSAGES_3],
  version: messageVersion(1),
  rows: {
    apiName: field(1, string),
    apiVersion: field(2, string),
  },
});
export interface VerifyRequest extends Of<typeof verifyRequest> {}

export const verifyMessage = outgoing({
  kind: 'verifyMessage',
  id: 66,
  key: 'kind',
  protobuf: ['VerifyMessageRequest', V.PROTOBUF_REST_MESSAGES_3],
  version: messageVersion(1),
  rows: {
    apiData: field(1, string),
  },
});
export interface VerifyMessage extends Of<typeof verifyMessage> {}

export const verifyAndAuthRequest = outgoing({
  kind: 'verifyAndAuthRequest',
  id: 72,
  key: 'kind',
  version: messageVersion(1),
  rows: {
    apiName: textOnly(string),
    apiVersion: textOnly(string),
    opaqueIsvKey: textOnly(string),
  },
});
export interface VerifyAndAuthRequest extends Of<typeof verifyAndAuthRequest> {}

export const verifyAndAuthMessage = outgoing({
  kind: 'verifyAndAuthMessage',
  id: 73,
  key: 'kind',
  version: messageVersion(1),
  rows: {
    apiData: textOnly(string),
    xyzResponse: textOnly(string),
  },
});
export interface VerifyAndAuthMessage extends Of<typeof verifyAndAuthMessage> {}
