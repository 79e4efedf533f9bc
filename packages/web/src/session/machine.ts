// The session as a pure machine: what has been heard makes the next state and what is wished for. No clock, no socket.

import type { SessionReading } from './auth.js';

/** Steps of an opening, in their order; each ends before the next begins. */
export const STEPS = ['init', 'prove', 'accounts', 'suppress', 'resubscribe', 'reconcile'] as const;
export type Step = (typeof STEPS)[number];

/** Where the session stands. A union: switch over `at`. */
export type WebSessionState =
  /** Nobody is signed in. `needsPerson`: at the gateway's page. */
  | { readonly at: 'signedOut'; readonly needsPerson: boolean; readonly why: string }
  /** Signed in for reading; nothing of `/iserver`. */
  | { readonly at: 'outer' }
  | { readonly at: 'opening'; readonly step: Step }
  /** Everything answers, and every stream stands. */
  | { readonly at: 'ready' }
  /** It was there and is not; it comes back by itself. */
  | { readonly at: 'lost'; readonly why: string }
  /** Another login of this user name holds it. `isFinal`: lost twice within an hour, `reopen` alone goes on. */
  | { readonly at: 'competing'; readonly isFinal: boolean }
  | { readonly at: 'maintenance' };

export interface Machine {
  readonly state: WebSessionState;
  /** Times at which another login has taken the session. */
  readonly losses: readonly number[];
  /** Of openings that came to nothing, one after the other. */
  readonly failures: number;
  /** Nothing is asked before, epoch milliseconds. */
  readonly quietUntil: number;
  /** An `init` that takes the session from others may still be sent once. */
  readonly mayCompete: boolean;
}

/** What is heard. */
export type Heard =
  | { readonly is: 'signedIn' }
  | { readonly is: 'notSignedIn'; readonly why: string; readonly needsPerson: boolean }
  /** What tickle, auth/status, init or the stream said. */
  | { readonly is: 'auth'; readonly reading: SessionReading; readonly why: string }
  | { readonly is: 'stepDone'; readonly step: Step }
  | { readonly is: 'stepFailed'; readonly step: Step; readonly why: string }
  /** A 401 on anything. */
  | { readonly is: 'unauthorised' }
  /** What requests are signed with is about to end. */
  | { readonly is: 'expires' }
  /** `/iserver` says that there is no brokerage session. */
  | { readonly is: 'noSession'; readonly why: string }
  | { readonly is: 'unreachable'; readonly why: string }
  /** Time passes; `isMaintenance` by the calendar. */
  | { readonly is: 'tick'; readonly isMaintenance: boolean }
  /** The user wants the session back. */
  | { readonly is: 'reopen'; readonly compete: boolean };

/** What is to be done. */
export type Wish =
  | { readonly does: 'signIn' }
  | { readonly does: 'tickle' }
  | { readonly does: 'run'; readonly step: Step; readonly compete: boolean }
  | { readonly does: 'tell' };

export const newMachine = (compete: boolean): Machine => ({
  state: { at: 'signedOut', needsPerson: false, why: 'nothing was asked yet' },
  losses: [],
  failures: 0,
  quietUntil: 0,
  mayCompete: compete,
});

const HOUR = 3_600_000;
/** Waits between openings that fail: 2, 4, 8 … 60 seconds. */
const backOff = (failures: number): number => Math.min(60_000, 1000 * 2 ** Math.min(failures, 6));

interface Next {
  readonly machine: Machine;
  readonly wishes: readonly Wish[];
}

const same = (machine: Machine, wishes: readonly Wish[] = []): Next => ({ machine, wishes });
const to = (machine: Machine, state: WebSessionState, wishes: readonly Wish[] = []): Next => ({
  machine: { ...machine, state },
  wishes: [{ does: 'tell' }, ...wishes],
});

function open(machine: Machine): Next {
  const compete = machine.mayCompete;
  return to({ ...machine, mayCompete: false }, { at: 'opening', step: 'init' }, [{ does: 'run', step: 'init', compete }]);
}

function lose(machine: Machine, why: string, now: number): Next {
  const failures = machine.failures + 1;
  return to({ ...machine, failures, quietUntil: now + backOff(failures) }, { at: 'lost', why });
}

function takenAway(machine: Machine, now: number): Next {
  if (machine.state.at === 'competing') return same(machine);
  const losses = [...machine.losses.filter((at) => at > now - HOUR), now];
  return to({ ...machine, losses, quietUntil: now + 60_000 }, { at: 'competing', isFinal: losses.length >= 2 });
}

function hearAuth(machine: Machine, reading: SessionReading, why: string, now: number): Next {
  const { state } = machine;
  switch (reading) {
    case 'competing':
      return takenAway(machine, now);
    case 'signedOut':
      return state.at === 'opening' && state.step === 'init' ? same(machine) : goneOut(machine, why || 'logged out');
    case 'lost':
      // While it opens this is what is being mended.
      if (state.at === 'ready') return lose(machine, why || 'the brokerage session has ended', now);
      if (state.at === 'competing' && !state.isFinal) return to({ ...machine, quietUntil: 0 }, { at: 'outer' });
      return state.at === 'signedOut' ? to(machine, { at: 'outer' }) : same(machine);
    case 'opening':
    case 'ready':
      // Ready is what has been proven, step by step; another's word does not skip any.
      if (state.at === 'signedOut') return to(machine, { at: 'outer' });
      return state.at === 'competing' && !state.isFinal ? to({ ...machine, quietUntil: 0 }, { at: 'outer' }) : same(machine);
    case 'unknown':
      return same(machine);
  }
}

const goneOut = (machine: Machine, why: string): Next =>
  machine.state.at === 'signedOut'
    ? same(machine)
    : to({ ...machine, quietUntil: 0 }, { at: 'signedOut', needsPerson: false, why });

function tick(machine: Machine, now: number, isMaintenance: boolean): Next {
  const { state, quietUntil } = machine;
  if (isMaintenance && (state.at === 'lost' || state.at === 'signedOut')) return to(machine, { at: 'maintenance' });
  if (now < quietUntil) return same(machine);
  switch (state.at) {
    case 'signedOut':
      return same({ ...machine, quietUntil: now + (state.needsPerson ? 15_000 : backOff(machine.failures)) }, [
        { does: 'signIn' },
      ]);
    case 'outer':
    case 'lost':
      return open(machine);
    case 'maintenance':
      return isMaintenance
        ? same({ ...machine, quietUntil: now + 60_000 }, [{ does: 'tickle' }])
        : to(machine, { at: 'signedOut', needsPerson: false, why: 'maintenance is over' });
    case 'competing':
      return same({ ...machine, quietUntil: now + 60_000 }, [{ does: 'tickle' }]);
    case 'opening':
    case 'ready':
      return same({ ...machine, quietUntil: now + 60_000 }, [{ does: 'tickle' }]);
  }
}

/** The next state, and what is to be done. */
export function hear(machine: Machine, heard: Heard, now: number): Next {
  const { state } = machine;
  switch (heard.is) {
    case 'signedIn':
      return state.at === 'signedOut' || state.at === 'maintenance'
        ? to({ ...machine, quietUntil: 0 }, { at: 'outer' })
        : same(machine);
    case 'notSignedIn': {
      const { why, needsPerson } = heard;
      const next = { at: 'signedOut', needsPerson, why } as const;
      const failures = machine.failures + 1;
      const isNews = state.at !== 'signedOut' || state.needsPerson !== needsPerson || state.why !== why;
      return isNews ? to({ ...machine, failures }, next) : same({ ...machine, failures });
    }
    case 'auth':
      return hearAuth(machine, heard.reading, heard.why, now);
    case 'stepDone': {
      if (state.at !== 'opening' || state.step !== heard.step) return same(machine);
      const step = STEPS[STEPS.indexOf(heard.step) + 1];
      if (step !== undefined) return to(machine, { at: 'opening', step }, [{ does: 'run', step, compete: false }]);
      return to({ ...machine, failures: 0, quietUntil: now + 60_000 }, { at: 'ready' });
    }
    case 'stepFailed':
      return state.at === 'opening' && state.step === heard.step ? lose(machine, heard.why, now) : same(machine);
    case 'unauthorised':
      return goneOut(machine, '401: the session or the token is gone');
    case 'expires':
      return goneOut(machine, 'the token ends');
    case 'noSession':
      return state.at === 'ready' ? lose(machine, heard.why, now) : same(machine);
    case 'unreachable':
      if (state.at === 'ready' || state.at === 'outer' || state.at === 'opening') return lose(machine, heard.why, now);
      return same(machine);
    case 'tick':
      return tick(machine, now, heard.isMaintenance);
    case 'reopen':
      if (state.at === 'ready' || state.at === 'opening') return same(machine);
      return to(
        { ...machine, losses: [], failures: 0, quietUntil: 0, mayCompete: heard.compete },
        { at: 'signedOut', needsPerson: false, why: 'asked to begin anew' },
      );
  }
}
