// Ticks of the past.

import { contract, namedContract } from '../../records/contract.js';
import { bits, bool, double, epoch, int, reqId, size, string, swappedBits } from '../../schema/codecs.js';
import { incoming, type Of, outgoing } from '../../schema/message.js';
import { field, protoOnly, record, recordTable, repeated, tagString, textOnly } from '../../schema/rows.js';
import { V } from '../../versions.js';

export const historicalTick = recordTable('HistoricalTick', {
  time: field(1, epoch),
  reserved: textOnly(int),
  price: field(2, double),
  size: field(3, size),
});
export interface HistoricalTick extends Of<typeof historicalTick> {}

export const historicalTickBidAsk = recordTable('HistoricalTickBidAsk', {
  time: field(1, epoch),
  /** Bit 0 bidPastLow, bit 1 askPastHigh, as in tick-by-tick; the text wire has them the other way round. */
  attribMask: field(2, swappedBits('bidPastLow', 'askPastHigh'), {}, { as: 'tickAttribBidAsk' }),
  priceBid: field(3, double),
  priceAsk: field(4, double),
  sizeBid: field(5, size),
  sizeAsk: field(6, size),
});
export interface HistoricalTickBidAsk extends Of<typeof historicalTickBidAsk> {}

export const historicalTickLast = recordTable('HistoricalTickLast', {
  time: field(1, epoch),
  attribMask: field(2, bits('pastLimit', 'unreported'), {}, { as: 'tickAttribLast' }),
  price: field(3, double),
  size: field(4, size),
  exchange: field(5, string),
  specialConditions: field(6, string),
});
export interface HistoricalTickLast extends Of<typeof historicalTickLast> {}

export const historicalTicks = incoming({
  kind: 'historicalTicks',
  id: 96,
  key: 'reqId',
  since: V.HISTORICAL_TICKS,
  protobuf: ['HistoricalTicks', V.PROTOBUF_HISTORICAL_DATA],
  rows: {
    reqId: field(1, reqId),
    ticks: repeated(2, historicalTick, 'historicalTicks'),
    done: field(3, bool, {}, { as: 'isDone' }),
  },
});
export interface HistoricalTicks extends Of<typeof historicalTicks> {}

export const historicalTicksBidAsk = incoming({
  kind: 'historicalTicksBidAsk',
  id: 97,
  key: 'reqId',
  since: V.HISTORICAL_TICKS,
  protobuf: ['HistoricalTicksBidAsk', V.PROTOBUF_HISTORICAL_DATA],
  rows: {
    reqId: field(1, reqId),
    ticks: repeated(2, historicalTickBidAsk, 'historicalTicksBidAsk'),
    done: field(3, bool, {}, { as: 'isDone' }),
  },
});
export interface HistoricalTicksBidAsk extends Of<typeof historicalTicksBidAsk> {}

export const historicalTicksLast = incoming({
  kind: 'historicalTicksLast',
  id: 98,
  key: 'reqId',
  since: V.HISTORICAL_TICKS,
  protobuf: ['HistoricalTicksLast', V.PROTOBUF_HISTORICAL_DATA],
  rows: {
    reqId: field(1, reqId),
    ticks: repeated(2, historicalTickLast, 'historicalTicksLast'),
    done: field(3, bool, {}, { as: 'isDone' }),
  },
});
export interface HistoricalTicksLast extends Of<typeof historicalTicksLast> {}

export const reqHistoricalTicks = outgoing({
  kind: 'reqHistoricalTicks',
  id: 96,
  key: 'reqId',
  since: V.HISTORICAL_TICKS,
  protobuf: ['HistoricalTicksRequest', V.PROTOBUF_HISTORICAL_DATA],
  rows: {
    reqId: field(1, reqId),
    contract: record(2, contract),
    startDateTime: field(3, string),
    endDateTime: field(4, string),
    numberOfTicks: field(5, int),
    whatToShow: field(6, string),
    useRth: field(7, bool, {}, { as: 'useRTH' }),
    ignoreSize: field(8, bool),
    miscOptions: tagString(9),
  },
  text: [
    'reqId',
    ...namedContract,
    'contract.includeExpired',
    'startDateTime',
    'endDateTime',
    'numberOfTicks',
    'whatToShow',
    'useRth',
    'ignoreSize',
    'miscOptions',
  ],
});
export interface ReqHistoricalTicks extends Of<typeof reqHistoricalTicks> {}

export const cancelHistoricalTicks = outgoing({
  kind: 'cancelHistoricalTicks',
  id: 107,
  key: 'reqId',
  since: V.CANCEL_CONTRACT_DATA,
  protobuf: ['CancelHistoricalTicks', V.CANCEL_CONTRACT_DATA],
  hasText: false,
  rows: {
    reqId: protoOnly(1, reqId),
  },
});
export interface CancelHistoricalTicks extends Of<typeof cancelHistoricalTicks> {}
