// Configuration of the application.

import { boolKept, intMax, reqId, string } from '../../schema/codecs.js';
import { incoming, type Of, outgoing } from '../../schema/message.js';
import { protoOnly, record, recordTable, repeated, scalars } from '../../schema/rows.js';
import { V } from '../../versions.js';

export const lockAndExitConfig = recordTable('LockAndExitConfig', {
  autoLogoffTime: protoOnly(1, string),
  autoLogoffPeriod: protoOnly(2, string),
  autoLogoffType: protoOnly(3, string),
});
export interface LockAndExitConfig extends Of<typeof lockAndExitConfig> {}

export const messageConfig = recordTable('MessageConfig', {
  id: protoOnly(1, intMax),
  title: protoOnly(2, string),
  message: protoOnly(3, string),
  defaultAction: protoOnly(4, string),
  enabled: protoOnly(5, boolKept),
});
export interface MessageConfig extends Of<typeof messageConfig> {}

export const apiPrecautionsConfig = recordTable('ApiPrecautionsConfig', {
  bypassOrderPrecautions: protoOnly(1, boolKept),
  bypassBondWarning: protoOnly(2, boolKept),
  bypassNegativeYieldConfirmation: protoOnly(3, boolKept),
  bypassCalledBondWarning: protoOnly(4, boolKept),
  bypassSameActionPairTradeWarning: protoOnly(5, boolKept),
  bypassFlaggedAccountsWarning: protoOnly(6, boolKept),
  bypassPriceBasedVolatilityWarning: protoOnly(7, boolKept),
  bypassRedirectOrderWarning: protoOnly(8, boolKept),
  bypassNoOverfillProtection: protoOnly(9, boolKept),
  bypassRouteMarketableToBBO: protoOnly(10, boolKept),
});
export interface ApiPrecautionsConfig extends Of<typeof apiPrecautionsConfig> {}

export const apiSettingsConfig = recordTable('ApiSettingsConfig', {
  readOnlyApi: protoOnly(1, boolKept),
  totalQuantityForMutualFunds: protoOnly(2, boolKept),
  downloadOpenOrdersOnConnection: protoOnly(3, boolKept),
  includeVirtualFxPositions: protoOnly(4, boolKept),
  prepareDailyPnL: protoOnly(5, boolKept),
  sendStatusUpdatesForVolatilityOrders: protoOnly(6, boolKept),
  encodeApiMessages: protoOnly(7, string),
  socketPort: protoOnly(8, intMax),
  useNegativeAutoRange: protoOnly(9, boolKept),
  createApiMessageLogFile: protoOnly(10, boolKept),
  includeMarketDataInLogFile: protoOnly(11, boolKept),
  exposeTradingScheduleToApi: protoOnly(12, boolKept),
  splitInsuredDepositFromCashBalance: protoOnly(13, boolKept),
  sendZeroPositionsForTodayOnly: protoOnly(14, boolKept),
  letApiAccountRequestsSwitchSubscription: protoOnly(15, boolKept),
  useAccountGroupsWithAllocationMethods: protoOnly(16, boolKept),
  loggingLevel: protoOnly(17, string),
  masterClientId: protoOnly(18, intMax),
  bulkDataTimeout: protoOnly(19, intMax),
  componentExchSeparator: protoOnly(20, string),
  showForexDataIn1_10Pips: protoOnly(21, boolKept),
  allowForexTradingIn1_10Pips: protoOnly(22, boolKept),
  roundAccountValuesToNearestWholeNumber: protoOnly(23, boolKept),
  sendMarketDataInLotsForUsStocks: protoOnly(24, boolKept),
  showAdvancedOrderRejectInUi: protoOnly(25, boolKept),
  rejectMessagesAboveMaxRate: protoOnly(26, boolKept),
  maintainConnectionOnIncorrectFields: protoOnly(27, boolKept),
  compatibilityModeNasdaqStocks: protoOnly(28, boolKept),
  sendInstrumentTimezone: protoOnly(29, string),
  sendForexDataInCompatibilityMode: protoOnly(30, boolKept),
  maintainAndResubmitOrdersOnReconnect: protoOnly(31, boolKept),
  historicalDataMaxSize: protoOnly(32, intMax),
  autoReportNettingEventContractTrades: protoOnly(33, boolKept),
  optionExerciseRequestType: protoOnly(34, string),
  allowLocalhostOnly: protoOnly(35, boolKept),
  trustedIPs: scalars(36, string),
});
export interface ApiSettingsConfig extends Of<typeof apiSettingsConfig> {}

export const apiConfig = recordTable('ApiConfig', {
  precautions: record(1, apiPrecautionsConfig),
  settings: record(2, apiSettingsConfig),
});
export interface ApiConfig extends Of<typeof apiConfig> {}

export const ordersSmartRoutingConfig = recordTable('OrdersSmartRoutingConfig', {
  seekPriceImprovement: protoOnly(1, boolKept),
  preOpenReroute: protoOnly(2, boolKept),
  doNotRouteToDarkPools: protoOnly(3, boolKept),
  defaultAlgorithm: protoOnly(4, string),
});
export interface OrdersSmartRoutingConfig extends Of<typeof ordersSmartRoutingConfig> {}

export const ordersConfig = recordTable('OrdersConfig', {
  smartRouting: record(1, ordersSmartRoutingConfig),
});
export interface OrdersConfig extends Of<typeof ordersConfig> {}

export const updateConfigWarning = recordTable('UpdateConfigWarning', {
  messageId: protoOnly(1, intMax),
  title: protoOnly(2, string),
  message: protoOnly(3, string),
});
export interface UpdateConfigWarning extends Of<typeof updateConfigWarning> {}

export const configResponse = incoming({
  kind: 'configResponse',
  id: 110,
  key: 'reqId',
  since: V.CONFIG,
  protobuf: ['ConfigResponse', V.CONFIG],
  hasText: false,
  rows: {
    reqId: protoOnly(1, reqId),
    lockAndExit: record(2, lockAndExitConfig),
    messages: repeated(3, messageConfig),
    api: record(4, apiConfig),
    orders: record(5, ordersConfig),
  },
});
export interface ConfigResponse extends Of<typeof configResponse> {}

export const updateConfigResponse = incoming({
  kind: 'updateConfigResponse',
  id: 111,
  key: 'reqId',
  since: V.UPDATE_CONFIG,
  protobuf: ['UpdateConfigResponse', V.UPDATE_CONFIG],
  hasText: false,
  rows: {
    reqId: protoOnly(1, reqId),
    status: protoOnly(2, string),
    message: protoOnly(3, string),
    changedFields: scalars(4, string),
    errors: scalars(5, string),
    warnings: repeated(6, updateConfigWarning),
  },
});
export interface UpdateConfigResponse extends Of<typeof updateConfigResponse> {}

export const reqConfig = outgoing({
  kind: 'reqConfig',
  id: 108,
  key: 'reqId',
  since: V.CONFIG,
  protobuf: ['ConfigRequest', V.CONFIG],
  hasText: false,
  rows: {
    reqId: protoOnly(1, reqId),
  },
});
export interface ReqConfig extends Of<typeof reqConfig> {}

export const updateConfig = outgoing({
  kind: 'updateConfig',
  id: 109,
  key: 'reqId',
  since: V.UPDATE_CONFIG,
  protobuf: ['UpdateConfigRequest', V.UPDATE_CONFIG],
  hasText: false,
  rows: {
    reqId: protoOnly(1, reqId),
    lockAndExit: record(2, lockAndExitConfig),
    messages: repeated(3, messageConfig),
    api: record(4, apiConfig),
    orders: record(5, ordersConfig),
    acceptedWarnings: repeated(6, updateConfigWarning),
    resetAPIOrderSequence: protoOnly(7, boolKept),
  },
});
export interface UpdateConfig extends Of<typeof updateConfig> {}
