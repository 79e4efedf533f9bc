// A simulated web gateway: the table of endpoints before the world of a simulated gateway.

import type { SimulatedGateway } from 'ibwire/gateway';
import { createBudgets } from '../admission/budgets.js';
import { readBody } from '../body.js';
import { type EndpointName, find, rowOf } from '../endpoints/list.js';
import type { Send } from '../sign/signer.js';
import type { OpenStream } from '../transport/stream.js';
import { accountHandlers } from './accounts.js';
import { contractHandlers } from './contracts.js';
import { type Answer, type Door, error, type Handler, html404, json, text } from './door.js';
import { defaultFaults, type WebFaults } from './faults.js';
import { marketHandlers } from './market.js';
import { orderListHandlers } from './order-lists.js';
import { orderHandlers } from './orders.js';
import { endBrokerage, SESSION, sessionHandlers } from './session.js';
import { DoorStreams } from './stream.js';

const handlers: Readonly<Partial<Record<EndpointName, Handler>>> = {
  ...sessionHandlers,
  ...accountHandlers,
  ...contractHandlers,
  ...marketHandlers,
  ...orderHandlers,
  ...orderListHandlers,
};
/** What it answers; everything else of the table gets 503, as a service that is away. */
export const simulatedEndpoints = Object.keys(handlers) as readonly EndpointName[];

/** A request as it came, for tests. */
export interface SeenRequest {
  readonly name: EndpointName | undefined;
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  readonly status: number | 'lost';
}

export interface WebGateway {
  /** One request; `lost`: the connection breaks without an answer. */
  handle(method: string, target: string, body?: string): Answer | 'lost';
  /** The same as a way to send, without a socket. */
  readonly send: Send;
  /** The stream, without a socket. */
  readonly stream: OpenStream;
  /** Sockets of the stream that are open, for who listens. */
  readonly streams: DoorStreams;
  readonly faults: WebFaults;
  readonly seen: readonly SeenRequest[];
  readonly door: Door;
  /** Another login takes the brokerage session, or lets it go. */
  compete(isThere: boolean): void;
  /** The nightly reset: everything has to begin anew. `outer`: the login too. */
  reset(outer?: boolean): void;
  /** A person logs in. */
  login(): void;
}

const KEEP = 10_000;

/** Takes one of these out of the list; false when there is none. */
function takes(list: EndpointName[], name: EndpointName): boolean {
  const at = list.indexOf(name);
  if (at >= 0) list.splice(at, 1);
  return at >= 0;
}

/** The day in New York, where the session of North America ends. */
const dayIn = (at: number): string => new Date(at).toLocaleDateString('en-CA', { timeZone: 'America/New_York' });

/** The second door to a simulated world: what is placed at one is seen at the other. */
export function webGateway(gateway: SimulatedGateway, options: { readonly clientId?: number } = {}): WebGateway {
  let count = 0;
  const faults = defaultFaults();
  const seen: SeenRequest[] = [];
  const door: Door = {
    gateway,
    faults,
    clientId: options.clientId ?? 32_000,
    references: new Map(),
    session: {
      outer: true,
      brokerage: false,
      competing: false,
      accountsAsked: false,
      portfolioAsked: false,
      seen: new Set(),
      suppressed: new Set(),
      pending: undefined,
      prompted: undefined,
      kept: new Map(),
      stale: new Set(),
    },
    now: () => gateway.clock.now(),
    next: () => {
      count += 1;
      return count;
    },
  };
  const budgets = createBudgets();
  const streams = new DoorStreams(door);
  let keptOutUntil = 0;
  let today = dayIn(gateway.clock.now());
  gateway.clock.every(60_000, () => {
    const before = today;
    today = dayIn(gateway.clock.now());
    if (faults.resetsAtMidnight && before !== today) reset();
  });
  const reset = (outer = false): void => {
    endBrokerage(door);
    door.session.portfolioAsked = false;
    if (outer) door.session.outer = false;
    streams.tellSession();
  };

  const answer = (method: string, target: string, body: string): Answer | 'lost' => {
    const url = new URL(target, 'https://localhost');
    const path = url.pathname.replace(/^\/v1\/(?:api|portal)/, '');
    const asked = find(method, path);
    if (asked === undefined) return faults.htmlNotFound ? html404 : error('not found', 404);
    const { name, values } = asked;
    if (faults.enforcePacing) {
      const now = door.now();
      if (now < keptOutUntil || budgets.wait(name, now) > 0) {
        keptOutUntil = Math.max(keptOutUntil, now + faults.penaltyBox);
        return json({ error: 'Too many requests' }, 429);
      }
      budgets.release(budgets.take(name, now), now);
    }
    const { needs } = rowOf(name);
    const { session } = door;
    if (!session.outer && needs !== 'nothing') return text('Unauthorized', 401);
    const isOfSession = /^POST \/iserver\/(?:auth|reauthenticate)/.test(name);
    if ((needs === 'brokerage' || needs === 'hmds') && !isOfSession && !session.brokerage)
      return error('Bad Request: no bridge', 400);
    if (takes(faults.requestLost, name)) return 'lost';
    const handler = handlers[name];
    if (handler === undefined) return error('Service Unavailable', 503);
    const read = readBody(body);
    const made = handler(door, { name, values, query: url.searchParams, body: read.form === 'json' ? read.value : undefined });
    return takes(faults.answerLost, name) ? 'lost' : made;
  };

  const handle = (method: string, target: string, body = ''): Answer | 'lost' => {
    const result = faults.down ? 'lost' : answer(method, target, body);
    const path = new URL(target, 'https://localhost').pathname.replace(/^\/v1\/(?:api|portal)/, '');
    const read = readBody(body);
    seen.push({
      name: find(method, path)?.name,
      method,
      path,
      body: read.form === 'json' ? read.value : undefined,
      status: result === 'lost' ? 'lost' : result.status,
    });
    if (seen.length > KEEP) seen.splice(0, seen.length - KEEP);
    return result;
  };
  return {
    handle,
    async send({ method, url, body }) {
      const result = handle(method, `${url.pathname}${url.search}`, body);
      if (result === 'lost') throw new Error('socket hang up');
      return result;
    },
    faults,
    seen,
    door,
    stream: streamOver(streams, door),
    streams,
    compete(isThere) {
      door.session.competing = isThere;
      if (isThere) endBrokerage(door);
      streams.tellSession();
    },
    reset,
    login() {
      door.session.outer = true;
    },
  };
}

/** Opens streams in this process: what is sent arrives in a later turn, as over a socket. */
function streamOver(streams: DoorStreams, door: Door): OpenStream {
  return ({ headers }, events) => {
    let isOver = false;
    const end = (why: string): void => {
      if (isOver) return;
      isOver = true;
      queueMicrotask(() => events.closed(why));
    };
    const toUser = (does: () => void): void =>
      queueMicrotask(() => {
        if (!isOver) does();
      });
    if (door.faults.down || !door.session.outer) {
      end(door.faults.down ? 'socket hang up' : 'Unexpected server response: 401');
      return { send() {}, close() {} };
    }
    toUser(() => events.opened());
    const stream = streams.open(
      { send: (frame) => toUser(() => events.frame(frame)), cut: () => end('1006') },
      headers['Cookie']?.includes(SESSION) === true ? SESSION : undefined,
    );
    return {
      send: (text) =>
        queueMicrotask(() => {
          if (!isOver) stream.take(text);
        }),
      close() {
        stream.closed();
        end('1006');
      },
    };
  };
}
