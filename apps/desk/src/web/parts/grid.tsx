// A table of up to a thousand names of which only the rows on the screen exist: lines with columns of a width that stays, or cards.

import { createEffect, createMemo, createSignal, For, type JSX, onCleanup, onMount, Show } from 'solid-js';
import {
  cardHeight,
  isStep,
  type Place,
  ROW_HEIGHT,
  rowAt,
  rowsOn,
  type Step,
  scrollFor,
  stepFrom,
  topsOf,
} from './grid-lines.js';
import { Headings, type Order, Spacer } from './headings.js';

export interface GridColumn {
  readonly name: string;
  readonly title: string;
  /** For those who do not see it, where the title is a sign. */
  readonly label?: string;
  /** In units of the letter 0. */
  readonly width: number;
  readonly isNumber?: boolean;
  readonly place?: Place;
  /** What all its cells are, such as `delayed`. */
  readonly note?: () => string | undefined;
  readonly cell: (name: string) => JSX.Element;
  /** What it is ordered by; undefined is last. */
  readonly sort?: (name: string) => string | number | undefined;
}

export type GridRow =
  | { readonly at: 'group'; readonly title: string; readonly count: number }
  | { readonly at: 'row'; readonly name: string };

export interface GridProps {
  readonly label: string;
  readonly rows: readonly GridRow[];
  readonly columns: readonly GridColumn[];
  readonly empty: string;
  readonly isCards: boolean;
  readonly order: Order | undefined;
  readonly onOrder: (by: string) => void;
  readonly chosen: string | undefined;
  readonly onChoose: (name: string) => void;
  /** Runs for each row that comes onto the screen, in its owner. */
  readonly onShow: (name: string) => void;
  readonly isOld: (name: string) => boolean;
}

/** Pixels; less where there are few rows. */
const MOST_HEIGHT = 480;

export function Grid(props: GridProps): JSX.Element {
  let box: HTMLElement | undefined;
  const [top, setTop] = createSignal(0);
  const [room, setRoom] = createSignal(MOST_HEIGHT);
  const rowHeight = createMemo(() => (props.isCards ? cardHeight(props.columns) : ROW_HEIGHT));
  const tops = createMemo(() => topsOf(props.rows, rowHeight()));
  const end = (): number => tops().at(-1) ?? 0;
  const height = (): number => Math.min(MOST_HEIGHT, (props.isCards ? 0 : ROW_HEIGHT) + Math.max(2 * ROW_HEIGHT, end()) + 4);
  const on = createMemo(() => rowsOn(tops(), top(), room()), undefined, {
    equals: (a, b) => a[0] === b[0] && a[1] === b[1],
  });
  const first = (): number => on()[0];
  const last = (): number => on()[1];
  const whole = createMemo(() => props.columns.reduce((sum, { width }) => sum + width, 0));
  const shown = createMemo(() => props.rows.slice(first(), last()));
  onMount(() => {
    if (box === undefined) return;
    const watch = new ResizeObserver(() => setRoom(box?.clientHeight ?? MOST_HEIGHT));
    watch.observe(box);
    onCleanup(() => watch.disconnect());
  });
  /** The one row that Tab reaches: where the keyboard was, while that is drawn, else the first that is seen. */
  const [current, setCurrent] = createSignal<string>();
  const stop = createMemo(() => {
    const names = shown().flatMap((row) => (row.at === 'row' ? [row.name] : []));
    const was = current();
    if (was !== undefined && names.includes(was)) return was;
    const seen = props.rows.slice(rowAt(tops(), top()), last()).find((row) => row.at === 'row');
    return seen?.at === 'row' ? seen.name : names[0];
  });
  const go = (from: number, step: Step): void => {
    if (box === undefined) return;
    const headings = box.querySelector('thead')?.offsetHeight ?? 0;
    const place = stepFrom(props.rows, from, step, Math.floor((room() - headings) / rowHeight()));
    box.scrollTop = scrollFor([tops()[place] ?? 0, tops()[place + 1] ?? 0], { top: box.scrollTop, room: room(), headings });
    setTop(box.scrollTop);
    box.querySelector<HTMLElement>(`tr[aria-rowindex="${place + 2}"]`)?.focus({ preventScroll: true });
  };
  const key = (event: KeyboardEvent & { readonly currentTarget: HTMLElement }, name: string, place: number): void => {
    if (event.key === 'Escape') box?.focus();
    else if (event.target !== event.currentTarget) return;
    else if (event.key === 'Enter' || event.key === ' ') props.onChoose(name);
    else if (isStep(event.key)) go(place, event.key);
    else return;
    event.preventDefault();
  };
  return (
    <section
      class="table window grid"
      classList={{ 'as-cards': props.isCards }}
      ref={(made) => {
        box = made;
      }}
      onScroll={({ currentTarget }) => setTop(currentTarget.scrollTop)}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard
      tabIndex={0}
      aria-label={`${props.label}, table`}
      style={{ height: `${height()}px`, '--row': `${rowHeight()}px` }}
    >
      <table aria-label={props.label} aria-rowcount={props.rows.length + 1} style={{ '--whole': `${whole()}ch` }}>
        <colgroup>
          <For each={props.columns}>{({ width }) => <col style={{ width: `${(100 * width) / whole()}%` }} />}</For>
        </colgroup>
        <Headings columns={props.columns} order={props.order} onOrder={props.onOrder} />
        <tbody>
          <Show when={first() > 0}>
            <Spacer height={tops()[first()] ?? 0} />
          </Show>
          <For each={shown()}>
            {(row, at) =>
              row.at === 'group' ? (
                <tr class="group" aria-rowindex={first() + at() + 2}>
                  <th scope="rowgroup" colSpan={props.columns.length}>
                    {row.title} <small>{row.count}</small>
                  </th>
                </tr>
              ) : (
                <Row
                  {...props}
                  name={row.name}
                  place={first() + at()}
                  isStop={stop() === row.name}
                  onFocus={setCurrent}
                  onKey={key}
                />
              )
            }
          </For>
          <Show when={last() < props.rows.length}>
            <Spacer height={end() - (tops()[last()] ?? 0)} />
          </Show>
        </tbody>
      </table>
      <Show when={props.rows.length === 0}>
        <p class="empty">{props.empty}</p>
      </Show>
    </section>
  );
}

function Row(
  props: GridProps & {
    readonly name: string;
    readonly place: number;
    readonly isStop: boolean;
    readonly onFocus: (name: string) => void;
    readonly onKey: (event: KeyboardEvent & { readonly currentTarget: HTMLElement }, name: string, place: number) => void;
  },
): JSX.Element {
  let row: HTMLTableRowElement | undefined;
  props.onShow(props.name);
  // Buttons of the other rows are reached through their row: a list of a thousand has an end for Tab.
  createEffect(() => {
    const index = props.columns.length > 0 && props.isStop ? 0 : -1;
    for (const button of row?.querySelectorAll('button') ?? []) button.tabIndex = index;
  });
  return (
    <tr
      ref={(made) => {
        row = made;
      }}
      aria-rowindex={props.place + 2}
      aria-current={props.chosen === props.name ? 'true' : undefined}
      tabIndex={props.isStop ? 0 : -1}
      class="opens"
      classList={{ chosen: props.chosen === props.name, stale: props.isOld(props.name) }}
      onClick={() => props.onChoose(props.name)}
      onFocusIn={() => props.onFocus(props.name)}
      onKeyDown={(event) => props.onKey(event, props.name, props.place)}
    >
      <For each={props.columns}>
        {(column) => (
          <td
            class={column.place}
            classList={{ number: column.isNumber === true }}
            data-label={column.place === undefined || column.place === 'line' ? (column.label ?? column.title) : undefined}
          >
            {column.cell(props.name)}
          </td>
        )}
      </For>
    </tr>
  );
}
