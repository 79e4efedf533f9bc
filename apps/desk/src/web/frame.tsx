// What stands around every tab: mode, account, state in words, STOP, and the lines that tell what happened.

import { createEffect, createSignal, For, type JSX, Match, on, onCleanup, Show, Switch } from 'solid-js';
import { Door } from './door.jsx';
import { Look } from './parts/look.jsx';
import { Toasts } from './parts/toasts.jsx';
import { desk } from './state/desk.js';
import { focusOr, keepFocus } from './state/focus.js';
import { clockIn, NEW_YORK } from './state/instants.js';
import { type Hours, instruments } from './state/instruments.js';
import { messages, wordsOf } from './state/messages.js';
import { clock, DATA_WORDS } from './state/text.js';
import { ahead, OF_NEW_YORK } from './state/today.js';
import { view } from './state/view.js';
import { Stop } from './stop.jsx';
import { AccountTab } from './tabs/account.jsx';
import { GatewayTab } from './tabs/gateway.jsx';
import { MarketTab } from './tabs/market.jsx';
import { TradingTab } from './tabs/trading.jsx';

const TABS = ['Account', 'Trading', 'Market Data', 'Gateway'] as const;
const ICONS = { simulated: 'grey', paper: 'blue', live: 'red', unknown: 'grey' } as const;

const MARKET_WORDS = { open: '(open)', closed: '(closed)', unknown: '(hours not published)' } as const;

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.matches('input, select, textarea') || target.isContentEditable);

export function Frame(): JSX.Element {
  const [tab, setTab] = createSignal(0);
  const status = desk.status;
  const mode = (): keyof typeof ICONS => status()?.mode ?? 'unknown';
  createEffect(() => {
    document.documentElement.dataset['mode'] = mode();
    document.title = `${mode() === 'live' ? '● LIVE ' : ''}ibwire${mode() === 'paper' ? ' (paper)' : mode() === 'simulated' ? ' (simulated)' : ''}`;
    document.getElementById('icon')?.setAttribute('href', `/icon-${ICONS[mode()]}.svg`);
  });
  createEffect(on(desk.now, keepFocus));
  const find = (event: Event): void => {
    event.preventDefault();
    setTab(1);
    queueMicrotask(() => document.getElementById('find')?.focus());
  };
  const key = (event: KeyboardEvent): void => {
    const isFind = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === 'k';
    if (document.querySelector('dialog[open]') !== null) return;
    if (isFind) find(event);
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const to = Number(event.key) - 1;
    if (to >= 0 && to < TABS.length) {
      setTab(to);
      // What the keyboard was on may be gone with its tab.
      focusOr(document.activeElement);
    }
    if (event.key === '/') find(event);
  };
  /** Among the tabs the arrows move, and Tab leaves them. */
  const along = (event: KeyboardEvent): void => {
    const steps: Readonly<Record<string, number>> = { ArrowLeft: tab() + 3, ArrowRight: tab() + 1, Home: 0, End: 3 };
    const to = steps[event.key];
    if (to === undefined) return;
    event.preventDefault();
    setTab(to % TABS.length);
    document.getElementById(`tab-${tab()}`)?.focus();
  };
  document.addEventListener('keydown', key);
  onCleanup(() => document.removeEventListener('keydown', key));

  const words = (): string => {
    const told = status();
    if (told === undefined) return 'asking the desk';
    if (!told.connected && told.state === 'idle') return told.cause === undefined ? 'not connected' : `closed: ${told.cause}`;
    const code = /^\d+/.exec(desk.causeOf())?.[0];
    if (told.state === 'degraded') return code === undefined ? told.state : `degraded (${code})`;
    return told.retry === undefined ? told.state : `${told.state}, try ${told.retry.attempt}`;
  };
  /** Counts down beside the words, and is not read aloud every second. */
  const next = (): string => {
    const inMs = status()?.retry?.inMs;
    if (inMs === undefined) return '';
    const left = Math.ceil((inMs - Math.max(0, desk.now() - desk.statusAt())) / 1000);
    return left > 0 ? `, next in ${left} s` : ', now';
  };
  const hours = (): Hours | undefined => {
    desk.now();
    return status()?.connected === true ? instruments.hours(OF_NEW_YORK) : undefined;
  };
  /** Empty: not known. */
  const market = (): string => {
    const now = hours()?.now;
    return now === undefined ? '' : MARKET_WORDS[now];
  };
  return (
    <Switch>
      <Match when={desk.door().at === 'opening'}>
        <main class="door">
          <p>Asking the desk …</p>
        </main>
      </Match>
      <Match when={desk.door().at === 'shut'}>
        <Door />
      </Match>
      <Match when={desk.door().at === 'open'}>
        <div class="page" classList={{ stale: desk.lostSince() !== undefined }}>
          <header>
            <div class="top">
              <span class="name">ibwire</span>
              <nav>
                <div role="tablist" aria-label="Tabs" onKeyDown={along}>
                  <For each={TABS}>
                    {(name, at) => (
                      <button
                        type="button"
                        role="tab"
                        id={`tab-${at()}`}
                        aria-selected={tab() === at()}
                        aria-controls="tab"
                        tabIndex={tab() === at() ? 0 : -1}
                        onClick={() => setTab(at())}
                      >
                        <span class="key" aria-hidden="true">
                          {at() + 1}
                        </span>{' '}
                        {name}
                      </button>
                    )}
                  </For>
                </div>
              </nav>
              <button type="button" class="plain" onClick={find} aria-keyshortcuts="Control+K Meta+K">
                <span class="key">⌘K</span> find
              </button>
              <Look />
              <label class="account">
                <span>Account</span>
                <select onChange={({ currentTarget }) => desk.choose(currentTarget.value)}>
                  <For each={desk.accounts()} fallback={<option>{'—'}</option>}>
                    {(one) => (
                      <option value={one.account} selected={one.account === desk.account()?.account}>
                        {view.id(one.account)} · {one.kind ?? 'kind not known'}
                      </option>
                    )}
                  </For>
                </select>
              </label>
            </div>
            <div class="band">
              <strong class="mode">{mode().toUpperCase()}</strong>
              <Show when={mode() === 'live' && desk.limits()?.live === false}>
                <strong title="control.setLimits switches it on, from the next connection">TRADING OFF</strong>
              </Show>
              <Show when={status()?.isReadOnly}>
                <strong>READ-ONLY</strong>
              </Show>
              <span>
                {status()?.host ?? '—'}:{status()?.port ?? '—'} · v{status()?.serverVersion ?? '—'}
              </span>
              <span aria-live="polite" class="state" classList={{ good: status()?.connected === true }}>
                ● {words()}
                <span aria-hidden="true">{next()}</span>
              </span>
              <Show when={status()?.marketData}>{(asks) => <span>data {DATA_WORDS[asks()]}</span>}</Show>
              <span
                title={`${ahead() === 0 ? '' : 'The simulated gateway keeps a time of its own. '}${clock(desk.now())} here. ${OF_NEW_YORK} tells whether New York is open.`}
              >
                {clockIn(desk.now() + ahead(), NEW_YORK)} ET {market()}
              </span>
              <Stop />
            </div>
          </header>
          <section aria-label="Messages">
            <Show when={desk.lostSince()}>
              {(since) => (
                <div class="line loud" role="alert">
                  The desk does not answer since {clock(since())}. Everything below is as old as that; nothing can be sent.
                </div>
              )}
            </Show>
            <For each={messages.lines()}>
              {(line) => (
                <div
                  class="line"
                  classList={{ loud: line.is === 'gap' ? line.to === undefined : line.isLoud, gap: line.is === 'gap' }}
                  role={line.is === 'gap' && line.to === undefined ? 'alert' : 'status'}
                >
                  <span>{clock(line.at)}</span> {wordsOf(line)}
                  <button
                    type="button"
                    class="plain"
                    onClick={() => messages.dismiss(line.id)}
                    aria-label={`Dismiss: ${wordsOf(line)}`}
                  >
                    ×
                  </button>
                </div>
              )}
            </For>
          </section>
          <Toasts />
          <main>
            <div id="tab" role="tabpanel" tabIndex={-1} aria-labelledby={`tab-${tab()}`}>
              <Switch>
                <Match when={tab() === 0}>
                  <AccountTab onTrade={() => setTab(1)} />
                </Match>
                <Match when={tab() === 1}>
                  <TradingTab />
                </Match>
                <Match when={tab() === 2}>
                  <MarketTab />
                </Match>
                <Match when={tab() === 3}>
                  <GatewayTab />
                </Match>
              </Switch>
            </div>
          </main>
        </div>
      </Match>
    </Switch>
  );
}
