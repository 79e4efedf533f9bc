// The headings of a table: the sorted one says so, and those that can be sorted by are buttons.

import { For, type JSX, Show } from 'solid-js';

export interface Heading {
  readonly name: string;
  readonly title: string;
  /** What is read aloud in place of the title. */
  readonly label?: string;
  readonly isNumber?: boolean;
  /** What all its cells are, such as `delayed`; undefined: nothing to be said. */
  readonly note?: () => string | undefined;
  /** Whatever sorts by it; absent where nothing does. */
  readonly sort?: unknown;
}

/** What rows are ordered by. */
export interface Order {
  readonly by: string;
  readonly isDown: boolean;
}

export function Headings(props: {
  readonly columns: readonly Heading[];
  readonly order: Order | undefined;
  readonly onOrder: (name: string) => void;
}): JSX.Element {
  const isDown = (name: string): boolean | undefined => (props.order?.by === name ? props.order.isDown : undefined);
  return (
    <thead>
      <tr aria-rowindex={1}>
        <For each={props.columns}>
          {(column) => (
            <th
              scope="col"
              classList={{ number: column.isNumber === true }}
              aria-label={column.label}
              aria-sort={isDown(column.name) === undefined ? undefined : isDown(column.name) ? 'descending' : 'ascending'}
            >
              <Show when={column.sort !== undefined} fallback={column.title}>
                <button type="button" class="plain" onClick={() => props.onOrder(column.name)}>
                  {column.title}
                  <span aria-hidden="true">{isDown(column.name) === undefined ? '' : isDown(column.name) ? ' ▾' : ' ▴'}</span>
                </button>
              </Show>
              <Show when={column.note?.()}>{(note) => <small class="note">{note()}</small>}</Show>
            </th>
          )}
        </For>
      </tr>
    </thead>
  );
}

/** The room of rows that are not drawn; for those who do not see it, it is no row. */
export const Spacer = (props: { readonly height: number }): JSX.Element => (
  // biome-ignore lint/a11y/noAriaHiddenOnFocusable: it cannot be focused
  <tr class="gap" aria-hidden="true" style={{ height: `${props.height}px` }} />
);
