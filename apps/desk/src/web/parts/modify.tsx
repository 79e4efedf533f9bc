// A working order with other terms: only what differs is sent, and the same limits and rules judge it.

import { createSignal, For, type JSX, Show } from 'solid-js';
import { post, type Refusal } from '../state/api.js';
import { desk, type Order } from '../state/desk.js';
import { ownZone } from '../state/instants.js';
import { isPrice, needsTyping, worthOf } from '../state/live.js';
import { localOf, onWire } from '../state/order-terms.js';
import { auxWord, nameOf, orderWords, outcomeWord } from '../state/order-words.js';
import { view } from '../state/view.js';
import { Problem, problemOf } from './problem.jsx';

interface Answer {
  readonly outcome: 'modified' | 'same' | 'refused' | 'ended';
  readonly why?: string;
}

type PriceName = 'lmtPrice' | 'auxPrice' | 'trailingPercent' | 'trailStopPrice' | 'lmtPriceOffset';

const AUX_TITLES: Readonly<Record<string, string>> = {
  stop: 'stop price',
  'trailing by': 'trailing amount',
  'if touched': 'touched price',
};
const PRICES: readonly { readonly name: PriceName; readonly title: (orderType: string) => string }[] = [
  { name: 'lmtPrice', title: () => 'limit price' },
  { name: 'auxPrice', title: (orderType) => AUX_TITLES[auxWord(orderType)] ?? auxWord(orderType) },
  { name: 'trailingPercent', title: () => 'trailing percent' },
  { name: 'trailStopPrice', title: () => 'stop' },
  { name: 'lmtPriceOffset', title: () => 'limit offset' },
];

const DATES = [
  ['goodTillDate', 'good till'],
  ['goodAfterTime', 'not before'],
] as const;
type DateName = (typeof DATES)[number][0];

export function Modify(props: { readonly order: Order; readonly onDone: () => void }): JSX.Element {
  const { order } = props;
  const [quantity, setQuantity] = createSignal(order.quantity ?? '');
  // A first stop that the gateway chose is its own, and moves.
  const hasStop = desk.drafts[order.draftId ?? '']?.order['trailStopPrice'] !== undefined;
  const offered = PRICES.filter(({ name }) => order[name] !== undefined && (name !== 'trailStopPrice' || hasStop));
  const [prices, setPrices] = createSignal(Object.fromEntries(offered.map(({ name }) => [name, order[name] ?? ''])));
  const dated = DATES.filter(([name]) => order[name] !== undefined);
  /** On the viewer's clock; empty where it was written with a zone of its own, which stands in the words of the order. */
  const first = Object.fromEntries(dated.map(([name]) => [name, localOf(order[name])])) as Partial<Record<DateName, string>>;
  const [dates, setDates] = createSignal(first);
  const [isBusy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<Refusal>();
  const isBracket = (): boolean => {
    const terms = desk.drafts[order.draftId ?? '']?.order;
    return terms?.['takeProfit'] !== undefined || terms?.['stopLoss'] !== undefined;
  };
  const changes = (): Readonly<Record<string, string>> => ({
    ...(quantity() === order.quantity ? {} : { totalQuantity: quantity() }),
    ...Object.fromEntries(Object.entries(prices()).filter(([name, value]) => value !== order[name as PriceName])),
  });
  const newDates = (): Readonly<Record<string, string>> =>
    Object.fromEntries(
      dated.flatMap(([name]) => {
        const now = dates()[name] ?? '';
        return now === first[name] || now === '' ? [] : [[name, onWire(now)]];
      }),
    );
  /** A date that stood there and was taken away would be another order. */
  const isUndated = (): boolean => dated.some(([name]) => first[name] !== '' && dates()[name] === '');
  const [typed, setTyped] = createSignal('');
  const isLive = (): boolean => desk.status()?.mode === 'live';
  const asksTyped = (): boolean => {
    const { lmtPrice = order.lmtPrice, trailStopPrice = order.trailStopPrice } = prices();
    const stop = auxWord(order.orderType) === 'trailing by' ? trailStopPrice : (prices()['auxPrice'] ?? order.auxPrice);
    const value = worthOf(order.contract, quantity(), lmtPrice ?? stop);
    return needsTyping(desk.status()?.mode, desk.limits(), value, order.contract.currency);
  };
  const label = (): string => {
    const words = orderWords(order.action, quantity(), nameOf(order.contract), { ...order, ...prices(), ...newDates() });
    const act = isLive() ? `CHANGE LIVE to ${words}` : 'Send change';
    return desk.barred() === undefined ? act : `${act} (${desk.barred()})`;
  };
  const isWritten = (): boolean =>
    Object.keys({ ...changes(), ...newDates() }).length > 0 && Object.values(changes()).every(isPrice) && !isUndated();
  const maySend = (): boolean =>
    !isBusy() && desk.barred() === undefined && isWritten() && (!asksTyped() || typed() === order.account);
  const send = async (): Promise<void> => {
    if (!maySend()) return;
    setBusy(true);
    setProblem(undefined);
    try {
      const { outcome, why } = await post<Answer>('orders.modify', {
        id: order.draftId,
        role: order.role,
        ...changes(),
        ...newDates(),
      });
      if (outcome === 'modified' || outcome === 'same') props.onDone();
      else
        setProblem({
          status: 409,
          title: `The change was not made: ${outcomeWord(outcome)}`,
          detail: why ?? 'the order has ended',
        });
    } catch (error) {
      setProblem(problemOf(error));
    }
    setBusy(false);
    desk.touch();
  };
  const key = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') props.onDone();
    if (event.key !== 'Enter' || !event.ctrlKey || event.repeat) return;
    event.preventDefault();
    send();
  };
  const of = (read: () => string, write: (text: string) => void) => ({
    value: read(),
    onInput: ({ currentTarget }: { currentTarget: HTMLInputElement }) => void write(currentTarget.value.trim()),
    ...({ inputmode: 'decimal', autocomplete: 'off', required: true } as const),
  });
  return (
    <form
      class="drawer modify"
      aria-label={`Modify order ${order.orderId}`}
      onSubmit={(event) => event.preventDefault()}
      onKeyDown={key}
    >
      <h2>{orderWords(order.action, order.quantity, nameOf(order.contract), order)}</h2>
      <Show when={!isBracket()} fallback={<span class="hint">the quantity of a bracket stays</span>}>
        <label>
          New quantity <input {...of(quantity, setQuantity)} />
        </label>
      </Show>
      <For each={offered}>
        {({ name, title }) => (
          <label>
            New {title(order.orderType)}{' '}
            <input
              {...of(
                () => prices()[name] ?? '',
                (text) => setPrices((all) => ({ ...all, [name]: text })),
              )}
            />
          </label>
        )}
      </For>
      <For each={dated}>
        {([name, title]) => (
          <label>
            New {title}{' '}
            <input
              type="datetime-local"
              value={dates()[name] ?? ''}
              onInput={({ currentTarget }) => setDates((all) => ({ ...all, [name]: currentTarget.value }))}
            />
          </label>
        )}
      </For>
      <Show when={dated.length > 0}>
        <span class="hint">
          {isUndated() ? 'a date cannot be taken away: for that cancel it and write it anew; ' : ''}dates are on the clock of{' '}
          {ownZone()}
        </span>
      </Show>
      <Show when={asksTyped()}>
        <label class="typed">
          Type the account id {view.id(order.account)} to change this live order
          <input autocomplete="off" value={typed()} onInput={({ currentTarget }) => setTyped(currentTarget.value.trim())} />
        </label>
      </Show>
      <button
        type="button"
        disabled={!maySend()}
        onClick={send}
        onKeyDown={(event) => event.key === 'Enter' && !event.ctrlKey && event.preventDefault()}
        title="Ctrl+Enter"
      >
        {label()}
      </button>
      <button type="button" onClick={props.onDone}>
        Leave it
      </button>
      <Problem problem={problem()} />
    </form>
  );
}
