// Account: what it is worth, by currency and adding up, and what it holds.

import { createMemo, createSignal, For, type JSX, Show } from 'solid-js';
import { Brokers } from '../parts/brokers.jsx';
import { download } from '../parts/download.js';
import { Problem } from '../parts/problem.jsx';
import { type Column, Table } from '../parts/table.jsx';
import { get } from '../state/api.js';
import { asked } from '../state/asked.js';
import { desk, type Position } from '../state/desk.js';
import { type CurrencyLine, currencyLines, totalOf, type Values } from '../state/ledger.js';
import { ageText, clock, grouped, money, NONE, signed, wayOf } from '../state/text.js';
import { ticket } from '../state/ticket.js';

const TILES = [
  ['Net liquidation', 'NetLiquidation'],
  ['Available', 'AvailableFunds'],
  ['Excess liquidity', 'ExcessLiquidity'],
  ['Buying power', 'BuyingPower'],
] as const;
const CLASSES = [
  ['all', 'All', () => true],
  ['stocks', 'Stocks', ({ secType }: Position) => secType === 'STK'],
  ['options', 'Options', ({ secType }: Position) => secType === 'OPT' || secType === 'FOP'],
  ['futures', 'Futures', ({ secType }: Position) => secType === 'FUT'],
  ['forex', 'Forex', ({ secType }: Position) => secType === 'CASH'],
  ['other', 'Other', ({ secType }: Position) => !['STK', 'OPT', 'FOP', 'FUT', 'CASH'].includes(secType)],
] as const;

const Way = (props: { readonly value: string | undefined }): JSX.Element => (
  <span class={wayOf(props.value)}>
    <span aria-hidden="true">{wayOf(props.value) === 'up' ? '▲ ' : wayOf(props.value) === 'down' ? '▼ ' : ''}</span>
    {signed(props.value)}
  </span>
);

const currencyColumns: readonly Column<CurrencyLine>[] = [
  { name: 'currency', title: 'Currency', cell: (one) => one.currency },
  { name: 'cash', title: 'Cash', isNumber: true, cell: (one) => money(one.cash) },
  { name: 'accrued', title: 'Accrued', isNumber: true, cell: (one) => money(one.accrued) },
  { name: 'stocks', title: 'Stocks', isNumber: true, cell: (one) => money(one.stocks) },
  { name: 'options', title: 'Options', isNumber: true, cell: (one) => money(one.options) },
  { name: 'unrealized', title: 'Unrealised', isNumber: true, cell: (one) => <Way value={one.unrealized} /> },
  { name: 'worth', title: 'Worth', isNumber: true, cell: (one) => money(one.worth) },
  { name: 'rate', title: 'Rate', isNumber: true, cell: (one) => grouped(one.rate, 0, 6) },
  { name: 'inBase', title: 'In base', isNumber: true, cell: (one) => money(one.inBase) },
];

export function AccountTab(props: { readonly onTrade: () => void }): JSX.Element {
  const account = (): string | undefined => desk.account()?.account;
  const summary = asked(() => get<{ values: Values; asOf?: string }>('accounts.summary', { account: account() }), 5_000);
  const values = asked(
    () => get<{ currencies: Record<string, Values>; asOf?: string }>('accounts.values', { account: account() }),
    5_000,
  );
  const pnl = asked(
    () => get<{ daily?: string; unrealized?: string; realized?: string }>('accounts.pnl', { account: account() }),
    5_000,
  );
  const held = asked(() => get<readonly Position[]>('portfolio.positions', { account: account() }), 5_000);
  const [kind, setKind] = createSignal<string>('all');
  const [filter, setFilter] = createSignal('');
  const [open, setOpen] = createSignal<number>();
  const lines = createMemo(() => currencyLines(values.value()?.currencies ?? {}));
  const net = (): { readonly value: string; readonly currency?: string | undefined } | undefined =>
    summary.value()?.values['NetLiquidation'];
  const total = createMemo(() => totalOf(lines(), net()?.value));
  const ofKind = (name: string): readonly Position[] => {
    const test = CLASSES.find(([one]) => one === name)?.[2] ?? (() => true);
    return (held.value() ?? []).filter(test);
  };
  const shown = createMemo(() => ofKind(kind()).filter(({ symbol }) => symbol.toLowerCase().includes(filter().toLowerCase())));
  const chosen = (): Position | undefined => held.value()?.find(({ conId }) => conId === open());
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
    { name: 'last', title: 'Price', isNumber: true, cell: (one) => grouped(one.marketPrice, 2, 4) },
    {
      name: 'value',
      title: 'Market value',
      isNumber: true,
      cell: (one) => money(one.marketValue),
      sort: (one) => Number(one.marketValue ?? 0),
    },
    {
      name: 'unrealised',
      title: 'Unrealised',
      isNumber: true,
      cell: (one) => <Way value={one.unrealizedPnl} />,
      sort: (one) => Number(one.unrealizedPnl ?? 0),
    },
    { name: 'realised', title: 'Realised', isNumber: true, cell: (one) => <Way value={one.realizedPnl} /> },
    { name: 'currency', title: 'Currency', cell: (one) => one.currency },
    { name: 'type', title: 'Type', cell: (one) => one.secType },
  ];
  return (
    <>
      <h1 class="hidden">Account</h1>
      <Problem problem={summary.problem() ?? values.problem() ?? held.problem()} />
      <dl class="tiles">
        <For each={TILES}>
          {([title, tag]) => (
            <div>
              <dt>{title}</dt>
              <dd>
                {money(summary.value()?.values[tag]?.value)} <small>{summary.value()?.values[tag]?.currency ?? ''}</small>
              </dd>
            </div>
          )}
        </For>
        <div>
          <dt>Day P&amp;L</dt>
          <dd>
            <Way value={pnl.value()?.daily} />
          </dd>
        </div>
        <div>
          <dt>Unrealised</dt>
          <dd>
            <Way value={pnl.value()?.unrealized} />
          </dd>
        </div>
        <div>
          <dt>Realised</dt>
          <dd>
            <Way value={pnl.value()?.realized} />
          </dd>
        </div>
        <div>
          <dt>As of</dt>
          <dd class="age">
            {clock(summary.value()?.asOf)} <small>{ageText(ageOf(summary.at()))}</small>
          </dd>
        </div>
      </dl>
      <section aria-label="Currencies">
        <h2>
          Currencies <small>as of {clock(values.value()?.asOf)}</small>
        </h2>
        <Table
          label="Currencies"
          rows={lines()}
          columns={currencyColumns}
          empty={values.at() === undefined ? 'not yet known' : 'no ledger'}
        />
        <p class="sum">
          Total in {net()?.currency ?? 'base'}: <strong>{money(total().value)}</strong>{' '}
          <Show when={total().missing.length > 0}>no rate for {total().missing.join(', ')}: not in the total</Show>
          <Show when={total().off !== undefined}>
            {Math.abs(Number(total().off)) < 0.01 * Math.max(1, lines().length) ? (
              <span class="good">✓ adds up to net liquidation</span>
            ) : (
              <span class="bad">net liquidation differs by {signed(total().off)}</span>
            )}
          </Show>
        </p>
      </section>
      <section aria-label="Positions">
        <h2>Positions</h2>
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
          empty={held.at() === undefined ? 'not yet known' : 'no positions'}
          onOpen={({ conId }) => setOpen((now) => (now === conId ? undefined : conId))}
          isOpen={({ conId }) => conId === open()}
        />
        <Show when={chosen()}>
          {(one) => (
            <Drawer
              position={one()}
              onClose={() => {
                ticket.close(one()).catch((error: unknown) => desk.tell(String(error), true));
                props.onTrade();
              }}
            />
          )}
        </Show>
      </section>
      <Brokers />
    </>
  );
}

const ageOf = (at: number | undefined): number | undefined => (at === undefined ? undefined : desk.now() - at);

function Drawer(props: { readonly position: Position; readonly onClose: () => void }): JSX.Element {
  const fills = (): readonly {
    readonly time: string;
    readonly side: string;
    readonly shares: string;
    readonly price: string;
    readonly commission?: string | undefined;
  }[] =>
    (desk.fills() ?? []).filter(({ conId, account }) => conId === props.position.conId && account === props.position.account);
  const working = () =>
    (desk.orders() ?? []).filter(
      ({ contract, account }) => contract.conId === props.position.conId && account === props.position.account,
    );
  return (
    <section class="drawer" aria-label={`Details of ${props.position.symbol}`}>
      <h3>{props.position.localSymbol ?? props.position.symbol}</h3>
      <button type="button" onClick={props.onClose}>
        Close position …
      </button>
      <span class="hint">opens a filled ticket, sends nothing</span>
      <p>
        Working orders:{' '}
        {working().length === 0
          ? 'none'
          : working()
              .map((one) => `${one.action} ${one.remaining ?? NONE} ${one.orderType} ${one.lmtPrice ?? ''}`)
              .join('; ')}
      </p>
      <ul>
        <For each={fills()} fallback={<li>no fills seen by this desk</li>}>
          {(one) => (
            <li>
              {clock(one.time)} {one.side} {grouped(one.shares)} @ {grouped(one.price, 2, 4)}, commission{' '}
              {grouped(one.commission, 2, 4)}
            </li>
          )}
        </For>
      </ul>
    </section>
  );
}
