// Everything known of matching instruments.

import { contract, namedContract } from '../../records/contract.js';
import { contractDetailsRecord } from '../../records/contract-details.js';
import { reqId, string } from '../../schema/codecs.js';
import { incoming, type Of, outgoing } from '../../schema/message.js';
import {
  at,
  before,
  between,
  both,
  field,
  isOneOf,
  messageVersion,
  of,
  protoOnly,
  record,
  since,
  sinceMessage,
  when,
} from '../../schema/rows.js';
import { V } from '../../versions.js';

export const contractDetails = incoming({
  kind: 'contractDetails',
  id: 10,
  key: 'reqId',
  protobuf: ['ContractData', V.PROTOBUF_CONTRACT_DATA],
  rows: {
    reqId: field(1, reqId),
    contract: record(2, contract),
    contractDetails: record(3, contractDetailsRecord),
  },
  text: [
    messageVersion(8, before(V.SIZE_RULES)),
    at('reqId', sinceMessage(3)),
    // May hold a date, a time and a zone; the bare date follows from 182 on.
    ...of('contract', 'symbol', 'secType', 'lastTradeDateOrContractMonth'),
    at('contract.lastTradeDate', since(V.LAST_TRADE_DATE)),
    ...of('contract', 'strike', 'right', 'exchange', 'currency', 'localSymbol'),
    'contractDetails.marketName',
    ...of('contract', 'tradingClass', 'conId'),
    'contractDetails.minTick',
    at('contractDetails.mdSizeMultiplier', between(V.MD_SIZE_MULTIPLIER, V.SIZE_RULES)),
    'contract.multiplier',
    ...of('contractDetails', 'orderTypes', 'validExchanges'),
    at('contractDetails.priceMagnifier', sinceMessage(2)),
    at('contractDetails.underConId', sinceMessage(4)),
    at('contractDetails.longName', string, both(sinceMessage(5), before(V.ENCODE_MSG_ASCII7))),
    at('contractDetails.longName', both(sinceMessage(5), since(V.ENCODE_MSG_ASCII7))),
    at('contract.primaryExchange', sinceMessage(5)),
    at('contractDetails.contractMonth', sinceMessage(6)),
    at('contractDetails.industry', sinceMessage(6)),
    at('contractDetails.category', sinceMessage(6)),
    at('contractDetails.subcategory', sinceMessage(6)),
    at('contractDetails.timeZoneId', sinceMessage(6)),
    at('contractDetails.tradingHours', sinceMessage(6)),
    at('contractDetails.liquidHours', sinceMessage(6)),
    at('contractDetails.evRule', sinceMessage(8)),
    at('contractDetails.evMultiplier', sinceMessage(8)),
    at('contractDetails.secIdList', sinceMessage(7)),
    at('contractDetails.aggGroup', since(V.AGG_GROUP)),
    at('contractDetails.underSymbol', since(V.UNDERLYING_INFO)),
    at('contractDetails.underSecType', since(V.UNDERLYING_INFO)),
    at('contractDetails.marketRuleIds', since(V.MARKET_RULES)),
    at('contractDetails.realExpirationDate', since(V.REAL_EXPIRATION_DATE)),
    at('contractDetails.stockType', since(V.STOCK_TYPE)),
    at('contractDetails.sizeMinTick', between(V.FRACTIONAL_SIZE_SUPPORT, V.SIZE_RULES)),
    at('contractDetails.minSize', since(V.SIZE_RULES)),
    at('contractDetails.sizeIncrement', since(V.SIZE_RULES)),
    at('contractDetails.suggestedSizeIncrement', since(V.SIZE_RULES)),
    when(
      isOneOf('contract.secType', 'FUND'),
      [
        ...of(
          'contractDetails',
          'fundName',
          'fundFamily',
          'fundType',
          'fundFrontLoad',
          'fundBackLoad',
          'fundBackLoadTimeInterval',
          'fundManagementFee',
          'fundClosed',
          'fundClosedForNewInvestors',
          'fundClosedForNewMoney',
          'fundNotifyAmount',
          'fundMinimumInitialPurchase',
          'fundMinimumSubsequentPurchase',
          'fundBlueSkyStates',
          'fundBlueSkyTerritories',
          'fundDistributionPolicyIndicator',
          'fundAssetType',
        ),
      ],
      since(V.FUND_DATA_FIELDS),
    ),
    at('contractDetails.ineligibilityReasonList', since(V.INELIGIBILITY_REASONS)),
  ],
});
export interface ContractDetailsMessage extends Of<typeof contractDetails> {}

export const bondContractDetails = incoming({
  kind: 'bondContractDetails',
  id: 18,
  key: 'reqId',
  protobuf: ['ContractData', V.PROTOBUF_CONTRACT_DATA],
  rows: {
    reqId: field(1, reqId),
    contract: record(2, contract),
    contractDetails: record(3, contractDetailsRecord),
  },
  text: [
    messageVersion(6, before(V.SIZE_RULES)),
    at('reqId', sinceMessage(3)),
    ...of('contract', 'symbol', 'secType'),
    ...of('contractDetails', 'cusip', 'coupon'),
    'contract.lastTradeDateOrContractMonth',
    ...of(
      'contractDetails',
      'issueDate',
      'ratings',
      'bondType',
      'couponType',
      'convertible',
      'callable',
      'puttable',
      'descAppend',
    ),
    ...of('contract', 'exchange', 'currency'),
    'contractDetails.marketName',
    ...of('contract', 'tradingClass', 'conId'),
    'contractDetails.minTick',
    at('contractDetails.mdSizeMultiplier', between(V.MD_SIZE_MULTIPLIER, V.SIZE_RULES)),
    ...of('contractDetails', 'orderTypes', 'validExchanges'),
    at('contractDetails.nextOptionDate', sinceMessage(2)),
    at('contractDetails.nextOptionType', sinceMessage(2)),
    at('contractDetails.nextOptionPartial', sinceMessage(2)),
    at('contractDetails.bondNotes', sinceMessage(2)),
    at('contractDetails.longName', string, sinceMessage(4)),
    at('contractDetails.timeZoneId', since(V.BOND_TRADING_HOURS)),
    at('contractDetails.tradingHours', since(V.BOND_TRADING_HOURS)),
    at('contractDetails.liquidHours', since(V.BOND_TRADING_HOURS)),
    at('contractDetails.evRule', sinceMessage(6)),
    at('contractDetails.evMultiplier', sinceMessage(6)),
    at('contractDetails.secIdList', sinceMessage(5)),
    at('contractDetails.aggGroup', since(V.AGG_GROUP)),
    at('contractDetails.marketRuleIds', since(V.MARKET_RULES)),
    at('contractDetails.minSize', since(V.SIZE_RULES)),
    at('contractDetails.sizeIncrement', since(V.SIZE_RULES)),
    at('contractDetails.suggestedSizeIncrement', since(V.SIZE_RULES)),
  ],
});
export interface BondContractDetails extends Of<typeof bondContractDetails> {}

export const contractDetailsEnd = incoming({
  kind: 'contractDetailsEnd',
  id: 52,
  key: 'reqId',
  protobuf: ['ContractDataEnd', V.PROTOBUF_CONTRACT_DATA],
  version: messageVersion(1),
  rows: {
    reqId: field(1, reqId),
  },
});
export interface ContractDetailsEnd extends Of<typeof contractDetailsEnd> {}

export const reqContractDetails = outgoing({
  kind: 'reqContractDetails',
  id: 9,
  key: 'reqId',
  protobuf: ['ContractDataRequest', V.PROTOBUF_CONTRACT_DATA],
  rows: {
    reqId: field(1, reqId),
    contract: record(2, contract),
  },
  text: [
    messageVersion(8),
    'reqId',
    ...namedContract,
    ...of('contract', 'includeExpired', 'secIdType', 'secId'),
    at('contract.issuerId', since(V.BOND_ISSUERID)),
  ],
});
export interface ReqContractDetails extends Of<typeof reqContractDetails> {}

export const cancelContractData = outgoing({
  kind: 'cancelContractData',
  id: 106,
  key: 'reqId',
  since: V.CANCEL_CONTRACT_DATA,
  protobuf: ['CancelContractData', V.CANCEL_CONTRACT_DATA],
  hasText: false,
  rows: {
    reqId: protoOnly(1, reqId),
  },
});
export interface CancelContractData extends Of<typeof cancelContractData> {}
