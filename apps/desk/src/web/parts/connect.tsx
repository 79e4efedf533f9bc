// Opens and closes the session. A live account is asked for once per start of the desk, by its id.

import { createSignal, For, type JSX, Show } from 'solid-js';
import { post, type Refusal } from '../state/api.js';
import { desk } from '../state/desk.js';
import { DATA_WORDS } from '../state/text.js';
import { Problem, problemOf } from './problem.jsx';

const PORTS = [
  [7496, 'TWS, live'],
  [7497, 'TWS, paper'],
  [4001, 'Gateway, live'],
  [4002, 'Gateway, paper'],
] as const;

export interface Place {
  readonly host: string;
  readonly port: number;
}

export function Connect(props: { readonly place: Place; readonly onPlace: (place: Place) => void }): JSX.Element {
  const [clientId, setClientId] = createSignal('1');
  const [account, setAccount] = createSignal('');
  const [isReadOnly, setReadOnly] = createSignal(false);
  const [restart, setRestart] = createSignal('');
  const [zone, setZone] = createSignal(Intl.DateTimeFormat().resolvedOptions().timeZone);
  const [data, setData] = createSignal('live');
  const [live, setLive] = createSignal('');
  const [problem, setProblem] = createSignal<Refusal>();
  const [isBusy, setBusy] = createSignal(false);
  const asksLive = (): boolean => problem()?.['type'] === 'urn:ibwire:desk:live';
  const run = async (work: () => Promise<unknown>): Promise<void> => {
    setBusy(true);
    try {
      await work();
      setProblem(undefined);
      setLive('');
    } catch (error) {
      setProblem(problemOf(error));
    }
    setBusy(false);
    await desk.refreshStatus();
  };
  const connect = (event: Event): void => {
    event.preventDefault();
    run(() =>
      post('session.connect', {
        ...props.place,
        clientId: Number(clientId()),
        askLive: true,
        marketData: data(),
        ...(account() === '' ? {} : { account: account() }),
        ...(isReadOnly() ? { readonly: true } : {}),
        ...(restart() === '' ? {} : { restart: { at: restart(), zone: zone() } }),
        ...(live() === '' ? {} : { liveAccount: live() }),
      }),
    );
  };
  return (
    <section aria-label="Connection">
      <h2>Connection</h2>
      <Show
        when={desk.status()?.state !== 'idle' && desk.status() !== undefined}
        fallback={
          <form class="ticket" onSubmit={connect}>
            <label>
              Host{' '}
              <input
                value={props.place.host}
                onInput={({ currentTarget }) => props.onPlace({ ...props.place, host: currentTarget.value.trim() })}
              />
            </label>
            <label>
              Port{' '}
              <input
                inputmode="numeric"
                value={props.place.port}
                onInput={({ currentTarget }) => props.onPlace({ ...props.place, port: Number(currentTarget.value) })}
              />
            </label>
            <div class="ports">
              <For each={PORTS}>
                {([port, what]) => (
                  <button
                    type="button"
                    aria-pressed={props.place.port === port}
                    onClick={() => props.onPlace({ ...props.place, port })}
                  >
                    {port} <small>{what}</small>
                  </button>
                )}
              </For>
            </div>
            <p class="hint">The usual ports; they prove nothing: the account ids decide whether it is live.</p>
            <label>
              Client id{' '}
              <input inputmode="numeric" value={clientId()} onInput={({ currentTarget }) => setClientId(currentTarget.value)} />
            </label>
            <label>
              Only this account{' '}
              <input value={account()} onInput={({ currentTarget }) => setAccount(currentTarget.value.trim())} />
            </label>
            <label>
              Restarts at{' '}
              <input
                placeholder="23:45"
                pattern="([01]\d|2[0-3]):[0-5]\d"
                value={restart()}
                onInput={({ currentTarget }) => setRestart(currentTarget.value.trim())}
              />
            </label>
            <Show when={restart() !== ''}>
              <label>
                in the zone <input value={zone()} onInput={({ currentTarget }) => setZone(currentTarget.value.trim())} />
              </label>
            </Show>
            <label>
              Market data{' '}
              <select value={data()} onChange={({ currentTarget }) => setData(currentTarget.value)}>
                <For each={Object.entries(DATA_WORDS)}>{([name, title]) => <option value={name}>{title}</option>}</For>
              </select>
            </label>
            <label class="tick">
              <input
                type="checkbox"
                checked={isReadOnly()}
                onChange={({ currentTarget }) => setReadOnly(currentTarget.checked)}
              />{' '}
              read-only: orders cannot even be encoded
            </label>
            <Show when={asksLive()}>
              <label>
                Live account id{' '}
                <input autocomplete="off" value={live()} onInput={({ currentTarget }) => setLive(currentTarget.value.trim())} />
              </label>
            </Show>
            <button type="submit" disabled={isBusy()}>
              {isBusy() ? 'Connecting …' : 'Connect'}
            </button>
          </form>
        }
      >
        <p>
          {desk.status()?.host}:{desk.status()?.port}, client {desk.status()?.clientId}
        </p>
        <button type="button" disabled={isBusy()} onClick={() => run(() => post('session.disconnect'))}>
          Disconnect
        </button>
        <p class="hint">Orders at the broker live on; they are looked up at the next connection.</p>
      </Show>
      <Problem problem={problem()} />
    </section>
  );
}
