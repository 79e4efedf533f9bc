// What an account holds, by class, with profit and loss in columns of their own: added up by currency, never across without a rate.

import { createMemo, createSignal, For, type JSX, Show } from 'solid-js';
import { get } from '../state/api.js';
import { asked } from '../state/asked.js';
import { desk, type Position } from '../state/desk.js';
import { focusOr } from '../state/focus.js';
import { type CurrencyLine, type Sum, sumOf } from '../state/ledger.js';
import { ageText, grouped, money, NONE } from '../state/text.js';
import { ticket } from '../state/ticket.js';
import { download } from './download.js';
import { Drawer } from './drawer.jsx';
import { Problem } from './problem.jsx';
import { type Column, Table } from './table.jsx';
import { Way } from './way.jsx';

const CLASSES = [
  ['all', 'All', () => true],
  ['stocks', 'Stocks', ({ secType }: Position) => secType === 'STK'],
  ['options', 'Options', ({ secType }: Position) => secType === 'OPT' || secType === 'FOP'],
  ['futures', 'Futures', ({ secType }: Position) => secType === 'FUT'],
  ['forex', 'Forex', ({ secType }: Position) => secType === 'CASH'],
  ['other', 'Other', ({ secType }: Position) => !['STK', 'OPT', 'FOP', 'FUT', 'CASH'].includes(secType)],
] as const;

interface Pnl {
  readonly account: string;
  readonly conId: number;
  readonly daily?: string;
  readonly unrealized?: string;
  readonly realized?: string;
}

/** What the kind of the account makes of a holding. */
const noteOf = ({ secType }: Position): string =>
  (secType === 'FUT' || secType === 'FOP') && desk.account()?.kind?.startsWith('ira') === true ? 'margin 2× in an IRA' : '';

/** The desk asks the gateway at each question of the page. */
const OLD_MS = 15_000;

const isStale = (): boolean => desk.status()?.state !== 'ready';

/** Profit and loss moves with the price, and is as old. */
const Gain = (props: { readonly value: string | undefined }): JSX.Element => (
  <span classList={{ old: props.value !== undefined && isStale() }}>
    <Way value={props.value} />
  </span>
);

/** A price grows old when no answer comes, or the session is not whole: grey then, with its age. */
function Aged(props: { readonly of: Position; readonly children: string }): JSX.Element {
  const age = (): number => (props.of.asOf === undefined ? Number.POSITIVE_INFINITY : desk.now() - Date.parse(props.of.asOf));
  const isOld = (): boolean => props.children !== NONE && (isStale() || age() > OLD_MS);
  return (
    <span classList={{ old: isOld() }}>
      {props.children}
      <Show when={isOld()}>
        <small class="age"> · {age() > OLD_MS && age() < Number.POSITIVE_INFINITY ? ageText(age()) : 'stale'}</small>
      </Show>
    </span>
  );
}

const told = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text));

const sumWords = (sum: Sum): JSX.Element => (
  <>
    <For each={sum.byCurrency} fallback="—">
      {({ currency, amount, untold }, at) => (
        <span>
          {at() > 0 ? ' · ' : ''}
          <Way value={amount} /> {currency}
          {untold > 0 ? ` (${untold} not known)` : ''}
        </span>
      )}
    </For>
  </>
);

export function Positions(props: {
  readonly onTrade: () => void;
  readonly lines: readonly CurrencyLine[];
  readonly base: string | undefined;
}): JSX.Element {
  const account = (): string | undefined => desk.account()?.account;
  const held = asked(() => get<readonly Position[]>('portfolio.positions', { account: account() }), 5_000, 'conId');
  const pnl = asked(() => get<readonly Pnl[]>('portfolio.pnl', { account: account() }), 5_000, 'conId');
  const [kind, setKind] = createSignal<string>('all');
  const [filter, setFilter] = createSignal('');
  const [open, setOpen] = createSignal<number>();
  const byId = createMemo(() => new Map((pnl.value() ?? []).map((one) => [one.conId, one])));
  const pnlOf = ({ conId }: Position): Pnl | undefined => byId().get(conId ?? -1);
  const unrealized = (one: Position): string | undefined => pnlOf(one)?.unrealized ?? one.unrealizedPnl;
  const realized = (one: Position): string | undefined => pnlOf(one)?.realized ?? one.realizedPnl;
  const ofKind = (name: string): readonly Position[] => {
    const test = CLASSES.find(([one]) => one === name)?.[2] ?? (() => true);
    return (held.value() ?? []).filter(test);
  };
  const matches = ({ symbol, localSymbol }: Position): boolean =>
    `${symbol} ${localSymbol ?? ''}`.toLowerCase().includes(filter().trim().toLowerCase());
  const shown = createMemo(() => ofKind(kind()).filter(matches));
  const chosen = (): Position | undefined => held.value()?.find(({ conId }) => conId === open());
  const leave = (): void => {
    const row = document.querySelector('[aria-label="Positions"] tr.chosen');
    setOpen(undefined);
    focusOr(row);
  };
  const sum = (read: (one: Position) => string | undefined): Sum =>
    sumOf(
      shown().map((one) => ({ currency: one.currency, amount: read(one) })),
      props.base,
      props.lines,
    );
  const daily = createMemo(() => sum((one) => pnlOf(one)?.daily));
  const columns: readonly Column<Position>[] = [
    { name: 'symbol', title: 'Symbol', cell: (one) => one.localSymbol ?? one.symbol, sort: (one) => one.symbol },
    {
      name: 'quantity',
      title: 'Quantity',
      isNumber: true,
      cell: (one) => grouped(one.quantity),
      sort: (one) => Number(one.quantity),
    },
    { name: 'cost', title: 'Average cost', isNumber: true, cell: (one) => grouped(one.averageCost, 2, 4) },
    { name: 'last', title: 'Price', isNumber: true, cell: (one) => <Aged of={one}>{grouped(one.marketPrice, 2, 4)}</Aged> },
    {
      name: 'value',
      title: 'Market value',
      isNumber: true,
      cell: (one) => <Aged of={one}>{money(one.marketValue)}</Aged>,
      sort: (one) => told(one.marketValue),
    },
    {
      name: 'day',
      title: 'Day P&L',
      isNumber: true,
      cell: (one) => <Gain value={pnlOf(one)?.daily} />,
      sort: (one) => told(pnlOf(one)?.daily),
    },
    {
      name: 'unrealised',
      title: 'Unrealised',
      isNumber: true,
      cell: (one) => <Gain value={unrealized(one)} />,
      sort: (one) => told(unrealized(one)),
    },
    { name: 'realised', title: 'Realised', isNumber: true, cell: (one) => <Gain value={realized(one)} /> },
    { name: 'currency', title: 'Currency', cell: (one) => one.currency },
    { name: 'type', title: 'Type', cell: (one) => one.secType },
    { name: 'notes', title: 'Notes', cell: noteOf },
  ];
  return (
    <section aria-label="Positions">
      <h2>Positions</h2>
      <Problem problem={held.problem()} />
      <div class="bar">
        <For each={CLASSES}>
          {([name, title]) => (
            <button type="button" aria-pressed={kind() === name} onClick={() => setKind(name)}>
              {title} {ofKind(name).length}
            </button>
          )}
        </For>
        <label>
          Filter <input value={filter()} onInput={({ currentTarget }) => setFilter(currentTarget.value)} />
        </label>
        <button type="button" onClick={() => download('positions', 'csv', account())}>
          CSV
        </button>
        <button type="button" onClick={() => download('positions', 'parquet', account())}>
          Parquet
        </button>
      </div>
      <Table
        label="Positions"
        rows={shown()}
        columns={columns}
        empty={
          held.at() === undefined
            ? 'not yet known'
            : (held.value() ?? []).length > 0
              ? 'nothing of this kind and name'
              : 'no positions'
        }
        onOpen={({ conId }) => setOpen((now) => (now === conId ? undefined : conId))}
        isOpen={({ conId }) => conId === open()}
      />
      <Show when={shown().length > 0}>
        <dl class="facts sums">
          <dt>Day P&amp;L</dt>
          <dd>{sumWords(daily())}</dd>
          <dt>Unrealised</dt>
          <dd>{sumWords(sum(unrealized))}</dd>
          <dt>Realised</dt>
          <dd>{sumWords(sum(realized))}</dd>
          <Show when={daily().byCurrency.length > 1}>
            <dt>In {props.base ?? 'base'}</dt>
            <dd>
              {daily().missing.length > 0 ? (
                <span class="bad">no rate for {daily().missing.join(', ')}: not added up</span>
              ) : (
                <>
                  day <Way value={daily().inBase} />
                  <For each={daily().rates}>
                    {({ currency, rate }) => (
                      <small>
                        {' '}
                        · 1 {currency} = {grouped(rate, 0, 6)}
                      </small>
                    )}
                  </For>
                </>
              )}
            </dd>
          </Show>
        </dl>
      </Show>
      <Show when={chosen()}>
        {(one) => (
          <Drawer
            position={one()}
            onLeave={leave}
            onClose={() => {
              ticket.close(one()).catch((error: unknown) => desk.tell(String(error), true));
              props.onTrade();
            }}
          />
        )}
      </Show>
    </section>
  );
}
