// What may be asked how often, from the table of endpoints: pure, with the time handed in.

import { InputError } from 'ibwire';
import { type EndpointName, rowOf } from '../endpoints/list.js';
import { checkNames } from '../names.js';

/** One that was let through: when, and when it was answered. */
interface Taken {
  readonly at: number;
  answeredAt: number | undefined;
}

/** So many in so many milliseconds. */
interface Window {
  limit: number;
  readonly ms: number;
  taken: Taken[];
}

/** A token of one that was let through. */
export interface Pass {
  readonly name: EndpointName;
  readonly taken: Taken;
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

/** Nothing is on its way longer than that, as far as a budget goes: what is asked seldom is waited for longer. */
const longestWay = ({ ms }: Window): number => Math.max(2_000, Math.min(ms, 5_000));

/** The broker counts when a request arrives, which may be as late as its answer. */
const latest = ({ at, answeredAt }: Taken, now: number, window: Window): number =>
  Math.min(answeredAt ?? now, at + longestWay(window));

/** How long until one more fits. */
function waitOf(window: Window, now: number): number {
  window.taken = window.taken.filter((one) => latest(one, now, window) > now - window.ms);
  if (window.taken.length < window.limit) return 0;
  const times = window.taken.map((one) => latest(one, now, window)).sort((a, b) => a - b);
  return (times[times.length - window.limit] ?? now) + window.ms - now;
}

export interface Budgets {
  /** Milliseconds until this may be asked; 0: now. Infinity: when another one has been answered. `isUrgent`: a pause does not hold it. */
  wait(name: EndpointName, now: number, isUrgent?: boolean): number;
  take(name: EndpointName, now: number): Pass;
  /** It was answered, or never will be. */
  release(pass: Pass, now: number): void;
  /** A 429 came: asks less from here on, and nothing for a while. */
  punish(name: EndpointName, now: number): void;
  /** Until when nothing is asked, epoch milliseconds; undefined: nothing is paused. */
  pausedUntil(now: number): number | undefined;
  readonly perSecond: number;
}

/** What a 429 has taken away comes back one by one, after so long each. */
const REGAIN = 900_000;

/** Budgets as the table has them. */
export function createBudgets(options: BudgetOptions = {}): Budgets {
  checkNames<BudgetOptions>(options, { perSecond: true, penaltyMs: true, marginMs: true }, 'pace.');
  const { perSecond = 10, penaltyMs = 600_000, marginMs = 0 } = options;
  if (!(Number.isInteger(perSecond) && perSecond >= 1)) throw new InputError('pace.perSecond', 'a whole number of at least 1');
  for (const [name, ms] of Object.entries({ penaltyMs, marginMs }))
    if (!(ms >= 0)) throw new InputError(`pace.${name}`, 'a number of milliseconds of at least 0');
  const all: Window = { limit: perSecond, ms: 1000 + marginMs, taken: [] };
  let pausedUntil = 0;
  /** When one more a second is tried again, after a 429. */
  let regainAt = Number.POSITIVE_INFINITY;
  const regain = (now: number): void => {
    while (now >= regainAt && all.limit < perSecond) {
      all.limit += 1;
      regainAt += REGAIN;
    }
  };
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
      regain(now);
      if (slots !== undefined && slots.used >= slots.limit) return Number.POSITIVE_INFINITY;
      const pause = isUrgent ? 0 : Math.max(pausedUntil, paused) - now;
      return Math.max(0, pause, waitOf(all, now), ...windows.map((window) => waitOf(window, now)));
    },
    take(name, now) {
      const { windows, slots } = budgetOf(name);
      const taken: Taken = { at: now, answeredAt: undefined };
      for (const window of [all, ...windows]) window.taken.push(taken);
      if (slots !== undefined) slots.used += 1;
      return { name, taken };
    },
    release({ name, taken }, now) {
      const { slots } = budgetOf(name);
      taken.answeredAt ??= now;
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
      regainAt = pausedUntil + REGAIN;
    },
    pausedUntil: (now) => (pausedUntil > now ? pausedUntil : undefined),
    get perSecond() {
      return all.limit;
    },
  };
}
