// Market Data: lists of up to a thousand instruments with live quotes; chart, depth and trades of the one that is chosen.

import { createEffect, createMemo, createSignal, For, type JSX, on, Show, untrack } from 'solid-js';
import { Chart } from '../parts/chart.jsx';
import { Depth, TimeAndSales } from '../parts/depth.jsx';
import { Grid, type GridRow } from '../parts/grid.jsx';
import { get } from '../state/api.js';
import { asked } from '../state/asked.js';
import { desk } from '../state/desk.js';
import { closeMenu } from '../state/focus.js';
import { CLASSES, type Class, classOf, instruments } from '../state/instruments.js';
import { isNarrow } from '../state/narrow.js';
import { quotes } from '../state/quotes.js';
import { grouped } from '../state/text.js';
import { lists, MOST_NAMES, namesIn } from '../state/watch-lists.js';
import { columnsOf, dataOfAll, isOld, titleOf } from './market-columns.jsx';
import { createView, GROUPS, type Group } from './market-view.js';

interface Budgets {
  readonly budgets: readonly { readonly budget: string; readonly used: number; readonly limit: number }[];
}

export function MarketTab(): JSX.Element {
  const view = createView();
  const [title, setTitle] = createSignal(Object.keys(lists.all())[0] ?? 'main');
  const [add, setAdd] = createSignal('');
  const [fresh, setFresh] = createSignal<string>();
  const [said, setSaid] = createSignal<string>();
  const [chosen, setChosen] = createSignal<string>();
  const budgets = asked(() => get<Budgets>('session.budgets'), 2_000);
  const list = createMemo(() => lists.of(title()));
  const pins = createMemo(() => [...new Set(Object.values(lists.all()).flatMap(({ pinned }) => pinned))]);
  const data = createMemo(() => dataOfAll(list().names));
  const columns = createMemo(() =>
    columnsOf({
      data,
      isPinned: (name) => list().pinned.includes(name),
      pin: (name) => lists.pin(title(), name),
      drop: (name) => lists.drop(title(), name),
    }),
  );
  const shownColumns = createMemo(() => columns().filter(({ name }) => view.hasColumn(name)));
  // What is filtered or grouped by has to be known of all, not of those on the screen.
  createEffect(() => {
    if (view.classes().size > 0 || view.group() !== 'none') instruments.lookUp(list().names);
  });
  createEffect(
    on(
      () => desk.status()?.connected,
      (isUp) => isUp === true && quotes.askAll(),
      { defer: true },
    ),
  );
  const known = new Map<string, GridRow>();
  const rowOf = (name: string): GridRow => {
    const row = known.get(name) ?? { at: 'row', name };
    known.set(name, row);
    return row;
  };
  const rows = createMemo<readonly GridRow[]>(() => {
    const chosenClasses = view.classes();
    const names = list().names.filter((name) => {
      const { secType } = instruments.of(name) ?? {};
      return chosenClasses.size === 0 || (secType !== undefined && chosenClasses.has(classOf(secType)));
    });
    const order = view.order();
    const by = columns().find(({ name }) => name === order?.by)?.sort;
    // Ordered by what is known at this moment: rows that jump by themselves cannot be read.
    const sorted = by === undefined ? names : untrack(() => view.sorted(names, by));
    return view.grouped(sorted, rowOf);
  });
  const take = (event: Event): void => {
    event.preventDefault();
    const left = lists.add(title(), namesIn(add()));
    setAdd('');
    setSaid(left.length === 0 ? undefined : `This list is full: ${left.length} were not added. ${most()}`);
  };
  const most = (): string => {
    const [name, { names }] = Object.entries(lists.all()).sort(([, a], [, b]) => b.names.length - a.names.length)[0] ?? [
      '',
      list(),
    ];
    return `${name} has the most lines: ${grouped(String(names.length))}.`;
  };
  const make = (event: Event): void => {
    event.preventDefault();
    const name = (fresh() ?? '').trim();
    if (!lists.make(name)) return void setSaid(`There is a list ${name} already, or no room for another one.`);
    setFresh(undefined);
    setTitle(name);
  };
  const remove = (): void => {
    lists.remove(title());
    setTitle(Object.keys(lists.all())[0] ?? 'main');
  };
  const lines = () => budgets.value()?.budgets.find(({ budget }) => budget === 'lines');
  const isSpent = createMemo(() => {
    desk.now();
    return untrack(() => list().names.some((name) => quotes.refusalOf(name)?.status === 429));
  });
  /** Which list holds how many of the gateway's lines, the most first. */
  const holders = createMemo(() => {
    desk.now();
    if (!isSpent()) return '';
    const counts = untrack(() =>
      Object.entries(lists.all()).map(([name, { names }]) => [name, names.filter((one) => quotes.of(one)).length] as const),
    );
    return counts
      .filter(([, count]) => count > 0)
      .sort(([, a], [, b]) => b - a)
      .map(([name, count]) => `${name} ${grouped(String(count))}`)
      .join(', ');
  });
  return (
    <>
      <h1 class="hidden">Market Data</h1>
      <div class="bar">
        <span class="hint">Lists</span>
        <For each={Object.keys(lists.all())}>
          {(one) => (
            <button type="button" aria-pressed={one === title()} onClick={() => setTitle(one)}>
              {one} <small>{lists.of(one).names.length}</small>
            </button>
          )}
        </For>
        <Show
          when={fresh() !== undefined}
          fallback={
            <button type="button" aria-label="New list" onClick={() => setFresh('')}>
              +
            </button>
          }
        >
          <form onSubmit={make}>
            <label>
              New list{' '}
              <input
                value={fresh() ?? ''}
                maxlength="24"
                size="10"
                onInput={({ currentTarget }) => setFresh(currentTarget.value)}
                onKeyDown={({ key }) => key === 'Escape' && setFresh(undefined)}
              />
            </label>
            <button type="submit" disabled={(fresh() ?? '').trim() === ''}>
              Make
            </button>
          </form>
        </Show>
        <form onSubmit={take}>
          <label>
            Add{' '}
            <input
              value={add()}
              placeholder="AAPL 700.HK EUR.USD, conIds"
              onInput={({ currentTarget }) => setAdd(currentTarget.value)}
            />
          </label>
          <button type="submit" disabled={add().trim() === ''}>
            Add
          </button>
        </form>
        <span class="right budget">
          {grouped(String(list().names.length))} lines of {grouped(String(MOST_NAMES))} used in this list ·{' '}
          <Show when={lines()} fallback="gateway lines not yet known">
            {(told) => (
              <>
                {grouped(String(told().limit - told().used))} of {grouped(String(told().limit))} gateway lines left
              </>
            )}
          </Show>
        </span>
      </div>
      <div class="bar">
        <For each={[...Object.keys(CLASSES), 'others'] as readonly Class[]}>
          {(one) => (
            <button type="button" aria-pressed={view.classes().has(one)} onClick={() => view.toggleClass(one)}>
              {one}
            </button>
          )}
        </For>
        <label>
          Sort{' '}
          <select
            value={view.order()?.by ?? ''}
            onChange={({ currentTarget: { value } }) => view.orderBy(value === '' ? undefined : value)}
          >
            <option value="">as added</option>
            <For each={columns().filter(({ sort }) => sort !== undefined)}>
              {(column) => <option value={column.name}>{column.title}</option>}
            </For>
          </select>
        </label>
        <Show when={isNarrow() && view.order()}>
          {(order) => (
            <button type="button" aria-pressed={order().isDown} onClick={view.flip}>
              descending
            </button>
          )}
        </Show>
        <details class="menu" onKeyDown={closeMenu}>
          <summary>Columns</summary>
          <ul class="flat">
            <For each={columns().filter(({ name }) => name !== 'symbol')}>
              {(column) => (
                <li>
                  <label class="tick">
                    <input
                      type="checkbox"
                      checked={view.hasColumn(column.name)}
                      onChange={() => view.toggleColumn(column.name)}
                    />{' '}
                    {column.label ?? column.title}
                  </label>
                </li>
              )}
            </For>
          </ul>
        </details>
        <label>
          Group by{' '}
          <select value={view.group()} onChange={({ currentTarget }) => view.groupBy(currentTarget.value as Group)}>
            <For each={GROUPS}>{(one) => <option value={one}>{one}</option>}</For>
          </select>
        </label>
        <label class="tick">
          <input
            type="checkbox"
            checked={list().names.length > 0 && list().pinned.length === list().names.length}
            onChange={({ currentTarget }) => lists.pinAll(title(), currentTarget.checked)}
          />{' '}
          keep every line
        </label>
        <button type="button" onClick={remove}>
          Delete list
        </button>
        <span class="right hint rate">{grouped(String(quotes.rate()))} updates/s</span>
      </div>
      <Show when={said()}>
        {(text) => (
          <p class="problem" role="alert">
            {text()}
          </p>
        )}
      </Show>
      <Show when={isSpent()}>
        <p class="problem">
          The gateway's lines are spent; they are held by {holders()} and by what else is open. Rows that leave the screen give
          theirs back after 5 seconds unless they are kept.
        </p>
      </Show>
      {/* Lines that stay while the tab is open, on the screen or not. */}
      <For each={pins()}>{(name) => quotes.watch(name) as undefined}</For>
      <Grid
        label="Quotes"
        rows={rows()}
        columns={shownColumns()}
        empty={list().names.length === 0 ? 'this list is empty' : 'nothing of these classes, as far as is known'}
        isCards={isNarrow()}
        order={view.order()}
        onOrder={view.turn}
        chosen={chosen()}
        onChoose={setChosen}
        isOld={isOld}
        onShow={(name) => {
          quotes.watch(name);
          createEffect(() => {
            const quote = quotes.of(name);
            if (quote !== undefined) instruments.learn(name, quote.contract);
          });
        }}
      />
      <Show when={chosen()} fallback={<p class="empty">Choose a row for its chart, depth and trades.</p>} keyed>
        {(name) => (
          <section class="one" aria-label={`All of ${titleOf(name)}`}>
            <h2>{titleOf(name)}</h2>
            <Watched name={name} />
            <div class="halves">
              <Chart name={name} fills={fillsOf(name)} />
              <Depth name={name} />
              <TimeAndSales name={name} />
            </div>
          </section>
        )}
      </Show>
    </>
  );
}

const fillsOf = (name: string) => {
  const conId = quotes.of(name)?.contract.conId;
  return (desk.fills() ?? []).filter((one) => conId !== undefined && one.conId === conId);
};

/** What is looked at below keeps its line, on the screen or not. */
function Watched(props: { readonly name: string }): JSX.Element {
  quotes.watch(props.name);
  return undefined;
}
