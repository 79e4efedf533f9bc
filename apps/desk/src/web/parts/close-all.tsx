// Close all positions: a limit order at the touch for each, previewed and listed; each goes the same one way as any order.

import { createSignal, For, type JSX, Show } from 'solid-js';
import { get, post, type Refusal } from '../state/api.js';
import { type Draft, desk, type Position } from '../state/desk.js';
import { grouped, money } from '../state/text.js';
import { Confirm } from './confirm.jsx';
import { Problem, problemOf } from './problem.jsx';

interface Closing {
  readonly key: string;
  readonly name: string;
  readonly words: string;
  /** Undefined: it cannot be closed here, and `why` says why. */
  readonly body: object | undefined;
  readonly why?: string;
}

async function closingOf(position: Position): Promise<Closing> {
  const { account, conId, quantity, localSymbol, symbol } = position;
  const name = localSymbol ?? symbol;
  const [action, size] = quantity.startsWith('-') ? (['BUY', quantity.slice(1)] as const) : (['SELL', quantity] as const);
  const key = crypto.randomUUID();
  const left = (why: string): Closing => ({ key, name, words: `${action} ${grouped(size)} ${name}`, body: undefined, why });
  try {
    if (conId === undefined) return left('its conId is not known');
    const quote = await get<{ readonly bid?: string; readonly ask?: string }>('quotes.snapshot', { conId });
    const price = action === 'SELL' ? quote.bid : quote.ask;
    if (price === undefined) return left('no price is known');
    const order = { action, orderType: 'LMT', totalQuantity: size, lmtPrice: price, tif: 'DAY' };
    const body = { account, contract: { conId }, order };
    const { preview } = await post<{ readonly preview: NonNullable<Draft['preview']> }>('orders.preview', body);
    const reject = preview.findings.find(({ severity }) => severity === 'reject');
    if (reject !== undefined) return left(`${reject.code}: ${reject.message}`);
    return { key, name, words: `${action} ${grouped(size)} ${name} @ ${money(price)} LMT DAY`, body };
  } catch (error) {
    return left(problemOf(error).detail);
  }
}

export function CloseAll(): JSX.Element {
  const [asked, setAsked] = createSignal<readonly Closing[]>();
  const [isBusy, setBusy] = createSignal(false);
  const [typed, setTyped] = createSignal('');
  const [problem, setProblem] = createSignal<Refusal>();
  const account = (): string => desk.account()?.account ?? '';
  const label = (): string => (desk.barred() === undefined ? 'Close all …' : `Close all (${desk.barred()})`);
  const guarded = async (work: () => Promise<void>): Promise<void> => {
    if (isBusy()) return;
    setBusy(true);
    setProblem(undefined);
    try {
      await work();
    } catch (error) {
      setProblem(problemOf(error));
    }
    setBusy(false);
    desk.touch();
  };
  const ask = (): Promise<void> =>
    guarded(async () => {
      setTyped('');
      const held = await get<readonly Position[]>('portfolio.positions', { account: account(), prices: false });
      setAsked(await Promise.all(held.map(closingOf)));
    });
  const send = (): Promise<void> =>
    guarded(async () => {
      const failed: string[] = [];
      for (const { key, name, body } of asked() ?? []) {
        if (body === undefined) continue;
        try {
          const draft = await post<Draft>('orders.draft', body, key);
          if (draft.state === 'waiting') await post('orders.approve', { id: draft.id });
        } catch (error) {
          failed.push(`${name}: ${problemOf(error).detail}`);
        }
      }
      setAsked(undefined);
      if (failed.length > 0) setProblem({ status: 409, title: 'Not all of it was sent', detail: failed.join('; ') });
    });
  const good = (): readonly Closing[] => (asked() ?? []).filter(({ body }) => body !== undefined);
  const isLive = (): boolean => desk.status()?.mode === 'live';
  return (
    <>
      <button type="button" disabled={isBusy() || desk.barred() !== undefined} onClick={ask}>
        {label()}
      </button>
      <Show when={asked()}>
        {(all) => (
          <Confirm
            label={`Close ${good().length} of ${all().length} positions`}
            act={`${isLive() ? 'SEND LIVE: ' : 'Send '}${good().length} orders`}
            isOff={isBusy() || good().length === 0 || (isLive() && typed() !== account())}
            onAct={send}
            onLeave={() => setAsked(undefined)}
          >
            <p>Each is a limit order at the price of the other side now; what does not fill goes on working.</p>
            <ul class="flat list">
              <For each={all()}>
                {(one) => (
                  <li classList={{ bad: one.body === undefined }}>
                    {one.words}
                    {one.why === undefined ? '' : `: left out, ${one.why}`}
                  </li>
                )}
              </For>
            </ul>
            <Show when={isLive()}>
              <label>
                Type the account id to send live orders
                <input value={typed()} onInput={({ currentTarget }) => setTyped(currentTarget.value.trim())} autocomplete="off" />
              </label>
            </Show>
          </Confirm>
        )}
      </Show>
      <Problem problem={problem()} />
    </>
  );
}
