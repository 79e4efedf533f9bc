// The journal: every attempt with who asked, what was found and what became of it, newest first.

import { For, type JSX, Show } from 'solid-js';
import type * as z from 'zod';
import type { entryOut } from '../../commands/journal.js';
import { get } from '../state/api.js';
import { asked } from '../state/asked.js';
import { outcomeWord } from '../state/order-words.js';
import { clock } from '../state/text.js';
import { view } from '../state/view.js';
import { Problem } from './problem.jsx';
import { type Column, Table } from './table.jsx';

type Entry = z.output<typeof entryOut>;

const NEWEST = 200;

const columns: readonly Column<Entry>[] = [
  { name: 'time', title: 'Time', cell: (one) => clock(one.time) },
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
  const entries = asked(() => get<readonly Entry[]>('journal.entries', { limit: NEWEST }), 10_000);
  return (
    <>
      <Problem problem={entries.problem()} />
      <Table
        label="Journal"
        rows={entries.value() ?? []}
        columns={columns}
        empty={entries.at() === undefined ? 'not yet known' : 'nothing was tried yet'}
        height={360}
      />
      <Show when={(entries.value()?.length ?? 0) === NEWEST}>
        <p class="hint">the newest {NEWEST} lines; the rest by journal.entries with `before`</p>
      </Show>
    </>
  );
}
