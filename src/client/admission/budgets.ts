// The names of the budgets, what a request takes from them, and how a budget is put into words.

import type { AdmissionLimits, Lane } from './limits.js';

/** Budgets of requests in a span of time. */
export type WindowBudget =
  | 'smallBars'
  | 'sameContract'
  | 'identical'
  | 'tickByTickStart'
  | 'matchingSymbols'
  | 'regulatorySnapshots';

/** Budgets of things that are open at once and give their place back when they end. */
export type SlotBudget = 'lines' | 'depth' | 'tickByTick' | 'scanners' | 'accountSummaries' | 'openHistory';

/** A budget of the gateway: its message rate, one that counts within a span of time, or one that lends places. */
export type Budget = 'rate' | WindowBudget | SlotBudget;

/**
 * What a request takes from one budget. `key`: the instrument or request that the budget counts by; one instrument takes
 * one line however many streams it has. `units`: 1 unless given.
 */
export interface Cost {
  readonly budget: WindowBudget | SlotBudget;
  readonly key?: string;
  readonly units?: number;
}

/** A message that wants to be sent. It always counts in the message rate; `costs` are what it takes besides. */
export interface AdmissionRequest {
  /** The official name of the message, for errors. */
  readonly asked: string;
  readonly lane: Lane;
  readonly costs?: readonly Cost[];
  /** Messages sent for it at once: 1 unless given. */
  readonly messages?: number;
  /** Until when it keeps its places; `untilClosed` unless given. */
  readonly keeps?: Keeps;
}

/** A question keeps its places until it is answered, a stream until somebody closes it. */
export type Keeps = 'untilAnswered' | 'untilClosed';

const slots: readonly Budget[] = ['lines', 'depth', 'tickByTick', 'scanners', 'accountSummaries', 'openHistory'];

export function isSlot(budget: Budget): budget is SlotBudget {
  return slots.includes(budget);
}

/**
 * A stream is refused at once by a full slot budget, because only the user can free it. Questions wait for a place, and so does
 * everything that wants one among the open history requests, which end by themselves.
 */
export function refusesWhenFull({ keeps = 'untilClosed' }: AdmissionRequest, budget: Budget): boolean {
  return keeps === 'untilClosed' && isSlot(budget) && budget !== 'openHistory';
}

export function limitOf(budget: WindowBudget | SlotBudget, limits: AdmissionLimits): number {
  switch (budget) {
    case 'smallBars':
      return limits.smallBarsPerTenMinutes;
    case 'sameContract':
      return limits.sameContractPerTwoSeconds;
    case 'identical':
    case 'tickByTickStart':
    case 'matchingSymbols':
    case 'regulatorySnapshots':
      return 1;
    default:
      return limits[budget];
  }
}

/** The span of time in which a window budget counts, milliseconds, margin included. */
export function spanOf(budget: WindowBudget, limits: AdmissionLimits): number {
  const spans: Readonly<Record<WindowBudget, number>> = {
    smallBars: 600_000,
    sameContract: 2000,
    identical: limits.identicalAfterMs,
    tickByTickStart: limits.tickByTickAfterMs,
    matchingSymbols: limits.matchingSymbolsAfterMs,
    regulatorySnapshots: limits.regulatorySnapshotAfterMs,
  };
  return spans[budget] + limits.marginMs;
}

const words: Readonly<Record<Budget, string>> = {
  rate: 'the message rate is used up',
  smallBars: 'the requests for small bars of ten minutes are used up',
  sameContract: 'too many requests for one contract within two seconds',
  identical: 'the same request was sent within the last 15 seconds',
  tickByTickStart: 'tick-by-tick data of this instrument was asked for within the last 15 seconds',
  matchingSymbols: 'symbols were searched for within the last second',
  regulatorySnapshots: 'a regulatory snapshot was asked for within the last second',
  lines: 'all market-data lines are in use',
  depth: 'all places for market depth are in use',
  tickByTick: 'all places for tick-by-tick data are in use',
  scanners: 'all places for scanners are in use',
  accountSummaries: 'all places for account summaries are in use',
  openHistory: 'all places for open historical requests are in use',
};

/** Why a budget stands in the way, for people. `limit`: as it is known now; `waitMs`: undefined when nobody can tell. */
export function because(budget: Budget, limit: number, waitMs: number | undefined): string {
  const size = limit === 1 ? '' : ` (${limit})`;
  if (waitMs === undefined) return `${words[budget]}${size}`;
  return `${words[budget]}${size}; room in ${waitMs < 1000 ? `${Math.ceil(waitMs)} ms` : `${Math.ceil(waitMs / 1000)} s`} at the earliest`;
}
