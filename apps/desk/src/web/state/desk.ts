// What the page knows of the desk: status, accounts, drafts and fills. The desk says it by streams; a stream that breaks says since when.

import { createMemo, createRoot, createSignal } from 'solid-js';
import { createStore, reconcile } from 'solid-js/store';
import type * as z from 'zod';
import type { accountCommands } from '../../commands/accounts.js';
import type { positionOut } from '../../commands/portfolio.js';
import type { statusOut } from '../../commands/session.js';
import type { fillOut } from '../../orders/fills.js';
import type { DraftOut } from '../../orders/record.js';
import type { orderOut } from '../../orders/shown-order.js';
import type { Limits } from '../../settings.js';
import { get, Refused, signIn } from './api.js';

export type Status = z.output<typeof statusOut>;
export type Account = z.output<(typeof accountCommands)[0]['output']>[number];
export type Position = z.output<typeof positionOut>;
export type Order = z.output<typeof orderOut>;
export type Fill = z.output<typeof fillOut>;
export type Draft = DraftOut;

/** A line above the tabs: stays until it is dismissed or over. */
export interface Line {
  readonly id: number;
  readonly at: number;
  readonly text: string;
  readonly isLoud: boolean;
}

type Door = { readonly at: 'opening' } | { readonly at: 'shut'; readonly why: string } | { readonly at: 'open' };

export interface SessionEvent {
  readonly is: string;
  readonly at?: string;
  readonly time?: string;
  readonly code?: number;
  readonly text?: string | { readonly untrusted: string };
  readonly cause?: string;
  readonly from?: string;
  readonly to?: string;
  readonly reason?: string;
  readonly by?: string;
}

const HISTORY = 200;
const BAD: ReadonlySet<string> = new Set(['reconnecting', 'degraded', 'closed']);

function create() {
  const [door, setDoor] = createSignal<Door>({ at: 'opening' });
  const [status, setStatus] = createSignal<Status>();
  const [accounts, setAccounts] = createSignal<readonly Account[]>([]);
  const [limits, setLimits] = createSignal<Limits>();
  const [chosen, setChosen] = createSignal<string>();
  const [lostSince, setLostSince] = createSignal<number>();
  const [lines, setLines] = createSignal<readonly Line[]>([]);
  const [log, setLog] = createSignal<readonly SessionEvent[]>([]);
  const [drafts, setDrafts] = createStore<Record<string, Draft>>({});
  const [orders, setOrders] = createSignal<readonly Order[]>();
  const [fills, setFills] = createSignal<readonly Fill[]>();
  /** Counts up whenever something about money may have changed. */
  const [turn, setTurn] = createSignal(0);
  const [now, setNow] = createSignal(Date.now());
  setInterval(() => setNow(Date.now()), 1000);

  const account = createMemo(() => accounts().find((one) => one.account === chosen()) ?? accounts()[0]);
  let count = 0;
  const tell = (text: string, isLoud = false): void =>
    void setLines((all) => [...all.slice(-4), { id: ++count, at: Date.now(), text, isLoud }]);
  const dismiss = (id: number): void => void setLines((all) => all.filter((one) => one.id !== id));

  const refused = (error: unknown): void => {
    if (!(error instanceof Refused)) throw error;
    if (error.problem.status === 401) setDoor({ at: 'shut', why: 'the desk asks for a token' });
  };
  const refreshStatus = async (): Promise<void> => {
    try {
      const told = await get<Status>('session.status');
      const before = status()?.state;
      setStatus(told);
      if (told.state !== before && BAD.has(told.state))
        tell(`The session is ${told.state}. Numbers are as old as they say; orders are held.`, true);
      setLimits(await get<Limits>('control.limits'));
      setDoor({ at: 'open' });
      if (status()?.connected === true && accounts().length === 0) setAccounts(await get<readonly Account[]>('accounts.list'));
    } catch (error) {
      refused(error);
    }
  };
  const refreshOrders = async (): Promise<void> => {
    try {
      const [listed, filled, kept] = await Promise.all([
        get<readonly Order[]>('orders.list'),
        get<readonly Fill[]>('orders.executions'),
        get<readonly Draft[]>('orders.drafts', { limit: 100 }),
      ]);
      setOrders(listed);
      setFills(filled);
      setDrafts(reconcile(Object.fromEntries(kept.map((one) => [one.id, one]))));
    } catch (error) {
      refused(error);
    }
  };
  let isDue = false;
  /** Several events in one turn ask once. */
  const touch = (): void => {
    if (isDue) return;
    isDue = true;
    setTimeout(() => {
      isDue = false;
      setTurn((count) => count + 1);
      refreshOrders();
    }, 150);
  };
  const textOf = ({ text }: SessionEvent): string => (typeof text === 'string' ? text : (text?.untrusted ?? ''));

  const takeSession = (event: SessionEvent): void => {
    setLog((all) => [event, ...all].slice(0, HISTORY));
    if (event.is === 'notice') return;
    refreshStatus();
    if (event.is === 'state' && event.at === 'ready') touch();
    if (event.is === 'alarm') tell(`Alarm ${event.code ?? ''}: ${textOf(event)}`, true);
    if (event.is === 'competing')
      tell(
        `Another session uses this login (${event.code}): ${textOf(event)}. End one of the two; this desk does not take it over.`,
        true,
      );
    if (event.is === 'gap')
      tell(`Data are missing${event.cause === undefined ? '' : ` (${event.cause})`}: ${event.from ?? ''} – ${event.to ?? 'now'}`);
  };
  const takeOrders = (event: { readonly is: string; readonly draft?: Draft; readonly fill?: Fill }): void => {
    if (event.draft !== undefined) {
      const { id, state, contract, why } = event.draft;
      setDrafts(id, reconcile(event.draft));
      if (state === 'refused') tell(`${contract.symbol}: refused. ${why ?? ''}`, true);
    }
    if (event.fill !== undefined) {
      const { side, shares, symbol, price } = event.fill;
      tell(`Filled: ${side} ${shares} ${symbol ?? ''} @ ${price}`);
    }
    touch();
  };
  const listen = (topic: 'session' | 'orders', take: (event: never) => void): void => {
    const source = new EventSource(`/v1/streams/${topic}`);
    source.addEventListener(topic, ({ data }) => take(JSON.parse(data as string) as never));
    source.addEventListener('gap', () => {
      refreshStatus();
      touch();
    });
    // What happened before the stream was there is asked for, the first time too.
    source.onopen = () => {
      setLostSince(undefined);
      refreshStatus();
      touch();
    };
    source.onerror = () => {
      if (lostSince() === undefined) setLostSince(Date.now());
      // A stream that the desk refused does not come back by itself.
      if (source.readyState === EventSource.CLOSED) setTimeout(() => listen(topic, take), 2000);
    };
  };
  const start = async (): Promise<void> => {
    const token = /^#token=([\w-]{20,200})$/.exec(location.hash)?.[1];
    if (token !== undefined) {
      history.replaceState(null, '', location.pathname);
      await signIn(token).catch(refused);
    }
    await refreshStatus();
    if (door().at !== 'open') return;
    listen('session', takeSession);
    listen('orders', takeOrders);
  };
  return {
    ...{
      door,
      status,
      limits,
      accounts,
      account,
      lostSince,
      lines,
      log,
      drafts,
      orders,
      fills,
      turn,
      now,
      start,
      dismiss,
      tell,
      touch,
    },
    refreshStatus,
    choose: (id: string): void => void setChosen(id),
    async enter(token: string): Promise<void> {
      await signIn(token.trim());
      await start();
      if (door().at !== 'open') throw new Refused({ status: 401, title: 'No token', detail: 'this token opens nothing' });
    },
  };
}

export const desk = createRoot(create);
