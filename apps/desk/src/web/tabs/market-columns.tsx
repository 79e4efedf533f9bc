// The columns of a watch list.

import { type JSX, Show, untrack } from 'solid-js';
import { Flash } from '../parts/flash.jsx';
import type { GridColumn } from '../parts/grid.jsx';
import { Sparkline } from '../parts/sparkline.jsx';
import { desk } from '../state/desk.js';
import { clockIn } from '../state/instants.js';
import { instruments } from '../state/instruments.js';
import { type Quote, quotes } from '../state/quotes.js';
import { ageText, grouped, NONE, short, signed, wayOf } from '../state/text.js';

const STALE_MS = 15_000;

export interface ListHands {
  /** What the numbers of the whole list are, where they are not live. */
  data(): string | undefined;
  isPinned(name: string): boolean;
  pin(name: string): void;
  drop(name: string): void;
}

const SIGNS = { up: '▲', down: '▼', '': '' } as const;

/** In percent of the last close; undefined where either is not known. */
export function changeOf(quote: Pick<Quote, 'last' | 'close'> | undefined): string | undefined {
  const [last, close] = [Number(quote?.last), Number(quote?.close)];
  if (quote?.last === undefined || quote.close === undefined || close === 0) return undefined;
  return (((last - close) / close) * 100).toFixed(2);
}

export const titleOf = (name: string): string => {
  const known = instruments.of(name);
  return name.startsWith('#') ? (known?.symbol ?? name) : name;
};

/** Why there is nothing, or no more, in a row. */
function dataOf(name: string): string {
  const refusal = quotes.refusalOf(name);
  if (refusal !== undefined)
    return refusal.status === 429 ? 'no line free' : refusal.status === 404 ? 'no such instrument' : 'no permission';
  const quote = quotes.of(name);
  if (quote === undefined) return 'not yet known';
  return quote.stale === undefined ? quote.source : `stale since ${clockIn(new Date(quote.stale.since))}`;
}

/** In each row whose numbers are not live ones. */
const lateOf = (name: string): string => {
  const source = quotes.of(name)?.source;
  return source === undefined || source === 'live' || source === 'unknown' ? '' : LATE[source];
};
const LATE = { delayed: 'delayed', delayedFrozen: 'delayed', frozen: 'frozen' } as const;

/** Of a list: `delayed` where all of it is that, `some delayed` where a part is. Looked at once a second: it holds a thousand. */
export function dataOfAll(names: readonly string[]): string | undefined {
  desk.now();
  return untrack(() => {
    const told = names.filter((name) => quotes.of(name) !== undefined);
    const late = told.filter((name) => lateOf(name) === 'delayed').length;
    return late === 0 ? undefined : late === told.length ? 'delayed' : 'some delayed';
  });
}

/** Older than a stream allows that says nothing by itself: the market is closed, or the link is away. */
export function isOld(name: string): boolean {
  desk.now();
  const quote = quotes.of(name);
  if (quote === undefined) return false;
  return quote.stale !== undefined || (quotes.ageOf(quote.contract.conId) ?? 0) > STALE_MS;
}

export function columnsOf(hands: ListHands): readonly GridColumn[] {
  const number = (
    name: string,
    title: string,
    width: number,
    read: (quote: Quote | undefined) => string | undefined,
    show: (value: string | undefined) => JSX.Element,
    isSorted = true,
  ): GridColumn => ({
    name,
    title,
    width,
    isNumber: true,
    note: hands.data,
    cell: (of) => <>{show(read(quotes.of(of)))}</>,
    ...(isSorted
      ? {
          sort: (of: string) => {
            const value = read(quotes.of(of));
            return value === undefined ? undefined : Number(value);
          },
        }
      : {}),
  });
  const price = (value: string | undefined): string => grouped(value, 2, 6);
  return [
    {
      name: 'symbol',
      title: 'Symbol',
      place: 'title',
      width: 13,
      cell: (name) => (
        <>
          <strong title={name}>{titleOf(name)}</strong>
          <Show when={lateOf(name)}>{(late) => <small> {late()}</small>}</Show>
        </>
      ),
      sort: titleOf,
    },
    number('bid', 'Bid', 12, (quote) => quote?.bid, price),
    number('bidSize', '× bid', 8, (quote) => quote?.bidSize, short),
    number('ask', 'Ask', 12, (quote) => quote?.ask, price),
    number('askSize', '× ask', 8, (quote) => quote?.askSize, short),
    {
      ...number('last', 'Last', 12, (quote) => quote?.last, price),
      cell: (name) => <Flash of={() => quotes.of(name)?.last}>{price(quotes.of(name)?.last)}</Flash>,
    },
    number('change', 'Change %', 11, changeOf, (value) => (
      <span class={wayOf(value)}>
        <span aria-hidden="true">{SIGNS[wayOf(value)]}</span> {signed(value)}
      </span>
    )),
    number('volume', 'Volume', 9, (quote) => quote?.volume, short),
    number('high', 'High', 12, (quote) => quote?.high, price),
    number('low', 'Low', 12, (quote) => quote?.low, price),
    number('close', 'Close', 12, (quote) => quote?.close, price),
    {
      name: 'age',
      title: 'Age',
      width: 8,
      isNumber: true,
      cell: (name) => <span classList={{ old: isOld(name) }}>{ageOf(name)}</span>,
    },
    { name: 'spark', title: '1 h', label: 'The last hour', width: 11, cell: (name) => <Sparkline name={name} /> },
    { name: 'session', title: 'Session', width: 13, cell: (name) => <>{sessionOf(name)}</> },
    {
      name: 'data',
      title: 'Data',
      place: 'line',
      width: 16,
      cell: (name) => <span title={quotes.refusalOf(name)?.detail ?? quotes.of(name)?.stale?.cause}>{dataOf(name)}</span>,
      sort: dataOf,
    },
    {
      name: 'pin',
      title: 'Keep',
      place: 'corner',
      width: 7,
      cell: (name) => (
        <button
          type="button"
          class="plain"
          aria-pressed={hands.isPinned(name)}
          aria-label={`Keep the line of ${titleOf(name)}`}
          onClick={(event) => {
            event.stopPropagation();
            hands.pin(name);
          }}
        >
          {hands.isPinned(name) ? '◆' : '◇'}
        </button>
      ),
    },
    {
      name: 'drop',
      title: 'Off',
      place: 'corner',
      width: 5,
      cell: (name) => (
        <button
          type="button"
          class="plain"
          aria-label={`Take ${titleOf(name)} off the list`}
          onClick={(event) => {
            event.stopPropagation();
            hands.drop(name);
          }}
        >
          ×
        </button>
      ),
    },
  ];
}

function ageOf(name: string): string {
  desk.now();
  const quote = quotes.of(name);
  return quote === undefined ? NONE : ageText(quotes.ageOf(quote.contract.conId));
}

function sessionOf(name: string): string {
  const hours = instruments.hours(name);
  if (hours === undefined) return NONE;
  if (hours.now !== 'closed' || hours.nextOpen === undefined) return hours.now === 'unknown' ? 'not published' : hours.now;
  const opens = new Date(hours.nextOpen);
  const isSoon = opens.getTime() - Date.now() < 20 * 3_600_000;
  return `closed, ${isSoon ? clockIn(opens, hours.timeZone).slice(0, 5) : opens.toLocaleDateString('en-GB', { weekday: 'short' })}`;
}
