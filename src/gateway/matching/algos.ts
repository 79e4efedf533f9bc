/** Broker algorithms: which exist, which parameters they know, and how they let an order go bit by bit. */
import type { Refusal } from '../accounts/admission.js';
import { floorToStep, lesser, type Quantity, quantityOfSize } from '../accounts/amount.js';
import type { Instrument } from '../world/instrument.js';
import { bookOf, type EngineState, later, nowOf } from './engine-state.js';
import { readTime } from './gateway-time.js';
import { type LiveOrder, remainingOf } from './live-order.js';
import { lotOf } from './lots.js';
import { refusals } from './refusals.js';
import { endOfDay } from './sessions.js';
import type { SimOrder } from './sim-order.js';
import { isOfferedAt } from './where-taken.js';

const SPAN = 'startTime endTime';
const parameters: Readonly<Record<string, string>> = {
  Adaptive: 'adaptivePriority',
  ArrivalPx: `maxPctVol riskAversion ${SPAN} forceCompletion allowPastEndTime`,
  ClosePx: 'maxPctVol riskAversion startTime forceCompletion',
  DarkIce: `displaySize ${SPAN} allowPastEndTime`,
  AD: 'componentSize timeBetweenOrders randomizeTime20 randomizeSize55 giveUp catchUp waitForFill activeTimeStart activeTimeEnd',
  PctVol: `pctVol ${SPAN} noTakeLiq`,
  PctVolPx: `pctVol deltaPctVol minPctVol4Px maxPctVol4Px ${SPAN} noTakeLiq`,
  PctVolSz: `startPctVol endPctVol ${SPAN} noTakeLiq`,
  PctVolTm: `startPctVol endPctVol ${SPAN} noTakeLiq`,
  Twap: `${SPAN} allowPastEndTime`, // a recorded gateway answers strategyType with 443
  Vwap: `maxPctVol ${SPAN} allowPastEndTime noTakeLiq speedUp`,
  BalanceImpactRisk: 'maxPctVol riskAversion forceCompletion',
  MinImpact: 'maxPctVol',
};

function parameter(order: SimOrder, tag: string): string | undefined {
  return order.algoParams?.find((one) => one.tag === tag)?.value;
}

/** What is wrong with the algorithm of an order, or undefined. */
export function checkAlgo(order: SimOrder, instrument: Instrument, exchange: string): Refusal | undefined {
  const { algoStrategy } = order;
  if (!algoStrategy) return undefined;
  const known = parameters[algoStrategy]?.split(' ');
  if (!known) return refusals.noAlgo;
  const isNamed = instrument.orderTypes === '' || instrument.orderTypes.split(',').includes('ALGO');
  const isOffered = isNamed && isOfferedAt('ALGO', instrument, exchange);
  if (!isOffered || (order.orderType !== 'MKT' && order.orderType !== 'LMT')) return refusals.algoNotAllowed;
  const stranger = order.algoParams?.find(({ tag }) => !known.includes(tag));
  if (stranger) return refusals.algoAttribute(stranger.tag);
  return order.displaySize ? refusals.attribute('Display Size') : undefined;
}

/** Start and end, moved to the next trading day when they have passed. `late`: the start lies behind the close. */
export function algoSpan(
  state: EngineState,
  order: LiveOrder,
): { start: number; end: number; isMoved: boolean; isLate: boolean } {
  const zone = order.instrument.timeZoneId;
  const now = nowOf(state);
  const close = endOfDay(state, order);
  const read = (tag: string): number | undefined => {
    const text = parameter(order.order, tag);
    return text === undefined ? undefined : readTime(text, zone, now);
  };
  const start = read('startTime') ?? now;
  const end = read('endTime') ?? close;
  const isMoved = end < now || close - start > 86_400_000;
  const day = isMoved ? Math.ceil((now - start) / 86_400_000) * 86_400_000 : 0;
  return { start: start + day, end: Math.min(end + day, close), isMoved, isLate: start + day >= close };
}

const SLICES = 10;

/** Starts letting go: by time, by volume, or for the adaptive one in a few steps. The order must be at the exchange. */
export function startAlgo(state: EngineState, order: LiveOrder): void {
  const { algoStrategy } = order.order;
  if (!algoStrategy || order.released !== undefined) return;
  if (algoStrategy === 'Adaptive') {
    const priority = parameter(order.order, 'adaptivePriority');
    if (priority === 'Urgent') order.released = order.total;
    else letGo(state, order, nowOf(state), priority === 'Patient' ? 10_000 : 2_000, 4);
    return;
  }
  if (algoStrategy.startsWith('PctVol')) {
    order.released = 0n;
    bookOf(state, order.instrument).volumeAlgos.add(order);
    return;
  }
  const { start, end } = algoSpan(state, order);
  const every = Math.max(1000, Math.floor((end - start) / SLICES));
  order.released = 0n;
  letGo(state, order, start, every, SLICES);
}

function letGo(state: EngineState, order: LiveOrder, start: number, every: number, slices: number): void {
  order.released ??= 0n;
  for (let slice = 1; slice <= slices; slice++) {
    const at = start + (slice - 1) * every;
    const give = (): void => {
      order.released = part(order, slice, slices);
      state.ready.push(order);
    };
    if (at <= nowOf(state)) order.released = part(order, slice, slices);
    else later(state, order, at, give);
  }
}

function part(order: LiveOrder, slice: number, slices: number): Quantity {
  if (slice === slices) return order.total;
  const step = lotOf(order.instrument, order.original);
  return floorToStep((order.total * BigInt(slice)) / BigInt(slices), step);
}

/** New volume lets a share of it go. Returns whether there is something to do now. */
export function followVolume(state: EngineState, order: LiveOrder): boolean {
  const book = bookOf(state, order.instrument);
  const traded = book.quote.volume - (book.before?.volume ?? book.quote.volume);
  if (traded <= 0 || order.released === undefined) return false;
  const share = Number(parameter(order.order, 'pctVol') ?? parameter(order.order, 'startPctVol') ?? '0.1');
  const step = lotOf(order.instrument, order.original);
  const more = floorToStep(quantityOfSize(traded * share), step);
  order.released = lesser(order.released + more, order.total);
  return more > 0n && remainingOf(order) > 0n;
}
