// A contract by search. One that is not certain is not taken: the candidates stand there with exchange, currency and conId.

import { createSignal, For, type JSX, Show } from 'solid-js';
import type { ContractOut } from '../../commands/schemas.js';
import { get, type Refusal, Refused } from '../state/api.js';
import { Problem } from './problem.jsx';

interface Found {
  readonly conId: number;
  readonly symbol: string;
  readonly secType: string;
  readonly primaryExchange: string;
  readonly currency: string;
  readonly name?: { readonly untrusted: string };
}

export function Find(props: {
  readonly picked: ContractOut | undefined;
  readonly onPick: (contract: ContractOut | undefined) => void;
}): JSX.Element {
  const [text, setText] = createSignal('');
  const [found, setFound] = createSignal<readonly Found[]>();
  const [problem, setProblem] = createSignal<Refusal>();
  const [isAsking, setAsking] = createSignal(false);
  const guarded = async (work: () => Promise<void>): Promise<void> => {
    setProblem(undefined);
    setAsking(true);
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      setProblem(error.problem);
    } finally {
      setAsking(false);
    }
  };
  const search = (): Promise<void> =>
    guarded(async () => {
      setFound(undefined);
      setFound(await get<readonly Found[]>('contracts.search', { pattern: text().trim() }));
    });
  const pick = (conId: number): Promise<void> =>
    guarded(async () => {
      props.onPick(await get<ContractOut>('contracts.qualify', { conId }));
      setFound(undefined);
    });
  return (
    <form
      class="find"
      aria-label="Find a contract"
      onSubmit={(event) => {
        event.preventDefault();
        if (text().trim() !== '') search();
      }}
    >
      <label>
        Find{' '}
        <input
          id="find"
          autocomplete="off"
          placeholder="aapl, 700, eur.usd"
          value={text()}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
          onKeyDown={({ key, currentTarget }) => key === 'Escape' && currentTarget.blur()}
        />
      </label>
      <button type="submit" disabled={isAsking() || text().trim() === ''}>
        Search
      </button>
      <Show when={props.picked}>
        {(one) => (
          <span class="picked">
            {one().localSymbol ?? one().symbol} · {one().primaryExchange ?? one().exchange} · {one().secType} · {one().currency} ·
            conId {one().conId}
          </span>
        )}
      </Show>
      <Problem problem={problem()} />
      <Show when={found()}>
        {(all) => (
          <ul class="found">
            <For each={all()} fallback={<li>nothing begins so</li>}>
              {(one) => (
                <li>
                  <button type="button" onClick={() => pick(one.conId)}>
                    <strong>{one.symbol}</strong> · {one.primaryExchange} · {one.secType} · {one.currency} · conId {one.conId}{' '}
                    <small>{one.name?.untrusted ?? ''}</small>
                  </button>
                </li>
              )}
            </For>
          </ul>
        )}
      </Show>
    </form>
  );
}
