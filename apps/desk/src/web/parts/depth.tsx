// The book and the trades of one instrument, side by side under its chart.

import { createEffect, For, type JSX, Match, on, onCleanup, Show, Switch } from 'solid-js';
import type { ShownLevel } from '../../http/depth-feed.js';
import { clockIn } from '../state/instants.js';
import { instruments } from '../state/instruments.js';
import { quotes } from '../state/quotes.js';
import { grouped, short } from '../state/text.js';
import { Problem } from './problem.jsx';

/** Codes with which gateways say that a login has no book of an instrument. */
const NO_DEPTH: ReadonlySet<unknown> = new Set([354, 2152, 10089, 10092, 10168, 10186]);

export function Depth(props: { readonly name: string }): JSX.Element {
  follows('depth', () => props.name);
  const most = (levels: readonly ShownLevel[]): number => Math.max(1, ...levels.map(({ size }) => Number(size)));
  const told = () => {
    const state = quotes.depth();
    return state.at === 'told' ? state.told : undefined;
  };
  const rows = (): readonly number[] => {
    const book = told();
    return [...Array(Math.max(book?.bids.length ?? 0, book?.asks.length ?? 0)).keys()];
  };
  return (
    <section class="panel" aria-label={`Depth of ${props.name}`}>
      <h3>Depth</h3>
      <Switch>
        <Match when={quotes.depth().at === 'asked'}>
          <p role="status">Asking for the book …</p>
        </Match>
        <Match when={refused('depth')}>
          {(problem) => (
            <>
              <p class="empty">{NO_DEPTH.has(problem()['code']) ? 'no permission for level 2' : 'no book'}</p>
              <Problem problem={problem()} />
            </>
          )}
        </Match>
        <Match when={told()}>
          {(book) => (
            <>
              <p class="hint">
                <Show when={book().isStale}>
                  <strong class="bad">stale: rows are as they were </strong>
                </Show>
                <Show when={book().isCrossed}>crossed: rows of one side are late </Show>
                <Show when={rows().length === 0}>the book is empty</Show>
              </p>
              <table class="book" classList={{ stale: book().isStale }} aria-label={`Book of ${props.name}`}>
                <thead>
                  <tr>
                    <th scope="col">Of</th>
                    <th scope="col" class="number">
                      Size
                    </th>
                    <th scope="col" class="number">
                      Bid
                    </th>
                    <th scope="col" class="number">
                      Ask
                    </th>
                    <th scope="col" class="number">
                      Size
                    </th>
                    <th scope="col">Of</th>
                  </tr>
                </thead>
                <tbody>
                  <For each={rows()}>
                    {(at) => (
                      <tr>
                        <Level level={book().bids[at]} most={most(book().bids)} isBid />
                        <Level level={book().asks[at]} most={most(book().asks)} />
                      </tr>
                    )}
                  </For>
                </tbody>
              </table>
            </>
          )}
        </Match>
      </Switch>
    </section>
  );
}

function Level(props: { readonly level: ShownLevel | undefined; readonly most: number; readonly isBid?: boolean }): JSX.Element {
  const size = (
    <td class="number size">
      <span
        class="bar-of"
        classList={{ up: props.isBid === true, down: props.isBid !== true }}
        style={{ width: `${Math.round((Number(props.level?.size ?? 0) / props.most) * 100)}%` }}
        aria-hidden="true"
      />
      <span class="over">{short(props.level?.size)}</span>
    </td>
  );
  const price = <td class="number">{grouped(props.level?.price, 2, 6)}</td>;
  const by = <td>{props.level?.by ?? ''}</td>;
  return props.isBid === true ? [by, size, price] : [price, size, by];
}

export function TimeAndSales(props: { readonly name: string }): JSX.Element {
  follows('trades', () => props.name);
  const zone = (): string | undefined => instruments.hours(props.name)?.timeZone;
  const told = () => {
    const state = quotes.trades();
    return state.at === 'told' ? state.told : undefined;
  };
  const wayAt = (at: number): string => {
    const all = told()?.trades ?? [];
    const [now, before] = [Number(all[at]?.price), Number(all[at + 1]?.price)];
    return now > before ? 'up' : now < before ? 'down' : '';
  };
  return (
    <section class="panel" aria-label={`Time and sales of ${props.name}`}>
      <h3>Time &amp; sales</h3>
      <Switch>
        <Match when={quotes.trades().at === 'asked'}>
          <p role="status">Asking for trades …</p>
        </Match>
        <Match when={refused('trades')}>{(problem) => <Problem problem={problem()} />}</Match>
        <Match when={told()}>
          {(all) => (
            <>
              <Show when={all().missed > 0}>
                <p class="hint">{grouped(String(all().missed))} left out: more came than can be shown</p>
              </Show>
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard */}
              <section class="tape" tabIndex={0} aria-label="Trades, newest first">
                <table aria-label={`Trades of ${props.name}`}>
                  <thead>
                    <tr>
                      <th scope="col">Time</th>
                      <th scope="col" class="number">
                        Price
                      </th>
                      <th scope="col" class="number">
                        Size
                      </th>
                      <th scope="col">At</th>
                    </tr>
                  </thead>
                  <tbody>
                    <For each={all().trades}>
                      {(trade, at) => (
                        <tr>
                          <td>{clockIn(trade.time, zone())}</td>
                          <td class={`number ${wayAt(at())}`}>
                            <span aria-hidden="true">{wayAt(at()) === 'up' ? '▲' : wayAt(at()) === 'down' ? '▼' : ''}</span>{' '}
                            {grouped(trade.price, 2, 6)}
                          </td>
                          <td class="number">{trade.size === undefined ? 'mid' : short(trade.size)}</td>
                          <td>
                            {trade.exchange ?? ''} <small>{trade.conditions ?? ''}</small>
                          </td>
                        </tr>
                      )}
                    </For>
                  </tbody>
                </table>
              </section>
            </>
          )}
        </Match>
      </Switch>
    </section>
  );
}

function refused(what: 'depth' | 'trades') {
  const state = what === 'depth' ? quotes.depth() : quotes.trades();
  return state.at === 'refused' ? state.problem : undefined;
}

/** Follows while it is on the screen, and gives back at once when it leaves. */
function follows(what: 'depth' | 'trades', name: () => string): void {
  createEffect(on(name, (one) => quotes.follow(what, one)));
  onCleanup(() => quotes.follow(what, undefined));
}
