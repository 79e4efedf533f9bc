// Headlines as they come.

import { epoch, reqId, string } from '../../schema/codecs.js';
import { incoming, type Of } from '../../schema/message.js';
import { field } from '../../schema/rows.js';
import { V } from '../../versions.js';

export const tickNews = incoming({
  kind: 'tickNews',
  id: 84,
  key: 'reqId',
  since: V.TICK_NEWS,
  protobuf: ['TickNews', V.PROTOBUF_NEWS_DATA],
  rows: {
    reqId: field(1, reqId),
    timeStamp: field(2, epoch, {}, { as: 'timestamp' }),
    providerCode: field(3, string),
    articleId: field(4, string),
    headline: field(5, string),
    extraData: field(6, string),
  },
});
export interface TickNews extends Of<typeof tickNews> {}
