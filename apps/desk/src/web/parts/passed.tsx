// A tick for everything that an order which passes was asked and that found nothing: limits one by one, rules by their list.

import { For, type JSX, Show } from 'solid-js';
import type { Looked, Shown } from '../state/ticket.js';

type Rule = Looked['rules'][number];

function Rules(props: { readonly title: string; readonly rules: readonly Rule[] }): JSX.Element {
  return (
    <Show when={props.rules.length > 0}>
      <p class="title">{props.title}</p>
      <ul class="flat">
        <For each={props.rules}>
          {({ code, about }) => (
            <li>
              <span class="good">✓</span> <code>{code}</code> {about}
            </li>
          )}
        </For>
      </ul>
    </Show>
  );
}

export function Passed(props: { readonly preview: Shown['preview']; readonly looked: Looked | undefined }): JSX.Element {
  const found = (): ReadonlySet<string> => new Set(props.preview.findings.map(({ code }) => code));
  const rules = (): readonly Rule[] => (props.looked?.rules ?? []).filter(({ code }) => !found().has(code));
  const limits = (): readonly string[] =>
    (props.looked?.limits ?? []).filter(({ codes }) => !codes.some((code) => found().has(code))).map(({ about }) => about);
  const whose = (): string => props.looked?.kind ?? 'those of the order alone';
  const of = (which: Rule['of']): readonly Rule[] => rules().filter((one) => one.of === which);
  return (
    <div class="passed">
      <Show when={props.looked === undefined}>
        <p>What rules and limits looked at is not told; they let it pass.</p>
      </Show>
      <ul class="ticks" aria-label="Limits that let it pass">
        <For each={limits()}>
          {(about) => (
            <li>
              <span class="good">✓</span> {about}
            </li>
          )}
        </For>
        <li>
          <span class="good">✓</span> the broker answers what it would do
        </li>
      </ul>
      <Show when={rules().length > 0}>
        <details>
          <summary>
            <span class="good">✓</span> {rules().length} rules found nothing ({whose()})
          </summary>
          <Rules title="Looked for, and not found" rules={of('every')} />
          <Rules title="Of some kinds of order only, with nothing to say of this one" rules={of('some')} />
        </details>
      </Show>
    </div>
  );
}
