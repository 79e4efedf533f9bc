// The waiting room in front of admission: lanes in their order, first come first served within each, deadlines and aborts.

import { AdmissionError } from '../wire/errors.js';
import type { Admission, Held, Release } from './admission.js';
import { type AdmissionRequest, type Budget, because } from './budgets.js';
import { type Lane, lanes } from './limits.js';
import { createWaitingRoom, type Waiting } from './waiting-room.js';

/** The clock and the one timer that the queue needs. `after` answers how to stop the timer. */
export interface Timers {
  now(): number;
  after(ms: number, run: () => void): () => void;
}

export interface AcquireHow {
  /** How long the caller would wait, milliseconds; for ever when undefined. */
  readonly patienceMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** How long a request would wait at least; `refused` when it would not be let in at all. */
export interface Estimate {
  readonly waitMs: number | undefined;
  readonly refused: boolean;
  readonly budget: Budget | undefined;
  readonly because: string | undefined;
}

export interface AdmissionQueue {
  /** Lets a message go at once, without a promise; undefined when it has to wait or is refused. */
  tryAcquire(request: AdmissionRequest): Release | undefined;
  /**
   * Waits until the message may be sent. Rejects with `AdmissionError` when a stream finds its places taken,
   * at once when it would wait longer than its patience, and when its patience is over; with `signal.reason` on abort.
   */
  acquire(request: AdmissionRequest, how?: AcquireHow): Promise<Release>;
  estimate(request: AdmissionRequest): Estimate;
  /** Looks again who may go, as after something was given back or learned. */
  pump(): void;
  /** Rejects everybody who waits. */
  drain(reason: unknown): void;
  /** Who waits, by lane: how many and since when. */
  waiting(): readonly { readonly lane: Lane; readonly count: number; readonly longestMs: number }[];
}

const nothing: Release = () => {};

export function createAdmissionQueue(admission: Admission, timers: Timers): AdmissionQueue {
  const room = createWaitingRoom();
  let stopTimer: Release = nothing;

  const settle = (entry: Waiting): void => {
    room.leave(entry);
    entry.cleanUp();
  };
  const refuse = (entry: Waiting, budget: Budget, waitMs: number | undefined): void => {
    settle(entry);
    entry.held?.give();
    entry.reject(refusal(entry.request, budget, waitMs, entry.patienceMs));
  };
  const refusal = (request: AdmissionRequest, budget: Budget, waitMs?: number, patienceMs?: number): AdmissionError =>
    new AdmissionError(request.asked, {
      budget,
      because: because(budget, admission.limitNow(budget, timers.now()), waitMs),
      ...(waitMs === undefined ? {} : { waitMs }),
      ...(patienceMs === undefined ? {} : { patienceMs }),
    });
  /** What an admitted request answers: its places go back, and whoever waited for them is looked at. */
  const letGo = (request: AdmissionRequest, now: number, held: Held | undefined): Release => {
    const give = admission.commit(request, now, held);
    return () => {
      give();
      if (room.count > 0) pump();
    };
  };

  const pump = (): void => {
    stopTimer();
    stopTimer = nothing;
    const now = timers.now();
    let wakeMs = Number.POSITIVE_INFINITY;
    for (const lane of lanes) {
      if (room.countOf(lane) === 0) continue;
      const pass = room.pass(lane);
      for (let entry = pass.next(); entry !== undefined; entry = pass.next()) {
        const byRate = admission.rateWait(entry.request, now);
        if (byRate > 0) {
          wakeMs = Math.min(wakeMs, byRate);
          break;
        }
        const answer = admission.ask(entry.request, now, entry.held);
        if (answer.go === 'now') {
          settle(entry);
          entry.resolve(letGo(entry.request, now, entry.held));
        } else if (answer.go === 'never') refuse(entry, answer.budget, undefined);
        else {
          wakeMs = Math.min(wakeMs, answer.waitMs ?? Number.POSITIVE_INFINITY);
          pass.blocked(entry, answer.budget, answer.key);
        }
      }
    }
    if (room.count > 0 && wakeMs < Number.POSITIVE_INFINITY) stopTimer = timers.after(Math.max(1, Math.ceil(wakeMs)), pump);
  };

  const ask = (request: AdmissionRequest, now: number, held: Held | undefined) =>
    admission.ask(request, now, held, room.aheadOf(request));

  const queue: AdmissionQueue = {
    pump,
    tryAcquire(request) {
      if (room.count > 0) pump();
      const now = timers.now();
      return ask(request, now, undefined).go === 'now' ? letGo(request, now, undefined) : undefined;
    },
    estimate(request) {
      const answer = ask(request, timers.now(), undefined);
      if (answer.go === 'now') return { waitMs: 0, refused: false, budget: undefined, because: undefined };
      const waitMs = answer.go === 'later' ? answer.waitMs : undefined;
      const why = because(answer.budget, admission.limitNow(answer.budget, timers.now()), waitMs);
      return { waitMs, refused: answer.go === 'never', budget: answer.budget, because: why };
    },
    acquire(request, { patienceMs, signal } = {}) {
      if (signal?.aborted) return Promise.reject(signal.reason);
      // With others waiting, the look at the queue below decides; it may let this one in at once too.
      const release = room.count === 0 ? queue.tryAcquire(request) : undefined;
      if (release !== undefined) return Promise.resolve(release);
      const now = timers.now();
      const held = admission.hold(request, now);
      if (held.full !== undefined) return Promise.reject(refusal(request, held.full));
      const answer = ask(request, now, held);
      const waitMs = answer.go === 'later' ? answer.waitMs : undefined;
      if (answer.go === 'never' || (patienceMs !== undefined && waitMs !== undefined && waitMs > patienceMs)) {
        held.give();
        return Promise.reject(refusal(request, answer.go === 'now' ? 'rate' : answer.budget, waitMs, patienceMs));
      }
      return new Promise<Release>((resolve, reject) => {
        const onAbort = (): void => {
          settle(entry);
          held.give();
          reject(signal?.reason);
          pump();
        };
        const stopPatience =
          patienceMs === undefined
            ? nothing
            : timers.after(patienceMs, () => {
                const last = admission.ask(request, timers.now(), held, room.aheadOf(request));
                refuse(entry, last.go === 'now' ? 'rate' : last.budget, last.go === 'later' ? last.waitMs : undefined);
                pump();
              });
        const cleanUp = (): void => {
          stopPatience();
          signal?.removeEventListener('abort', onAbort);
        };
        const entry: Waiting = { request, since: now, patienceMs, held, resolve, reject, cleanUp };
        signal?.addEventListener('abort', onAbort, { once: true });
        room.enter(entry);
        pump();
      });
    },
    drain(reason) {
      stopTimer();
      stopTimer = nothing;
      for (const entry of room.all()) {
        settle(entry);
        entry.held?.give();
        entry.reject(reason);
      }
    },
    waiting() {
      const now = timers.now();
      return lanes.map((lane) => {
        const all = room.all().filter((entry) => entry.request.lane === lane);
        return { lane, count: all.length, longestMs: Math.max(0, ...all.map(({ since }) => now - since)) };
      });
    },
  };
  return queue;
}
