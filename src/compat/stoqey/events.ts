// What each message of the gateway is as events of @stoqey/ib: names, order, arguments.

import { type Incoming, type IncomingKind, incomingKinds, type MessageOf } from '../../protocol/registry.js';
import { isText } from '../../protocol/schema/codecs.js';
import type { MessageTable } from '../../protocol/schema/message.js';
import type { EventName } from './event-name.js';
import { contractOf, executionOf, numberOf, numberOr0, orderOf, orderStateOf } from './records.js';

/** An event with its arguments. */
export type Event = readonly [name: EventName, ...args: readonly unknown[]];

type Table = { readonly [K in IncomingKind]?: (message: MessageOf<K>) => readonly Event[] };

/** Ticks of a price that carry a size: bid sizes (type 0) are left out there too, and come as ticks of their own. */
const SIZE_OF: Readonly<Record<number, number>> = { 2: 3, 4: 5, 66: 69, 67: 70, 68: 71 };

const lastFlags = (mask = 0) => ({ pastLimit: (mask & 1) !== 0, unreported: (mask & 2) !== 0 });
const quoteFlags = (mask = 0) => ({ bidPastLow: (mask & 1) !== 0, askPastHigh: (mask & 2) !== 0 });

/** Kinds whose event has other arguments than their rows in order; all others have just those. */
const table: Table = {
  tickPrice({ reqId, tickType = -1, price, size, attribMask }) {
    const twin = SIZE_OF[tickType];
    const told: Event = ['tickPrice', reqId, tickType, price, (attribMask ?? 0) !== 0];
    return twin === undefined ? [told] : [told, ['tickSize', reqId, twin, size]];
  },
  orderStatus: (m) => [
    [
      'orderStatus',
      m.orderId,
      m.status,
      numberOf(m.filled),
      numberOf(m.remaining),
      m.avgFillPrice,
      numberOr0(m.permId),
      m.parentId,
      m.lastFillPrice,
      m.clientId,
      m.whyHeld,
      m.mktCapPrice,
    ],
  ],
  openOrder: ({ orderId, contract, order, orderState }) =>
    contract === undefined || order === undefined || orderState === undefined
      ? []
      : [['openOrder', orderId, contractOf(contract), orderOf(orderId, order, contract.comboLegs), orderStateOf(orderState)]],
  completedOrder: ({ contract, order, orderState }) =>
    contract === undefined || order === undefined || orderState === undefined
      ? []
      : [['completedOrder', contractOf(contract), orderOf(undefined, order, contract.comboLegs), orderStateOf(orderState)]],
  execDetails: ({ reqId, contract, execution }) =>
    execution === undefined ? [] : [['execDetails', reqId, contractOf(contract), executionOf(execution)]],
  commissionAndFeesReport: ({ commissionAndFees, kind: _, ...rest }) => [
    ['commissionReport', { ...rest, commission: commissionAndFees, yieldRedemptionDate: numberOr0(rest.yieldRedemptionDate) }],
  ],
  updatePortfolio: (m) => [
    [
      'updatePortfolio',
      contractOf(m.contract),
      numberOf(m.position),
      m.marketPrice,
      m.marketValue,
      m.averageCost,
      m.unrealizedPNL,
      m.realizedPNL,
      m.accountName,
    ],
  ],
  position: (m) => [['position', m.account, contractOf(m.contract), numberOf(m.position), m.avgCost]],
  positionMulti: (m) => [
    ['positionMulti', m.reqId, m.account, m.modelCode, contractOf(m.contract), numberOf(m.position), m.avgCost],
  ],
  pnlSingle: (m) => [['pnlSingle', m.reqId, numberOf(m.position), m.dailyPnL, m.unrealizedPnL, m.realizedPnL, m.value]],
  contractDetails: ({ reqId, contract, contractDetails }) => [['contractDetails', reqId, detailsOf(contract, contractDetails)]],
  bondContractDetails: ({ reqId, contract, contractDetails }) => [
    ['bondContractDetails', reqId, detailsOf(contract, contractDetails)],
  ],
  scannerData: ({ reqId, elements }) => [
    ...elements.map(
      ({ rank, contract, marketName, distance, benchmark, projection, legsStr }): Event => [
        'scannerData',
        reqId,
        rank,
        { contract: contractOf(contract), marketName },
        distance ?? '',
        benchmark ?? '',
        projection ?? '',
        legsStr ?? '',
      ],
    ),
    ['scannerDataEnd', reqId],
  ],
  historicalData({ reqId, bars, startDateStr, endDateStr }) {
    const rows = bars.map(
      ({ date, open, high, low, close, volume, barCount, wap, hasGaps }): Event => [
        'historicalData',
        reqId,
        date,
        open,
        high,
        low,
        close,
        volume,
        barCount,
        wap,
        hasGaps,
      ],
    );
    // From server 196 on the end is a message of its own, and this one has no dates.
    return startDateStr === undefined ? rows : [...rows, finished(reqId, startDateStr, endDateStr)];
  },
  historicalDataEnd: ({ reqId, startDateStr, endDateStr }) => [finished(reqId, startDateStr, endDateStr)],
  historicalDataUpdate: (m) => [
    ['historicalDataUpdate', m.reqId, m.date, m.open, m.high, m.low, m.close, m.volume, m.barCount, m.wap],
  ],
  realtimeBar: (m) => [['realtimeBar', m.reqId, m.time, m.open, m.high, m.low, m.close, m.volume, m.wap, m.count]],
  historicalTicks: ({ reqId, ticks, done }) => [['historicalTicks', reqId, ticks.map((tick) => ({ ...tick })), done]],
  historicalTicksBidAsk: ({ reqId, ticks, done }) => [
    [
      'historicalTicksBidAsk',
      reqId,
      ticks.map(({ attribMask, ...tick }) => ({ ...tick, tickAttribBidAsk: quoteFlags(attribMask) })),
      done,
    ],
  ],
  historicalTicksLast: ({ reqId, ticks, done }) => [
    [
      'historicalTicksLast',
      reqId,
      ticks.map(({ attribMask, ...tick }) => ({ ...tick, tickAttribLast: lastFlags(attribMask) })),
      done,
    ],
  ],
  tickByTick(m) {
    const time = String(m.time ?? '');
    switch (m.tickType) {
      case 1:
      case 2:
        return [
          [
            'tickByTickAllLast',
            m.reqId,
            m.tickType,
            time,
            m.price,
            m.size,
            lastFlags(m.attribMask),
            m.exchange,
            m.specialConditions,
          ],
        ];
      case 3:
        return [['tickByTickBidAsk', m.reqId, time, m.bidPrice, m.askPrice, m.bidSize, m.askSize, quoteFlags(m.attribMask)]];
      case 4:
        return [['tickByTickMidPoint', m.reqId, time, m.midPoint]];
      default:
        return [];
    }
  },
  securityDefinitionOptionParameter: (m) => [
    [
      'securityDefinitionOptionParameter',
      m.reqId,
      m.exchange,
      m.underlyingConId,
      m.tradingClass,
      numberOr0(m.multiplier),
      [...m.expirations],
      [...m.strikes],
    ],
  ],
  symbolSamples: ({ reqId, contractDescriptions }) => [
    [
      'symbolSamples',
      reqId,
      contractDescriptions.map(({ contract, derivativeSecTypes }) => ({ contract: contractOf(contract), derivativeSecTypes })),
    ],
  ],
  smartComponents: ({ reqId, components }) => [
    [
      'smartComponents',
      reqId,
      new Map(components.map(({ bitNumber, exchange, exchangeLetter }) => [bitNumber ?? 0, [exchange, exchangeLetter]])),
    ],
  ],
  marketRule: ({ marketRuleId, priceIncrements }) => [['marketRule', marketRuleId, priceIncrements.map((one) => ({ ...one }))]],
  deltaNeutralValidation: ({ reqId, conId, delta, price }) => [['deltaNeutralValidation', reqId, { conId, delta, price }]],
  tickReqParams: (m) => [['tickReqParams', m.reqId, m.minTick, m.bboExchange, m.snapshotPermissions]],
  updateMktDepth: (m) => [['updateMktDepth', m.reqId, m.position, m.operation, m.side, m.price, m.size]],
  currentTimeInMillis: () => [],
  configResponse: () => [],
  updateConfigResponse: () => [],
  error: () => [], // told by `api.ts`, which knows what an order's refusal is
};

/** The end of a list of bars is one more bar there, whose date says so. */
const finished = (reqId: number | undefined, from: string | undefined, to: string | undefined): Event => {
  const nothing = -1;
  return ['historicalData', reqId, `finished-${from}-${to}`, ...Array.from({ length: 7 }, () => nothing), false];
};

type WireDetails = MessageOf<'contractDetails'>;

function detailsOf(contract: WireDetails['contract'], details: WireDetails['contractDetails']): object {
  const { minSize, sizeIncrement, suggestedSizeIncrement, bondNotes, puttable, ...rest } = details ?? {};
  return {
    ...rest,
    contract: contractOf(contract),
    minSize: numberOf(minSize),
    sizeIncrement: numberOf(sizeIncrement),
    suggestedSizeIncrement: numberOf(suggestedSizeIncrement),
    notes: bondNotes,
    putable: puttable,
  };
}

const tables = new Map(incomingKinds.map((one): [string, MessageTable] => [one.kind, one]));

/** What the wire left out as theirs has it: empty texts, and 0 where a number has no word for nothing. */
function filled(message: Incoming): Incoming {
  const rows = tables.get(message.kind)?.rows ?? {};
  const given = new Map<string, unknown>(Object.entries(message));
  const blanks: Record<string, '' | 0> = {};
  for (const [name, row] of Object.entries(rows)) {
    if (given.get(name) !== undefined || row.row !== 'field') continue;
    if (isText(row.codec)) blanks[name] = '';
    else if (row.codec.nothing.includes(0)) blanks[name] = 0;
  }
  return Object.assign({}, message, blanks);
}

/** The events of a message, in their order. */
export function eventsOf(message: Incoming): readonly Event[] {
  const made = table[message.kind] as ((message: Incoming) => readonly Event[]) | undefined;
  const whole = filled(message);
  if (made !== undefined) return made(whole);
  const { kind, ...rows } = whole;
  return [[kind as EventName, ...Object.values(rows)]];
}
