// What may be asked how often, from the table of endpoints: pure, with the time handed in.

import { type EndpointName, rowOf } from '../endpoints/list.js';

/** So many in so many milliseconds. */
interface Window {
  limit: number;
  readonly ms: number;
  /** When each of the last ones was taken, oldest first. */
  taken: number[];
}

interface Slots {
  limit: number;
  used: number;
}

interface Budget {
  readonly windows: readonly Window[];
  readonly slots: Slots | undefined;
  pausedUntil: number;
}

export interface BudgetOptions {
  /** Requests a second of the whole user name, whoever asks; default 10, what the gateway takes. */
  readonly perSecond?: number;
  /** How long nothing is asked after a 429, milliseconds; default 10 minutes, as long as the broker keeps an address out. */
  readonly penaltyMs?: number;
  /**
   * Milliseconds by which each window is longer than the broker's: what left just in time may arrive a little too early. Default 250
   * of a connection.
   */
  readonly marginMs?: number;
}

/** The pace of a row, read. */
export function paceOf(name: EndpointName): {
  readonly windows: readonly { limit: number; ms: number }[];
  readonly atOnce: number | undefined;
} {
  const { pace = [] } = rowOf(name);
  const windows: { limit: number; ms: number }[] = [];
  let atOnce: number | undefined;
  for (const one of typeof pace === 'string' ? [pace] : pace) {
    const window = /^(\d+)\/(\d+)s$/.exec(one);
    if (window === null) atOnce = Number(/^\d+/.exec(one)?.[0]);
    else windows.push({ limit: Number(window[1]), ms: Number(window[2]) * 1000 });
  }
  return { windows, atOnce };
}

/** How long until one more fits. */
function waitOf(window: Window, now: number): number {
  window.taken = window.taken.filter((at) => at > now - window.ms);
  const earliest = window.taken[window.taken.length - window.limit];
  return earliest === undefined ? 0 : earliest + window.ms - now;
}

export interface Budgets {
  /** Milliseconds until this may be asked; 0: now. Infinity: when another one has been answered. `isUrgent`: a pause does not hold it. */
  wait(name: EndpointName, now: number, isUrgent?: boolean): number;
  take(name: EndpointName, now: number): void;
  /** It was answered, or never will be. */
  release(name: EndpointName): void;
  /** A 429 came: asks less from here on, and nothing for a while. */
  punish(name: EndpointName, now: number): void;
  /** Until when nothing is asked, epoch milliseconds; undefined: nothing is paused. */
  pausedUntil(now: number): number | undefined;
  readonly perSecond: number;
}

/** Budgets as the table has them. */
export function createBudgets({ perSecond = 10, penaltyMs = 600_000, marginMs = 0 }: BudgetOptions = {}): Budgets {
  const all: Window = { limit: perSecond, ms: 1000 + marginMs, taken: [] };
  let pausedUntil = 0;
  const own = new Map<EndpointName, Budget>();
  const budgetOf = (name: EndpointName): Budget => {
    const known = own.get(name);
    if (known !== undefined) return known;
    const { windows, atOnce } = paceOf(name);
    const made: Budget = {
      windows: windows.map(({ limit, ms }) => ({ limit, ms: ms + marginMs, taken: [] })),
      slots: atOnce === undefined ? undefined : { limit: atOnce, used: 0 },
      pausedUntil: 0,
    };
    own.set(name, made);
    return made;
  };
  return {
    wait(name, now, isUrgent = false) {
      const { windows, slots, pausedUntil: paused } = budgetOf(name);
      if (slots !== undefined && slots.used >= slots.limit) return Number.POSITIVE_INFINITY;
      const pause = isUrgent ? 0 : Math.max(pausedUntil, paused) - now;
      return Math.max(0, pause, waitOf(all, now), ...windows.map((window) => waitOf(window, now)));
    },
    take(name, now) {
      const { windows, slots } = budgetOf(name);
      for (const window of [all, ...windows]) window.taken.push(now);
      if (slots !== undefined) slots.used += 1;
    },
    release(name) {
      const { slots } = budgetOf(name);
      if (slots !== undefined && slots.used > 0) slots.used -= 1;
    },
    punish(name, now) {
      const budget = budgetOf(name);
      if (budget.slots !== undefined && budget.slots.used > 1) {
        // Too many at once of these: the others are not to blame.
        budget.slots.limit = Math.max(1, budget.slots.limit - 1);
        budget.pausedUntil = now + 15_000;
        return;
      }
      all.limit = Math.max(1, Math.floor(all.limit / 2));
      pausedUntil = now + penaltyMs;
    },
    pausedUntil: (now) => (pausedUntil > now ? pausedUntil : undefined),
    get perSecond() {
      return all.limit;
    },
  };
}
