// A draft that a program or an assistant asks for: who, when, why in their words, what it would do. A person decides, by a button.

import { createResource, createSignal, type JSX, Show } from 'solid-js';
import { type Draft, desk } from '../state/desk.js';
import { needsTyping, worthOf } from '../state/live.js';
import { nameOf, orderWords } from '../state/order-words.js';
import { ageText, clock } from '../state/text.js';
import { lookedAt, moneyOf } from '../state/ticket.js';
import { heldOf, outcomeOf } from '../state/ticket-facts.js';
import { view } from '../state/view.js';
import { Numbers } from './numbers.jsx';
import { Passed } from './passed.jsx';
import { Findings } from './problem.jsx';

export function Waiting(props: {
  readonly draft: Draft;
  readonly onDecide: (name: string, input: object) => Promise<void>;
}): JSX.Element {
  const [isBusy, setBusy] = createSignal(false);
  /** A key that was pressed by mistake approves nothing: it takes a second one. A pointer has been moved there. */
  const [isArmed, setArmed] = createSignal(false);
  const [typed, setTyped] = createSignal('');
  const decide = async (name: string): Promise<void> => {
    setBusy(true);
    await props.onDecide(name, { id: props.draft.id });
    setBusy(false);
  };
  const text = (): string => {
    const { order, contract, account } = props.draft;
    return `${orderWords(order['action'], order['totalQuantity'], nameOf(contract), order)}, ${view.id(account)}`;
  };
  const left = (): string => ageText(Date.parse(props.draft.expires) - desk.now());
  const label = (): string => {
    const act = `${props.draft.mode === 'live' ? `APPROVE LIVE: ${text()}` : 'Approve'}${isArmed() ? ': press again' : ''}`;
    return desk.barred() === undefined ? act : `${act} (${desk.barred()})`;
  };
  const value = (): string | undefined => {
    const { order, contract, preview } = props.draft;
    const price = order['lmtPrice'] ?? preview?.worst.price;
    return worthOf(contract, String(order['totalQuantity']), price === undefined ? undefined : String(price));
  };
  const side = (): 'BUY' | 'SELL' => (props.draft.order['action'] === 'SELL' ? 'SELL' : 'BUY');
  /** Of its account, when its preview was seen here first. */
  const [around] = createResource(
    () => props.draft.preview?.at,
    async () => {
      const { account, contract } = props.draft;
      const [money, held, looked] = await Promise.all([
        moneyOf(account, contract.currency),
        heldOf(account, contract.conId),
        lookedAt(account),
      ]);
      return { ...money, held, looked };
    },
  );
  const asksTyped = (): boolean => needsTyping(props.draft.mode, desk.limits(), value(), props.draft.contract.currency);
  const approve = ({ detail }: MouseEvent): void => {
    if (detail === 0 && !isArmed()) return void setArmed(true);
    setArmed(false);
    decide('orders.approve');
  };
  return (
    <article class="waiting" aria-label={`Draft ${props.draft.id}`}>
      <p class="order">{text()}</p>
      <p>
        asked by <strong>{props.draft.askedBy}</strong> at {clock(props.draft.created)} · expires in {left()}
      </p>
      <Show when={props.draft.note}>{(note) => <blockquote>{note()}</blockquote>}</Show>
      <Show when={props.draft.why}>{(why) => <p class="bad">Approve it again: {why()}</p>}</Show>
      <Show when={props.draft.preview}>
        {(preview) => (
          <>
            <p class="hint">preview as of {clock(preview().at)}; approving previews it again</p>
            <Numbers
              preview={preview()}
              contract={props.draft.contract}
              side={side()}
              value={value()}
              before={around()?.before ?? {}}
              cash={around()?.cash}
              outcome={outcomeOf(around()?.held, side(), String(props.draft.order['totalQuantity']))}
            />
            <Show when={preview().passes && around()}>{(told) => <Passed preview={preview()} looked={told().looked} />}</Show>
            <Findings findings={preview().findings} />
          </>
        )}
      </Show>
      <Show when={asksTyped()}>
        <label class="typed">
          Type the account id {view.id(props.draft.account)} to approve this live order
          <input autocomplete="off" value={typed()} onInput={({ currentTarget }) => setTyped(currentTarget.value.trim())} />
        </label>
      </Show>
      <button
        type="button"
        class="send"
        disabled={isBusy() || desk.barred() !== undefined || (asksTyped() && typed() !== props.draft.account)}
        onKeyDown={(event) => event.repeat && event.preventDefault()}
        onBlur={() => setArmed(false)}
        onClick={approve}
      >
        {label()}
      </button>{' '}
      <button type="button" disabled={isBusy()} onClick={() => decide('orders.decline')}>
        Decline
      </button>
    </article>
  );
}
