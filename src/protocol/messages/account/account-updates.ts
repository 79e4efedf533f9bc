// One account's values, portfolio and time.

import { contract } from '../../records/contract.js';
import { account, bool, decimal, double, string } from '../../schema/codecs.js';
import { incoming, type Of, outgoing } from '../../schema/message.js';
import { at, field, messageVersion, of, record, sinceMessage } from '../../schema/rows.js';
import { V } from '../../versions.js';

export const updateAccountValue = incoming({
  kind: 'updateAccountValue',
  id: 6,
  key: 'kind',
  protobuf: ['AccountValue', V.PROTOBUF_ACCOUNTS_POSITIONS],
  version: messageVersion(2),
  rows: {
    key: field(1, string),
    value: field(2, string),
    currency: field(3, string),
    accountName: field(4, account, sinceMessage(2)),
  },
});
export interface UpdateAccountValue extends Of<typeof updateAccountValue> {}

export const updatePortfolio = incoming({
  kind: 'updatePortfolio',
  id: 7,
  key: 'kind',
  protobuf: ['PortfolioValue', V.PROTOBUF_ACCOUNTS_POSITIONS],
  rows: {
    contract: record(1, contract),
    position: field(2, decimal),
    marketPrice: field(3, double),
    marketValue: field(4, double),
    averageCost: field(5, double),
    unrealizedPNL: field(6, double),
    realizedPNL: field(7, double),
    accountName: field(8, account),
  },
  text: [
    messageVersion(8),
    at('contract.conId', sinceMessage(6)),
    ...of('contract', 'symbol', 'secType', 'lastTradeDateOrContractMonth', 'strike', 'right'),
    at('contract.multiplier', sinceMessage(7)),
    at('contract.primaryExchange', sinceMessage(7)),
    'contract.currency',
    at('contract.localSymbol', sinceMessage(2)),
    at('contract.tradingClass', sinceMessage(8)),
    'position',
    'marketPrice',
    'marketValue',
    at('averageCost', sinceMessage(3)),
    at('unrealizedPNL', sinceMessage(3)),
    at('realizedPNL', sinceMessage(3)),
    at('accountName', sinceMessage(4)),
  ],
});
export interface UpdatePortfolio extends Of<typeof updatePortfolio> {}

export const updateAccountTime = incoming({
  kind: 'updateAccountTime',
  id: 8,
  key: 'kind',
  protobuf: ['AccountUpdateTime', V.PROTOBUF_ACCOUNTS_POSITIONS],
  version: messageVersion(1),
  rows: {
    /** hh:mm of the host, no date, no zone. */
    timeStamp: field(1, string),
  },
});
export interface UpdateAccountTime extends Of<typeof updateAccountTime> {}

export const accountDownloadEnd = incoming({
  kind: 'accountDownloadEnd',
  id: 54,
  key: 'kind',
  protobuf: ['AccountDataEnd', V.PROTOBUF_ACCOUNTS_POSITIONS],
  version: messageVersion(1),
  rows: {
    accountName: field(1, account),
  },
});
export interface AccountDownloadEnd extends Of<typeof accountDownloadEnd> {}

export const reqAccountUpdates = outgoing({
  kind: 'reqAccountUpdates',
  id: 6,
  key: 'kind',
  protobuf: ['AccountDataRequest', V.PROTOBUF_ACCOUNTS_POSITIONS],
  version: messageVersion(2),
  rows: {
    subscribe: field(1, bool),
    acctCode: field(2, account),
  },
});
export interface ReqAccountUpdates extends Of<typeof reqAccountUpdates> {}
