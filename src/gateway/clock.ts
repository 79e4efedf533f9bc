/** The gateway's time: a wall clock or a virtual one that moves only when told, behind one interface. */

import { number, record } from '../input/checks.js';
import { insist } from '../input/option-error.js';

/** Something that a clock will run. */
export interface Timer {
  /** Stops it; harmless when it has run already. */
  cancel(): void;
}

/** The time of a simulated gateway. Epoch milliseconds. */
export interface Clock {
  /** Epoch milliseconds, whole. */
  now(): number;
  /** Runs once at the instant, or as soon as possible when that has passed; never inside this call. */
  at(when: number, run: () => void): Timer;
  /** Runs every `period` ms (at least 1), the first time one period from now or at `first`. */
  every(period: number, run: () => void, first?: number): Timer;
  /** Drops every timer; later timers are never run. */
  close(): void;
}

/** A clock that stands still until it is put forward: everything that falls due runs in that call. */
export interface VirtualClock extends Clock {
  /** Moves time forward, running what falls due in order of time, then of creation. Returns how many timers ran. */
  advance(ms: number): number;
  /** Like `advance`, to an instant. An instant before now throws a RangeError: time never runs backwards. */
  advanceTo(instant: number): number;
  /** Runs the one timer that falls due next; false, with the time at `instant`, when none does by then. */
  step(instant: number): boolean;
  /** Timers waiting. */
  readonly pending: number;
  /** The instant at which the next of them falls due; undefined while there is none. */
  readonly due: number | undefined;
}

/** When a clock of true time begins, and how fast it goes. */
export interface WallClockOptions {
  /** The instant it shows at the start; default: the true time. */
  readonly startAt?: number;
  /** How many of its seconds pass in a true one; default 1. */
  readonly speed?: number;
}

const MAX_DELAY = 2_000_000_000; // setTimeout overflows above 2^31 − 1

const optionChecks = record<WallClockOptions>({
  startAt: number(-8.64e15, 8.64e15),
  speed: number(Number.MIN_VALUE, Number.MAX_VALUE),
});

/** A clock that runs by itself, at true time or from a chosen instant and at a chosen speed. */
export function wallClock(options: WallClockOptions = {}): Clock {
  insist(optionChecks, '', options);
  const began = performance.now();
  const startAt = options.startAt ?? Date.now();
  const speed = options.speed ?? 1;
  const live = new Set<NodeJS.Timeout>();
  let isOpen = true;
  const now = (): number => Math.floor(startAt + (performance.now() - began) * speed);
  const at = (when: number, run: () => void): Timer => {
    let handle: NodeJS.Timeout | undefined;
    const arm = (): void => {
      if (!isOpen) return;
      const delay = Math.min(MAX_DELAY, Math.max(0, (when - now()) / speed));
      handle = setTimeout(fire, delay);
      live.add(handle);
    };
    const fire = (): void => {
      if (handle !== undefined) live.delete(handle);
      if (now() < when) arm();
      else run();
    };
    const cancel = (): void => {
      if (handle !== undefined) {
        clearTimeout(handle);
        live.delete(handle);
      }
    };
    arm();
    return { cancel };
  };
  const close = (): void => {
    isOpen = false;
    for (const handle of live) clearTimeout(handle);
    live.clear();
  };
  return { now, at, every: repeating(now, at), close };
}

interface Waiting {
  readonly when: number;
  readonly order: number;
  readonly run: () => void;
  isLive: boolean;
}

const isBefore = (a: Waiting, b: Waiting): boolean => a.when < b.when || (a.when === b.when && a.order < b.order);

/** A clock that stands still until it is advanced. */
export function virtualClock(startAt: number): VirtualClock {
  if (!Number.isFinite(startAt)) throw new RangeError('virtualClock needs a finite start');
  let time = Math.floor(startAt);
  let made = 0;
  let live = 0;
  let isOpen = true;
  let heap: Waiting[] = [];
  const now = (): number => time;
  const at = (when: number, run: () => void): Timer => {
    const entry: Waiting = { when: Math.max(time, Math.ceil(when)), order: made++, run, isLive: isOpen };
    if (isOpen) {
      push(heap, entry);
      live += 1;
    }
    return {
      cancel: () => {
        if (!entry.isLive) return;
        entry.isLive = false;
        live -= 1;
        if (heap.length > 64 && live * 2 < heap.length) {
          heap = heap.filter((waiting) => waiting.isLive).sort((a, b) => (isBefore(a, b) ? -1 : 1));
        }
      },
    };
  };
  const step = (instant: number): boolean => {
    if (!(instant >= time)) throw new RangeError(`virtualClock cannot go from ${time} to ${instant}`);
    for (let next = heap[0]; next !== undefined && next.when <= instant; next = heap[0]) {
      pop(heap);
      if (!next.isLive) continue;
      next.isLive = false;
      live -= 1;
      time = Math.max(time, next.when);
      next.run();
      return true;
    }
    time = Math.max(time, Math.floor(instant));
    return false;
  };
  const advanceTo = (instant: number): number => {
    let ran = 0;
    while (step(instant)) ran += 1;
    return ran;
  };
  return {
    now,
    at,
    every: repeating(now, at),
    advance: (ms) => advanceTo(time + ms),
    advanceTo,
    step,
    get pending() {
      return live;
    },
    get due() {
      while (heap[0]?.isLive === false) pop(heap);
      return heap[0]?.when;
    },
    close: () => {
      isOpen = false;
      live = 0;
      for (const waiting of heap) waiting.isLive = false;
      heap = [];
    },
  };
}

function repeating(now: () => number, at: Clock['at']): Clock['every'] {
  return (period, run, first) => {
    const step = Math.max(1, period);
    let due = first ?? now() + step;
    let isLive = true;
    let timer: Timer | undefined;
    const fire = (): void => {
      due = Math.max(due + step, now() + 1);
      timer = at(due, fire);
      run();
      if (!isLive) timer.cancel();
    };
    timer = at(due, fire);
    return {
      cancel: () => {
        isLive = false;
        timer?.cancel();
      },
    };
  };
}

function push(heap: Waiting[], entry: Waiting): void {
  let i = heap.push(entry) - 1;
  while (i > 0) {
    const parent = (i - 1) >> 1;
    const above = heap[parent] as Waiting;
    if (!isBefore(entry, above)) break;
    heap[i] = above;
    i = parent;
  }
  heap[i] = entry;
}

function pop(heap: Waiting[]): void {
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return;
  let i = 0;
  for (;;) {
    let child = 2 * i + 1;
    if (child >= heap.length) break;
    const right = heap[child + 1];
    if (right !== undefined && isBefore(right, heap[child] as Waiting)) child += 1;
    const lower = heap[child] as Waiting;
    if (!isBefore(lower, last)) break;
    heap[i] = lower;
    i = child;
  }
  heap[i] = last;
}
