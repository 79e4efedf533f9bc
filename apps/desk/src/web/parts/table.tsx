// A table of which only the rows on the screen exist. Narrow screens read each row as a card.

import { createMemo, createSignal, For, type JSX, onCleanup, onMount, Show } from 'solid-js';
import { isStep, type Step, scrollFor, stepFrom } from './grid-lines.js';
import { Headings, type Order, Spacer } from './headings.js';

export interface Column<T> {
  readonly name: string;
  readonly title: string;
  readonly cell: (row: T) => JSX.Element;
  /** Numbers stand at the right, all of one width. */
  readonly isNumber?: boolean;
  readonly sort?: (row: T) => string | number | undefined;
}

export interface TableProps<T> {
  readonly label: string;
  readonly rows: readonly T[];
  readonly columns: readonly Column<T>[];
  readonly empty: string;
  /** Rows of one height, of which only those on the screen are made. */
  readonly height?: number;
  readonly onOpen?: ((row: T) => void) | undefined;
  readonly isOpen?: ((row: T) => boolean) | undefined;
}

const ROW = 30;
const MARGIN = 6;

export function Table<T>(props: TableProps<T>): JSX.Element {
  let box: HTMLElement | undefined;
  const [top, setTop] = createSignal(0);
  const [room, setRoom] = createSignal(600);
  const [order, setOrder] = createSignal<Order>();
  const sorted = createMemo(() => {
    const by = props.columns.find(({ name }) => name === order()?.by)?.sort;
    if (by === undefined) return props.rows;
    const way = order()?.isDown === true ? -1 : 1;
    return [...props.rows].sort((a, b) => {
      const [left, right] = [by(a), by(b)];
      // What is not known stands last, whichever way.
      if (left === undefined || right === undefined) return left === right ? 0 : left === undefined ? 1 : -1;
      return (
        way * (typeof left === 'number' && typeof right === 'number' ? left - right : String(left).localeCompare(String(right)))
      );
    });
  });
  const isWindow = (): boolean => props.height !== undefined;
  const first = (): number => (isWindow() ? Math.max(0, Math.floor(top() / ROW) - MARGIN) : 0);
  const last = (): number =>
    isWindow() ? Math.min(sorted().length, Math.ceil((top() + room()) / ROW) + MARGIN) : sorted().length;
  const shown = createMemo(() => sorted().slice(first(), last()));
  onMount(() => {
    if (box === undefined || !isWindow()) return;
    const watch = new ResizeObserver(() => setRoom(box?.clientHeight ?? 600));
    watch.observe(box);
    onCleanup(() => watch.disconnect());
  });
  const turn = (name: string): void => {
    const now = order();
    setOrder(now?.by !== name ? { by: name, isDown: false } : now.isDown ? undefined : { by: name, isDown: true });
  };
  /** The one row that Tab reaches: where the keyboard was, while that is drawn, else the first that is seen. */
  const [current, setCurrent] = createSignal(0);
  const stop = (): number => {
    const was = current();
    return was >= first() && was < last() ? was : Math.min(Math.max(0, last() - 1), Math.floor(top() / ROW));
  };
  const go = (from: number, step: Step): void => {
    if (box === undefined) return;
    const headings = box.querySelector('thead')?.offsetHeight ?? 0;
    const place = stepFrom(
      sorted().map(() => ({ at: 'row' })),
      from,
      step,
      Math.floor((room() - headings) / ROW),
    );
    if (isWindow()) {
      box.scrollTop = scrollFor([place * ROW, (place + 1) * ROW], { top: box.scrollTop, room: room(), headings });
      setTop(box.scrollTop);
    }
    box.querySelector<HTMLElement>(`tr[aria-rowindex="${place + 2}"]`)?.focus({ preventScroll: isWindow() });
  };
  const key = (event: KeyboardEvent & { readonly currentTarget: HTMLElement }, row: T, place: number): void => {
    if (event.target !== event.currentTarget) return;
    if (event.key === 'Enter') props.onOpen?.(row);
    else if (event.key === 'Escape') box?.focus();
    else if (isStep(event.key)) go(place, event.key);
    else return;
    event.preventDefault();
  };
  return (
    <section
      class="table"
      classList={{ window: isWindow() }}
      ref={(made) => {
        box = made;
      }}
      onScroll={({ currentTarget }) => setTop(currentTarget.scrollTop)}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard
      tabIndex={0}
      aria-label={`${props.label}, table`}
      style={isWindow() ? { height: `${props.height}px` } : {}}
    >
      <table aria-label={props.label} aria-rowcount={sorted().length + 1}>
        <Headings columns={props.columns} order={order()} onOrder={turn} />
        <tbody>
          <Show when={first() > 0}>
            <Spacer height={first() * ROW} />
          </Show>
          <For each={shown()}>
            {(row, at) => (
              <tr
                aria-rowindex={first() + at() + 2}
                tabIndex={props.onOpen === undefined ? undefined : stop() === first() + at() ? 0 : -1}
                aria-current={props.isOpen?.(row) === true ? 'true' : undefined}
                classList={{ opens: props.onOpen !== undefined, chosen: props.isOpen?.(row) === true }}
                onClick={() => props.onOpen?.(row)}
                onFocusIn={() => setCurrent(first() + at())}
                onKeyDown={(event) => key(event, row, first() + at())}
              >
                <For each={props.columns}>
                  {(column) => (
                    <td classList={{ number: column.isNumber === true }} data-label={column.title}>
                      {column.cell(row)}
                    </td>
                  )}
                </For>
              </tr>
            )}
          </For>
          <Show when={last() < sorted().length}>
            <Spacer height={(sorted().length - last()) * ROW} />
          </Show>
        </tbody>
      </table>
      <Show when={props.rows.length === 0}>
        <p class="empty">{props.empty}</p>
      </Show>
    </section>
  );
}
