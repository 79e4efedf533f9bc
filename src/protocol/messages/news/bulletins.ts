// Bulletins of exchanges and of the broker.

import { bool, int, string } from '../../schema/codecs.js';
import { incoming, type Of, outgoing } from '../../schema/message.js';
import { field, messageVersion } from '../../schema/rows.js';
import { V } from '../../versions.js';

export const updateNewsBulletin = incoming({
  kind: 'updateNewsBulletin',
  id: 14,
  key: 'kind',
  protobuf: ['NewsBulletin', V.PROTOBUF_NEWS_DATA],
  version: messageVersion(1),
  rows: {
    msgId: field(1, int, {}, { as: 'newsMsgId' }),
    msgType: field(2, int, {}, { as: 'newsMsgType' }),
    newsMessage: field(3, string),
    originExch: field(4, string, {}, { as: 'originatingExch' }),
  },
});
export interface UpdateNewsBulletin extends Of<typeof updateNewsBulletin> {}

export const reqNewsBulletins = outgoing({
  kind: 'reqNewsBulletins',
  id: 12,
  key: 'kind',
  protobuf: ['NewsBulletinsRequest', V.PROTOBUF_NEWS_DATA],
  version: messageVersion(1),
  rows: {
    allMsgs: field(1, bool, {}, { as: 'allMessages' }),
  },
});
export interface ReqNewsBulletins extends Of<typeof reqNewsBulletins> {}

export const cancelNewsBulletins = outgoing({
  kind: 'cancelNewsBulletins',
  id: 13,
  key: 'kind',
  protobuf: ['CancelNewsBulletins', V.PROTOBUF_NEWS_DATA],
  version: messageVersion(1),
  rows: {},
});
export interface CancelNewsBulletins extends Of<typeof cancelNewsBulletins> {}
