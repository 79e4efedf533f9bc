// What was filled today, and on earlier days where that is chosen.

import { createMemo, createSignal, type JSX, Show } from 'solid-js';
import { desk, type Fill, MOST_FILLS } from '../state/desk.js';
import { dayIn, NEW_YORK } from '../state/instants.js';
import { grouped, moment, NONE } from '../state/text.js';
import { isToday } from '../state/today.js';
import { view } from '../state/view.js';
import { download } from './download.js';
import { type Column, Table } from './table.jsx';

const columns: readonly Column<Fill>[] = [
  { name: 'time', title: 'Time', cell: (one) => moment(one.time, desk.now()) },
  {
    name: 'what',
    title: 'Fill',
    cell: (one) => `${one.side} ${grouped(one.shares)} ${one.symbol ?? NONE} @ ${grouped(one.price, 2, 6)}`,
  },
  {
    name: 'commission',
    title: 'Commission',
    isNumber: true,
    cell: (one) => `${grouped(one.commission, 2, 4)} ${one.commissionCurrency ?? ''}`,
  },
  { name: 'realised', title: 'Realised', isNumber: true, cell: (one) => grouped(one.realizedPnl, 2, 2) },
  { name: 'exchange', title: 'Exchange', cell: (one) => one.exchange },
  { name: 'account', title: 'Account', cell: (one) => view.id(one.account) },
];

/** `fills`: those of the account; undefined: not known. */
export function Fills(props: { readonly fills: readonly Fill[] | undefined }): JSX.Element {
  const [isEarlier, setEarlier] = createSignal(false);
  const older = createMemo(() => (props.fills ?? []).filter(({ time }) => !isToday(time)));
  const rows = createMemo(() => (isEarlier() ? older() : (props.fills ?? []).filter(({ time }) => isToday(time))));
  const olderWords = (): string => {
    const first = older().at(-1);
    if (first === undefined) return 'none of earlier days';
    return `${grouped(String(older().length))} of earlier days, back to ${dayIn(new Date(first.time), NEW_YORK)}`;
  };
  const files = (format: 'csv' | 'parquet'): void => download('fills', format, undefined, { limit: String(MOST_FILLS) });
  return (
    <>
      <div class="bar">
        <Show when={older().length > 0}>
          <button type="button" aria-pressed={isEarlier()} onClick={() => setEarlier((now) => !now)}>
            Earlier days {older().length}
          </button>
        </Show>
        <button type="button" onClick={() => files('csv')}>
          CSV
        </button>
        <button type="button" onClick={() => files('parquet')}>
          Parquet
        </button>
        <Show when={props.fills !== undefined}>
          <span class="hint">
            the day is New York's; {olderWords()}
            {desk.fills()?.length === MOST_FILLS ? `; the newest ${grouped(String(MOST_FILLS))} fills are looked at` : ''}
          </span>
        </Show>
      </div>
      <Table
        label="Fills"
        rows={rows()}
        columns={columns}
        empty={props.fills === undefined ? 'not yet known' : isEarlier() ? 'no fills of earlier days' : 'no fills today'}
      />
    </>
  );
}
