// What listeners get of each event. Numbers that the wire did not carry are undefined.

import type { EventName } from './event-name.js';
import type { OrderStatus } from './names.js';
import type { Contract, Execution, Order, OrderState } from './records.js';

/** What the broker took for an execution. */
export interface CommissionReport {
  execId?: string;
  commission?: number;
  currency?: string;
  realizedPNL?: number;
  yield?: number;
  yieldRedemptionDate?: number;
}

/** What is known of an instrument; `contract` names it. */
export interface ContractDetails {
  contract: Contract;
  marketName?: string;
  minTick?: number;
  orderTypes?: string;
  validExchanges?: string;
  longName?: string;
  contractMonth?: string;
  industry?: string;
  category?: string;
  subcategory?: string;
  timeZoneId?: string;
  tradingHours?: string;
  liquidHours?: string;
  marketRuleIds?: string;
  stockType?: string;
  minSize?: number;
  sizeIncrement?: number;
  suggestedSizeIncrement?: number;
  [more: string]: unknown;
}

interface Known {
  all: [event: EventName, args: unknown[]];
  result: [event: EventName, args: unknown[]];
  connected: [];
  disconnected: [];
  connectionClosed: [];
  server: [serverVersion: number, connectionTime: string];
  error: [error: Error, code: number, reqId: number, advancedOrderReject?: unknown];
  info: [message: string, code: number];
  nextValidId: [orderId: number];
  managedAccounts: [accounts: string];
  currentTime: [time: number];
  accountSummary: [reqId: number, account: string, tag: string, value: string, currency: string];
  accountSummaryEnd: [reqId: number];
  accountDownloadEnd: [account: string];
  updateAccountTime: [time: string];
  updateAccountValue: [key: string, value: string, currency: string, account: string];
  updatePortfolio: [
    contract: Contract,
    position: number,
    marketPrice: number,
    marketValue: number,
    averageCost: number | undefined,
    unrealizedPNL: number | undefined,
    realizedPNL: number | undefined,
    account: string | undefined,
  ];
  position: [account: string, contract: Contract, position: number, avgCost: number | undefined];
  positionEnd: [];
  positionMulti: [reqId: number, account: string, modelCode: string, contract: Contract, position: number, avgCost: number];
  positionMultiEnd: [reqId: number];
  pnl: [reqId: number, daily: number, unrealized: number | undefined, realized: number | undefined];
  pnlSingle: [
    reqId: number,
    position: number,
    daily: number,
    unrealized: number | undefined,
    realized: number | undefined,
    value: number,
  ];
  contractDetails: [reqId: number, details: ContractDetails];
  bondContractDetails: [reqId: number, details: ContractDetails];
  contractDetailsEnd: [reqId: number];
  tickPrice: [reqId: number, field: number, value: number, attributes: unknown];
  tickSize: [reqId: number, field: number | undefined, value: number | undefined];
  tickString: [reqId: number, field: number, value: string];
  tickGeneric: [reqId: number, field: number, value: number];
  tickSnapshotEnd: [reqId: number];
  tickReqParams: [reqId: number, minTick: number, bboExchange: string, snapshotPermissions: number];
  marketDataType: [reqId: number, marketDataType: number];
  tickByTickAllLast: [
    reqId: number,
    tickType: number,
    time: string,
    price: number,
    size: number,
    attributes: { pastLimit: boolean; unreported: boolean },
    exchange: string,
    specialConditions: string,
  ];
  tickByTickBidAsk: [
    reqId: number,
    time: string,
    bidPrice: number,
    askPrice: number,
    bidSize: number,
    askSize: number,
    attributes: { bidPastLow: boolean; askPastHigh: boolean },
  ];
  tickByTickMidPoint: [reqId: number, time: string, midPoint: number];
  historicalData: [
    reqId: number,
    time: string,
    open: number,
    high: number,
    low: number,
    close: number,
    volume: number,
    count: number | undefined,
    wap: number,
    hasGaps: boolean | undefined,
  ];
  historicalDataUpdate: [
    reqId: number,
    time: string,
    open: number,
    high: number,
    low: number,
    close: number,
    volume: number,
    count: number,
    wap: number,
  ];
  realtimeBar: [
    reqId: number,
    time: number,
    open: number,
    high: number,
    low: number,
    close: number,
    volume: number,
    wap: number,
    count: number,
  ];
  openOrder: [orderId: number, contract: Contract, order: Order, state: OrderState];
  openOrderEnd: [];
  orderStatus: [
    orderId: number,
    status: OrderStatus,
    filled: number,
    remaining: number,
    avgFillPrice: number,
    permId: number | undefined,
    parentId: number | undefined,
    lastFillPrice: number | undefined,
    clientId: number | undefined,
    whyHeld: string | undefined,
    mktCapPrice: number | undefined,
  ];
  completedOrder: [contract: Contract, order: Order, state: OrderState];
  completedOrdersEnd: [];
  execDetails: [reqId: number, contract: Contract, execution: Execution];
  execDetailsEnd: [reqId: number];
  commissionReport: [report: CommissionReport];
  securityDefinitionOptionParameter: [
    reqId: number,
    exchange: string,
    underlyingConId: number,
    tradingClass: string,
    multiplier: number,
    expirations: string[],
    strikes: number[],
  ];
  securityDefinitionOptionParameterEnd: [reqId: number];
}

/** By event. Listeners of those that are not listed by name say the types of their arguments themselves: as of the official callback. */
export type EventArguments = { [E in EventName]: E extends keyof Known ? Known[E] : never[] };
