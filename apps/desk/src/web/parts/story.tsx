// What stands behind a line of the journal: the draft's story, what was shown before it left, who approved it, and every line about it.

import { createResource, For, type JSX, Show } from 'solid-js';
import type * as z from 'zod';
import type { entryOut, journalCommands } from '../../commands/journal.js';
import { get } from '../state/api.js';
import { desk } from '../state/desk.js';
import { onEscape } from '../state/focus.js';
import { nameOf, orderWords, outcomeWord } from '../state/order-words.js';
import { clock, grouped, moment, money } from '../state/text.js';
import { view } from '../state/view.js';
import { Findings, Problem, problemOf } from './problem.jsx';

export type Entry = z.output<typeof entryOut>;
type Told = z.output<(typeof journalCommands)[1]['output']>;

/** `limit 10, price 12`: members of the line as it was written. */
function detailWords(detail: unknown): string {
  if (typeof detail !== 'object' || detail === null) return detail === undefined ? '' : String(detail);
  return Object.entries(detail)
    .map(([name, value]) => `${name} ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`)
    .join(', ');
}

function Behind(props: { readonly told: Told }): JSX.Element {
  const draft = () => props.told.draft;
  return (
    <>
      <p class="order">
        {orderWords(draft().order['action'], draft().order['totalQuantity'], nameOf(draft().contract), draft().order)},{' '}
        {view.id(draft().account)}
      </p>
      <p>{view.text(props.told.story)}</p>
      <Show when={props.told.meaning}>
        {(one) => (
          <p class="hint">
            {one().code}: {one().meaning} {one().remedy}
          </p>
        )}
      </Show>
      <Show when={draft().note}>{(note) => <blockquote>{note()}</blockquote>}</Show>
      <Show when={draft().preview} fallback={<p class="hint">no preview was kept</p>}>
        {(preview) => (
          <>
            <p>
              Previewed at {clock(preview().at)}: worst price {grouped(preview().worst.price, 2, 6)} · commission{' '}
              {grouped(preview().commission.amount, 2, 4)} · margin {money(preview().margin.initial)} ·{' '}
              {preview().passes ? 'it passed' : 'it did not pass'}
            </p>
            <Findings findings={preview().findings} />
          </>
        )}
      </Show>
      <ul class="flat list">
        <For each={props.told.entries}>
          {(one) => (
            <li>
              {moment(one.time, desk.now())} {one.who}: {one.what} {outcomeWord(one.outcome ?? '')}{' '}
              <small>{view.text(detailWords(one.detail))}</small>
            </li>
          )}
        </For>
      </ul>
    </>
  );
}

export function Story(props: { readonly entry: Entry; readonly onLeave: () => void }): JSX.Element {
  const [told] = createResource(
    () => props.entry.draftId,
    (id) => get<Told>('journal.explain', { id }),
  );
  return (
    <section class="drawer" aria-label={`Line ${props.entry.seq} of the journal`} onKeyDown={onEscape(props.onLeave)}>
      <h2>
        {moment(props.entry.time, desk.now())} {props.entry.who}: {props.entry.what}{' '}
        <small>{outcomeWord(props.entry.outcome ?? '')}</small>
      </h2>
      <button type="button" onClick={props.onLeave}>
        Leave
      </button>
      <p>{view.text(detailWords(props.entry.detail))}</p>
      <Findings findings={props.entry.findings ?? []} />
      <Problem problem={told.error === undefined ? undefined : problemOf(told.error)} />
      <Show when={told.state === 'ready' && told()}>{(one) => <Behind told={one()} />}</Show>
    </section>
  );
}
