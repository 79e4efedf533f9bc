// A table of up to a thousand names of which only the rows on the screen exist: rows of one height, columns of a width that stays.

import { createMemo, createSignal, For, type JSX, onCleanup, onMount, Show } from 'solid-js';
import { Headings, type Order } from './headings.js';

export interface GridColumn {
  readonly name: string;
  readonly title: string;
  /** For those who do not see it, where the title is a sign. */
  readonly label?: string;
  /** In units of the letter 0. */
  readonly width: number;
  readonly isNumber?: boolean;
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
  readonly height: number;
  readonly order: Order | undefined;
  readonly onOrder: (by: string) => void;
  readonly chosen: string | undefined;
  readonly onChoose: (name: string) => void;
  /** Runs for each row that comes onto the screen, in its owner. */
  readonly onShow: (name: string) => void;
  readonly isOld: (name: string) => boolean;
}

export const ROW_HEIGHT = 30;
const MARGIN = 4;

export function Grid(props: GridProps): JSX.Element {
  let box: HTMLElement | undefined;
  const [top, setTop] = createSignal(0);
  const [room, setRoom] = createSignal(props.height);
  const first = createMemo(() =>
    Math.max(0, Math.min(Math.floor(top() / ROW_HEIGHT), props.rows.length - Math.ceil(room() / ROW_HEIGHT)) - MARGIN),
  );
  const last = createMemo(() => Math.min(props.rows.length, Math.ceil((top() + room()) / ROW_HEIGHT) + MARGIN));
  const whole = createMemo(() => props.columns.reduce((sum, { width }) => sum + width, 0));
  const shown = createMemo(() => props.rows.slice(first(), last()));
  onMount(() => {
    if (box === undefined) return;
    const watch = new ResizeObserver(() => setRoom(box?.clientHeight ?? props.height));
    watch.observe(box);
    onCleanup(() => watch.disconnect());
  });
  const key = (event: KeyboardEvent & { readonly currentTarget: HTMLElement }, name: string): void => {
    if (event.target !== event.currentTarget) return;
    if (event.key === 'Enter' || event.key === ' ') props.onChoose(name);
    else if (event.key === 'Escape') box?.focus();
    else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') step(event.currentTarget, event.key === 'ArrowDown');
    else return;
    event.preventDefault();
  };
  const step = (from: HTMLElement, isDown: boolean): void => {
    let to: Element | null = from;
    do to = isDown ? to.nextElementSibling : to.previousElementSibling;
    while (to !== null && (to as HTMLElement).tabIndex < 0);
    if (!(to instanceof HTMLElement)) return;
    to.focus({ preventScroll: true });
    to.scrollIntoView({ block: 'nearest' });
  };
  return (
    <section
      class="table window grid"
      ref={(made) => {
        box = made;
      }}
      onScroll={({ currentTarget }) => setTop(currentTarget.scrollTop)}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard
      tabIndex={0}
      aria-label={`${props.label}, table`}
      style={{ height: `${props.height}px` }}
    >
      <table aria-label={props.label} aria-rowcount={props.rows.length + 1} style={{ '--whole': `${whole()}ch` }}>
        <colgroup>
          <For each={props.columns}>{({ width }) => <col style={{ width: `${(100 * width) / whole()}%` }} />}</For>
        </colgroup>
        <Headings columns={props.columns} order={props.order} onOrder={props.onOrder} />
        <tbody>
          <Show when={first() > 0}>
            <tr class="gap" style={{ height: `${first() * ROW_HEIGHT}px` }} />
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
                <Row {...props} name={row.name} index={first() + at() + 2} onKey={key} />
              )
            }
          </For>
          <Show when={last() < props.rows.length}>
            <tr class="gap" style={{ height: `${(props.rows.length - last()) * ROW_HEIGHT}px` }} />
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
    readonly index: number;
    readonly onKey: (event: KeyboardEvent & { readonly currentTarget: HTMLElement }, name: string) => void;
  },
): JSX.Element {
  props.onShow(props.name);
  return (
    <tr
      aria-rowindex={props.index}
      tabIndex={0}
      class="opens"
      classList={{ chosen: props.chosen === props.name, stale: props.isOld(props.name) }}
      onClick={() => props.onChoose(props.name)}
      onKeyDown={(event) => props.onKey(event, props.name)}
    >
      <For each={props.columns}>
        {(column) => <td classList={{ number: column.isNumber === true }}>{column.cell(props.name)}</td>}
      </For>
    </tr>
  );
}
