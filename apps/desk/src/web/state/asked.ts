// Something that is asked of the desk again and again: the last answer with its time, and what was refused since.

import { type Accessor, createEffect, createSignal, on, onCleanup } from 'solid-js';
import { createStore, reconcile } from 'solid-js/store';
import { type Refusal, Refused } from './api.js';
import { desk } from './desk.js';

export interface Asked<T> {
  readonly value: Accessor<T | undefined>;
  readonly at: Accessor<number | undefined>;
  readonly problem: Accessor<Refusal | undefined>;
  again(): Promise<void>;
}

/**
 * Asks at once, every `everyMs`, and whenever orders or the account change. The answer of an earlier account is not kept.
 * `key`: what names an element of a list. What is told again stays the same element: the keyboard can be on it.
 */
export function asked<T>(ask: () => Promise<T>, everyMs: number, key: string | null = null): Asked<T> {
  const [kept, keep] = createStore<{ value: T | undefined }>({ value: undefined });
  const [at, setAt] = createSignal<number>();
  const [problem, setProblem] = createSignal<Refusal>();
  let round = 0;
  const again = async (): Promise<void> => {
    const mine = ++round;
    try {
      const told = await ask();
      if (mine !== round) return;
      keep('value', reconcile(told as T | undefined, { key }));
      setAt(Date.now());
      setProblem(undefined);
    } catch (error) {
      if (mine === round && error instanceof Refused) setProblem(error.problem);
    }
  };
  createEffect(
    on(
      () => desk.account()?.account,
      () => {
        keep('value', undefined);
        setAt(undefined);
        again();
      },
    ),
  );
  createEffect(on(desk.turn, again, { defer: true }));
  const timer = setInterval(again, everyMs);
  onCleanup(() => {
    round++;
    clearInterval(timer);
  });
  return { value: () => kept.value, at, problem, again };
}
