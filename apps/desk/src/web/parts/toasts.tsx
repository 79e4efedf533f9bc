// Fills and rejections, which stay until they are seen. They take no focus and cover no button of the ticket for long: one click ends each.

import { For, type JSX, Show } from 'solid-js';
import { messages } from '../state/messages.js';
import { clock } from '../state/text.js';

const SHOWN = 4;

export function Toasts(): JSX.Element {
  const newest = () => messages.toasts().slice(-SHOWN);
  return (
    <section class="toasts" aria-label="Fills and rejections" aria-live="polite">
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
