// What works, waits, was filled and was rejected, and the journal of all of it.

import { createMemo, createSignal, For, type JSX, Match, Show, Switch } from 'solid-js';
import { post, type Refusal } from '../state/api.js';
import { type Draft, desk, type Fill, type Order } from '../state/desk.js';
import { focusOr } from '../state/focus.js';
import { nameOf, orderWords } from '../state/order-words.js';
import { clock, grouped, moment, NONE } from '../state/text.js';
import { isToday } from '../state/today.js';
import { CancelAll } from './cancel-all.jsx';
import { CloseAll } from './close-all.jsx';
import { Fills } from './fills.jsx';
import { Journal } from './journal.jsx';
import { Modify } from './modify.jsx';
import { Problem, problemOf } from './problem.jsx';
import { type Column, Table } from './table.jsx';
import { Waiting } from './waiting.jsx';

const sideOf = ({ order, contract }: Draft): string =>
  orderWords(order['action'], order['totalQuantity'], nameOf(contract), order);

/** By the desk before it left, or by the broker. */
const whyOf = ({ preview, why, outcome }: Draft): string => {
  const findings = (preview?.findings ?? [])
    .filter(({ severity }) => severity === 'reject')
    .map(({ code, message, remedy }) => `${code}: ${message} ${remedy}`);
  const told = [outcome?.reason, ...(outcome?.exits ?? []).map(({ reason }) => reason)].flatMap((one) =>
    one === undefined ? [] : [`${one.code ?? ''} ${one.text.untrusted}`.trim()],
  );
  const all = [...new Set([...findings, ...told, why ?? ''])].filter((one) => one !== '').join(' · ');
  return `rejected: ${all === '' ? 'no reason was told' : all}`;
};

const rejectedColumns: readonly Column<Draft>[] = [
  { name: 'time', title: 'Time', cell: (one) => moment(one.updated, desk.now()) },
  { name: 'what', title: 'Order', cell: sideOf },
  { name: 'by', title: 'Asked by', cell: (one) => one.askedBy },
  { name: 'why', title: 'Why', cell: whyOf },
];

/** `unclear` is the core's word for what nobody knows. A cancel without an answer is said until it has one. */
const stateOf = ({ state, status, whyHeld, cancelAsked }: Order): string =>
  [
    `${state === 'unclear' ? 'unknown: asked the gateway again' : state}${status === undefined ? '' : ` (${status})`}`,
    ...(whyHeld === undefined ? [] : [`held: ${whyHeld}`]),
    ...(cancelAsked === undefined ? [] : [`cancel of ${cancelAsked.by} not answered since ${clock(cancelAsked.at)}`]),
  ].join(' · ');

const isRejected = ({ state, outcome }: Draft): boolean =>
  state === 'refused' || outcome?.status === 'rejected' || (outcome?.exits ?? []).some(({ status }) => status === 'rejected');

export function Lists(): JSX.Element {
  const [list, setList] = createSignal('working');
  const [changing, setChanging] = createSignal<string>();
  const [problem, setProblem] = createSignal<Refusal>();
  const all = createMemo(() => Object.values(desk.drafts).sort((a, b) => b.created.localeCompare(a.created)));
  const isMine = ({ account }: { readonly account: string }): boolean =>
    desk.account() === undefined || account === desk.account()?.account;
  const waiting = () => all().filter((one) => one.state === 'waiting');
  const rejected = () => all().filter((one) => isRejected(one) && isMine(one));
  const working = () => (desk.orders() ?? []).filter(isMine);
  const counted = (isKnown: boolean, count: number): number | string => (isKnown ? count : NONE);
  const fills = (): readonly Fill[] | undefined => desk.fills()?.filter(isMine);
  const today = () => fills()?.filter(({ time }) => isToday(time));
  const run = async (name: string, input: object): Promise<void> => {
    setProblem(undefined);
    try {
      await post(name, input);
    } catch (error) {
      setProblem(problemOf(error));
    }
    desk.touch();
  };
  const keyOf = ({ permId, orderId, clientId }: Order): string => permId ?? `${clientId}/${orderId}`;
  const chosen = (): Order | undefined => working().find((one) => keyOf(one) === changing());
  // Of another client's order the order id can be one of ours too: only its permId names it.
  const idOf = (one: Order): string =>
    one.draftId !== undefined && one.role === 'entry' ? one.draftId : (one.permId ?? String(one.orderId));
  /** The keyboard goes back to the button that opened the change. */
  const leave = (): void => {
    const button = document.querySelector('[aria-label="Orders"] button[aria-expanded="true"]');
    setChanging(undefined);
    queueMicrotask(() => focusOr(button));
  };
  const labelled = (label: string, why: string | undefined): string => (why === undefined ? label : `${label} (${why})`);
  const orderColumns: readonly Column<Order>[] = [
    {
      name: 'order',
      title: 'Order',
      cell: (one) => orderWords(one.action, one.quantity, nameOf(one.contract), one),
    },
    {
      name: 'state',
      title: 'State',
      cell: stateOf,
    },
    { name: 'filled', title: 'Filled', isNumber: true, cell: (one) => `${grouped(one.filled)} / ${grouped(one.quantity)}` },
    { name: 'average', title: 'Average', isNumber: true, cell: (one) => grouped(one.averagePrice, 2, 6) },
    {
      name: 'commission',
      title: 'Commission',
      isNumber: true,
      cell: (one) => `${grouped(one.commission, 2, 4)} ${one.commissionCurrency ?? ''}`,
    },
    {
      name: 'by',
      title: 'By',
      cell: (one) => (one.draftId === undefined ? `client ${one.clientId}` : (desk.drafts[one.draftId]?.askedBy ?? 'this desk')),
    },
    {
      name: 'act',
      title: 'Act',
      cell: (one) => (
        <>
          <Show when={one.draftId !== undefined}>
            <button
              type="button"
              disabled={desk.barred() !== undefined}
              onClick={() => setChanging((now) => (now === keyOf(one) ? undefined : keyOf(one)))}
              aria-expanded={changing() === keyOf(one)}
              aria-label={labelled(`Modify ${one.action} ${one.contract.symbol} ${one.orderId}`, desk.barred())}
            >
              {labelled('Modify', desk.barred())}
            </button>
          </Show>{' '}
          <button
            type="button"
            disabled={desk.barred(true) !== undefined}
            onClick={() => run('orders.cancel', { id: idOf(one) })}
            aria-label={labelled(`Cancel ${one.action} ${one.contract.symbol} ${one.orderId}`, desk.barred(true))}
          >
            {labelled('Cancel', desk.barred(true))}
          </button>
        </>
      ),
    },
  ];
  const tabs = () =>
    [
      ['working', 'Working', counted(desk.orders() !== undefined, working().length)],
      ['waiting', 'Waiting for approval', counted(desk.hasDrafts(), waiting().length)],
      ['fills', "Today's fills", today()?.length ?? NONE],
      ['rejected', 'Rejected', counted(desk.hasDrafts(), rejected().length)],
      ['journal', 'Journal', ''],
    ] as const;
  return (
    <section aria-label="Orders">
      <div class="bar">
        <For each={tabs()}>
          {([name, title, count]) => (
            <button type="button" aria-pressed={list() === name} onClick={() => setList(name)}>
              {title} {count}
            </button>
          )}
        </For>
        <CancelAll orders={working()} />
        <CloseAll />
      </div>
      <Problem problem={problem()} />
      <Switch>
        <Match when={list() === 'working'}>
          <Show when={desk.ordersOldSince()}>
            {(since) => <p class="old">as of {clock(since())}: the gateway cannot be asked now</p>}
          </Show>
          <Table
            label="Working orders"
            rows={working()}
            columns={orderColumns}
            empty={desk.orders() === undefined ? (desk.barred(true) ?? 'not yet known') : 'no working orders'}
          />
          <Show when={chosen()}>{(one) => <Modify order={one()} onDone={leave} />}</Show>
        </Match>
        <Match when={list() === 'waiting'}>
          <For each={waiting()} fallback={<p class="empty">{desk.hasDrafts() ? 'nothing waits' : 'not yet known'}</p>}>
            {(one) => <Waiting draft={one} onDecide={run} />}
          </For>
        </Match>
        <Match when={list() === 'fills'}>
          <Fills fills={fills()} />
        </Match>
        <Match when={list() === 'rejected'}>
          <Table
            label="Rejected"
            rows={rejected()}
            columns={rejectedColumns}
            empty={desk.hasDrafts() ? 'nothing was rejected' : 'not yet known'}
          />
        </Match>
        <Match when={list() === 'journal'}>
          <Journal />
        </Match>
      </Switch>
    </section>
  );
}
