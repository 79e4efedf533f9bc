// What stands behind a position: its executions with their commissions, the orders that work on it, and a ticket that would close it.

import { createMemo, type JSX } from 'solid-js';
import { desk, type Fill, type Order, type Position } from '../state/desk.js';
import { onEscape } from '../state/focus.js';
import { sumOf } from '../state/ledger.js';
import { clock, grouped, money } from '../state/text.js';
import { OrderList } from './cancel-all.jsx';
import { type Column, Table } from './table.jsx';
import { Way } from './way.jsx';

const columns: readonly Column<Fill>[] = [
  { name: 'time', title: 'Time', cell: (one) => clock(one.time) },
  { name: 'side', title: 'Side', cell: (one) => one.side },
  { name: 'shares', title: 'Quantity', isNumber: true, cell: (one) => grouped(one.shares) },
  { name: 'price', title: 'Price', isNumber: true, cell: (one) => grouped(one.price, 2, 6) },
  {
    name: 'commission',
    title: 'Commission',
    isNumber: true,
    cell: (one) => `${grouped(one.commission, 2, 4)} ${one.commissionCurrency ?? ''}`,
  },
  { name: 'realised', title: 'Realised', isNumber: true, cell: (one) => <Way value={one.realizedPnl} /> },
  { name: 'exchange', title: 'Exchange', cell: (one) => one.exchange },
];

export function Drawer(props: {
  readonly position: Position;
  readonly onClose: () => void;
  readonly onLeave: () => void;
}): JSX.Element {
  const isOf = (conId: number | undefined, account: string): boolean =>
    conId === props.position.conId && account === props.position.account;
  const fills = (): readonly Fill[] => (desk.fills() ?? []).filter((one) => isOf(one.conId, one.account));
  const working = (): readonly Order[] => (desk.orders() ?? []).filter((one) => isOf(one.contract.conId, one.account));
  const commissions = createMemo(() =>
    sumOf(
      fills().map(({ commission, commissionCurrency }) => ({ currency: commissionCurrency ?? 'unknown', amount: commission })),
      undefined,
      [],
    ),
  );
  const words = (): string =>
    commissions()
      .byCurrency.map(({ currency, amount, untold }) => `${money(amount)} ${currency}${untold > 0 ? `, ${untold} not told` : ''}`)
      .join(' + ');
  const label = (): string => (desk.barred() === undefined ? 'Close position …' : `Close position (${desk.barred()})`);
  return (
    <section class="drawer" aria-label={`Details of ${props.position.symbol}`} onKeyDown={onEscape(props.onLeave)}>
      <h3>{props.position.localSymbol ?? props.position.symbol}</h3>
      <button type="button" onClick={props.onClose} disabled={desk.barred() !== undefined}>
        {label()}
      </button>{' '}
      <span class="hint">opens a filled ticket, sends nothing</span>{' '}
      <button type="button" onClick={props.onLeave}>
        Leave
      </button>
      <h4>{working().length === 0 ? 'No working orders' : `Working orders ${working().length}`}</h4>
      <OrderList orders={working()} />
      <h4>Executions {fills().length === 0 ? '' : `· commissions ${words()}`}</h4>
      <Table
        label="Executions"
        rows={fills()}
        columns={columns}
        empty={desk.fills() === undefined ? 'not yet known' : 'no fills seen by this desk'}
      />
    </section>
  );
}
