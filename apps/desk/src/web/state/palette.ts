// Which colours mean up and down; signs and arrows say it as well.

import { createRoot, createSignal } from 'solid-js';

export type Palette = 'west' | 'east';
const KEY = 'ibwire.palette';

function create() {
  const [palette, setPalette] = createSignal<Palette>('west');
  const choose = (one: Palette): void => {
    setPalette(one);
    document.documentElement.dataset['palette'] = one;
    try {
      localStorage.setItem(KEY, one);
    } catch {
      // Chosen anew next time.
    }
  };
  let kept: string | null = null;
  try {
    kept = localStorage.getItem(KEY);
  } catch {
    // The western one.
  }
  if (kept === 'east') choose('east');
  return { palette, choose };
}

export const colours = createRoot(create);
