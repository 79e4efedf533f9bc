// A contract by search. One that is not certain is not taken: the candidates stand there with exchange, currency and conId.

import { createSignal, For, type JSX, Show } from 'solid-js';
import type { ContractOut } from '../../commands/schemas.js';
import { get, type Refusal, Refused } from '../state/api.js';
import { focusOr, onEscape } from '../state/focus.js';
import { Problem } from './problem.jsx';

interface Found {
  readonly conId: number;
  readonly symbol: string;
  readonly secType: string;
  readonly primaryExchange?: string | undefined;
  readonly exchange?: string | undefined;
  readonly currency: string;
  readonly localSymbol?: string | undefined;
  readonly name?: { readonly untrusted: string };
}

/** Found by symbol and terms, not by name. */
const DERIVED = [
  ['', 'by symbol or name'],
  ['FUT', 'future'],
  ['OPT', 'option'],
  ['FOP', 'option on a future'],
  ['CASH', 'currency pair'],
  ['IND', 'index'],
] as const;

/** So many candidates can be looked through. */
const MOST = 60;

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
  const [kind, setKind] = createSignal('');
  const [terms, setTerms] = createSignal({ expiry: '', strike: '', right: '' });
  /** A symbol as people write it, such as 700.HK or EUR.USD, which no name begins with. */
  const exact = async (symbol: string): Promise<readonly Found[]> => {
    try {
      return [await get<ContractOut>('contracts.qualify', { symbol })];
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const { candidates } = error.problem;
      return Array.isArray(candidates) ? (candidates as readonly Found[]) : [];
    }
  };
  const derived = async (symbol: string): Promise<readonly Found[]> => {
    const { expiry, strike, right } = terms();
    const told = await get<readonly { readonly contract: ContractOut }[]>('contracts.details', {
      ...{ symbol, secType: kind() },
      ...(expiry === '' ? {} : { lastTradeDateOrContractMonth: expiry }),
      ...(strike === '' ? {} : { strike }),
      ...(right === '' ? {} : { right }),
    });
    return told.slice(0, MOST).map(({ contract }) => contract);
  };
  const search = (): Promise<void> =>
    guarded(async () => {
      setFound(undefined);
      const asked = text().trim();
      if (kind() !== '') return void setFound(await derived(asked));
      const named = await get<readonly Found[]>('contracts.search', { pattern: asked });
      setFound(named.length > 0 ? named : await exact(asked));
    });
  const pick = (conId: number): Promise<void> =>
    guarded(async () => {
      props.onPick(await get<ContractOut>('contracts.qualify', { conId }));
      setFound(undefined);
      // What was pressed is gone: the ticket is written next.
      queueMicrotask(() => focusOr(document.querySelector('.ticket input:checked')));
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
          <ul
            class="found"
            onKeyDown={onEscape(() => {
              setFound(undefined);
              focusOr(document.getElementById('find'));
            })}
          >
            <For each={all()} fallback={<li>nothing is named so</li>}>
              {(one) => (
                <li>
                  <button type="button" onClick={() => pick(one.conId)}>
                    <strong>{one.localSymbol ?? one.symbol}</strong> · {one.primaryExchange ?? one.exchange} · {one.secType} ·{' '}
                    {one.currency} · conId {one.conId} <small>{one.name?.untrusted ?? ''}</small>
                  </button>
                </li>
              )}
            </For>
          </ul>
        )}
      </Show>
      <details class="derived">
        <summary>Futures, options, pairs</summary>
        <div class="bar">
          <label>
            Kind{' '}
            <select value={kind()} onChange={({ currentTarget }) => setKind(currentTarget.value)}>
              <For each={DERIVED}>{([name, title]) => <option value={name}>{title}</option>}</For>
            </select>
          </label>
          <label>
            Expiry{' '}
            <input
              placeholder="202612 or 20261218"
              value={terms().expiry}
              onInput={({ currentTarget }) => setTerms((all) => ({ ...all, expiry: currentTarget.value.trim() }))}
            />
          </label>
          <label>
            Strike{' '}
            <input
              inputmode="decimal"
              value={terms().strike}
              onInput={({ currentTarget }) => setTerms((all) => ({ ...all, strike: currentTarget.value.trim() }))}
            />
          </label>
          <label>
            Right{' '}
            <select
              value={terms().right}
              onChange={({ currentTarget }) => setTerms((all) => ({ ...all, right: currentTarget.value }))}
            >
              <option value="">both</option>
              <option value="C">call</option>
              <option value="P">put</option>
            </select>
          </label>
        </div>
      </details>
    </form>
  );
}
