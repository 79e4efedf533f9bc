// The one socket of the stream: opened when somebody wants a stream, kept alive, opened again, its topics said anew after each opening.

import type { Timer } from 'ibwire';
import type { OpenStream, StreamSocket } from '../transport/stream.js';
import { type Frame, readFrame } from './frame.js';
import type { LossCause, Row } from './types.js';

/** A topic as the link knows it. Streams come back by rank: what others rest on first. */
export interface Upstream {
  /** As it stands in frames: `smd+265598`. Several where one stream is made of more. */
  readonly names: readonly string[];
  readonly rank: number;
  subscribe(): readonly string[];
  unsubscribe(): readonly string[];
  /** Data of one of its names. */
  take(name: string, value: Row, rows: readonly Row[]): void;
  /** What comes now is a gap, until it comes again. `at`: since when nothing is certain. */
  lost(cause: LossCause, at: number): void;
  /** It was subscribed anew. */
  opened(): void;
  /** Time has passed, about a second. */
  tick(now: number): void;
}

export interface LinkParts {
  readonly timer: Timer;
  readonly open: OpenStream;
  /** Where to, signed; undefined: there is no session that would let it in. */
  /** `attempt`: how many have failed before. */
  address(
    attempt: number,
  ): Promise<{ readonly url: URL; readonly headers: Readonly<Record<string, string>>; readonly session: string } | undefined>;
  isReady(): boolean;
  /** An `sts` frame. */
  heard(value: Row): void;
  /** Notifications, bulletins, errors, what is unknown. */
  told(frame: Frame): void;
}

export interface StreamLink {
  /** Subscribes it now, or with the next opening. */
  add(upstream: Upstream): void;
  /** Says one topic again. */
  renew(upstream: Upstream): void;
  remove(upstream: Upstream): void;
  /** The session is ready to be subscribed to: resolves when all topics were said, or when that does not succeed in time. */
  resubscribe(): Promise<void>;
  /** The session is not ready any more. */
  lost(cause: LossCause): void;
  readonly isOpen: boolean;
  close(): void;
}

const SECOND = 1_000;
/** The server wants one each minute. */
const TIC_EVERY = 30_000;
/** It sends a heartbeat every ten seconds: so long without any frame, and nobody is there. */
const SILENT_AFTER = 35_000;
/** Nobody wants a stream: the socket is kept for so long, as the next one may come soon. */
const IDLE_AFTER = 60_000;
/** For the greeting after the socket is open. */
const GREETED_WITHIN = 10_000;
const backOff = (failures: number): number => Math.min(60_000, 1_000 * 2 ** Math.min(failures, 6));

type At =
  | { readonly at: 'idle' }
  /** Waits before it tries again. */
  | { readonly at: 'waiting' }
  /** `isTurnedDown`: it has said that there is no session; it may be subscribed to when there is one. */
  | {
      readonly at: 'opening';
      readonly socket: StreamSocket | undefined;
      readonly since: number;
      readonly session: string;
      readonly isTurnedDown: boolean;
    }
  /** Greeted, and every topic was said. */
  | { readonly at: 'open'; readonly socket: StreamSocket };

export function createLink(parts: LinkParts): StreamLink {
  const { timer } = parts;
  const upstreams = new Set<Upstream>();
  const byName = new Map<string, Set<Upstream>>();
  /** Subscribed over the socket that is open, in the session that is ready. */
  const said = new Set<Upstream>();
  let state: At = { at: 'idle' };
  let isClosed = false;
  /** Counts sockets: what an older one still says is not heard. */
  let epoch = 0;
  let failures = 0;
  let lastHeard = timer.now();
  let lastTic = 0;
  let idleSince: number | undefined;
  let waiters: (() => void)[] = [];
  let stopWait = (): void => {};
  let stopBeat: (() => void) | undefined;

  const inOrder = (): readonly Upstream[] => [...upstreams].sort((a, b) => a.rank - b.rank);
  const settle = (): void => {
    const before = waiters;
    waiters = [];
    for (const done of before) done();
  };
  const say = (socket: StreamSocket, upstream: Upstream): void => {
    said.add(upstream);
    for (const text of upstream.subscribe()) socket.send(text);
    upstream.opened();
  };
  const sayAll = (socket: StreamSocket): void => {
    for (const upstream of inOrder()) say(socket, upstream);
  };

  const greeted = (socket: StreamSocket): void => {
    failures = 0;
    state = { at: 'open', socket };
    if (parts.isReady() || waiters.length > 0) sayAll(socket);
    settle();
  };

  const ended = (cause: LossCause): void => {
    const before = state;
    epoch += 1;
    said.clear();
    state = { at: 'idle' };
    if (before.at === 'open' || before.at === 'opening') before.socket?.close();
    if (before.at === 'open') for (const upstream of inOrder()) upstream.lost(cause, lastHeard);
    settle();
    retry();
  };
  /** Nobody wants anything. */
  const rest = (): void => {
    epoch += 1;
    stopWait();
    if (state.at === 'open' || state.at === 'opening') state.socket?.close();
    state = { at: 'idle' };
    failures = 0;
    settle();
  };
  const retry = (): void => {
    if (isClosed || upstreams.size === 0 || state.at !== 'idle') return;
    state = { at: 'waiting' };
    stopWait = timer.after(backOff(failures), () => {
      state = { at: 'idle' };
      if (parts.isReady()) void connect();
    });
    failures += 1;
  };

  const take = (frame: Frame): void => {
    switch (frame.topic) {
      case 'data': {
        const wanted = byName.get(frame.name);
        if (wanted !== undefined) for (const upstream of wanted) upstream.take(frame.name, frame.value, frame.rows);
        return;
      }
      case 'waiting':
        if (state.at === 'opening') state.socket?.send(JSON.stringify({ session: state.session }));
        return;
      case 'system':
      case 'tic':
      case 'act':
        return;
      case 'sts': {
        parts.heard(frame.value);
        const { args } = frame.value;
        const isIn = typeof args === 'object' && args !== null && (args as Row)['authenticated'] === true;
        if (state.at !== 'opening' || state.socket === undefined) return;
        if (isIn) greeted(state.socket);
        else state = { ...state, isTurnedDown: true };
        return;
      }
      default:
        parts.told(frame);
    }
  };

  const connect = async (): Promise<void> => {
    if (isClosed || state.at === 'opening' || state.at === 'open') return;
    stopWait();
    epoch += 1;
    const mine = epoch;
    state = { at: 'opening', socket: undefined, since: timer.now(), session: '', isTurnedDown: false };
    const to = await parts.address(failures).catch(() => undefined);
    if (mine !== epoch || isClosed) return;
    if (to === undefined) return ended('disconnected');
    lastHeard = timer.now();
    beat();
    const socket = parts.open(to, {
      opened() {},
      frame(data) {
        if (mine !== epoch) return;
        lastHeard = timer.now();
        take(readFrame(data));
      },
      closed(why) {
        if (mine !== epoch) return;
        if (state.at === 'opening') parts.told({ topic: 'error', text: `the stream cannot be opened: ${why}` });
        ended('disconnected');
      },
    });
    if (mine === epoch && state.at === 'opening') state = { ...state, socket, session: to.session };
  };

  const beat = (): void => {
    stopBeat ??= timer.after(SECOND, () => {
      stopBeat = undefined;
      if (isClosed) return;
      const now = timer.now();
      if (state.at === 'open' && now - lastHeard > SILENT_AFTER) ended('silent');
      else if (state.at === 'opening' && now - state.since > GREETED_WITHIN) ended('disconnected');
      if (state.at === 'open' && now - lastTic >= TIC_EVERY) {
        lastTic = now;
        state.socket.send('tic');
      }
      if (state.at === 'idle' && upstreams.size > 0 && parts.isReady()) void connect();
      // What was wanted while the session opened, after its streams had been said.
      if (state.at === 'open' && parts.isReady())
        for (const upstream of inOrder()) if (!said.has(upstream)) say(state.socket, upstream);
      for (const upstream of [...upstreams]) upstream.tick(now);
      idleSince = upstreams.size > 0 ? undefined : (idleSince ?? now);
      if (idleSince === undefined || now - idleSince < IDLE_AFTER) beat();
      else rest();
    });
  };

  return {
    get isOpen() {
      return state.at === 'open';
    },
    add(upstream) {
      upstreams.add(upstream);
      for (const name of upstream.names) byName.set(name, (byName.get(name) ?? new Set()).add(upstream));
      beat();
      if (!parts.isReady()) return;
      if (state.at !== 'open') {
        if (state.at === 'idle') void connect();
        return;
      }
      say(state.socket, upstream);
    },
    renew(upstream) {
      if (state.at === 'open' && parts.isReady()) for (const text of upstream.subscribe()) state.socket.send(text);
    },
    remove(upstream) {
      if (!upstreams.delete(upstream)) return;
      said.delete(upstream);
      let isShared = false;
      for (const name of upstream.names) {
        byName.get(name)?.delete(upstream);
        if (byName.get(name)?.size === 0) byName.delete(name);
        else isShared = true;
      }
      if (state.at === 'open' && !isShared) for (const text of upstream.unsubscribe()) state.socket.send(text);
    },
    resubscribe() {
      if (upstreams.size === 0 || isClosed) return Promise.resolve();
      if (state.at === 'open' || (state.at === 'opening' && state.isTurnedDown && state.socket !== undefined)) {
        const { socket } = state;
        failures = 0;
        state = { at: 'open', socket: socket as StreamSocket };
        sayAll(state.socket);
        return Promise.resolve();
      }
      return new Promise((resolve) => {
        const stop = timer.after(GREETED_WITHIN + 2 * SECOND, resolve);
        waiters.push(() => {
          stop();
          resolve();
        });
        if (state.at !== 'opening') void connect();
      });
    },
    lost(cause) {
      said.clear();
      if (state.at === 'open') for (const upstream of inOrder()) upstream.lost(cause, timer.now());
    },
    close() {
      isClosed = true;
      stopWait();
      stopBeat?.();
      if (state.at === 'open' || state.at === 'opening') state.socket?.close();
      state = { at: 'idle' };
      settle();
    },
  };
}
