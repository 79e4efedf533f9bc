// How this browser shows things: theme, colours of up and down, account ids hidden for a shared screen.

import { For, type JSX } from 'solid-js';
import { closeMenu } from '../state/focus.js';
import { colours, type Palette } from '../state/palette.js';
import { THEMES, view } from '../state/view.js';

const PALETTES = ['west', 'east'] as const satisfies readonly Palette[];

const WORDS = { system: 'as the system', light: 'light', dark: 'dark', west: 'up green', east: 'up red' } as const;

export function Look(): JSX.Element {
  return (
    <details class="look" onKeyDown={closeMenu}>
      <summary>View</summary>
      <div class="choices">
        <label>
          Theme{' '}
          <select
            value={view.now().theme}
            onChange={({ currentTarget }) => view.set({ theme: currentTarget.value as (typeof THEMES)[number] })}
          >
            <For each={THEMES}>{(one) => <option value={one}>{WORDS[one]}</option>}</For>
          </select>
        </label>
        <label>
          Colours{' '}
          <select value={colours.palette()} onChange={({ currentTarget }) => colours.choose(currentTarget.value as Palette)}>
            <For each={PALETTES}>{(one) => <option value={one}>{WORDS[one]}</option>}</For>
          </select>
        </label>
        <label class="tick">
          <input
            type="checkbox"
            checked={view.now().hidesIds}
            onChange={({ currentTarget }) => view.set({ hidesIds: currentTarget.checked })}
          />{' '}
          hide account ids
        </label>
      </div>
    </details>
  );
}
