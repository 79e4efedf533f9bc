// Several accounts: a row each, and what they come to in the base currency, with the rates that were used.

import { createMemo, For, type JSX, Show } from 'solid-js';
import { get } from '../state/api.js';
import { asked } from '../state/asked.js';
import { type Account, desk } from '../state/desk.js';
import { currencyLines, type Sum, sumOf, type Values } from '../state/ledger.js';
import { clock, grouped, money } from '../state/text.js';
import { view } from '../state/view.js';
import { type Column, Table } from './table.jsx';
import { Way } from './way.jsx';

interface Row {
  readonly of: Account;
  readonly values: Values;
  readonly pnl: { readonly daily?: string; readonly unrealized?: string; readonly realized?: string };
}

const EVERY_MS = 10_000;
const GAINS = { daily: 'day', unrealized: 'unrealised', realized: 'realised' } as const;

const columns: readonly Column<Row>[] = [
  { name: 'account', title: 'Account', cell: ({ of }) => view.id(of.account) },
  { name: 'kind', title: 'Kind', cell: ({ of }) => of.kind ?? 'not known' },
  { name: 'net', title: 'Net liquidation', isNumber: true, cell: ({ values }) => money(values['NetLiquidation']?.value) },
  { name: 'available', title: 'Available', isNumber: true, cell: ({ values }) => money(values['AvailableFunds']?.value) },
  { name: 'day', title: 'Day P&L', isNumber: true, cell: ({ pnl }) => <Way value={pnl.daily} /> },
  { name: 'unrealised', title: 'Unrealised', isNumber: true, cell: ({ pnl }) => <Way value={pnl.unrealized} /> },
  { name: 'realised', title: 'Realised', isNumber: true, cell: ({ pnl }) => <Way value={pnl.realized} /> },
  { name: 'currency', title: 'Currency', cell: ({ values }) => values['NetLiquidation']?.currency ?? '' },
];

export function Accounts(): JSX.Element {
  const rows = asked(
    () =>
      Promise.all(
        desk.accounts().map(async (of): Promise<Row> => {
          const [{ values }, pnl] = await Promise.all([
            get<{ values: Values }>('accounts.summary', { account: of.account }),
            get<Row['pnl']>('accounts.pnl', { account: of.account }),
          ]);
          return { of, values, pnl };
        }),
      ),
    EVERY_MS,
  );
  const values = asked(
    () => get<{ currencies: Record<string, Values> }>('accounts.values', { account: desk.account()?.account }),
    EVERY_MS,
  );
  const base = (): string | undefined =>
    rows.value()?.find(({ of }) => of.account === desk.account()?.account)?.values['NetLiquidation']?.currency;
  /** Each amount is in the base currency of its account. */
  const sum = (read: (row: Row) => string | undefined): Sum =>
    sumOf(
      (rows.value() ?? []).map((row) => ({
        currency: row.values['NetLiquidation']?.currency ?? 'unknown',
        amount: read(row),
      })),
      base(),
      currencyLines(values.value()?.currencies ?? {}),
    );
  const all = createMemo(() => sum(({ values: told }) => told['NetLiquidation']?.value));
  const gains = createMemo(() =>
    (['daily', 'unrealized', 'realized'] as const).map((name) => [GAINS[name], sum(({ pnl }) => pnl[name])] as const),
  );
  const isOld = (): boolean =>
    rows.at() !== undefined && (desk.status()?.state !== 'ready' || desk.now() - (rows.at() ?? 0) > 3 * EVERY_MS);
  return (
    <section aria-label="Accounts" classList={{ old: isOld() }}>
      <h2>
        Accounts <small>as of {clock(rows.at())}</small>
      </h2>
      <Table
        label="Accounts"
        rows={rows.value() ?? []}
        columns={columns}
        empty={rows.problem()?.detail ?? 'not yet known'}
        onOpen={({ of }) => desk.choose(of.account)}
        isOpen={({ of }) => of.account === desk.account()?.account}
      />
      <p class="sum">
        all, in {base() ?? 'base'}: <strong>{money(all().inBase)}</strong>{' '}
        <Show when={all().missing.length > 0}>
          <span class="bad">no rate for {all().missing.join(', ')}</span>
        </Show>
        <For each={all().rates}>
          {({ currency, rate }) => (
            <small>
              · 1 {currency} = {grouped(rate, 0, 6)} {base()}{' '}
            </small>
          )}
        </For>
        <For each={gains()}>
          {([name, told]) => (
            <span>
              · {name} <Way value={told.inBase} />
              {told.byCurrency.some(({ untold }) => untold > 0) ? ' of those that are known' : ''}{' '}
            </span>
          )}
        </For>
        <For each={all().byCurrency.filter(({ untold }) => untold > 0)}>
          {({ untold }) => <span class="bad">· {untold} not yet known</span>}
        </For>
      </p>
    </section>
  );
}
