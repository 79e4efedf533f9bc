// Option model ticks, and the two questions: which volatility has this price, which price has this volatility.

import { contract, namedContract } from '../../records/contract.js';
import { double, int, notBelowZero, reqId, sensitivity } from '../../schema/codecs.js';
import { incoming, type Of, outgoing } from '../../schema/message.js';
import {
  any,
  at,
  before,
  field,
  isOneOf,
  messageSince,
  messageVersion,
  record,
  since,
  tagString,
  when,
} from '../../schema/rows.js';
import { V } from '../../versions.js';

export const tickOptionComputation = incoming({
  kind: 'tickOptionComputation',
  id: 21,
  key: 'reqId',
  protobuf: ['TickOptionComputation', V.PROTOBUF_MARKET_DATA],
  hot: ['tickType', 'tickAttrib', 'impliedVol', 'delta', 'optPrice', 'pvDividend', 'gamma', 'vega', 'theta', 'undPrice'],
  rows: {
    reqId: field(1, reqId),
    tickType: field(2, int),
    tickAttrib: field(3, int),
    /** Undefined when not computed (-1 on the wire). */
    impliedVol: field(4, notBelowZero),
    /** Undefined when not computed (-2 on the wire). */
    delta: field(5, sensitivity),
    optPrice: field(6, notBelowZero),
    pvDividend: field(7, notBelowZero),
    gamma: field(8, sensitivity),
    vega: field(9, sensitivity),
    theta: field(10, sensitivity),
    undPrice: field(11, notBelowZero),
  },
  text: [
    messageVersion(6, before(V.PRICE_BASED_VOLATILITY)),
    'reqId',
    'tickType',
    at('tickAttrib', since(V.PRICE_BASED_VOLATILITY)),
    'impliedVol',
    'delta',
    when(any(messageSince(6), isOneOf('tickType', 13, 83)), ['optPrice', 'pvDividend']),
    when(messageSince(6), ['gamma', 'vega', 'theta', 'undPrice']),
  ],
});
export interface TickOptionComputation extends Of<typeof tickOptionComputation> {}

export const calculateImpliedVolatility = outgoing({
  kind: 'calculateImpliedVolatility',
  id: 54,
  key: 'reqId',
  protobuf: ['CalculateImpliedVolatilityRequest', V.PROTOBUF_REST_MESSAGES_1],
  rows: {
    reqId: field(1, reqId),
    contract: record(2, contract),
    optionPrice: field(3, double),
    underPrice: field(4, double),
    impliedVolatilityOptions: tagString(5),
  },
  text: [messageVersion(3), 'reqId', ...namedContract, 'optionPrice', 'underPrice', 'impliedVolatilityOptions'],
});
export interface CalculateImpliedVolatility extends Of<typeof calculateImpliedVolatility> {}

export const calculateOptionPrice = outgoing({
  kind: 'calculateOptionPrice',
  id: 55,
  key: 'reqId',
  protobuf: ['CalculateOptionPriceRequest', V.PROTOBUF_REST_MESSAGES_1],
  rows: {
    reqId: field(1, reqId),
    contract: record(2, contract),
    volatility: field(3, double),
    underPrice: field(4, double),
    optionPriceOptions: tagString(5),
  },
  text: [messageVersion(3), 'reqId', ...namedContract, 'volatility', 'underPrice', 'optionPriceOptions'],
});
export interface CalculateOptionPrice extends Of<typeof calculateOptionPrice> {}

export const cancelCalculateImpliedVolatility = outgoing({
  kind: 'cancelCalculateImpliedVolatility',
  id: 56,
  key: 'reqId',
  protobuf: ['CancelCalculateImpliedVolatility', V.PROTOBUF_REST_MESSAGES_1],
  version: messageVersion(1),
  rows: {
    reqId: field(1, reqId),
  },
});
export interface CancelCalculateImpliedVolatility extends Of<typeof cancelCalculateImpliedVolatility> {}

export const cancelCalculateOptionPrice = outgoing({
  kind: 'cancelCalculateOptionPrice',
  id: 57,
  key: 'reqId',
  protobuf: ['CancelCalculateOptionPrice', V.PROTOBUF_REST_MESSAGES_1],
  version: messageVersion(1),
  rows: {
    reqId: field(1, reqId),
  },
});
export interface CancelCalculateOptionPrice extends Of<typeof cancelCalculateOptionPrice> {}
