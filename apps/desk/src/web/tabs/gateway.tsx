// Gateway: what the session knows of itself, and the hands that open and close it.

import { createSignal, For, type JSX, Show } from 'solid-js';
import { Problem, problemOf } from '../parts/problem.jsx';
import { get, post, type Refusal } from '../state/api.js';
import { asked } from '../state/asked.js';
import { desk } from '../state/desk.js';
import { ageText, clock, grouped } from '../state/text.js';

interface Health {
  readonly state: string;
  readonly epoch: number;
  readonly silentForMs?: number;
  readonly farmsDown: readonly { readonly farm: string; readonly since: string }[];
  readonly isMaintenance: boolean;
  readonly nextRestart?: string;
  readonly openRequests: number;
  readonly liveStreams: number;
  readonly openQuotes: number;
  readonly notices: readonly { readonly code: number; readonly text: { readonly untrusted: string }; readonly at: string }[];
}
interface Budgets {
  readonly budgets: readonly {
    readonly budget: string;
    readonly used: number;
    readonly limit: number;
    readonly freeInMs?: number;
  }[];
  readonly waiting: readonly { readonly lane: string; readonly count: number; readonly longestMs: number }[];
}
interface Past {
  readonly host: string;
  readonly port: number;
  readonly since: string;
  readonly until?: string;
  readonly why?: string;
  readonly mode: string;
}

const PORTS = [
  [7496, 'TWS, live'],
  [7497, 'TWS, paper'],
  [4001, 'Gateway, live'],
  [4002, 'Gateway, paper'],
] as const;
const STATES = { up: '●', idle: '◐', down: '○' } as const;

export function GatewayTab(): JSX.Element {
  const health = asked(() => get<Health>('session.health'), 2_000);
  const budgets = asked(() => get<Budgets>('session.budgets'), 2_000);
  const farms = asked(
    () => get<{ known: Record<string, { serves: string; state: keyof typeof STATES; since: number }> }>('session.farms'),
    5_000,
  );
  const past = asked(() => get<readonly Past[]>('session.log', { limit: 10 }), 10_000);
  return (
    <>
      <h1 class="hidden">Gateway</h1>
      <Problem problem={health.problem()} />
      <div class="cards">
        <section aria-label="Link">
          <h2>Link</h2>
          <dl class="facts">
            <dt>State</dt>
            <dd>{health.value()?.state ?? desk.status()?.state ?? 'not yet known'}</dd>
            <dt>Silent for</dt>
            <dd>{ageText(health.value()?.silentForMs)}</dd>
            <dt>Connection no.</dt>
            <dd>{health.value()?.epoch ?? '—'}</dd>
            <dt>Client id</dt>
            <dd>{desk.status()?.clientId ?? '—'}</dd>
            <dt>Next restart</dt>
            <dd>{clock(health.value()?.nextRestart)}</dd>
            <dt>Maintenance</dt>
            <dd>{health.value()?.isMaintenance === true ? 'now' : health.value() === undefined ? 'not yet known' : 'no'}</dd>
          </dl>
        </section>
        <section aria-label="Farms">
          <h2>Farms</h2>
          <ul class="flat">
            <For
              each={Object.entries(farms.value()?.known ?? {})}
              fallback={<li class="empty">the gateway has named none yet</li>}
            >
              {([name, farm]) => (
                <li classList={{ bad: farm.state === 'down' }}>
                  <span aria-hidden="true">{STATES[farm.state] ?? '?'}</span> {name}{' '}
                  <small>
                    {farm.serves}, {farm.state} since {clock(farm.since)}
                  </small>
                </li>
              )}
            </For>
          </ul>
        </section>
        <section aria-label="Budgets">
          <h2>Budgets and queue</h2>
          <ul class="flat">
            <For each={budgets.value()?.budgets ?? []}>
              {(one) => (
                <li>
                  {one.budget} {grouped(String(one.used))} / {grouped(String(one.limit))}{' '}
                  <meter min="0" max={one.limit} high={one.limit * 0.8} value={one.used} aria-label={one.budget} />
                </li>
              )}
            </For>
            <For each={budgets.value()?.waiting ?? []}>
              {(one) => (
                <li>
                  waiting, {one.lane}: {one.count} <small>{one.count === 0 ? '' : `oldest ${ageText(one.longestMs)}`}</small>
                </li>
              )}
            </For>
            <li>
              requests {health.value()?.openRequests ?? '—'} · streams {health.value()?.liveStreams ?? '—'} · quotes{' '}
              {health.value()?.openQuotes ?? '—'}
            </li>
          </ul>
        </section>
        <Connect />
      </div>
      <section aria-label="Log">
        <h2>Notices and events</h2>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard */}
        <ul class="flat log" tabIndex={0} aria-label="Notices, newest first">
          <For each={desk.log()}>
            {(event) => (
              <li>
                {clock(event.time)} {event.is} {event.at ?? ''} {event.code ?? ''}{' '}
                <q>
                  {typeof event.text === 'string' ? event.text : (event.text?.untrusted ?? event.reason ?? event.cause ?? '')}
                </q>
              </li>
            )}
          </For>
          <For each={[...(health.value()?.notices ?? [])].reverse()} fallback={<li class="empty">no notices</li>}>
            {(one) => (
              <li>
                {clock(one.at)} {one.code} <q>{one.text.untrusted}</q>
              </li>
            )}
          </For>
        </ul>
      </section>
      <section aria-label="Connections so far">
        <h2>Connections so far</h2>
        <ul class="flat">
          <For each={past.value() ?? []} fallback={<li class="empty">none yet</li>}>
            {(one) => (
              <li>
                {one.since.slice(0, 19).replace('T', ' ')} {one.host}:{one.port} {one.mode}{' '}
                {one.until === undefined ? 'now' : `until ${one.until.slice(11, 19)}: ${one.why ?? ''}`}
              </li>
            )}
          </For>
        </ul>
      </section>
    </>
  );
}

function Connect(): JSX.Element {
  const [host, setHost] = createSignal('127.0.0.1');
  const [port, setPort] = createSignal('4002');
  const [clientId, setClientId] = createSignal('1');
  const [account, setAccount] = createSignal('');
  const [isReadOnly, setReadOnly] = createSignal(false);
  const [problem, setProblem] = createSignal<Refusal>();
  const run = async (work: () => Promise<unknown>): Promise<void> => {
    setProblem(undefined);
    try {
      await work();
    } catch (error) {
      setProblem(problemOf(error));
    }
    await desk.refreshStatus();
  };
  const connect = (event: Event): void => {
    event.preventDefault();
    run(() =>
      post('session.connect', {
        host: host(),
        port: Number(port()),
        clientId: Number(clientId()),
        ...(account() === '' ? {} : { account: account() }),
        ...(isReadOnly() ? { readonly: true } : {}),
      }),
    );
  };
  return (
    <section aria-label="Connection">
      <h2>Connection</h2>
      <Show
        when={desk.status()?.connected === true}
        fallback={
          <form class="ticket" onSubmit={connect}>
            <label>
              Host <input value={host()} onInput={({ currentTarget }) => setHost(currentTarget.value)} />
            </label>
            <label>
              Port{' '}
              <input
                list="ports"
                inputmode="numeric"
                value={port()}
                onInput={({ currentTarget }) => setPort(currentTarget.value)}
              />
            </label>
            <datalist id="ports">
              <For each={PORTS}>{([one, what]) => <option value={String(one)}>{what}</option>}</For>
            </datalist>
            <p class="hint">{PORTS.map(([one, what]) => `${one} ${what}`).join(' · ')}</p>
            <label>
              Client id{' '}
              <input inputmode="numeric" value={clientId()} onInput={({ currentTarget }) => setClientId(currentTarget.value)} />
            </label>
            <label>
              Only this account{' '}
              <input value={account()} onInput={({ currentTarget }) => setAccount(currentTarget.value.trim())} />
            </label>
            <label class="tick">
              <input
                type="checkbox"
                checked={isReadOnly()}
                onChange={({ currentTarget }) => setReadOnly(currentTarget.checked)}
              />{' '}
              read-only
            </label>
            <button type="submit">Connect</button>
          </form>
        }
      >
        <p>
          {desk.status()?.host}:{desk.status()?.port}, client {desk.status()?.clientId}
        </p>
        <button type="button" onClick={() => run(() => post('session.disconnect'))}>
          Disconnect
        </button>
        <p class="hint">Orders at the broker live on; they are looked up at the next connection.</p>
      </Show>
      <Problem problem={problem()} />
    </section>
  );
}
