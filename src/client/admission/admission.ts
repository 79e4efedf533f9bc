// Decides whether a message may be sent now, by every known budget of the gateway. No timers: time comes in as an argument.

import {
  type AdmissionRequest,
  type Budget,
  type Cost,
  isSlot,
  limitOf,
  refusesWhenFull,
  type SlotBudget,
  spanOf,
  type WindowBudget,
} from './budgets.js';
import { type AdmissionLimits, defaultLimits } from './limits.js';
import { createRate, type Rate } from './rate.js';
import { createKeyedWindows, type KeyedWindows } from './sliding-window.js';
import { createSlots, type Slots } from './slots.js';

/** What a refusal of the gateway can teach; the words are those of the table of codes. */
export type Lesson = 'rate' | 'lines' | 'depth' | 'tickByTick' | 'smallBars' | 'history' | 'scanners' | 'accountSummaries';

export type Answer =
  | { readonly go: 'now' }
  /** `waitMs`: until it may go as far as is known now; undefined when a place has to become free first. `key`: see `Cost`. */
  | { readonly go: 'later'; readonly waitMs: number | undefined; readonly budget: Budget; readonly key: string | undefined }
  /** Only somebody's closing of something can make room, or the request is larger than the budget. */
  | { readonly go: 'never'; readonly budget: Budget };

/** Places that are held for a request, given back all at once; giving back twice does nothing. */
export type Release = () => void;

/** Others of the same budget that go first, for estimates: units of a window, messages of the rate. */
export type Ahead = (budget: Budget, key: string | undefined) => number;

export interface Admission {
  /** Whether the request may be sent now; `held`: places it holds already. */
  ask(request: AdmissionRequest, now: number, held?: Held, ahead?: Ahead): Answer;
  /** Milliseconds until the message rate has room for the lane, as if nothing else mattered. */
  rateWait(request: AdmissionRequest, now: number, ahead?: number): number;
  /** Takes the places that cannot be waited for, so that none else can; undefined with the budget when one is full. */
  hold(request: AdmissionRequest, now: number): Held | { readonly full: SlotBudget };
  /** Counts the request as sent. Answers how to give its places back when it has ended. */
  commit(request: AdmissionRequest, now: number, held?: Held): Release;
  /**
   * Takes in what a refusal tells about a budget, before the places of the refused request are given back. A lesson about
   * history concerns small bars alone when the refused request was for such.
   */
  learn(lesson: Lesson, now: number, refused?: AdmissionRequest): void;
  rateApproaching(now: number): void;
  /** A new connection: nothing is open and no message counts; the history rules go on, they hold for the login. */
  clear(): void;
  readonly limits: AdmissionLimits;
  readonly rate: Rate;
  readonly slots: ReadonlyMap<SlotBudget, Slots>;
  readonly windows: ReadonlyMap<WindowBudget, KeyedWindows>;
  /** Until when a budget rests after a breach; in the past when it does not. */
  restsUntil(budget: Budget): number;
  limitNow(budget: Budget, now: number): number;
}

/** Places taken ahead of the sending. */
export interface Held {
  readonly full?: undefined;
  readonly give: Release;
}

const slotBudgets: readonly SlotBudget[] = ['lines', 'depth', 'tickByTick', 'scanners', 'accountSummaries', 'openHistory'];
const windowBudgets: readonly WindowBudget[] = [
  'smallBars',
  'sameContract',
  'identical',
  'tickByTickStart',
  'matchingSymbols',
  'regulatorySnapshots',
];
const never = Number.NEGATIVE_INFINITY;
const restAtFirst = 15_000;
const restAtMost = 600_000;

export function createAdmission(limits: AdmissionLimits = defaultLimits): Admission {
  const rate = createRate(limits);
  const slots = new Map(slotBudgets.map((budget) => [budget, createSlots(limitOf(budget, limits), limits.forgetAfterMs)]));
  const windows = new Map(windowBudgets.map((budget) => [budget, createKeyedWindows(spanOf(budget, limits))]));
  const rests = new Map<Budget, { until: number; length: number }>();

  const restsUntil = (budget: Budget): number => (budget === 'rate' ? rate.pausedUntil : (rests.get(budget)?.until ?? never));
  const rest = (budget: Budget, now: number): void => {
    const last = rests.get(budget);
    // Requests that were under way when the first was refused do not make it longer.
    if (last !== undefined && now < last.until) return;
    const isRepeated = last !== undefined && now < last.until + restAtMost;
    const length = isRepeated ? Math.min(restAtMost, last.length * 2) : restAtFirst;
    rests.set(budget, { until: now + length, length });
  };
  const waitForCost = (cost: Cost, now: number, ahead: number): number | undefined => {
    const resting = Math.max(0, restsUntil(cost.budget) - now);
    if (isSlot(cost.budget)) return slots.get(cost.budget)?.fits(cost.key, now) === false ? undefined : resting;
    const window = windows.get(cost.budget)?.of(cost.key ?? '', now);
    return Math.max(resting, window?.waitFor(cost.units ?? 1, limitOf(cost.budget, limits), now, ahead) ?? 0);
  };
  const take = (costs: readonly Cost[], gives: Release[]): void => {
    for (const { budget, key } of costs) {
      const place = isSlot(budget) ? slots.get(budget)?.take(key) : undefined;
      if (place !== undefined) gives.push(place);
    }
  };

  return {
    limits,
    rate,
    slots,
    windows,
    restsUntil,
    limitNow: (budget, now) =>
      budget === 'rate' ? rate.limit(now) : isSlot(budget) ? (slots.get(budget)?.limit(now) ?? 0) : limitOf(budget, limits),
    rateWait: ({ lane, messages = 1 }, now, ahead = 0) => rate.waitFor(lane, messages, now, ahead),
    ask(request, now, held, ahead) {
      let longest: Answer = { go: 'now' };
      let longestMs = 0;
      for (const cost of request.costs ?? []) {
        const refuses = refusesWhenFull(request, cost.budget);
        if (refuses && held !== undefined) continue;
        const wait = waitForCost(cost, now, ahead?.(cost.budget, cost.key) ?? 0);
        if (wait === Number.POSITIVE_INFINITY || (wait === undefined && refuses)) return { go: 'never', budget: cost.budget };
        if (wait === undefined) {
          longest = { go: 'later', waitMs: undefined, budget: cost.budget, key: cost.key };
          longestMs = Number.POSITIVE_INFINITY;
        } else if (wait > longestMs) {
          longest = { go: 'later', waitMs: wait, budget: cost.budget, key: cost.key };
          longestMs = wait;
        }
      }
      const byRate = rate.waitFor(request.lane, request.messages ?? 1, now, ahead?.('rate', undefined) ?? 0);
      if (byRate === Number.POSITIVE_INFINITY) return { go: 'never', budget: 'rate' };
      return byRate > longestMs ? { go: 'later', waitMs: byRate, budget: 'rate', key: undefined } : longest;
    },
    hold(request, now) {
      const costs = (request.costs ?? []).filter(({ budget }) => refusesWhenFull(request, budget));
      const full = costs.find((cost) => waitForCost(cost, now, 0) === undefined);
      if (full !== undefined && isSlot(full.budget)) return { full: full.budget };
      const gives: Release[] = [];
      take(costs, gives);
      return { give: () => giveAll(gives) };
    },
    commit(request, now, held) {
      const costs = request.costs ?? [];
      const gives: Release[] = held === undefined ? [] : [held.give];
      take(
        costs.filter(({ budget }) => held === undefined || !refusesWhenFull(request, budget)),
        gives,
      );
      for (const { budget, key, units } of costs) {
        if (!isSlot(budget))
          windows
            .get(budget)
            ?.of(key ?? '', now)
            .add(units ?? 1, now);
      }
      rate.add(request.messages ?? 1, now);
      return () => giveAll(gives);
    },
    learn(lesson, now, refused) {
      const isSmall = lesson === 'smallBars' || refused?.costs?.some(({ budget }) => budget === 'smallBars') === true;
      if (lesson === 'rate') rate.exceeded(now);
      else if (lesson === 'smallBars' || lesson === 'history') rest(isSmall ? 'smallBars' : 'openHistory', now);
      else slots.get(lesson)?.lower(now);
    },
    rateApproaching: (now) => rate.approaching(now),
    clear() {
      rate.clear();
      for (const places of slots.values()) places.clear();
    },
  };
}

function giveAll(gives: Release[]): void {
  for (const give of gives.splice(0)) give();
}
