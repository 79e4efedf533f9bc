// White branding of the login.

import { reqId, string } from '../../schema/codecs.js';
import { incoming, type Of, outgoing } from '../../schema/message.js';
import { field } from '../../schema/rows.js';
import { V } from '../../versions.js';

export const userInfo = incoming({
  kind: 'userInfo',
  id: 107,
  key: 'reqId',
  since: V.USER_INFO,
  protobuf: ['UserInfo', V.PROTOBUF_REST_MESSAGES_2],
  rows: {
    reqId: field(1, reqId),
    whiteBrandingId: field(2, string),
  },
});
export interface UserInfo extends Of<typeof userInfo> {}

export const reqUserInfo = outgoing({
  kind: 'reqUserInfo',
  id: 104,
  key: 'reqId',
  since: V.USER_INFO,
  protobuf: ['UserInfoRequest', V.PROTOBUF_REST_MESSAGES_2],
  rows: {
    reqId: field(1, reqId),
  },
});
export interface ReqUserInfo extends Of<typeof reqUserInfo> {}
