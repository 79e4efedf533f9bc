// The one connection of the desk and its life: opened and closed by command, mended by the core, every change written down.

import {
  ClosedError,
  type ConnectOptions,
  connect,
  type Ib,
  isPaper,
  type OrderOptions,
  type SessionState,
  type WantedDataType,
} from 'ibwire';
import { iso, type Timer } from '../clock.js';
import type { OrderGate } from '../orders/limits.js';
import { Problem } from '../problem.js';
import type { Ring } from '../ring.js';
import type { Store } from '../store/store.js';
import { type Mode, modeOf } from './mode.js';
import { createOutages, type Outage } from './outages.js';
import { createQuoteLines, type QuoteLines } from './quote-lines.js';
import { createRoundTrips, type RoundTrips } from './round-trip.js';
import { openWeb, type WebAsked } from './web/web-ib.js';

export interface ConnectAsked {
  /** A gateway of the Web API instead of TWS or IB Gateway; host and port are those of its address then. */
  readonly web?: WebAsked | undefined;
  readonly host: string;
  readonly port: number;
  readonly clientId: number;
  /** The only account that may be used, where the login has several. */
  readonly account?: string | undefined;
  readonly readonly?: boolean | undefined;
  /** When the application restarts by itself, where it is known. */
  readonly restart?: { readonly at: string; readonly zone: string } | undefined;
  /** Quotes that it asks for; unset: live ones. `delayed` gets live ones where the login has the right to them. */
  readonly marketData?: WantedDataType | undefined;
  /** A login with live accounts is refused until one of them has been named, once in the life of the desk. */
  readonly askLive?: boolean | undefined;
  /** The live account that was named. */
  readonly liveAccount?: string | undefined;
}

export interface Connected extends ConnectAsked {
  readonly ib: Ib;
  readonly mode: Mode;
  readonly accounts: readonly string[];
}

export interface Connection {
  readonly current: Connected | undefined;
  /** The newest word of another session on this login. Epoch milliseconds. */
  readonly competing: { readonly code: number; readonly text: string; readonly at: number } | undefined;
  readonly roundTrips: RoundTrips;
  /** While the session is made again: which try comes next, and when. Epoch milliseconds. */
  readonly retry: { readonly attempt: number; readonly at: number } | undefined;
  /** Why the last session ended, where nobody closed it. */
  readonly ended: string | undefined;
  /** When the session was opened; epoch milliseconds. */
  readonly openedAt: number | undefined;
  /** The newest, oldest first. */
  readonly outages: readonly Outage[];
  readonly lines: QuoteLines;
  /** The session. @throws {Problem} 503 when there is none. */
  need(): Connected;
  open(asked: ConnectAsked): Promise<Connected>;
  close(why: string): Promise<void>;
  /** Called with each first connection of a session, before anybody may use it. */
  onOpened(listener: (connected: Connected) => Promise<void>): void;
  /** Settles when what was to be written is written. */
  settled(): Promise<void>;
}

export interface ConnectionParts {
  readonly store: Store;
  readonly timer: Timer;
  readonly ring: Ring;
  /** The gateway that runs in this process, where one does. */
  readonly ownGateway: { readonly host: string; readonly port: number } | undefined;
  /** What stands between a session and an order. */
  orders(): OrderOptions;
  /** The same as it was made last. */
  gate(): OrderGate;
  readonly connectOptions?: Partial<ConnectOptions>;
}

export function createConnection(parts: ConnectionParts): Connection {
  const { store, timer, ring } = parts;
  const lines = createQuoteLines(timer);
  let current: Connected | undefined;
  let isOpening = false;
  let row: number | undefined;
  let tail: Promise<void> = Promise.resolve();
  const roundTrips = createRoundTrips(timer);
  const outages = createOutages(timer);
  let competing: Connection['competing'];
  let openedAt: number | undefined;
  let retry: Connection['retry'];
  let ended: string | undefined;
  const opened: ((connected: Connected) => Promise<void>)[] = [];
  const write = (work: () => Promise<void>): void => {
    tail = tail.then(work).catch((error: unknown) => {
      ring.push('session', { is: 'trouble', text: error instanceof Error ? error.message : 'the database failed' });
    });
  };
  const began = (asked: ConnectAsked, ib: Ib, mode: Mode): void => {
    const since = iso(timer);
    const { serverVersion } = ib;
    write(async () => {
      const made = await store.db
        .insertInto('connections')
        .values({
          host: asked.host,
          port: asked.port,
          client_id: asked.clientId,
          server_version: serverVersion,
          mode,
          since,
          until: null,
          why: null,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      row = made.id;
    });
  };
  const over = (why: string): void => {
    const until = iso(timer);
    write(async () => {
      if (row === undefined) return;
      await store.db.updateTable('connections').set({ until, why }).where('id', '=', row).execute();
      row = undefined;
    });
  };
  /** Live accounts that a person has named. */
  const named = new Set<string>();
  const admitLive = (accounts: readonly string[], { askLive, liveAccount }: ConnectAsked): void => {
    const live = accounts.filter((id) => !isPaper(id));
    if (live.length === 0 || askLive !== true || live.some((id) => named.has(id))) return;
    if (liveAccount !== undefined && live.includes(liveAccount)) {
      named.add(liveAccount);
      return;
    }
    throw new Problem(
      409,
      'live',
      'A live account',
      liveAccount === undefined
        ? 'the login has a live account: real money'
        : 'the login has no live account of the id that was typed',
      { remedy: 'Type the id of its live account to connect; it is asked for once per start of the desk.' },
    );
  };
  const watch = (asked: ConnectAsked, ib: Ib, mode: Mode): void => {
    let isUp = true;
    const lost = (why: string): void => {
      if (!isUp) return;
      isUp = false;
      over(why);
    };
    ib.on('state', (state: SessionState) => {
      retry = state.at === 'reconnecting' ? { attempt: state.attempt, at: timer.now() + state.inMs } : undefined;
      ring.push('session', { is: 'state', at: state.at, time: iso(timer) });
      if (state.at === 'degraded') outages.away(state.cause);
      if (state.at === 'reconnecting') outages.away(`the link to the gateway broke: ${state.cause.message}`);
      if (state.at === 'closed') outages.away(state.cause?.message ?? 'disconnected by command');
      if (state.at === 'ready') outages.back();
      if (state.at === 'reconnecting') lost(state.cause.message);
      if (state.at === 'closed') {
        lost(state.cause?.message ?? 'closed by command');
        if (current?.ib === ib) {
          current = undefined;
          ended = state.cause?.message;
          lines.closeAll();
        }
      }
    });
    ib.on('ready', () => {
      if (isUp) return;
      isUp = true;
      began(asked, ib, mode);
    });
    ib.on('notice', ({ code, text }) =>
      ring.push('session', { is: 'notice', code, text: { untrusted: text }, time: iso(timer) }),
    );
    ib.on('competing', ({ code, text }) => {
      competing = { code, text, at: timer.now() };
      ring.push('session', { is: 'competing', code, text: { untrusted: text }, time: iso(timer) });
    });
    ib.on('alarm', ({ code, text }) => ring.push('session', { is: 'alarm', code, text: { untrusted: text }, time: iso(timer) }));
    ib.on('gap', ({ from, to, cause }) =>
      ring.push('session', { is: 'gap', from: new Date(from).toISOString(), to: new Date(to).toISOString(), cause }),
    );
  };
  return {
    lines,
    get current() {
      return current;
    },
    roundTrips,
    get competing() {
      return competing;
    },
    get retry() {
      return retry;
    },
    get ended() {
      return ended;
    },
    get openedAt() {
      return openedAt;
    },
    get outages() {
      return outages.all;
    },
    need() {
      if (current === undefined)
        throw new Problem(503, 'not-connected', 'Not connected', 'the desk has no session with a gateway', {
          remedy: 'Call session.connect with host, port and clientId.',
        });
      return current;
    },
    async open(asked) {
      if (current !== undefined || isOpening)
        throw new Problem(409, 'connected', 'Connected already', 'a desk holds one session at a time', {
          remedy: 'Call session.disconnect first.',
        });
      isOpening = true;
      const { ownGateway } = parts;
      try {
        const orders = parts.orders();
        const ib =
          asked.web === undefined
            ? await connect({
                ...parts.connectOptions,
                host: asked.host,
                port: asked.port,
                clientId: asked.clientId,
                ...(asked.readonly === true && { readOnly: true }),
                ...(asked.restart !== undefined && { restart: asked.restart }),
                orders,
              })
            : await openWeb(asked.web, {
                gate: parts.gate(),
                orders,
                readOnly: asked.readonly === true,
                now: () => timer.now(),
              });
        const all = ib.accounts.ids;
        if (asked.account !== undefined && !all.includes(asked.account)) {
          ib.close();
          throw new Problem(422, 'account', 'No such account', 'the login does not have the account that was named');
        }
        try {
          admitLive(all, asked);
        } catch (error) {
          ib.close();
          throw error;
        }
        const isOwn = asked.web?.send !== undefined || (ownGateway?.port === asked.port && ownGateway.host === asked.host);
        const mode = modeOf(all, isOwn);
        const connected = { ...asked, ib, mode, accounts: asked.account === undefined ? all : [asked.account] };
        began(asked, ib, mode);
        watch(asked, ib, mode);
        try {
          for (const listener of opened) await listener(connected);
        } catch (error) {
          ib.close();
          throw error;
        }
        if (asked.marketData !== undefined) ib.market.dataType(asked.marketData);
        if (ib.state.at === 'closed') throw new ClosedError('the session ended while it was being opened');
        current = connected;
        openedAt = timer.now();
        competing = undefined;
        ended = undefined;
        roundTrips.forget();
        outages.back();
        // Whoever looks on learns of a session that is there, not only of its changes.
        ring.push('session', { is: 'state', at: ib.state.at, time: iso(timer) });
        return connected;
      } finally {
        isOpening = false;
      }
    },
    async close() {
      const { ib } = current ?? {};
      lines.closeAll();
      current = undefined;
      ended = undefined;
      ib?.close();
      await tail;
    },
    onOpened(listener) {
      opened.push(listener);
    },
    settled: () => tail,
  };
}
