// What an order would do, and the one deliberate act that sends it.

import { For, type JSX, Match, onCleanup, Show, Switch } from 'solid-js';
import { get } from '../state/api.js';
import { type Draft, desk } from '../state/desk.js';
import { focusOr } from '../state/focus.js';
import { outcomeWord } from '../state/order-words.js';
import { grouped, NONE } from '../state/text.js';
import { AT_MARKET, LIFE_MS, type Shown, ticket } from '../state/ticket.js';
import { view } from '../state/view.js';
import { Numbers } from './numbers.jsx';
import { Passed } from './passed.jsx';
import { Findings } from './problem.jsx';
import { remedies } from './ticket.jsx';

/** In words: an order without a price, and what the book would make of it now. */
function marketWords({ worst }: Shown): string {
  if (worst?.worst === undefined) return `The price is open, and the book is not known: ${worst?.why ?? 'nothing was told'}.`;
  const beyond = worst.isWhole === true ? '' : ` and beyond, since ${worst.why ?? 'the book is short'}`;
  return `The price is open: in the book of now it meets ${grouped(worst.worst, 2, 6)} at worst${beyond}, ${grouped(worst.average, 2, 6)} on average.`;
}

function Ticks(props: { readonly shown: Shown }): JSX.Element {
  const words = (code: string): string => (code === AT_MARKET ? marketWords(props.shown) : `I have read ${code}`);
  return (
    <For each={ticket.toTick()}>
      {(code) => (
        <label class="tick">
          <input
            type="checkbox"
            checked={ticket.ticked().has(code)}
            onChange={({ currentTarget }) => ticket.tick(code, currentTarget.checked)}
          />{' '}
          {words(code)}
        </label>
      )}
    </For>
  );
}

function Send(props: { readonly shown: Shown }): JSX.Element {
  const isLive = (): boolean => desk.status()?.mode === 'live';
  const label = (): string => {
    const why = desk.barred();
    const act = isLive() ? `SEND LIVE: ${props.shown.words}` : 'Send';
    return why === undefined ? act : `${act} (${why})`;
  };
  return (
    <>
      <Show when={ticket.needsTyping()}>
        <label class="typed">
          Type the account id {view.id(props.shown.account)} to send this live order
          <input
            name="typed"
            autocomplete="off"
            value={ticket.typed()}
            onInput={({ currentTarget }) => ticket.setTyped(currentTarget.value.trim())}
          />
        </label>
      </Show>
      <button
        type="button"
        class="send"
        classList={{ buying: ticket.fields().side === 'BUY' }}
        disabled={!ticket.maySend()}
        onClick={() => ticket.send()}
        onKeyDown={(event) => event.key === 'Enter' && !event.ctrlKey && event.preventDefault()}
        title="Ctrl+Enter"
      >
        {label()}
      </button>{' '}
      <button
        type="button"
        disabled={ticket.stage().at === 'sending'}
        onClick={() => {
          ticket.set({});
          focusOr(document.querySelector('.ticket input[name="quantity"]'));
        }}
      >
        Change
      </button>
    </>
  );
}

export function Preview(): JSX.Element {
  const { stage, shown } = ticket;
  const left = (): number =>
    Math.min(LIFE_MS / 1000, Math.max(0, Math.ceil((LIFE_MS - (desk.now() - (shown()?.at ?? 0))) / 1000)));
  return (
    <Switch
      fallback={
        <p class="empty" role="status">
          {ticket.over() === undefined
            ? 'A preview shows what the order would do. Nothing is sent before it.'
            : `The preview is over: ${ticket.over()}. Preview it again.`}
        </p>
      }
    >
      <Match when={stage().at === 'asking'}>
        <p role="status">Asking rules, limits and the broker …</p>
      </Match>
      <Match when={sentOf(stage())}>{(draft) => <Sent draft={draft()} />}</Match>
      <Match when={shown()}>
        {(one) => (
          <div class="preview">
            <h2>
              Preview <small>{stage().at === 'sending' ? 'being sent' : `valid ${left()} s · nothing is sent yet`}</small>
            </h2>
            <p class="order">
              {one().words}, {view.id(one().account)} ({desk.account()?.kind ?? 'kind not known'})
            </p>
            <Show when={ticket.contract()}>
              {(contract) => (
                <Numbers
                  preview={one().preview}
                  contract={contract()}
                  side={ticket.fields().side}
                  value={ticket.value()}
                  before={one().before}
                  cash={one().cash}
                  outcome={ticket.outcome()}
                />
              )}
            </Show>
            <Show when={one().preview.warning}>{(told) => <blockquote>{told().untrusted}</blockquote>}</Show>
            <Show when={one().preview.passes}>
              <Passed preview={one().preview} looked={one().looked} />
            </Show>
            <Findings findings={one().preview.findings} remedies={remedies} />
            <Ticks shown={one()} />
            <Send shown={one()} />
          </div>
        )}
      </Match>
    </Switch>
  );
}

const sentOf = (stage: ReturnType<typeof ticket.stage>): Draft | undefined =>
  stage.at === 'sent' ? (desk.drafts[stage.draft.id] ?? stage.draft) : undefined;

const ASK_MS = 5_000;

function Sent(props: { readonly draft: Draft }): JSX.Element {
  const isUnknown = (): boolean => props.draft.state === 'unknown';
  // The desk asks the gateway anew at each question, and tells what it says to all.
  const timer = setInterval(() => isUnknown() && get('orders.get', { id: props.draft.id }).then(desk.touch, () => {}), ASK_MS);
  onCleanup(() => clearInterval(timer));
  return (
    <div class="preview" role="status">
      <h2>{isUnknown() ? 'unknown: asked the gateway again' : outcomeWord(props.draft.state)}</h2>
      <p>
        {String(props.draft.order['action'])} {String(props.draft.order['totalQuantity'])} {props.draft.contract.symbol}
        {props.draft.outcome === undefined ? '' : `: ${props.draft.outcome.status}, filled ${props.draft.outcome.filled ?? NONE}`}
      </p>
      <For each={props.draft.outcome?.exits ?? []}>
        {(exit) => (
          <p>
            {exit.role === 'takeProfit' ? 'take profit' : 'stop loss'}: {exit.status}, filled {exit.filled}
          </p>
        )}
      </For>
      <Show when={props.draft.why}>{(why) => <p class="bad">{why()}</p>}</Show>
      <Show
        when={!isUnknown()}
        fallback={<p class="hint">Another order is offered when the gateway has said what became of it.</p>}
      >
        <button type="button" onClick={ticket.another}>
          Another order
        </button>
      </Show>
    </div>
  );
}
