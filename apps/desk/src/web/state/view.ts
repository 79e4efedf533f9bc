// How this browser shows things: the theme, and account ids that a shared screen must not show. palette.ts has the colours of up and down.

import { createEffect, createRoot, createSignal } from 'solid-js';

export const THEMES = ['system', 'light', 'dark'] as const;

interface View {
  readonly theme: (typeof THEMES)[number];
  readonly hidesIds: boolean;
}

const KEY = 'ibwire.view';
const ACCOUNT = /\b(?:D[UF]|[UFI])\d{5,9}\b/g;
const FIRST: View = { theme: 'system', hidesIds: false };

function read(): View {
  try {
    return { ...FIRST, ...(JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<View>) };
  } catch {
    return FIRST;
  }
}

function create() {
  const [now, setNow] = createSignal(read());
  createEffect(() => {
    const { theme } = now();
    const { dataset } = document.documentElement;
    if (theme === 'system') delete dataset['theme'];
    else dataset['theme'] = theme;
    localStorage.setItem(KEY, JSON.stringify(now()));
  });
  return {
    now,
    set: (changes: Partial<View>): void => void setNow((all) => ({ ...all, ...changes })),
    /** An account id as the screen may show it: `DU9000001`, or its first letters alone. */
    id: (account: string | undefined): string =>
      account === undefined || account === '' ? '—' : now().hidesIds ? `${account.slice(0, 2)}•••` : account,
    /** A text in which account ids may stand. */
    text: (text: string): string => (now().hidesIds ? text.replaceAll(ACCOUNT, (id) => `${id.slice(0, 2)}•••`) : text),
  };
}

export const view = createRoot(create);
