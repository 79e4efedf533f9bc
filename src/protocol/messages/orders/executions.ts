// Fills and their costs.

import { contract } from '../../records/contract.js';
import { execution } from '../../records/execution.js';
import { executionFilter } from '../../records/execution-filter.js';
import { double, doubleMax, execId, reqId, string } from '../../schema/codecs.js';
import { incoming, type Of, outgoing } from '../../schema/message.js';
import { at, before, field, messageVersion, of, record, since, sinceMessage } from '../../schema/rows.js';
import { V } from '../../versions.js';

export const execDetails = incoming({
  kind: 'execDetails',
  id: 11,
  key: 'reqId',
  protobuf: ['ExecutionDetails', V.PROTOBUF],
  rows: {
    reqId: field(1, reqId),
    contract: record(2, contract),
    execution: record(3, execution),
  },
  text: [
    messageVersion(10, before(V.LAST_LIQUIDITY)),
    at('reqId', sinceMessage(7)),
    'execution.orderId',
    at('contract.conId', sinceMessage(5)),
    ...of('contract', 'symbol', 'secType', 'lastTradeDateOrContractMonth', 'strike', 'right'),
    at('contract.multiplier', sinceMessage(9)),
    ...of('contract', 'exchange', 'currency', 'localSymbol'),
    at('contract.tradingClass', sinceMessage(10)),
    ...of('execution', 'execId', 'time', 'acctNumber', 'exchange', 'side', 'shares', 'price'),
    at('execution.permId', sinceMessage(2)),
    at('execution.clientId', sinceMessage(3)),
    at('execution.isLiquidation', sinceMessage(4)),
    at('execution.cumQty', sinceMessage(6)),
    at('execution.avgPrice', sinceMessage(6)),
    at('execution.orderRef', sinceMessage(8)),
    at('execution.evRule', sinceMessage(9)),
    at('execution.evMultiplier', sinceMessage(9)),
    at('execution.modelCode', since(V.MODELS_SUPPORT)),
    at('execution.lastLiquidity', since(V.LAST_LIQUIDITY)),
    at('execution.isPriceRevisionPending', since(V.PENDING_PRICE_REVISION)),
    at('execution.submitter', since(V.SUBMITTER)),
  ],
});
export interface ExecDetails extends Of<typeof execDetails> {}

export const execDetailsEnd = incoming({
  kind: 'execDetailsEnd',
  id: 55,
  key: 'reqId',
  protobuf: ['ExecutionDetailsEnd', V.PROTOBUF],
  version: messageVersion(1),
  rows: {
    reqId: field(1, reqId),
  },
});
export interface ExecDetailsEnd extends Of<typeof execDetailsEnd> {}

export const commissionAndFeesReport = incoming({
  kind: 'commissionAndFeesReport',
  id: 59,
  key: 'execId',
  protobuf: ['CommissionAndFeesReport', V.PROTOBUF_REST_MESSAGES_1],
  version: messageVersion(1),
  rows: {
    execId: field(1, execId),
    commissionAndFees: field(2, double),
    currency: field(3, string),
    /** Absent for what only opened. */
    realizedPNL: field(4, doubleMax),
    yield: field(5, doubleMax, {}, { as: 'bondYield' }),
    yieldRedemptionDate: field(6, string),
  },
});
export interface CommissionAndFeesReport extends Of<typeof commissionAndFeesReport> {}

export const reqExecutions = outgoing({
  kind: 'reqExecutions',
  id: 7,
  key: 'reqId',
  protobuf: ['ExecutionRequest', V.PROTOBUF],
  rows: {
    reqId: field(1, reqId),
    filter: record(2, executionFilter, 'executionFilter'),
  },
  text: [
    messageVersion(3),
    'reqId',
    ...of('filter', 'clientId', 'acctCode', 'time', 'symbol', 'secType', 'exchange', 'side'),
    at('filter.lastNDays', since(V.PARAMETRIZED_DAYS_OF_EXECUTIONS)),
    at('filter.specificDates', since(V.PARAMETRIZED_DAYS_OF_EXECUTIONS)),
  ],
});
export interface ReqExecutions extends Of<typeof reqExecutions> {}
