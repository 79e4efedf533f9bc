// Gateway: what the session knows of itself, each trouble with cause and remedy, and the hands that open, close, examine and record it.

import { createSignal, For, type JSX, Show } from 'solid-js';
import { Connect, type Place } from '../parts/connect.jsx';
import { Doctor, Recording } from '../parts/doctor.jsx';
import { Log, type Notice } from '../parts/log.jsx';
import { Problem } from '../parts/problem.jsx';
import { get } from '../state/api.js';
import { asked } from '../state/asked.js';
import { desk } from '../state/desk.js';
import { dayIn } from '../state/instants.js';
import { ageText, clock, grouped } from '../state/text.js';
import { nextLogin } from '../state/weekly.js';

interface Trouble {
  readonly what: string;
  readonly severity: 'bad' | 'warn';
  readonly cause: string;
  readonly remedy: string;
}
interface Health {
  readonly state: string;
  readonly epoch: number;
  readonly since?: string;
  readonly wire: string;
  readonly roundTrip?: { readonly medianMs: number; readonly p99Ms: number };
  readonly silentForMs?: number;
  readonly isMaintenance: boolean;
  readonly nextRestart?: string;
  readonly competing?: { readonly code: number; readonly text: { readonly untrusted: string }; readonly at: string };
  readonly openRequests: number;
  readonly liveStreams: number;
  readonly openQuotes: number;
  readonly staleQuotes: readonly { readonly symbol: string; readonly since: string; readonly cause: string }[];
  readonly troubles: readonly Trouble[];
  readonly notices: readonly Notice[];
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
interface Farm {
  readonly serves: string;
  readonly state: keyof typeof STATES;
  readonly since: number;
}
interface Past {
  readonly host: string;
  readonly port: number;
  readonly since: string;
  readonly until?: string;
  readonly why?: string;
  readonly mode: string;
}

const STATES = { up: '●', idle: '◐', down: '○' } as const;
const WORDS: Readonly<Record<string, string>> = {
  rate: 'messages in a second',
  lines: 'market data lines',
  depth: 'depth',
  tickByTick: 'tick-by-tick',
  smallBars: 'history, small bars in 10 min',
  scanners: 'scanners',
  accountSummaries: 'account summaries',
  openHistory: 'history open at once',
};
const MOST_STALE = 20;

export function GatewayTab(): JSX.Element {
  const [place, setPlace] = createSignal<Place>({ host: '127.0.0.1', port: 4002 });
  const isThere = (): boolean => desk.status()?.state !== 'idle';
  const health = asked(() => get<Health>('session.health'), 2_000);
  const budgets = asked(() => get<Budgets>('session.budgets'), 2_000);
  const farms = asked(() => get<{ readonly known: Readonly<Record<string, Farm>> }>('session.farms'), 5_000);
  const past = asked(() => get<readonly Past[]>('session.log', { limit: 10 }), 10_000);
  const now = <T,>(value: T | undefined): T | undefined => (isThere() ? value : undefined);
  const told = () => now(health.value());
  return (
    <>
      <h1 class="hidden">Gateway</h1>
      <Show when={isThere()} fallback={<p class="empty">not connected: connect below, or let the doctor look at a port</p>}>
        <Problem problem={health.problem()} />
      </Show>
      <ul class="flat troubles" aria-label="Troubles">
        <For each={told()?.troubles ?? []}>
          {({ what, severity, cause, remedy }) => (
            <li class={severity}>
              <strong>
                {severity === 'bad' ? '✗' : '▲'} {what}
              </strong>
              : {cause}. <span class="hint">{remedy}</span>
            </li>
          )}
        </For>
      </ul>
      <div class="cards">
        <section aria-label="Link">
          <h2>Link</h2>
          <dl class="facts">
            <dt>State</dt>
            <dd>{told()?.state ?? desk.status()?.state ?? 'not yet known'}</dd>
            <dt>Since</dt>
            <dd>
              {clock(told()?.since)}{' '}
              <small>{told()?.since === undefined ? '' : ageText(desk.now() - Date.parse(told()?.since ?? ''))}</small>
            </dd>
            <dt>Version</dt>
            <dd>
              {desk.status()?.serverVersion ?? '—'} <small>{told()?.wire ?? ''}</small>
            </dd>
            <dt>Client id</dt>
            <dd>{desk.status()?.clientId ?? '—'}</dd>
            <dt>Round trip</dt>
            <dd>
              {told()?.roundTrip === undefined ? '—' : `${told()?.roundTrip?.medianMs} ms (p99 ${told()?.roundTrip?.p99Ms})`}
            </dd>
            <dt>Silent for</dt>
            <dd>{ageText(told()?.silentForMs)}</dd>
            <dt>Connection no.</dt>
            <dd>{told()?.epoch ?? '—'}</dd>
          </dl>
        </section>
        <section aria-label="Session">
          <h2>Session</h2>
          <dl class="facts">
            <dt>Other sessions</dt>
            <dd>
              <Show when={told()?.competing} fallback={told() === undefined ? '—' : 'none seen'}>
                {(one) => (
                  <>
                    {clock(one().at)} code {one().code} <q>{one().text.untrusted}</q>
                  </>
                )}
              </Show>
            </dd>
            <dt>Next restart</dt>
            <dd>{told()?.nextRestart === undefined ? 'not told: say it when you connect' : clock(told()?.nextRestart)}</dd>
            <dt>Weekly log-in</dt>
            <dd>
              {dayIn(nextLogin(desk.now()))} {clock(nextLogin(desk.now())).slice(0, 5)} <small>Sunday 01:00 in New York</small>
            </dd>
            <dt>Maintenance</dt>
            <dd>{told() === undefined ? '—' : told()?.isMaintenance === true ? 'now' : 'no'}</dd>
          </dl>
        </section>
        <section aria-label="Farms">
          <h2>Farms</h2>
          <ul class="flat">
            <For
              each={Object.entries(now(farms.value())?.known ?? {})}
              fallback={<li class="empty">{isThere() ? 'the gateway has named none yet' : '—'}</li>}
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
          <h2>Budgets</h2>
          <ul class="flat budgets">
            <For each={now(budgets.value())?.budgets ?? []} fallback={<li class="empty">—</li>}>
              {(one) => (
                <li>
                  <meter
                    min="0"
                    max={one.limit}
                    high={one.limit * 0.8}
                    value={one.used}
                    aria-label={WORDS[one.budget] ?? one.budget}
                  />{' '}
                  {grouped(String(one.used))} / {grouped(String(one.limit))}{' '}
                  <small>
                    {WORDS[one.budget] ?? one.budget}
                    {one.freeInMs === undefined || one.used < one.limit ? '' : `, free in ~${ageText(one.freeInMs)}`}
                  </small>
                </li>
              )}
            </For>
          </ul>
        </section>
        <section aria-label="Queue and streams">
          <h2>Queue and streams</h2>
          <ul class="flat">
            <For each={now(budgets.value())?.waiting ?? []}>
              {(one) => (
                <li>
                  {one.lane} {one.count} <small>{one.count === 0 ? '' : `waiting, oldest ${ageText(one.longestMs)}`}</small>
                </li>
              )}
            </For>
            <li>
              requests {told()?.openRequests ?? '—'} · streams {told()?.liveStreams ?? '—'} · quotes {told()?.openQuotes ?? '—'} (
              {told()?.staleQuotes.length ?? '—'} stale)
            </li>
            <For each={(told()?.staleQuotes ?? []).slice(0, MOST_STALE)}>
              {({ symbol, since, cause }) => (
                <li class="old">
                  {symbol} stale since {clock(since)}: {cause}
                </li>
              )}
            </For>
          </ul>
        </section>
        <Doctor place={place()} />
        <Recording />
        <Connect place={place()} onPlace={setPlace} />
      </div>
      <Log notices={told()?.notices ?? []} />
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
