// A number that lights up for a moment when it moves: at most once for each frame, and never where the system wants stillness.

import { type Accessor, createEffect, type JSX, on } from 'solid-js';

export const FLASH_MS = 300;

const stillness = matchMedia('(prefers-reduced-motion: reduce)');
const colour = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

export function Flash(props: { readonly of: Accessor<string | undefined>; readonly children: JSX.Element }): JSX.Element {
  let box: HTMLSpanElement | undefined;
  let running: Animation | undefined;
  createEffect(
    on(
      () => props.of(),
      (now, before) => {
        if (now === undefined || before === undefined || now === before || stillness.matches) return;
        running?.cancel();
        running = box?.animate(
          [
            { backgroundColor: colour(Number(now) > Number(before) ? '--flash-up' : '--flash-down') },
            { backgroundColor: 'transparent' },
          ],
          { duration: FLASH_MS },
        );
      },
      { defer: true },
    ),
  );
  return (
    <span
      class="flash"
      ref={(made) => {
        box = made;
      }}
    >
      {props.children}
    </span>
  );
}
