// Fills and rejections, which stay until they are seen. They take no focus and cover no button of the ticket for long: one click ends each.

import { createEffect, createSignal, For, type JSX, on, Show } from 'solid-js';
import { messages } from '../state/messages.js';
import { clock } from '../state/text.js';

const SHOWN = 4;
/** What comes together is read aloud together. */
const SAY_MS = 1_500;

export function Toasts(): JSX.Element {
  const newest = () => messages.toasts().slice(-SHOWN);
  const [said, say] = createSignal('');
  let fresh = 0;
  createEffect(
    on(
      messages.toasts,
      (now, before) => {
        // What was seen is no news.
        if (now.length < (before?.length ?? 0) || now.length === 0) return;
        if (fresh++ > 0) return;
        setTimeout(() => {
          const last = messages.toasts().reduce((a, b) => (b.at > a.at ? b : a), { at: 0, text: '' });
          say(`${last.text}${fresh > 1 ? `, and ${fresh - 1} more` : ''}`);
          fresh = 0;
        }, SAY_MS);
      },
      { defer: true },
    ),
  );
  return (
    <section class="toasts" aria-label="Fills and rejections">
      <p class="hidden" role="status">
        {said()}
      </p>
      <For each={newest()}>
        {(one) => (
          <div class="toast" classList={{ bad: one.isBad }}>
            <span>
              {one.isBad ? '✗ ' : '✓ '}
              {clock(one.at)} {one.text}
            </span>
            <button type="button" class="plain" onClick={() => messages.seen(one.id)} aria-label={`Seen: ${one.text}`}>
              ×
            </button>
          </div>
        )}
      </For>
      <Show when={messages.toasts().length > 1}>
        <button type="button" onClick={() => messages.seen()}>
          {messages.toasts().length} seen
        </button>
      </Show>
    </section>
  );
}
