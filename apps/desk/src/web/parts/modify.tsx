// A working order with other terms: only what differs is sent, and the same limits and rules judge it.

import { createSignal, type JSX, Show } from 'solid-js';
import { post, type Refusal } from '../state/api.js';
import { desk, type Order } from '../state/desk.js';
import { Problem, problemOf } from './problem.jsx';

interface Answer {
  readonly outcome: 'modified' | 'same' | 'refused' | 'ended';
  readonly why?: string;
}

export function Modify(props: { readonly order: Order; readonly onDone: () => void }): JSX.Element {
  const { order } = props;
  const [quantity, setQuantity] = createSignal(order.quantity ?? '');
  const [limit, setLimit] = createSignal(order.lmtPrice ?? '');
  const [stop, setStop] = createSignal(order.auxPrice ?? '');
  const [isBusy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<Refusal>();
  const isBracket = (): boolean => {
    const terms = desk.drafts[order.draftId ?? '']?.order;
    return terms?.['takeProfit'] !== undefined || terms?.['stopLoss'] !== undefined;
  };
  const changes = (): object => ({
    ...(quantity() === order.quantity ? {} : { totalQuantity: quantity() }),
    ...(limit() === (order.lmtPrice ?? '') ? {} : { lmtPrice: limit() }),
    ...(stop() === (order.auxPrice ?? '') ? {} : { auxPrice: stop() }),
  });
  const send = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (isBusy()) return;
    setBusy(true);
    setProblem(undefined);
    try {
      const { outcome, why } = await post<Answer>('orders.modify', { id: order.draftId, role: order.role, ...changes() });
      if (outcome === 'modified' || outcome === 'same') props.onDone();
      else setProblem({ status: 409, title: `The change was not made: ${outcome}`, detail: why ?? 'the order has ended' });
    } catch (error) {
      setProblem(problemOf(error));
    }
    setBusy(false);
    desk.touch();
  };
  const of = (read: () => string, write: (text: string) => void) => ({
    value: read(),
    onInput: ({ currentTarget }: { currentTarget: HTMLInputElement }) => void write(currentTarget.value.trim()),
    ...({ inputmode: 'decimal', autocomplete: 'off', required: true } as const),
  });
  return (
    <form class="drawer modify" aria-label={`Modify order ${order.orderId}`} onSubmit={send}>
      <h3>
        {order.action} {order.contract.localSymbol ?? order.contract.symbol} {order.orderType}
      </h3>
      <Show when={!isBracket()} fallback={<span class="hint">the quantity of a bracket stays</span>}>
        <label>
          New quantity <input {...of(quantity, setQuantity)} />
        </label>
      </Show>
      <Show when={order.lmtPrice !== undefined}>
        <label>
          New limit price <input {...of(limit, setLimit)} />
        </label>
      </Show>
      <Show when={order.auxPrice !== undefined}>
        <label>
          New stop price <input {...of(stop, setStop)} />
        </label>
      </Show>
      <button type="submit" disabled={isBusy() || desk.barred() !== undefined || Object.keys(changes()).length === 0}>
        {desk.barred() === undefined ? 'Send change' : `Send change (${desk.barred()})`}
      </button>
      <button type="button" onClick={props.onDone}>
        Leave it
      </button>
      <Problem problem={problem()} />
    </form>
  );
}
