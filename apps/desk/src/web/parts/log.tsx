// Notices of the gateway with what they mean, and events of the session, newest first; filtered by words and kind.

import { createMemo, createSignal, For, type JSX, Show } from 'solid-js';
import { desk } from '../state/desk.js';
import { clock } from '../state/text.js';

export interface Notice {
  readonly code: number;
  readonly text: { readonly untrusted: string };
  readonly at: string;
  readonly meaning: string;
  readonly remedy: string;
}

interface Entry {
  readonly at: number;
  readonly kind: string;
  readonly text: string;
  readonly more: string | undefined;
}

const KINDS = ['all', 'notice', 'state', 'gap', 'other'] as const;

export function Log(props: { readonly notices: readonly Notice[] }): JSX.Element {
  const [filter, setFilter] = createSignal('');
  const [kind, setKind] = createSignal<string>('all');
  const entries = createMemo<readonly Entry[]>(() => {
    const notices = props.notices.map(({ at, code, text, meaning, remedy }) => ({
      at: Date.parse(at),
      kind: 'notice',
      text: `${code} ${text.untrusted}`,
      more: `${meaning} ${remedy}`,
    }));
    const events = desk
      .log()
      .filter(({ is }) => is !== 'notice')
      .map((event) => ({
        at: event.time === undefined ? Number.NaN : Date.parse(event.time),
        kind: event.is === 'state' || event.is === 'gap' ? event.is : 'other',
        text: [
          event.is,
          event.at,
          event.code,
          typeof event.text === 'string' ? event.text : event.text?.untrusted,
          event.reason,
          event.cause,
          event.from,
          event.to,
        ]
          .filter((one) => one !== undefined)
          .join(' '),
        more: undefined,
      }));
    return [...notices, ...events].sort((a, b) => (Number.isNaN(b.at) ? 0 : b.at) - (Number.isNaN(a.at) ? 0 : a.at));
  });
  const shown = createMemo(() => {
    const word = filter().trim().toLowerCase();
    return entries().filter(
      (one) =>
        (kind() === 'all' || one.kind === kind()) &&
        (word === '' || `${one.text} ${one.more ?? ''}`.toLowerCase().includes(word)),
    );
  });
  return (
    <section aria-label="Log">
      <div class="bar">
        <h2>Log</h2>
        <label>
          Filter <input value={filter()} onInput={({ currentTarget }) => setFilter(currentTarget.value)} />
        </label>
        <label>
          Kind{' '}
          <select value={kind()} onChange={({ currentTarget }) => setKind(currentTarget.value)}>
            <For each={KINDS}>{(one) => <option value={one}>{one}</option>}</For>
          </select>
        </label>
        <span class="hint">
          {shown().length} of {entries().length}
        </span>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard */}
      <ul class="flat log" tabIndex={0} aria-label="Log, newest first">
        <For each={shown()} fallback={<li class="empty">{entries().length === 0 ? 'nothing yet' : 'nothing of this kind'}</li>}>
          {(one) => (
            <li>
              {Number.isNaN(one.at) ? '' : clock(one.at)} {one.kind} <q>{one.text}</q>{' '}
              <Show when={one.more}>{(more) => <small>{more()}</small>}</Show>
            </li>
          )}
        </For>
      </ul>
    </section>
  );
}
