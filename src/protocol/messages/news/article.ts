// Text of an article.

import { int, reqId, string } from '../../schema/codecs.js';
import { incoming, type Of, outgoing } from '../../schema/message.js';
import { field, since, tagString } from '../../schema/rows.js';
import { V } from '../../versions.js';

export const newsArticle = incoming({
  kind: 'newsArticle',
  id: 83,
  key: 'reqId',
  since: V.REQ_NEWS_ARTICLE,
  protobuf: ['NewsArticle', V.PROTOBUF_NEWS_DATA],
  rows: {
    reqId: field(1, reqId),
    articleType: field(2, int),
    articleText: field(3, string),
  },
});
export interface NewsArticle extends Of<typeof newsArticle> {}

export const reqNewsArticle = outgoing({
  kind: 'reqNewsArticle',
  id: 84,
  key: 'reqId',
  since: V.REQ_NEWS_ARTICLE,
  protobuf: ['NewsArticleRequest', V.PROTOBUF_NEWS_DATA],
  rows: {
    reqId: field(1, reqId),
    providerCode: field(2, string),
    articleId: field(3, string),
    newsArticleOptions: tagString(4, undefined, since(V.NEWS_QUERY_ORIGINS)),
  },
});
export interface ReqNewsArticle extends Of<typeof reqNewsArticle> {}
