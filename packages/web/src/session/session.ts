// Drives the machine: runs what it wishes, and tells it what came and that time has passed.

import type { Timer } from 'ibwire';
import { type AuthStatus, readingOf } from './auth.js';
import { type Heard, hear, type Machine, newMachine, type Step, type WebSessionState } from './machine.js';

/** What came of asking: the status, or why there is none. */
export type Told =
  | { readonly at: 'auth'; readonly auth: AuthStatus }
  | { readonly at: 'done' }
  | { readonly at: 'unauthorised' }
  | { readonly at: 'unreachable' | 'failed'; readonly why: string };

/** How the session reaches the broker. None of these rejects. */
export interface Hands {
  signIn(): Promise<Told>;
  tickle(): Promise<Told>;
  /** Of `init`: the status it answers. `prove`: done once the session is established and `/iserver` answers. */
  run(step: Step, compete: boolean): Promise<Told>;
  readonly needsPerson: boolean;
  /** When that with which requests are signed ends, epoch milliseconds; undefined: not known before it happens. */
  expiresAt?(): number | undefined;
  /** By the calendar. */
  isMaintenance(now: number): boolean;
  tell(state: WebSessionState): void;
}

export interface WebSession {
  readonly state: WebSessionState;
  /** Anything heard elsewhere: a 401 on a read, `no bridge`, an `sts` frame. */
  hear(heard: Heard): void;
  /** Begins anew; `compete` takes the session from whoever holds it, once. */
  reopen(compete?: boolean): void;
  close(): void;
}

/** It looks at least so often, and no more often: the machine says until when there is nothing to do. */
const [SECOND, MINUTE] = [1_000, 60_000];
/** A token is renewed so long before its end: an order that meets the end has an unknown outcome. */
const BEFORE_END = 2 * MINUTE;

export function createSession(timer: Timer, hands: Hands, { compete = false }: { readonly compete?: boolean } = {}): WebSession {
  let machine: Machine = newMachine(compete);
  let isClosed = false;
  let isSigningIn = false;
  let isTickling = false;
  /** Counts openings: what an older one still says is not heard. */
  let opening = 0;

  const answered = (told: Told): Heard | undefined => {
    switch (told.at) {
      case 'auth':
        return { is: 'auth', reading: readingOf(told.auth), why: told.auth.text };
      case 'unauthorised':
        return { is: 'unauthorised' };
      case 'unreachable':
        return { is: 'unreachable', why: told.why };
      case 'done':
      case 'failed':
        return undefined;
    }
  };

  const runStep = async (step: Step, compete: boolean): Promise<void> => {
    if (step === 'init') opening += 1;
    const mine = opening;
    const told = await hands.run(step, compete);
    if (mine !== opening) return;
    if (told.at === 'done') return take({ is: 'stepDone', step });
    if (told.at !== 'auth') {
      take({ is: 'stepFailed', step, why: told.at === 'unauthorised' ? '401' : told.why });
      const more = answered(told);
      if (more?.is === 'unauthorised') take(more);
      return;
    }
    // A 200 with authenticated: false has failed.
    const reading = readingOf(told.auth);
    if (reading === 'ready' || reading === 'opening') return take({ is: 'stepDone', step });
    if (reading === 'competing') return take({ is: 'auth', reading, why: told.auth.text });
    take({ is: 'stepFailed', step, why: told.auth.text || `${step} was answered, and the session is ${reading}` });
  };

  const signIn = async (): Promise<void> => {
    if (isSigningIn) return;
    isSigningIn = true;
    const told = await hands.signIn();
    isSigningIn = false;
    if (told.at === 'done' || told.at === 'auth') take({ is: 'signedIn' });
    else
      take({
        is: 'notSignedIn',
        needsPerson: told.at === 'unauthorised' && hands.needsPerson,
        why: 'why' in told ? told.why : '401',
      });
  };

  const tickle = async (): Promise<void> => {
    if (isTickling) return;
    isTickling = true;
    const told = await hands.tickle();
    isTickling = false;
    const heard = answered(told);
    if (heard !== undefined) take(heard);
  };

  function take(heard: Heard): void {
    if (isClosed) return;
    const { machine: next, wishes } = hear(machine, heard, timer.now());
    const before = machine.state;
    machine = next;
    // What left an opening ends it: its late answers belong to nobody.
    if (before.at === 'opening' && next.state.at !== 'opening') opening += 1;
    for (const wish of wishes) {
      switch (wish.does) {
        case 'tell':
          hands.tell(machine.state);
          break;
        case 'signIn':
          void signIn();
          break;
        case 'tickle':
          void tickle();
          break;
        case 'run':
          void runStep(wish.step, wish.compete);
      }
    }
    plan();
  }

  let stop = (): void => {};
  /** The end for which it was renewed: once for each. */
  let renewed: number | undefined;
  const isEnding = (): boolean => {
    const ends = hands.expiresAt?.();
    if (ends === undefined || ends === renewed || machine.state.at !== 'ready' || ends - timer.now() > BEFORE_END) return false;
    renewed = ends;
    return true;
  };
  const beat = (): void => (isEnding() ? take({ is: 'expires' }) : pass());
  const pass = (): void => take({ is: 'tick', isMaintenance: hands.isMaintenance(timer.now()) });
  const plan = (): void => {
    stop();
    stop = timer.after(Math.min(MINUTE, Math.max(SECOND, machine.quietUntil - timer.now())), beat);
  };
  stop = timer.after(0, beat);
  return {
    get state() {
      return machine.state;
    },
    hear: take,
    reopen: (compete = false) => take({ is: 'reopen', compete }),
    close() {
      isClosed = true;
      stop();
    },
  };
}
