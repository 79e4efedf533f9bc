// Cancel all: never without the list of what it would cancel. Orders of other clients take a global cancel, which is a choice of its own.

import { createSignal, For, type JSX, Show } from 'solid-js';
import { post, type Refusal } from '../state/api.js';
import { desk, type Order } from '../state/desk.js';
import { nameOf, orderWords, outcomeWord } from '../state/order-words.js';
import { view } from '../state/view.js';
import { Confirm } from './confirm.jsx';
import { Problem, problemOf } from './problem.jsx';

interface Told {
  readonly orderId: number;
  readonly symbol: string;
  readonly outcome: string;
  readonly why?: string;
}

export function OrderList(props: { readonly orders: readonly Order[] }): JSX.Element {
  return (
    <ul class="flat list">
      <For each={props.orders}>
        {(one) => (
          <li>
            {orderWords(one.action, one.remaining ?? one.quantity, nameOf(one.contract), one)}, {view.id(one.account)}
            {one.draftId === undefined ? `, of client ${one.clientId}` : ''}
          </li>
        )}
      </For>
    </ul>
  );
}

/** What became of a cancel of several, as far as it is not simply cancelled. */
export function refusalOf(told: readonly Told[]): Refusal | undefined {
  const left = told.filter(({ outcome }) => outcome !== 'cancelled');
  if (left.length === 0) return undefined;
  const detail = left.map(
    ({ orderId, symbol, outcome, why }) => `${symbol} ${orderId}: ${outcomeWord(outcome)}${why === undefined ? '' : `, ${why}`}`,
  );
  return { status: 409, title: `${told.length - left.length} of ${told.length} were cancelled`, detail: detail.join('; ') };
}

export function CancelAll(props: { readonly orders: readonly Order[] }): JSX.Element {
  const [asked, setAsked] = createSignal<readonly Order[]>();
  const [isBusy, setBusy] = createSignal(false);
  const [everybody, setEverybody] = createSignal(false);
  const [problem, setProblem] = createSignal<Refusal>();
  const foreign = (): number => (asked() ?? []).filter(({ clientId }) => clientId !== desk.status()?.clientId).length;
  const label = (): string => (desk.barred(true) === undefined ? 'Cancel all …' : `Cancel all (${desk.barred(true)})`);
  const cancel = async (): Promise<void> => {
    const all = asked() ?? [];
    setBusy(true);
    setProblem(undefined);
    try {
      const input = everybody() ? { everybody: true } : { ids: all.map(({ permId, orderId }) => permId ?? String(orderId)) };
      setProblem(refusalOf(await post<readonly Told[]>('orders.cancelAll', input)));
    } catch (error) {
      setProblem(problemOf(error));
    }
    setBusy(false);
    setAsked(undefined);
    setEverybody(false);
    desk.touch();
  };
  return (
    <>
      <button
        type="button"
        disabled={props.orders.length === 0 || desk.barred(true) !== undefined}
        onClick={() => setAsked(props.orders)}
      >
        {label()}
      </button>
      <Show when={asked()}>
        {(all) => (
          <Confirm
            label={`Cancel ${all().length} working ${all().length === 1 ? 'order' : 'orders'}`}
            act={everybody() ? 'Cancel every order of the login' : `Cancel these ${all().length}`}
            isOff={isBusy()}
            onAct={cancel}
            onLeave={() => setAsked(undefined)}
          >
            <OrderList orders={all()} />
            <Show when={foreign() > 0}>
              <label class="tick">
                <input
                  type="checkbox"
                  checked={everybody()}
                  onChange={({ currentTarget }) => setEverybody(currentTarget.checked)}
                />{' '}
                {foreign()} of other clients are reached by a global cancel only: end every order of the login, in all accounts
              </label>
            </Show>
          </Confirm>
        )}
      </Show>
      <Problem problem={problem()} />
    </>
  );
}
