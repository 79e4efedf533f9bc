// The journal: every attempt with who asked, what was found and what became of it, newest first.

import { createEffect, createSignal, For, type JSX, on, onCleanup, Show } from 'solid-js';
import { get } from '../state/api.js';
import { asked } from '../state/asked.js';
import { desk } from '../state/desk.js';
import { focusOr } from '../state/focus.js';
import { isNarrow } from '../state/narrow.js';
import { outcomeWord } from '../state/order-words.js';
import { moment } from '../state/text.js';
import { view } from '../state/view.js';
import { Problem } from './problem.jsx';
import { type Entry, Story } from './story.jsx';
import { type Column, Table } from './table.jsx';

const NEWEST = 200;
const MOST = 1_000;
const TYPING_MS = 250;

const columns: readonly Column<Entry>[] = [
  { name: 'time', title: 'Time', cell: (one) => moment(one.time, desk.now()) },
  { name: 'who', title: 'Who', cell: (one) => one.who },
  { name: 'what', title: 'What', cell: (one) => one.what },
  { name: 'symbol', title: 'Symbol', cell: (one) => one.symbol ?? '' },
  { name: 'outcome', title: 'Outcome', cell: (one) => outcomeWord(one.outcome ?? '') },
  {
    name: 'findings',
    title: 'Findings',
    cell: (one) => (
      <For each={one.findings ?? []}>
        {({ code, message }) => (
          <span title={message}>
            <code>{code}</code>{' '}
          </span>
        )}
      </For>
    ),
  },
  { name: 'account', title: 'Account', cell: (one) => (one.account === '' ? '' : view.id(one.account)) },
  { name: 'draft', title: 'Draft', cell: (one) => one.draftId ?? '' },
];

export function Journal(): JSX.Element {
  const [what, setWhat] = createSignal('');
  const [account, setAccount] = createSignal('');
  const [text, setText] = createSignal('');
  const [limit, setLimit] = createSignal(NEWEST);
  /** Kinds that have been seen: a filter takes none of them away. */
  const [kinds, setKinds] = createSignal<readonly string[]>([]);
  const asks = () => ({
    limit: limit(),
    what: what() === '' ? undefined : what(),
    account: account() === '' ? undefined : account(),
    text: text().trim() === '' ? undefined : text().trim(),
  });
  const entries = asked(
    async () => {
      const told = await get<readonly Entry[]>('journal.entries', asks());
      setKinds((all) => [...new Set([...all, ...told.map((one) => one.what)])].sort());
      return told;
    },
    10_000,
    'seq',
  );
  createEffect(
    on(
      () => JSON.stringify(asks()),
      () => {
        const timer = setTimeout(entries.again, TYPING_MS);
        onCleanup(() => clearTimeout(timer));
      },
      { defer: true },
    ),
  );
  const [open, setOpen] = createSignal<number>();
  const leave = (): void => {
    const row = document.querySelector('[aria-label="Journal"] tr.chosen');
    setOpen(undefined);
    focusOr(row);
  };
  const isFiltered = (): boolean => Object.entries(asks()).some(([name, value]) => name !== 'limit' && value !== undefined);
  const count = (): number => entries.value()?.length ?? 0;
  const empty = (): string => {
    if (entries.at() === undefined) return 'not yet known';
    return isFiltered() ? 'no line of the journal fits' : 'nothing was tried yet';
  };
  const filter = (write: (value: string) => void) => (event: { readonly currentTarget: { readonly value: string } }) => {
    write(event.currentTarget.value);
    setLimit(NEWEST);
  };
  return (
    <>
      <search class="bar" aria-label="Filter of the journal">
        <label>
          Text <input type="search" maxlength={200} value={text()} onInput={filter(setText)} autocomplete="off" />
        </label>
        <label>
          Kind{' '}
          <select value={what()} onChange={filter(setWhat)}>
            <option value="">all</option>
            <For each={kinds()}>{(one) => <option value={one}>{one}</option>}</For>
          </select>
        </label>
        <label>
          Account{' '}
          <select value={account()} onChange={filter(setAccount)}>
            <option value="">all</option>
            <For each={desk.accounts()}>{(one) => <option value={one.account}>{view.id(one.account)}</option>}</For>
          </select>
        </label>
        <span class="hint" role="status">
          {count() === limit() ? `the newest ${count()} lines` : `${count()} lines`}
        </span>
      </search>
      <Problem problem={entries.problem()} />
      <Table
        label="Journal"
        rows={entries.value() ?? []}
        columns={columns}
        empty={empty()}
        {...(isNarrow() ? {} : { height: 360 })}
        onOpen={({ seq }) => setOpen((now) => (now === seq ? undefined : seq))}
        isOpen={({ seq }) => seq === open()}
      />
      <Show when={entries.value()?.find(({ seq }) => seq === open())} keyed>
        {(one) => <Story entry={one} onLeave={leave} />}
      </Show>
      <Show when={count() === limit()}>
        <Show
          when={limit() < MOST}
          fallback={<p class="hint">the newest {MOST} lines; the rest by journal.entries with `before`, or by a filter</p>}
        >
          <button type="button" onClick={() => setLimit(MOST)}>
            The newest {MOST}
          </button>
        </Show>
      </Show>
    </>
  );
}
