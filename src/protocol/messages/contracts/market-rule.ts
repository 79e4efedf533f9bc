// Price steps by price.

import { double, int } from '../../schema/codecs.js';
import { incoming, type Of, outgoing } from '../../schema/message.js';
import { field, recordTable, repeated } from '../../schema/rows.js';
import { V } from '../../versions.js';

export const priceIncrement = recordTable('PriceIncrement', {
  lowEdge: field(1, double),
  increment: field(2, double),
});
export interface PriceIncrement extends Of<typeof priceIncrement> {}

export const marketRule = incoming({
  kind: 'marketRule',
  id: 93,
  key: 'kind',
  since: V.MARKET_RULES,
  protobuf: ['MarketRule', V.PROTOBUF_REST_MESSAGES_2],
  rows: {
    marketRuleId: field(1, int),
    priceIncrements: repeated(2, priceIncrement),
  },
});
export interface MarketRule extends Of<typeof marketRule> {}

export const reqMarketRule = outgoing({
  kind: 'reqMarketRule',
  id: 91,
  key: 'kind',
  since: V.MARKET_RULES,
  protobuf: ['MarketRuleRequest', V.PROTOBUF_REST_MESSAGES_2],
  rows: {
    marketRuleId: field(1, int),
  },
});
export interface ReqMarketRule extends Of<typeof reqMarketRule> {}
