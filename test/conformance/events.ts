// What a decoded message means in the callbacks of the official API: their names, order and arguments, with our values.

import type { Incoming } from '../../src/protocol/registry.js';
import {
  barOf,
  bondDetailsOf,
  contractDetailsOf,
  contractOf,
  executionOf,
  orderOf,
  orderStateOf,
  scanDetailsOf,
  typed,
} from './event-objects.js';

export interface Event {
  readonly name: string;
  readonly args: readonly unknown[];
}

type Fields = { readonly [name: string]: unknown };
type Of<K extends Incoming['kind']> = Extract<Incoming, { readonly kind: K }>;

// Kinds whose callback has the kind's name and these rows as arguments. Kinds that are in neither table hand over their rows in order.
const ROWS: { readonly [kind: string]: readonly string[] } = {
  error: ['reqId', 'errorTime', 'errorCode', 'errorString', 'advancedOrderRejectJson'],
  updateMktDepth: ['reqId', 'position', 'operation', 'side', 'price', 'size'],
  tickReqParams: ['reqId', 'minTick', 'bboExchange', 'snapshotPermissions'],
};

// Nested messages without which there is no callback.
const NEEDED: { readonly [kind: string]: readonly string[] } = {
  openOrder: ['contract', 'order', 'orderState'],
  completedOrder: ['contract', 'order', 'orderState'],
  execDetails: ['contract', 'execution'],
  contractDetails: ['contract', 'contractDetails'],
  bondContractDetails: ['contract', 'contractDetails'],
  position: ['contract'],
  positionMulti: ['contract'],
  updatePortfolio: ['contract'],
  updateMktDepth: ['marketDepthData'],
  updateMktDepthL2: ['marketDepthData'],
  historicalDataUpdate: ['historicalDataBar'],
};
const TICK_MEMBERS: { readonly [tickType: number]: string } = {
  1: 'historicalTickLast',
  2: 'historicalTickLast',
  3: 'historicalTickBidAsk',
  4: 'historicalTickMidPoint',
};

// Price ticks that carry the size of another tick type.
const SIZE_OF: { readonly [tickType: number]: number } = { 1: 0, 2: 3, 4: 5, 66: 69, 67: 70, 68: 71 };

/** The callbacks of a message, in order. */
export function eventsOf(message: Incoming, serverVersion: number, view?: Fields): readonly Event[] {
  // Official clients drop a message without the nested message it is about.
  if (view !== undefined && (NEEDED[message.kind] ?? []).some((name) => view[name] === undefined)) return [];
  const { kind, ...rows } = message as Incoming & Fields;
  const own = (...args: readonly unknown[]): readonly Event[] => [{ name: kind, args }];
  switch (message.kind) {
    case 'tickPrice':
      return priceEvents(message, serverVersion);
    case 'openOrder':
      return own(message.orderId, contractOf(message.contract), orderOf(message), orderStateOf(message.orderState));
    case 'completedOrder':
      return own(contractOf(message.contract), orderOf(message), orderStateOf(message.orderState));
    case 'contractDetails':
      return own(message.reqId, contractDetailsOf(message));
    case 'bondContractDetails':
      return own(message.reqId, bondDetailsOf(message, view !== undefined));
    case 'execDetails':
      return own(message.reqId, contractOf(message.contract), executionOf(message.execution));
    case 'historicalData':
      return historyEvents(message, serverVersion);
    case 'historicalDataUpdate':
      return own(message.reqId, barOf(message));
    case 'scannerData':
      return [
        ...message.elements.map((row) => ({
          name: 'scannerData',
          args: [message.reqId, row.rank, scanDetailsOf(row), row.distance, row.benchmark, row.projection, row.legsStr],
        })),
        { name: 'scannerDataEnd', args: [message.reqId] },
      ];
    case 'tickByTick':
      return view !== undefined && view[TICK_MEMBERS[message.tickType ?? 0] ?? ''] === undefined ? [] : tickEvents(message);
    case 'commissionAndFeesReport': {
      const { yield: bondYield, ...report } = rows;
      return own(typed('CommissionAndFeesReport', { ...report, yield_: bondYield }));
    }
    case 'deltaNeutralValidation':
      return own(
        message.reqId,
        typed('DeltaNeutralContract', { conId: message.conId, delta: message.delta, price: message.price }),
      );
    case 'historicalTicks':
      return own(
        message.reqId,
        message.ticks.map(({ time, price, size }) => typed('HistoricalTick', { time, price, size })),
        message.done,
      );
    case 'historicalTicksBidAsk':
      return own(message.reqId, message.ticks.map(bidAskOf), message.done);
    case 'historicalTicksLast':
      return own(message.reqId, message.ticks.map(lastOf), message.done);
    case 'positionMulti':
      return own(
        message.reqId,
        message.account,
        message.modelCode,
        contractOf(message.contract),
        message.position,
        message.avgCost,
      );
    case 'position':
      return own(message.account, contractOf(message.contract), message.position, message.avgCost);
    case 'updatePortfolio': {
      const { contract, ...others } = rows;
      return own(contractOf(message.contract), ...Object.values(others));
    }
    case 'softDollarTiers':
      return own(
        message.reqId,
        message.tiers.map(({ name, value, displayName }) => typed('SoftDollarTier', { name, val: value, displayName })),
      );
    case 'symbolSamples':
      return own(
        message.reqId,
        message.contractDescriptions.map((one) =>
          typed('ContractDescription', { contract: contractOf(one.contract), derivativeSecTypes: one.derivativeSecTypes }),
        ),
      );
    case 'smartComponents': {
      const list = message.components.map((one) => typed('SmartComponent', { ...one }));
      return own(message.reqId, view === undefined ? list : componentMap(message.components));
    }
    case 'familyCodes':
      return own(message.familyCodes.map((one) => typed('FamilyCode', { ...one })));
    case 'mktDepthExchanges':
      return own(message.descriptions.map((one) => typed('DepthMktDataDescription', { ...one })));
    case 'newsProviders':
      return own(message.newsProviders.map((one) => typed('NewsProvider', { ...one })));
    case 'histogramData':
      return own(
        message.reqId,
        message.items.map((one) => typed('HistogramData', { ...one })),
      );
    case 'marketRule':
      return own(
        message.marketRuleId,
        message.priceIncrements.map((one) => typed('PriceIncrement', { ...one })),
      );
    case 'historicalSchedule':
      return own(
        message.reqId,
        message.startDateTime,
        message.endDateTime,
        message.timeZone,
        message.sessions.map((one) => typed('HistoricalSession', { ...one })),
      );
    case 'configResponse':
    case 'updateConfigResponse':
      return []; // handed over as the protobuf message itself
    default:
      return own(...(ROWS[kind]?.map((name) => rows[name]) ?? Object.values(rows)));
  }
}

/** By bit, as official clients keep the protobuf form. */
export function componentMap(components: Of<'smartComponents'>['components']): readonly unknown[] {
  return [...new Map(components.map((one) => [one.bitNumber ?? 0, [one.exchange, one.exchangeLetter]]))];
}

/** The mask grew: canAutoExecute alone and no mask below 109, preOpen from 132 on. */
function priceFlags(mask: number | undefined, serverVersion: number): unknown {
  const flags = ['canAutoExecute', 'pastLimit', 'preOpen'];
  if (serverVersion >= 132) return { mask, flags };
  return serverVersion >= 109 ? { mask, flags: flags.slice(0, 2) } : { mask: mask === 1 ? 1 : 0, flags: flags.slice(0, 1) };
}

function priceEvents(message: Of<'tickPrice'>, serverVersion: number): readonly Event[] {
  const { reqId, tickType, price, size, attribMask } = message;
  const events: Event[] = [
    {
      name: 'tickPrice',
      args: [reqId, tickType, price, priceFlags(attribMask, serverVersion)],
    },
  ];
  const twin = tickType === undefined ? undefined : SIZE_OF[tickType];
  return twin === undefined ? events : [...events, { name: 'tickSize', args: [reqId, twin, size] }];
}

/** Below 196 the end is folded into the message. */
function historyEvents(message: Of<'historicalData'>, serverVersion: number): readonly Event[] {
  const { reqId, bars, startDateStr, endDateStr } = message;
  const events = bars.map((bar) => ({ name: 'historicalData', args: [reqId, barOf(bar)] }));
  return serverVersion < 196 ? [...events, { name: 'historicalDataEnd', args: [reqId, startDateStr, endDateStr] }] : events;
}

const LAST_FLAGS = ['pastLimit', 'unreported'];
const BID_ASK_FLAGS = ['bidPastLow', 'askPastHigh'];

function tickEvents(message: Of<'tickByTick'>): readonly Event[] {
  const { reqId, tickType, time, price, size, exchange, specialConditions, attribMask: mask } = message;
  if (tickType === 1 || tickType === 2) {
    return [
      {
        name: 'tickByTickAllLast',
        args: [reqId, tickType, time, price, size, { mask, flags: LAST_FLAGS }, exchange, specialConditions],
      },
    ];
  }
  if (tickType === 3) {
    const { bidPrice, askPrice, bidSize, askSize } = message;
    return [
      { name: 'tickByTickBidAsk', args: [reqId, time, bidPrice, askPrice, bidSize, askSize, { mask, flags: BID_ASK_FLAGS }] },
    ];
  }
  return tickType === 4 ? [{ name: 'tickByTickMidPoint', args: [reqId, time, message.midPoint] }] : [];
}

function bidAskOf({ attribMask: mask, ...tick }: Of<'historicalTicksBidAsk'>['ticks'][number]): unknown {
  return typed('HistoricalTickBidAsk', { ...tick, tickAttribBidAsk: { mask, flags: BID_ASK_FLAGS } });
}

function lastOf({ attribMask: mask, ...tick }: Of<'historicalTicksLast'>['ticks'][number]): unknown {
  return typed('HistoricalTickLast', { ...tick, tickAttribLast: { mask, flags: LAST_FLAGS } });
}
