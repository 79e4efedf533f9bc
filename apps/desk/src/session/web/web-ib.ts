// A session over the Web API in the shape of the core's: the same commands stand on both, where the Web API has what they ask.

import { connectWeb, gatewaySigner, type Web, type WebOptions, type WebSessionState } from '@ibwire/web';
import { type Ib, type OrderOptions, type Position, type SessionState, TimeoutError } from 'ibwire';
import type { OrderGate } from '../../orders/limits.js';
import { Problem } from '../../problem.js';
import { webOrders } from './web-orders.js';

/** A gateway of the Web API. `send` and `stream` in the place of the network: a simulated one in this process. */
export interface WebAsked {
  readonly base?: string | undefined;
  readonly fingerprint?: string | undefined;
  readonly send?: WebOptions['send'];
  readonly stream?: WebOptions['stream'];
}

export interface WebParts {
  readonly gate: OrderGate;
  /** What stands before each order: the desk's guards, and those of the bus. */
  readonly orders: OrderOptions;
  readonly readOnly: boolean;
  readonly now: () => number;
}

export const LOCAL_BASE = 'https://localhost:5000/v1/api';
/** The same as the desk asks for a connection. @throws {Problem} for what is no address */
export function webAsked(web: WebAsked): {
  readonly web: WebAsked;
  readonly host: string;
  readonly port: number;
  readonly clientId: number;
} {
  const base = web.base ?? LOCAL_BASE;
  if (!URL.canParse(base)) throw new Problem(400, 'input', 'No such address', `base: ${base} is no address`);
  const { hostname, port } = new URL(base);
  return { web, host: hostname, port: Number(port || 443), clientId: 0 };
}

const READY_WITHIN = 45_000;

type Listener = (value: never) => void;

function stateFor(state: WebSessionState, now: number): SessionState {
  switch (state.at) {
    case 'ready':
      return { at: 'ready', since: now, epoch: 1 };
    case 'competing':
      return { at: 'degraded', since: now, epoch: 1, cause: 'another login holds the brokerage session' };
    case 'maintenance':
      return { at: 'degraded', since: now, epoch: 1, cause: 'maintenance of the broker' };
    case 'outer':
    case 'opening':
      return { at: 'degraded', since: now, epoch: 1, cause: 'the brokerage session is being opened' };
    case 'lost':
      return { at: 'degraded', since: now, epoch: 1, cause: state.why };
    case 'signedOut':
      return {
        at: 'degraded',
        since: now,
        epoch: 1,
        cause: state.needsPerson ? 'nobody is logged in at the gateway' : state.why,
      };
  }
}

/** Why waiting will not help. */
function hopeless(state: WebSessionState, base: string): Problem | undefined {
  if (state.at === 'competing')
    return new Problem(503, 'competing', 'Another login', 'another login of this user name holds the brokerage session', {
      remedy: 'End the other session, then connect again.',
    });
  if (state.at !== 'signedOut') return undefined;
  if (state.needsPerson)
    return new Problem(503, 'signed-out', 'Nobody is logged in', 'the gateway of the Web API waits for a person', {
      remedy: `Log in at ${new URL(base).origin} in a browser, then connect again.`,
    });
  return new Problem(502, 'connect', 'No connection to the gateway', state.why);
}

const BY_VALUE = { at: 'closed', cause: undefined } as const;

/** Opens a session and waits until it is ready. @throws {Problem} when nobody is logged in, or another login is */
export async function openWeb(asked: WebAsked, { gate, orders: options, readOnly, now }: WebParts): Promise<Ib> {
  const base = asked.base ?? LOCAL_BASE;
  const listeners = new Map<string, Set<Listener>>();
  let state: SessionState = { at: 'connecting', attempt: 1, port: 0 };
  let tell = (_: WebSessionState): void => {};
  const told = new Promise<never>((_, reject) => {
    tell = (next) => {
      const why = hopeless(next, base);
      if (why !== undefined) reject(why);
    };
  });
  told.catch(() => {});
  const emit = (name: string, value: unknown): void => {
    for (const listener of [...(listeners.get(name) ?? [])]) listener(value as never);
  };
  const mayTrade: string[] = [];
  const { guards = [], journal, live } = options;
  const web: Web = connectWeb({
    signer: gatewaySigner(),
    base,
    ...(asked.fingerprint !== undefined && { fingerprint: asked.fingerprint }),
    ...(asked.send !== undefined && { send: asked.send }),
    ...(asked.stream !== undefined && { stream: asked.stream }),
    orders: {
      guards: [gate.killSwitch.guard, ...guards],
      live: mayTrade,
      ...(journal !== undefined && { journal }),
      ...(readOnly && { policy: { readOnly: true } }),
    },
    onState(next) {
      state = stateFor(next, now());
      tell(next);
      emit('state', state);
      if (state.at === 'ready') emit('ready', state);
    },
  });
  try {
    await Promise.race([web.ready({ timeout: READY_WITHIN }), told]);
  } catch (error) {
    web.close();
    if (!(error instanceof TimeoutError)) throw error;
    throw new Problem(504, 'timeout', 'No session in time', error.message);
  }
  if (live === true) mayTrade.push(...web.accounts.ids);
  const { orders, close: closeOrders } = webOrders(web, gate, now);
  const holdings = async (call: { readonly signal?: AbortSignal } = {}): Promise<readonly Position[]> =>
    (await web.accounts.positions(call)).map(
      ({ account, contract, position, avgCost }): Position => ({
        broker: 'ibkr',
        account,
        secType: contract.secType as Position['secType'],
        symbol: contract.symbol ?? '',
        currency: contract.currency ?? '',
        ...(contract.conId !== undefined && { conId: contract.conId }),
        ...(contract.localSymbol !== undefined && { localSymbol: contract.localSymbol }),
        position,
        ...(avgCost !== undefined && { avgCost }),
        asOf: new Date(now()).toISOString(),
      }),
    );
  const ib = {
    get state() {
      return state;
    },
    clientId: 0,
    serverVersion: 0,
    health: {
      get state() {
        return state;
      },
      isReadOnly: readOnly,
      epoch: 1,
      serverVersion: 0,
      silentFor: undefined,
      farms: {},
      farmsDown: [],
      maintenance: undefined,
      nextRestart: undefined,
      openRequests: 0,
      liveStreams: 0,
      notices: [],
      admission: undefined,
    },
    accounts: Object.assign(Object.create(web.accounts), { holdings }),
    contracts: web.contracts,
    market: web.market,
    history: web.history,
    options: web.options,
    news: web.news,
    scanner: web.scanner,
    calendar: web.calendar,
    advisor: web.advisor,
    terminal: web.terminal,
    orders,
    on(name: string, listener: Listener) {
      const all = listeners.get(name) ?? new Set();
      listeners.set(name, all.add(listener));
      return () => void all.delete(listener);
    },
    close() {
      if (state.at === 'closed') return;
      closeOrders();
      web.close();
      state = BY_VALUE;
      emit('state', state);
    },
  };
  return ib as unknown as Ib; // what is not here the Web API has not: it refuses by name
}
