// Order types: which prices each needs and what bounds the price it can fill at.
import { readDecimal, readPositive } from '../decimal.js';
import type { OrderFacts } from '../types.js';

/** `limit`: the limit bounds it. `stop`: the stop and a buffer. `reference`: a reference price and a buffer. */
export type Bound = 'limit' | 'stop' | 'reference';

export interface OrderTypeFacts {
  readonly bound: Bound;
  readonly needs: readonly ('lmtPrice' | 'auxPrice')[];
}

const byLimit: OrderTypeFacts = { bound: 'limit', needs: ['lmtPrice'] };
const byReference: OrderTypeFacts = { bound: 'reference', needs: [] };
const touched: OrderTypeFacts = { bound: 'reference', needs: ['auxPrice'] };
const stopLimit: OrderTypeFacts = { bound: 'limit', needs: ['lmtPrice', 'auxPrice'] };

/** Order types of the API. A type that is not here is refused. */
export const orderTypes: ReadonlyMap<string, OrderTypeFacts> = new Map([
  ['LMT', byLimit],
  ['LOC', byLimit],
  ['LIT', stopLimit],
  ['STP LMT', stopLimit],
  ['STP', { bound: 'stop', needs: ['auxPrice'] }],
  ['STP PRT', { bound: 'stop', needs: ['auxPrice'] }],
  ['MIT', touched],
  ...['MKT', 'MOC', 'MTL', 'MKT PRT', 'TRAIL', 'TRAIL LIMIT', 'TRAIL MIT', 'TRAIL LIT', 'TRAIL LMT + MKT', 'TRAIL REL + MKT'].map(
    (name): [string, OrderTypeFacts] => [name, byReference],
  ),
  ...[
    'REL',
    'PASSV REL',
    'MIDPRICE',
    'VOL',
    'BOX TOP',
    'REL + LMT',
    'REL + MKT',
    'LMT + MKT',
    'AUC',
    'AUCTION',
    'VWAP',
    'QUOTE',
    'PPV',
    'PDV',
    'PMV',
    'PSV',
  ].map((name): [string, OrderTypeFacts] => [name, byReference]),
  ...[
    'PEG MKT',
    'PEG MID',
    'PEG STK',
    'PEG PRI',
    'PEG PRIM',
    'FIX PEGGED',
    'PEG BENCH',
    'PEG BEST',
    'SNAP MKT',
    'SNAP MID',
    'SNAP PRIM',
  ].map((name): [string, OrderTypeFacts] => [name, byReference]),
]);

/** Types that leave at the market, whatever limit stands beside them: gateways tell one of 0 with every market order. */
export const WITHOUT_LIMIT: ReadonlySet<string> = new Set([
  ...['MKT', 'MOC', 'MTL', 'MKT PRT', 'STP', 'STP PRT', 'MIT', 'TRAIL', 'TRAIL MIT'],
]);

/** The limit that an order has: a pegged one may carry a cap, and a cap of 0 is none. */
export function limitOf({ orderType, lmtPrice }: OrderFacts): bigint | undefined {
  if (WITHOUT_LIMIT.has(orderType)) return undefined;
  return orderTypes.get(orderType)?.bound === 'limit' ? readDecimal(lmtPrice) : readPositive(lmtPrice);
}

export const timesInForce: ReadonlySet<string> = new Set([
  'DAY',
  'GTC',
  'IOC',
  'GTD',
  'OPG',
  'FOK',
  'DTC',
  'GTT',
  'AUC',
  'GTX',
  'Minutes',
]);
