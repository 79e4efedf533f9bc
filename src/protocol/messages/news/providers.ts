// News providers.

import { string } from '../../schema/codecs.js';
import { incoming, type Of, outgoing } from '../../schema/message.js';
import { field, recordTable, repeated } from '../../schema/rows.js';
import { V } from '../../versions.js';

export const newsProvider = recordTable('NewsProvider', {
  code: field(1, string, {}, { as: 'providerCode' }),
  name: field(2, string, {}, { as: 'providerName' }),
});
export interface NewsProvider extends Of<typeof newsProvider> {}

export const newsProviders = incoming({
  kind: 'newsProviders',
  id: 85,
  key: 'kind',
  since: V.REQ_NEWS_PROVIDERS,
  protobuf: ['NewsProviders', V.PROTOBUF_NEWS_DATA],
  rows: {
    newsProviders: repeated(1, newsProvider),
  },
});
export interface NewsProviders extends Of<typeof newsProviders> {}

export const reqNewsProviders = outgoing({
  kind: 'reqNewsProviders',
  id: 85,
  key: 'kind',
  since: V.REQ_NEWS_PROVIDERS,
  protobuf: ['NewsProvidersRequest', V.PROTOBUF_NEWS_DATA],
  rows: {},
});
export interface ReqNewsProviders extends Of<typeof reqNewsProviders> {}
