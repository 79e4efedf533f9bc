// Positions of all accounts.

import { contract } from '../../records/contract.js';
import { account, decimal, double } from '../../schema/codecs.js';
import { incoming, type Of, outgoing } from '../../schema/message.js';
import { at, field, messageVersion, of, record, sinceMessage } from '../../schema/rows.js';
import { V } from '../../versions.js';

export const position = incoming({
  kind: 'position',
  id: 61,
  key: 'kind',
  protobuf: ['Position', V.PROTOBUF_ACCOUNTS_POSITIONS],
  rows: {
    account: field(1, account),
    contract: record(2, contract),
    /** Negative for a short; 0 for one that was closed today. */
    position: field(3, decimal),
    /** The multiplier is in it. */
    avgCost: field(4, double),
  },
  text: [
    messageVersion(3),
    'account',
    ...of(
      'contract',
      'conId',
      'symbol',
      'secType',
      'lastTradeDateOrContractMonth',
      'strike',
      'right',
      'multiplier',
      'exchange',
      'currency',
      'localSymbol',
    ),
    at('contract.tradingClass', sinceMessage(2)),
    'position',
    at('avgCost', sinceMessage(3)),
  ],
});
export interface Position extends Of<typeof position> {}

export const positionEnd = incoming({
  kind: 'positionEnd',
  id: 62,
  key: 'kind',
  protobuf: ['PositionEnd', V.PROTOBUF_ACCOUNTS_POSITIONS],
  version: messageVersion(1),
  rows: {},
});
export interface PositionEnd extends Of<typeof positionEnd> {}

export const reqPositions = outgoing({
  kind: 'reqPositions',
  id: 61,
  key: 'kind',
  protobuf: ['PositionsRequest', V.PROTOBUF_ACCOUNTS_POSITIONS],
  version: messageVersion(1),
  rows: {},
});
export interface ReqPositions extends Of<typeof reqPositions> {}

export const cancelPositions = outgoing({
  kind: 'cancelPositions',
  id: 64,
  key: 'kind',
  protobuf: ['CancelPositions', V.PROTOBUF_ACCOUNTS_POSITIONS],
  version: messageVersion(1),
  rows: {},
});
export interface CancelPositions extends Of<typeof cancelPositions> {}
