// The lists of instruments that this browser watches: names as they were typed, those of them whose lines are kept, and how they are shown.

import { createRoot, createSignal } from 'solid-js';

/** `name`: `AAPL`, `700.HK`, `EUR.USD`, or `#` and a conId. */
export interface List {
  readonly names: readonly string[];
  /** Kept though they are not on the screen. */
  readonly pinned: readonly string[];
}
export type Lists = Readonly<Record<string, List>>;

export const MOST_NAMES = 1_000;
const MOST_LISTS = 50;
const KEY = 'ibwire.lists';
const FIRST: Lists = {
  main: { names: ['AAPL', 'MSFT', 'SPY', 'NVDA', 'TSLA'], pinned: [] },
  fx: { names: ['EUR.USD', 'USD.JPY'], pinned: [] },
  hk: { names: ['700.HK'], pinned: [] },
};

const isWords = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string');

/** What was kept, as far as it can be read; lists of before were names alone. */
export function listsOf(kept: unknown): Lists {
  if (typeof kept !== 'object' || kept === null || Array.isArray(kept)) return FIRST;
  const found: Record<string, List> = {};
  for (const [title, value] of Object.entries(kept).slice(0, MOST_LISTS)) {
    const { names, pinned } = isWords(value) ? { names: value, pinned: [] } : ((value ?? {}) as Partial<List>);
    if (!isWords(names)) continue;
    found[title] = {
      names: names.slice(0, MOST_NAMES),
      pinned: isWords(pinned) ? pinned.filter((one) => names.includes(one)) : [],
    };
  }
  return Object.keys(found).length === 0 ? FIRST : found;
}

function read(): Lists {
  try {
    return listsOf(JSON.parse(localStorage.getItem(KEY) ?? 'null'));
  } catch {
    return FIRST;
  }
}

/** Names in a text: between blanks, commas and semicolons; a conId by its digits. */
export const namesIn = (text: string): readonly string[] => [
  ...new Set(
    text
      .toUpperCase()
      .split(/[\s,;]+/)
      .filter((word) => word !== '')
      .map((word) => (/^\d{5,}$/.test(word) ? `#${word}` : word)),
  ),
];

function create() {
  const [all, setAll] = createSignal<Lists>(read());
  const keep = (next: Lists): void => {
    setAll(next);
    try {
      localStorage.setItem(KEY, JSON.stringify(next));
    } catch {
      // A browser that keeps nothing shows the lists all the same.
    }
  };
  const of = (title: string): List => all()[title] ?? { names: [], pinned: [] };
  const change = (title: string, list: List): void => keep({ ...all(), [title]: list });
  return {
    all,
    of,
    /** Adds names, and tells those for which there was no place. */
    add(title: string, names: readonly string[]): readonly string[] {
      const list = of(title);
      const fresh = names.filter((name) => !list.names.includes(name));
      const room = Math.max(0, MOST_NAMES - list.names.length);
      change(title, { ...list, names: [...list.names, ...fresh.slice(0, room)] });
      return fresh.slice(room);
    },
    drop(title: string, name: string): void {
      const { names, pinned } = of(title);
      change(title, { names: names.filter((one) => one !== name), pinned: pinned.filter((one) => one !== name) });
    },
    pin(title: string, name: string): void {
      const list = of(title);
      const { pinned } = list;
      change(title, { ...list, pinned: pinned.includes(name) ? pinned.filter((one) => one !== name) : [...pinned, name] });
    },
    /** Keeps every line of a list, or none. */
    pinAll(title: string, isKept: boolean): void {
      const list = of(title);
      change(title, { ...list, pinned: isKept ? list.names : [] });
    },
    make(title: string): boolean {
      if (title === '' || title in all() || Object.keys(all()).length >= MOST_LISTS) return false;
      change(title, { names: [], pinned: [] });
      return true;
    },
    remove(title: string): void {
      const { [title]: _, ...rest } = all();
      keep(Object.keys(rest).length === 0 ? FIRST : rest);
    },
  };
}

export const lists = createRoot(create);
