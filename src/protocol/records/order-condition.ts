// A condition that an order waits for; conditionType tells which rows count.

import { boolKept, conId, conjunction, double, int, string } from '../schema/codecs.js';
import type { Of } from '../schema/message.js';
import { choose, field, recordTable } from '../schema/rows.js';

export const orderCondition = recordTable(
  'OrderCondition',
  {
    conditionType: field(1, int, {}, { as: 'type' }),
    isConjunctionConnection: field(2, conjunction),
    isMore: field(3, boolKept),
    conId: field(4, conId),
    exchange: field(5, string),
    symbol: field(6, string),
    secType: field(7, string),
    percent: field(8, int),
    changePercent: field(9, double),
    price: field(10, double),
    triggerMethod: field(11, int),
    time: field(12, string),
    volume: field(13, int),
  },
  [
    'conditionType',
    'isConjunctionConnection',
    choose('conditionType', {
      1: ['isMore', 'price', 'conId', 'exchange', 'triggerMethod'],
      3: ['isMore', 'time'],
      4: ['isMore', 'percent'],
      5: ['secType', 'exchange', 'symbol'],
      6: ['isMore', 'volume', 'conId', 'exchange'],
      7: ['isMore', 'changePercent', 'conId', 'exchange'],
    }),
  ],
);
/** A condition of an order; `conditionType` chooses its fields. */
export interface OrderCondition extends Of<typeof orderCondition> {}
