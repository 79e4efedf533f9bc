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
import { messages } from './messages.js';
import { createNotes } from './notes.js';

export type Status = z.output<typeof statusOut>;
export type Account = z.output<(typeof accountCommands)[0]['output']>[number];
export type Position = z.output<typeof positionOut>;
export type Order = z.output<typeof orderOut>;
export type Fill = z.output<typeof fillOut>;
export type Draft = DraftOut;

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
/** So many of the newest fills are looked at, of any day. */
export const MOST_FILLS = 1_000;
const BAD: ReadonlySet<string> = new Set(['reconnecting', 'degraded', 'closed']);
/** Codes of the gateway about its link to the broker, and ours to it. */
const LINK: ReadonlySet<number> = new Set([504, 1100, 1101, 1300, 2110]);

type Keyed<T> = T & { readonly key: string };

function create() {
  const [door, setDoor] = createSignal<Door>({ at: 'opening' });
  const [status, setStatus] = createSignal<Status>();
  /** When its answer came. */
  const [statusAt, setStatusAt] = createSignal(0);
  const [accounts, setAccounts] = createSignal<readonly Account[]>([]);
  const [limits, setLimits] = createSignal<Limits>();
  const [chosen, setChosen] = createSignal<string>();
  const [lostSince, setLostSince] = createSignal<number>();
  const [log, setLog] = createSignal<readonly SessionEvent[]>([]);
  const [drafts, setDrafts] = createStore<Record<string, Draft>>({});
  /** Kept by key, so that a row on the screen stays the same element when its numbers change. Undefined: not known. */
  const [listed, setListed] = createStore<{
    orders?: readonly Keyed<Order>[];
    fills?: readonly Fill[];
    hasDrafts?: boolean;
  }>({});
  const [ordersAt, setOrdersAt] = createSignal<number>();
  const [isOrdersOld, setOrdersOld] = createSignal(false);
  /** Since when the list of working orders is no more asked anew; undefined: it is of now, or was never told. */
  const ordersOldSince = (): number | undefined => (isOrdersOld() || status()?.connected !== true ? ordersAt() : undefined);
  const orders = (): readonly Order[] | undefined => listed.orders;
  const fills = (): readonly Fill[] | undefined => listed.fills;
  const hasDrafts = (): boolean => listed.hasDrafts === true;
  /** Counts up whenever something about money may have changed. */
  const [turn, setTurn] = createSignal(0);
  const [now, setNow] = createSignal(Date.now());
  setInterval(() => setNow(Date.now()), 1000);

  const account = createMemo(() => accounts().find((one) => one.account === chosen()) ?? accounts()[0]);
  const { tell } = messages;
  const notes = createNotes();

  const textOf = ({ text }: SessionEvent): string => (typeof text === 'string' ? text : (text?.untrusted ?? ''));
  const refused = (error: unknown): void => {
    if (!(error instanceof Refused)) throw error;
    if (error.problem.status === 401) setDoor({ at: 'shut', why: 'the desk asks for a token' });
  };
  /** What the gateway said of the link last, as its codes tell it. */
  const causeOf = (): string => {
    const told = log().find(({ is, code }) => (is === 'notice' || is === 'alarm') && code !== undefined && LINK.has(code));
    return told === undefined ? '' : `${told.code}: ${textOf(told)}`;
  };
  /** What was said before this page listened. */
  const askCause = async (): Promise<void> => {
    const { notices } = await get<{ readonly notices: readonly SessionEvent[] }>('session.health').catch(() => ({ notices: [] }));
    const told = notices.findLast(({ code }) => code !== undefined && LINK.has(code));
    if (told !== undefined) messages.caused(`${told.code}: ${textOf(told)}`);
  };
  const refreshStatus = async (): Promise<void> => {
    try {
      const told = await get<Status>('session.status');
      const before = status()?.state;
      setStatusAt(Date.now());
      setStatus(told);
      if (told.state !== before && BAD.has(told.state)) {
        messages.lost(told.state, causeOf());
        if (causeOf() === '') askCause();
      }
      if (told.state === 'ready') messages.back();
      setLimits(await get<Limits>('control.limits'));
      setDoor({ at: 'open' });
      const known = accounts().map(({ account: id }) => id);
      if (told.connected && known.join(' ') !== told.accounts.join(' '))
        setAccounts(await get<readonly Account[]>('accounts.list'));
    } catch (error) {
      refused(error);
    }
  };
  /** Undefined where the desk refused: what was told before stays, and says since when. */
  const told = <T>(name: string, input: { readonly limit?: number } = {}): Promise<T | undefined> =>
    get<T>(name, input).catch((error: unknown) => void refused(error));
  let [asked, taken] = [0, 0];
  const refreshOrders = async (): Promise<void> => {
    const mine = ++asked;
    const [working, filled, kept] = await Promise.all([
      told<readonly Order[]>('orders.list'),
      told<readonly Fill[]>('orders.executions', { limit: MOST_FILLS }),
      told<readonly Draft[]>('orders.drafts', { limit: 100 }),
    ]);
    if (mine < taken) return;
    taken = mine;
    setOrdersOld(working === undefined);
    if (working !== undefined) {
      const keyed = working.map((one) => ({ ...one, key: one.permId ?? `${one.clientId}/${one.orderId}` }));
      setListed('orders', reconcile(keyed, { key: 'key' }));
      setOrdersAt(Date.now());
    }
    if (filled !== undefined) setListed('fills', reconcile(filled, { key: 'execId' }));
    if (kept !== undefined) {
      setDrafts(reconcile(Object.fromEntries(kept.map((one) => [one.id, one]))));
      setListed('hasDrafts', true);
    }
    if (filled !== undefined && kept !== undefined) notes.lists(filled, kept);
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
  const takeSession = (event: SessionEvent): void => {
    setLog((all) => [event, ...all].slice(0, HISTORY));
    if (event.code !== undefined && LINK.has(event.code)) messages.caused(`${event.code}: ${textOf(event)}`);
    if (event.is === 'notice') return;
    if (event.is === 'stopped') tell(`${event.by ?? 'Somebody'} stopped all trading: ${event.reason ?? ''}`, true);
    if (event.is === 'released') tell(`${event.by ?? 'Somebody'} released trading.`);
    refreshStatus();
    if (event.is === 'state' && event.at === 'ready') touch();
    if (event.is === 'alarm') tell(`Alarm ${event.code ?? ''}: ${textOf(event)}`, true);
    if (event.is === 'competing')
      tell(
        `Another session uses this login (${event.code}): ${textOf(event)}. End one of the two; this desk does not take it over.`,
        true,
      );
  };
  const takeOrders = (event: { readonly is: string; readonly draft?: Draft; readonly fill?: Fill }): void => {
    if (event.draft !== undefined) {
      setDrafts(event.draft.id, reconcile(event.draft));
      notes.draft(event.draft);
    }
    if (event.fill !== undefined) notes.fill(event.fill);
    touch();
  };
  /** `after`: what happened since that number, before the stream was there, comes first. */
  const listen = (topic: 'session' | 'orders', take: (event: never) => void, after: number): void => {
    const source = new EventSource(`/v1/streams/${topic}?after=${after}`);
    let newest = after;
    source.addEventListener(topic, ({ data, lastEventId }) => {
      newest = Number(lastEventId);
      take(JSON.parse(data as string) as never);
    });
    source.addEventListener('gap', () => {
      refreshStatus();
      touch();
    });
    // What is no event is asked for, the first time too.
    source.onopen = () => {
      setLostSince(undefined);
      refreshStatus();
      touch();
    };
    source.onerror = () => {
      if (lostSince() === undefined) setLostSince(Date.now());
      // A stream that the desk refused does not come back by itself.
      if (source.readyState === EventSource.CLOSED) setTimeout(() => listen(topic, take, newest), 2000);
    };
  };
  const start = async (): Promise<void> => {
    const token = /^#token=([\w-]{20,200})$/.exec(location.hash)?.[1];
    if (token !== undefined) {
      history.replaceState(null, '', location.pathname);
      await signIn(token).catch(refused);
    }
    await refreshStatus();
    const told = status();
    if (door().at !== 'open' || told === undefined) return;
    listen('session', takeSession, told.lastEvent);
    listen('orders', takeOrders, told.lastEvent);
  };
  /** Why no order can leave now; undefined: it may be tried. A cancel is open while the gateway can be written to. */
  const barred = (isCancel = false): string | undefined => {
    if (lostSince() !== undefined) return 'the desk does not answer';
    const told = status();
    if (told === undefined) return 'not yet known';
    if (told.isReadOnly) return 'read-only';
    if (!told.connected) return 'not connected';
    if (isCancel) return undefined;
    if (told.stopped !== undefined) return 'stopped';
    if (told.mode === 'live' && limits()?.live === false) return 'live trading is off';
    return undefined;
  };
  return {
    ...{
      barred,
      door,
      status,
      statusAt,
      causeOf,
      limits,
      accounts,
      account,
      lostSince,
      log,
      drafts,
      orders,
      ordersOldSince,
      fills,
      hasDrafts,
      turn,
      now,
      start,
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
