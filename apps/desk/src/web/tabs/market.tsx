// Market Data: lists of instruments with live quotes, and the chart of the one that is chosen.

import { createMemo, createSignal, For, type JSX, Show } from 'solid-js';
import { Chart } from '../parts/chart.jsx';
import { type Column, Table } from '../parts/table.jsx';
import { desk } from '../state/desk.js';
import { type Quote, quotes } from '../state/quotes.js';
import { ageText, grouped, NONE, short, signed, wayOf } from '../state/text.js';
import { type Lists, lists } from '../state/watch-lists.js';

interface Row {
  readonly symbol: string;
}

const STALE_MS = 15_000;

export function MarketTab(): JSX.Element {
  const [all, setAll] = createSignal<Lists>(lists.read());
  const [name, setName] = createSignal(Object.keys(all())[0] ?? 'main');
  const [add, setAdd] = createSignal('');
  const [chosen, setChosen] = createSignal<string>();
  const rows = createMemo<readonly Row[]>(() => (all()[name()] ?? []).map((symbol) => ({ symbol })));
  const keep = (next: Lists): void => {
    setAll(next);
    lists.write(next);
  };
  const isKnown = (symbol: string): boolean => rows().some((one) => one.symbol === symbol);
  const take = (event: Event): void => {
    event.preventDefault();
    const words = add()
      .toUpperCase()
      .split(/[\s,;]+/)
      .filter((word) => word !== '' && !isKnown(word));
    keep({ ...all(), [name()]: [...(all()[name()] ?? []), ...new Set(words)] });
    setAdd('');
  };
  const of = (row: Row): Quote | undefined => {
    quotes.frame();
    return quotes.of(row.symbol);
  };
  const change = (quote: Quote | undefined): string | undefined => {
    const [last, close] = [Number(quote?.last), Number(quote?.close)];
    return quote?.last === undefined || quote.close === undefined || close === 0
      ? undefined
      : (((last - close) / close) * 100).toFixed(2);
  };
  const number = (
    column: string,
    title: string,
    read: (quote: Quote | undefined) => JSX.Element,
    sort?: (quote: Quote | undefined) => number,
  ): Column<Row> => ({
    name: column,
    title,
    isNumber: true,
    cell: (row) => <>{read(of(row))}</>,
    ...(sort === undefined ? {} : { sort: (row: Row) => sort(quotes.of(row.symbol)) }),
  });
  const columns: readonly Column<Row>[] = [
    { name: 'symbol', title: 'Symbol', cell: (row) => <Watched symbol={row.symbol} />, sort: (row) => row.symbol },
    number('bid', 'Bid', (quote) => grouped(quote?.bid, 2, 6)),
    number('bidSize', 'Size', (quote) => short(quote?.bidSize)),
    number('ask', 'Ask', (quote) => grouped(quote?.ask, 2, 6)),
    number('askSize', 'Size', (quote) => short(quote?.askSize)),
    number(
      'last',
      'Last',
      (quote) => grouped(quote?.last, 2, 6),
      (quote) => Number(quote?.last ?? 0),
    ),
    number(
      'change',
      'Change %',
      (quote) => (
        <span class={wayOf(change(quote))}>
          <span aria-hidden="true">{wayOf(change(quote)) === 'up' ? '▲' : wayOf(change(quote)) === 'down' ? '▼' : ''}</span>{' '}
          {signed(change(quote))}
        </span>
      ),
      (quote) => Number(change(quote) ?? 0),
    ),
    number(
      'volume',
      'Volume',
      (quote) => short(quote?.volume),
      (quote) => Number(quote?.volume ?? 0),
    ),
    number('age', 'Age', (quote) => {
      const age = quote === undefined ? undefined : quotes.ageOf(quote.contract.conId);
      return <span classList={{ old: (age ?? 0) > STALE_MS }}>{ageText(age)}</span>;
    }),
    { name: 'data', title: 'Data', cell: (row) => <>{of(row)?.source ?? 'not yet known'}</> },
    {
      name: 'drop',
      title: 'Off',
      cell: (row) => (
        <button
          type="button"
          class="plain"
          aria-label={`Take ${row.symbol} off the list`}
          onClick={(event) => {
            event.stopPropagation();
            keep({ ...all(), [name()]: (all()[name()] ?? []).filter((one) => one !== row.symbol) });
          }}
        >
          ×
        </button>
      ),
    },
  ];
  return (
    <>
      <h1 class="hidden">Market Data</h1>
      <div class="bar">
        <For each={Object.keys(all())}>
          {(one) => (
            <button type="button" aria-pressed={one === name()} onClick={() => setName(one)}>
              {one} {all()[one]?.length}
            </button>
          )}
        </For>
        <form onSubmit={take}>
          <label>
            Add{' '}
            <input value={add()} placeholder="AAPL 700.HK EUR.USD" onInput={({ currentTarget }) => setAdd(currentTarget.value)} />
          </label>
          <button type="submit" disabled={add().trim() === ''}>
            Add
          </button>
        </form>
        <span class="hint">{grouped(String(quotes.rate()))} updates/s</span>
      </div>
      <For each={quotes.refusals()}>{(text) => <p class="problem">{text}</p>}</For>
      <Table
        label="Quotes"
        rows={rows()}
        columns={columns}
        empty="this list is empty"
        height={Math.min(480, 34 + 30 * Math.max(2, rows().length))}
        onOpen={({ symbol }) => setChosen(symbol)}
        isOpen={({ symbol }) => symbol === chosen()}
      />
      <Show when={chosen()} fallback={<p class="empty">Choose a row for its chart.</p>} keyed>
        {(symbol) => (
          <Chart
            symbol={symbol}
            fills={(desk.fills() ?? []).filter((one) => one.symbol === quotes.of(symbol)?.contract.symbol)}
          />
        )}
      </Show>
    </>
  );
}

/** A row on the screen holds its line. */
function Watched(props: { readonly symbol: string }): JSX.Element {
  quotes.watch(props.symbol);
  return <strong>{props.symbol === '' ? NONE : props.symbol}</strong>;
}
