// The queue before the wire: who goes next, and when.

import { AdmissionError, type Timer } from 'ibwire';
import type { EndpointName } from '../endpoints/list.js';

import { type BudgetOptions, createBudgets, type Pass } from './budgets.js';

/** In this order they leave. A pause after a 429 does not hold cancels and replies: they make things safer, and a question does not wait. */
export const LANES = ['cancel', 'reply', 'place', 'session', 'read'] as const;
export type Lane = (typeof LANES)[number];
const isUrgent = (lane: Lane): boolean => lane === 'cancel' || lane === 'reply';

interface Waiting {
  readonly name: EndpointName;
  readonly lane: Lane;
  readonly leave: (pass: Pass) => void;
}

export interface Admission {
  /** Resolves when it may leave, with what to call once it was answered. @throws {AdmissionError} when that takes longer than `patience` */
  admit(
    name: EndpointName,
    lane: Lane,
    call?: { readonly signal?: AbortSignal | undefined; readonly patience?: number | undefined },
  ): Promise<() => void>;
  /** A 429 came. */
  punish(name: EndpointName): void;
  readonly view: { readonly waiting: number; readonly perSecond: number; readonly pausedUntil: number | undefined };
}

export function createAdmission(timer: Timer, options: BudgetOptions = {}): Admission {
  const budgets = createBudgets(options);
  const queue: Waiting[] = [];
  let stop: (() => void) | undefined;
  const run = (): void => {
    stop?.();
    stop = undefined;
    let soonest = Number.POSITIVE_INFINITY;
    for (const lane of LANES) {
      for (const one of queue.filter((waiting) => waiting.lane === lane)) {
        const now = timer.now();
        const wait = budgets.wait(one.name, now, isUrgent(lane));
        if (wait > 0) {
          soonest = Math.min(soonest, wait);
          continue;
        }
        queue.splice(queue.indexOf(one), 1);
        one.leave(budgets.take(one.name, now));
      }
    }
    if (queue.length > 0 && soonest < Number.POSITIVE_INFINITY) stop = timer.after(soonest, run);
  };
  return {
    admit(name, lane, { signal, patience = 60_000 } = {}) {
      signal?.throwIfAborted();
      return new Promise((resolve, reject) => {
        const away = (): void => {
          const at = queue.indexOf(waiting);
          if (at >= 0) queue.splice(at, 1);
          signal?.removeEventListener('abort', abort);
          late?.();
        };
        const abort = (): void => {
          away();
          reject(signal?.reason);
        };
        const waiting: Waiting = {
          name,
          lane,
          leave(pass) {
            away();
            let isOut = true;
            resolve(() => {
              if (isOut) budgets.release(pass, timer.now());
              isOut = false;
              run();
            });
          },
        };
        const wait = budgets.wait(name, timer.now(), isUrgent(lane));
        if (wait > patience && wait < Number.POSITIVE_INFINITY) {
          const because = `its budget is spent for ${Math.ceil(wait / 1000)} s`;
          reject(new AdmissionError(name, { budget: name, because, waitMs: wait, patienceMs: patience }));
          return;
        }
        const late = timer.after(patience, () => {
          away();
          reject(
            new AdmissionError(name, {
              budget: name,
              because: `it has waited ${patience} ms for its turn`,
              patienceMs: patience,
            }),
          );
        });
        signal?.addEventListener('abort', abort, { once: true });
        queue.push(waiting);
        run();
      });
    },
    punish(name) {
      budgets.punish(name, timer.now());
      run();
    },
    get view() {
      return { waiting: queue.length, perSecond: budgets.perSecond, pausedUntil: budgets.pausedUntil(timer.now()) };
    },
  };
}
