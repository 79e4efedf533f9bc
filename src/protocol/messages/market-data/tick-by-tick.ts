// Every tick of one instrument.

import { contract, namedContract } from '../../records/contract.js';
import { bits, bool, double, epoch, int, reqId, size, string } from '../../schema/codecs.js';
import { incoming, type Of, outgoing } from '../../schema/message.js';
import { at, choose, field, record, since, wrapper } from '../../schema/rows.js';
import { V } from '../../versions.js';

const last = wrapper(3, 'historicalTickLast', { row: 'tickType', values: [1, 2] });
const bidAsk = wrapper(4, 'historicalTickBidAsk', { row: 'tickType', values: [3] });
const midPoint = wrapper(5, 'historicalTickMidPoint', { row: 'tickType', values: [4] });
const lastFlags = ['pastLimit', 'unreported'];
const bidAskFlags = ['bidPastLow', 'askPastHigh'];

/** tickType 1 is last, 2 all last, 3 bid and ask, 4 midpoint; the rows of the other types are undefined. */
export const tickByTick = incoming({
  kind: 'tickByTick',
  id: 99,
  key: 'reqId',
  since: V.TICK_BY_TICK,
  protobuf: ['TickByTickData', V.PROTOBUF_HISTORICAL_DATA],
  hot: [
    'tickType',
    'time',
    'price',
    'size',
    'attribMask',
    'exchange',
    'specialConditions',
    'bidPrice',
    'askPrice',
    'bidSize',
    'askSize',
    'midPoint',
  ],
  rows: {
    reqId: field(1, reqId),
    tickType: field(2, int),
    /** Seconds since 1970. */
    time: field([last.at(1), bidAsk.at(1), midPoint.at(1)], epoch),
    price: field(last.at(3), double),
    /** Of a midpoint only as protobuf, where it means nothing. */
    size: field([last.at(4), midPoint.at(3)], size),
    attribMask: field([last.at(2, 'tickAttribLast', lastFlags), bidAsk.at(2, 'tickAttribBidAsk', bidAskFlags)], bits()),
    exchange: field(last.at(5), string),
    specialConditions: field(last.at(6), string),
    bidPrice: field(bidAsk.at(3, 'priceBid'), double),
    askPrice: field(bidAsk.at(4, 'priceAsk'), double),
    bidSize: field(bidAsk.at(5, 'sizeBid'), size),
    askSize: field(bidAsk.at(6, 'sizeAsk'), size),
    midPoint: field(midPoint.at(2, 'price'), double),
  },
  text: [
    'reqId',
    'tickType',
    'time',
    choose('tickType', {
      0: [],
      1: ['price', 'size', 'attribMask', 'exchange', 'specialConditions'],
      2: ['price', 'size', 'attribMask', 'exchange', 'specialConditions'],
      3: ['bidPrice', 'askPrice', 'bidSize', 'askSize', 'attribMask'],
      4: ['midPoint'],
    }),
  ],
});
export interface TickByTick extends Of<typeof tickByTick> {}

export const reqTickByTickData = outgoing({
  kind: 'reqTickByTickData',
  id: 97,
  key: 'reqId',
  since: V.TICK_BY_TICK,
  protobuf: ['TickByTickRequest', V.PROTOBUF_HISTORICAL_DATA],
  rows: {
    reqId: field(1, reqId),
    contract: record(2, contract),
    tickType: field(3, string),
    numberOfTicks: field(4, int),
    ignoreSize: field(5, bool),
  },
  text: [
    'reqId',
    ...namedContract,
    'tickType',
    at('numberOfTicks', since(V.TICK_BY_TICK_IGNORE_SIZE)),
    at('ignoreSize', since(V.TICK_BY_TICK_IGNORE_SIZE)),
  ],
});
export interface ReqTickByTickData extends Of<typeof reqTickByTickData> {}

export const cancelTickByTickData = outgoing({
  kind: 'cancelTickByTickData',
  id: 98,
  key: 'reqId',
  since: V.TICK_BY_TICK,
  protobuf: ['CancelTickByTick', V.PROTOBUF_HISTORICAL_DATA],
  rows: {
    reqId: field(1, reqId),
  },
});
export interface CancelTickByTickData extends Of<typeof cancelTickByTickData> {}
