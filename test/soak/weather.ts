// What goes wrong: one fault at a time, with its beginning and its end, on the gateway's own hands.

import type { SimulatedGateway } from '../../src/gateway/simulate.js';
import type { OutgoingKind } from '../../src/protocol/registry.js';
import type { Chance } from './chance.js';

export interface Fault<Name extends string = string> {
  readonly name: Name;
  /** How often it comes beside the others; 0: not by chance. */
  readonly weight: number;
  /** How long it lasts, seconds. */
  readonly lasts: readonly [least: number, most: number];
  begin(gateway: SimulatedGateway, chance: Chance): void;
  end?(gateway: SimulatedGateway): void;
}

/** Calls have a deadline; a stream is asked for again by itself. */
const asked: readonly OutgoingKind[] = [
  'reqMktData',
  'reqMktDepth',
  'reqTickByTickData',
  'reqRealTimeBars',
  'reqHistoricalData',
  'reqPnL',
  'reqAccountUpdates',
  'reqContractDetails',
  'reqHeadTimestamp',
  'reqMatchingSymbols',
  'reqAllOpenOrders',
  'reqExecutions',
  'reqCompletedOrders',
];
const marketFarms = ['usfarm', 'usfarm.nj', 'eufarm', 'cashfarm'];
const otherFarms = ['ushmds', 'secdefnj'];
const AAPL = 265598;

function burst({ faults, clock }: SimulatedGateway, chance: Chance): void {
  for (let at = 0; at < 6; at++) {
    clock.at(clock.now() + at * 1_500, () => faults.disconnect());
    clock.at(clock.now() + at * 1_500 + chance.whole(1, 1_200), () => faults.reconnect(chance.is(0.5) ? 'kept' : 'lost'));
  }
}

function swallow({ faults }: SimulatedGateway): void {
  for (const kind of asked) faults.never(kind);
}

function answer({ faults }: SimulatedGateway): void {
  for (const kind of asked) faults.answer(kind);
}

function mendFarms({ faults }: SimulatedGateway): void {
  for (const farm of [...marketFarms, ...otherFarms]) if (faults.farms.isBroken(farm)) faults.farm(farm, 'ok');
}

function moveWhileAway({ faults, market }: SimulatedGateway, chance: Chance): void {
  faults.fillDuringDisconnect(AAPL, Math.round(market.quote(AAPL).last * (97 + 6 * chance.next())) / 100);
}

/** The nightly restart, and the weekend: hours without a gateway, and orders of the day gone meanwhile. */
export const night: Fault = {
  name: 'nightly restart',
  weight: 0,
  lasts: [300, 300],
  begin: ({ faults }) => faults.restart({ downFor: 240_000 }),
};
export const weekend: Fault = {
  name: 'weekend reset',
  weight: 0,
  lasts: [10_900, 10_900],
  begin: ({ faults }) => faults.restart({ downFor: 10_800_000 }),
};

// biome-ignore format: a table, one fault a line
const faults = [
  { name: 'connection cut', weight: 3, lasts: [0, 0], begin: ({ faults }) => faults.cut() },
  { name: 'silence (half-open)', weight: 2, lasts: [60, 90], begin: ({ faults }) => faults.halfOpen(), end: ({ faults }) => faults.resume() },
  { name: 'stall', weight: 2, lasts: [5, 90], begin: ({ faults }) => faults.stall(), end: ({ faults }) => faults.resume() },
  { name: 'a few bytes at a time', weight: 1, lasts: [1, 5], begin: ({ faults }, chance) => faults.dribble(chance.whole(3, 40)), end: ({ faults }) => faults.dribble(0) },
  { name: 'damaged frame', weight: 3, lasts: [0, 30], begin: ({ faults }, chance) => faults.corrupt(chance.whole(1, 6)) },
  { name: 'slow reading', weight: 1, lasts: [10, 60], begin: ({ faults }) => faults.slowReading(2_000), end: ({ faults }) => faults.slowReading(0) },
  { name: 'requests without an answer', weight: 2, lasts: [30, 90], begin: swallow, end: answer },
  { name: 'two statuses lost', weight: 2, lasts: [30, 60], begin: ({ faults }) => faults.lose('orderStatus', 2), end: ({ faults }) => faults.straighten() },
  { name: 'an execution lost', weight: 2, lasts: [30, 60], begin: ({ faults }) => faults.lose('execDetails', 1), end: ({ faults }) => faults.straighten() },
  { name: 'executions twice', weight: 1, lasts: [60, 120], begin: ({ faults }) => faults.duplicate('execDetails'), end: ({ faults }) => faults.straighten() },
  { name: 'order messages late', weight: 1, lasts: [30, 60], begin: ({ faults }) => faults.delay('openOrder', 700), end: ({ faults }) => faults.straighten() },
  { name: 'commissions late', weight: 1, lasts: [60, 120], begin: ({ faults }) => faults.lateCommission(5_000), end: ({ faults }) => faults.straighten() },
  { name: '1100, then 1102', weight: 3, lasts: [1, 120], begin: ({ faults }) => faults.disconnect(), end: ({ faults }) => faults.reconnect('kept') },
  { name: '1100, then 1101', weight: 3, lasts: [1, 120], begin: ({ faults }) => faults.disconnect(), end: ({ faults }) => faults.reconnect('lost') },
  { name: 'burst of 1100, 1101, 1102', weight: 2, lasts: [10, 20], begin: burst, end: ({ faults }) => faults.reconnect('lost') },
  { name: 'market data farm (2103)', weight: 2, lasts: [20, 180], begin: ({ faults }, chance) => faults.farm(chance.of(marketFarms), 'broken'), end: mendFarms },
  { name: 'history farm (2105)', weight: 1, lasts: [20, 180], begin: ({ faults }) => faults.farm('ushmds', 'broken'), end: mendFarms },
  { name: 'definitions farm (2157)', weight: 1, lasts: [20, 180], begin: ({ faults }) => faults.farm('secdefnj', 'broken'), end: mendFarms },
  { name: 'another login (10197)', weight: 2, lasts: [10, 120], begin: ({ faults }) => faults.competing(), end: ({ faults }) => faults.competing(false) },
  { name: 'port moved (1300)', weight: 1, lasts: [0, 0], begin: ({ faults }) => void faults.movePort() },
  { name: 'prices move while away', weight: 2, lasts: [0, 0], begin: moveWhileAway },
  { name: 'restart by hand', weight: 1, lasts: [60, 60], begin: ({ faults }, chance) => faults.restart({ downFor: chance.whole(5, 60) * 1_000 }) },
  { name: '$LEDGER- prefix on or off', weight: 1, lasts: [0, 0], begin: ({ faults }, chance) => faults.prefixLedger(chance.is(0.5)) },
] as const satisfies readonly Fault[];

export type FaultName = (typeof faults)[number]['name'];

/** One by its weight; of these alone, where some are named. */
export function anyFault(chance: Chance, only?: readonly FaultName[]): Fault {
  const some: readonly Fault<FaultName>[] = only === undefined ? faults : faults.filter(({ name }) => only.includes(name));
  const sum = some.reduce((total, { weight }) => total + weight, 0);
  let at = chance.whole(1, sum);
  return some.find(({ weight }) => {
    at -= weight;
    return at <= 0;
  }) as Fault;
}
