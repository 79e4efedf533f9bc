// The clients whose decodings are in the vectors, and where their callbacks differ from the official ones.

import { parseInstant } from '../../src/client/time/parse.js';
import { utc } from '../../src/client/time/zones.js';
import type { Incoming } from '../../src/protocol/registry.js';
import { type Typed, typed } from './event-objects.js';
import { componentMap, type Event } from './events.js';

export interface Peer {
  /** Members it left out have the official client's defaults. */
  readonly isComplete: boolean;
  /** The callbacks it makes for a message, out of the official ones. */
  readonly events: (events: readonly Event[], message: Incoming) => readonly Event[];
}

const official: Peer = { isComplete: true, events: (events) => events };

/** The client that a vector names. Clients nobody described are taken to call back as the official one does. */
export function peerOf(name: string): Peer {
  if (name.startsWith('@stoqey')) return stoqey;
  if (name.startsWith('ib_async') || name.startsWith('ib_insync')) return ibAsync;
  return official;
}

type Members = Typed['members'];
const isTyped = (value: unknown): value is Typed => typeof value === 'object' && value !== null && 'members' in value;

/** Members under a second name, in every object of the arguments. */
function renamed(value: unknown, names: { readonly [type: string]: (members: Members) => Members }): unknown {
  if (Array.isArray(value)) return value.map((element) => renamed(element, names));
  if (!isTyped(value)) return value;
  const members = Object.fromEntries(Object.entries(value.members).map(([name, member]) => [name, renamed(member, names)]));
  return typed(value.type, { ...members, ...names[value.type]?.(members) });
}

// --- @stoqey/ib ---

const condition = (members: Members): Members => ({
  conjunctionConnection: members['isConjunctionConnection'] === false ? 'o' : 'a',
  type: members['condType'],
});

const STOQEY_NAMES: { readonly [type: string]: (members: Members) => Members } = {
  Contract: (members) => ({ comboLegsDescription: members['comboLegsDescrip'] }),
  CommissionAndFeesReport: (members) => ({ commission: members['commissionAndFees'], yield: members['yield_'] }),
  SoftDollarTier: (members) => ({ value: members['val'] }),
  FamilyCode: (members) => ({ familyCode: members['familyCodeStr'] }),
  NewsProvider: (members) => ({ providerCode: members['code'], providerName: members['name'] }),
  IneligibilityReason: (members) => ({ id: members['id_'] }),
  DepthMktDataDescription: ({ isL2, serviceDataType }) => ({
    serviceDataType: serviceDataType ?? (isL2 === true ? 'Deep2' : 'Deep'),
  }),
  // It reads the two flags in the order of the tick-by-tick mask.
  HistoricalTickBidAsk: ({ tickAttribBidAsk }) => ({
    tickAttribBidAsk: { ...(tickAttribBidAsk as object), flags: ['askPastHigh', 'bidPastLow'] },
  }),
  PriceCondition: condition,
  TimeCondition: condition,
  MarginCondition: condition,
  ExecutionCondition: condition,
  VolumeCondition: condition,
  PercentChangeCondition: (members) => ({ ...condition(members), percent: members['changePercent'] }),
};

const stoqey: Peer = {
  isComplete: false,
  events: (events, message) => {
    if (message.kind === 'smartComponents')
      return [{ name: 'smartComponents', args: [message.reqId, componentMap(message.components)] }];
    return events.map(({ name, args }) =>
      stoqeyEvent(
        name,
        args.map((argument) => renamed(argument, STOQEY_NAMES)),
      ),
    );
  },
};

function stoqeyEvent(name: string, args: readonly unknown[]): Event {
  const bar = isTyped(args[1]) ? args[1].members : {};
  const { date, open, high, low, close, volume, wap, barCount } = bar as { readonly [name: string]: unknown };
  switch (name) {
    case 'error': {
      const [reqId, , code, text, advanced] = args;
      const isNotice = reqId === -1 && Number(code) >= 2100 && Number(code) < 3000;
      return isNotice ? { name: 'info', args: [text, code] } : { name, args: [text, code, reqId, json(advanced)] };
    }
    case 'commissionAndFeesReport':
      return { name: 'commissionReport', args };
    case 'historicalDataUpdate':
      return { name, args: [args[0], date, open, high, low, close, volume, barCount, wap] };
    case 'historicalData':
      return { name, args: [args[0], date, open, high, low, close, volume, barCount, wap, undefined] };
    default:
      return { name, args };
  }
}

/** It parses what it can. */
function json(text: unknown): unknown {
  return typeof text === 'string' && text.startsWith('{') ? JSON.parse(text) : undefined;
}

// --- ib_async ---

const instant = (text: unknown): unknown => {
  if (typeof text !== 'string') return text;
  const at = parseInstant(text, { zone: utc });
  return at === undefined ? text : String(at / 1000);
};

const IB_ASYNC_NAMES: { readonly [type: string]: (members: Members) => Members } = {
  BarData: (members) => ({ average: members['wap'] }),
  HistogramData: (members) => ({ count: members['size'] }),
  Execution: (members) => ({ time: instant(members['time']) }),
  CommissionAndFeesReport: (members) => ({ commission: members['commissionAndFees'] }),
  PriceCondition: (members) => ({ exch: members['exchange'], conjunction: condition(members)['conjunctionConnection'] }),
  TimeCondition: (members) => ({ conjunction: condition(members)['conjunctionConnection'] }),
  MarginCondition: (members) => ({ conjunction: condition(members)['conjunctionConnection'] }),
  ExecutionCondition: (members) => ({ exch: members['exchange'], conjunction: condition(members)['conjunctionConnection'] }),
  VolumeCondition: (members) => ({ exch: members['exchange'], conjunction: condition(members)['conjunctionConnection'] }),
  PercentChangeCondition: (members) => ({ exch: members['exchange'], conjunction: condition(members)['conjunctionConnection'] }),
};

const ibAsync: Peer = {
  isComplete: false,
  events: (events, message) => {
    if (message.kind === 'tickPrice') {
      return [{ name: 'priceSizeTick', args: [message.reqId, message.tickType, message.price, message.size] }];
    }
    return events.map(({ name, args }) => {
      const ours = args.map((argument) => renamed(argument, IB_ASYNC_NAMES));
      if (name === 'error') return { name, args: [ours[0], ours[2], ours[3], ours[4]] };
      return { name: name === 'commissionAndFeesReport' ? 'commissionReport' : name, args: ours };
    });
  },
};
