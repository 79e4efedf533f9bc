// The currencies of an account, and whether they add up to its net liquidation, or by how much not.

import { createMemo, type JSX, Show } from 'solid-js';
import { desk } from '../state/desk.js';
import { type CurrencyLine, totalOf } from '../state/ledger.js';
import { ageWords, clock, grouped, money, signed } from '../state/text.js';
import { type Column, Table } from './table.jsx';
import { Way } from './way.jsx';

const columnsIn = (base: string): readonly Column<CurrencyLine>[] => [
  { name: 'currency', title: 'Currency', cell: (one) => one.currency },
  { name: 'cash', title: 'Cash', isNumber: true, cell: (one) => money(one.cash) },
  { name: 'settled', title: 'Settled', isNumber: true, cell: (one) => money(one.settled) },
  { name: 'accrued', title: 'Accrued', isNumber: true, cell: (one) => money(one.accrued) },
  { name: 'stocks', title: 'Stocks', isNumber: true, cell: (one) => money(one.stocks) },
  { name: 'options', title: 'Options', isNumber: true, cell: (one) => money(one.options) },
  { name: 'unrealized', title: 'Unrealised', isNumber: true, cell: (one) => <Way value={one.unrealized} /> },
  { name: 'realized', title: 'Realised', isNumber: true, cell: (one) => <Way value={one.realized} /> },
  { name: 'worth', title: 'Worth', isNumber: true, cell: (one) => money(one.worth) },
  { name: 'rate', title: 'Rate', isNumber: true, cell: (one) => grouped(one.rate, 0, 6) },
  { name: 'inBase', title: `In ${base}`, isNumber: true, cell: (one) => money(one.inBase) },
];

export function Currencies(props: {
  readonly lines: readonly CurrencyLine[];
  readonly net: { readonly value: string; readonly currency?: string | undefined } | undefined;
  readonly asOf: string | undefined;
  readonly isKnown: boolean;
  readonly isOld: boolean;
}): JSX.Element {
  const total = createMemo(() => totalOf(props.lines, props.net?.value));
  const base = (): string => props.net?.currency ?? 'base';
  /** A cent for each line is rounding. */
  const addsUp = (): boolean => Math.abs(Number(total().off)) < 0.01 * Math.max(1, props.lines.length);
  return (
    <section aria-label="Currencies" classList={{ old: props.isOld }}>
      <h2>
        Currencies{' '}
        <small>
          as of {clock(props.asOf)}
          {props.isOld && props.asOf !== undefined ? ` · ${ageWords(desk.now() - Date.parse(props.asOf))}` : ''}
        </small>
      </h2>
      <Table
        label="Currencies"
        rows={props.lines}
        columns={columnsIn(base())}
        empty={props.isKnown ? 'no ledger' : 'not yet known'}
      />
      <p class="sum">
        Total in {base()}: <strong>{money(total().value)}</strong>{' '}
        <Show when={total().left.length > 0}>
          <span class="bad">{total().left.join('; ')}: not in the total</span>
        </Show>
        <Show when={total().off !== undefined}>
          {addsUp() ? (
            <span class="good">✓ adds up to net liquidation</span>
          ) : (
            <span class="bad">net liquidation differs by {signed(total().off)}</span>
          )}
        </Show>
      </p>
    </section>
  );
}
