// One fault against one family in one state, client and gateway in one virtual time: what the caller sees, and when.

import { connectBy, type Ib } from '../../../src/client/connect.js';
import { ClosedError, ConnectError, GatewayError, TimeoutError } from '../../../src/client/wire/errors.js';
import { openLink } from '../../../src/client/wire/link.js';
import { type VirtualClock, virtualClock } from '../../../src/gateway/clock.js';
import { type SimulatedGateway, simulateOn } from '../../../src/gateway/simulate.js';
import { memoryNetwork } from '../../helpers/memory-network.js';
import { countedTimer, pass, passUntil } from '../../helpers/virtual-time.js';
import { type Family, families, type Life } from './families.js';
import { hooked } from './hooked.js';
import { strikes } from './strikes.js';

/** Monday 31 August 2026, 10:00 in New York. */
export const START = Date.UTC(2026, 7, 31, 14);
export const ACCOUNT = 'DU9000001';
/** How long is looked after the strike, and how long at most while a stream is not live. */
export const LOOK_MS = 150_000;
export const LONGEST_MS = 200_000;
/** How long a state lasts before the strike. */
const LEAD_MS = 5_000;
/** How long another trouble lasts that was there before. */
const TROUBLE_MS = 25_000;

/** When the fault strikes. */
export const states = {
  starting: 'The greeting of the first connection has come.',
  asked: 'The request has come to the gateway, which has answered nothing.',
  'half there': 'Half of the bytes of the first answer have come.',
  answered: 'A call was answered 5 s ago, and is made again; a stream has been live for 5 s.',
  'broker away': '1100 came 5 s ago, and 1102 comes 20 s later. A call is made now, a stream was live before.',
  competing:
    'Another login took the market data (10197) 5 s ago, and leaves 20 s later. A call is made now, a stream was live before.',
  reconnecting:
    'The connection was cut, and the greeting of the next has come. A call is made when the session is ready, a stream was live before.',
} as const;
export type State = keyof typeof states;

export interface Cell {
  readonly fault: string;
  readonly family: string;
  readonly state: State;
  /** `value`, `timeout`, `closed`, `error <code>`; of streams `live`, `stale`, `opening`, `ended: …`. */
  readonly outcome: string;
  /** Causes of the gaps that a stream told of. */
  readonly gaps: readonly string[];
  /** Milliseconds from the strike until the outcome was there for good. */
  readonly ms: number;
  /** Requests, streams, timers and connections that are left when the session has closed. */
  readonly leaks: number;
}

/** What was seen, and at which instant. */
interface Seen {
  readonly outcome: string;
  readonly gaps: readonly string[];
  readonly at: number;
}

interface Stage {
  readonly clock: VirtualClock;
  readonly gateway: SimulatedGateway;
  readonly ib: Ib;
  readonly family: Family;
  readonly state: State;
  strike(): void;
  /** It strikes when half of what comes next has come. */
  breakNext(): void;
  readonly hasStruck: () => boolean;
}

export async function play(fault: string, name: string, state: State): Promise<Cell> {
  const planned = strikes[fault];
  const family = families[name];
  if (planned === undefined || family === undefined) throw new RangeError(`no such cell: ${fault} × ${name}`);
  const clock = virtualClock(START);
  const network = memoryNetwork(clock);
  const timer = countedTimer(clock, () => 'good');
  const gateway = await simulateOn(network, {
    clock,
    accounts: [{ account: ACCOUNT, kind: 'individual-margin', holdings: { AAPL: 100 } }],
  });
  let struckAt: number | undefined;
  const strike = (): void => {
    struckAt = clock.now();
    planned.begin(gateway, family.asks);
    const { end } = planned;
    if (end !== undefined) clock.at(struckAt + end.afterMs, () => end.act(gateway, family.asks));
  };
  let isBreaking = false;
  const transport = hooked(network.openTransport, {
    greeted(connection) {
      if ((state === 'starting' && connection === 1) || (state === 'reconnecting' && connection === 2)) strike();
    },
    breaks: () => isBreaking,
    broken() {
      isBreaking = false;
      strike();
      return planned.restArrives;
    },
  });
  const connecting = connectBy((options, events) => openLink(options, events, transport), {
    port: gateway.port,
    timer,
    random: () => 0.5,
    startWithin: 60_000,
    orders: { accounts: 'none' },
  });
  const stage = {
    clock,
    gateway,
    family,
    state,
    strike,
    breakNext: () => {
      isBreaking = true;
    },
    hasStruck: () => struckAt !== undefined,
  };
  const seen = await passUntil(clock, connecting, 2 * LOOK_MS).then(
    (ib) => look({ ...stage, ib }),
    (error: unknown) => ({ outcome: `no connection: ${wordOf(error)}`, gaps: [], at: clock.now() }),
  );
  const ib = await connecting.catch(() => undefined);
  ib?.close();
  const { openRequests = 0, liveStreams = 0 } = ib?.health ?? {};
  const timers = timer.pending;
  await gateway.close();
  await pass(clock, 0);
  return {
    fault,
    family: name,
    state,
    outcome: seen.outcome,
    gaps: seen.gaps,
    ms: seen.at - (struckAt ?? Number.NaN),
    leaks: openRequests + liveStreams + timers + network.open,
  };
}

function look(stage: Stage): Promise<Seen> {
  return stage.family.shape === 'call' ? lookAtCall(stage, stage.family) : lookAtStream(stage, stage.family);
}

async function lookAtCall(stage: Stage, { call }: Extract<Family, { shape: 'call' }>): Promise<Seen> {
  const { clock, ib, state } = stage;
  if (state === 'answered') await passUntil(clock, call(ib), LOOK_MS);
  await bringTo(state, stage);
  const outcome = await passUntil(
    clock,
    call(ib).then(() => 'value', wordOf),
    2 * LOOK_MS,
  );
  return { outcome, gaps: [], at: clock.now() };
}

async function lookAtStream(stage: Stage, { open }: Extract<Family, { shape: 'stream' }>): Promise<Seen> {
  const { clock, ib, state } = stage;
  const isOpenedBefore = state !== 'starting' && state !== 'asked' && state !== 'half there';
  const before = isOpenedBefore ? open(ib, ACCOUNT) : undefined;
  if (before !== undefined) await passWhile(clock, LOOK_MS, () => before.state.at !== 'live');
  const gaps = new Set<string>();
  before?.onGap(({ cause }) => void gaps.add(cause));
  await bringTo(state, stage);
  const stream = before ?? open(ib, ACCOUNT);
  if (before === undefined) stream.onGap(({ cause }) => void gaps.add(cause));
  let at = clock.now();
  let last = lifeOf(stream);
  const looked = clock.now() + LOOK_MS;
  await passWhile(clock, LONGEST_MS, () => {
    const now = lifeOf(stream);
    if (now !== last) at = clock.now();
    last = now;
    return now === 'live' ? clock.now() < looked : stream.state.at !== 'closed';
  });
  stream.close();
  return { outcome: last, gaps: [...gaps], at };
}

/** Brings everything to the state, and lets the fault strike or waits to let it. */
async function bringTo(state: State, stage: Stage): Promise<void> {
  const { clock, gateway, family } = stage;
  const { faults } = gateway;
  switch (state) {
    case 'starting':
      return;
    case 'asked':
      faults.whenAsked(family.asks, stage.strike);
      return;
    case 'half there':
      faults.whenAsked(family.asks, stage.breakNext);
      return;
    case 'answered':
      break;
    case 'broker away':
      faults.disconnect();
      clock.at(clock.now() + TROUBLE_MS, () => faults.reconnect('kept'));
      break;
    case 'competing':
      faults.competing();
      clock.at(clock.now() + TROUBLE_MS, () => faults.competing(false));
      break;
    case 'reconnecting':
      faults.cut();
      await passWhile(clock, LOOK_MS, () => !(stage.hasStruck() && (stage.family.shape === 'stream' || isReady(stage.ib))));
      return;
    default:
      state satisfies never;
  }
  await pass(clock, LEAD_MS);
  stage.strike();
}

const isReady = ({ state }: Ib): boolean => state.at === 'ready' || state.at === 'degraded';

/** Lets time pass, `ms` at most, while something holds. */
export async function passWhile(clock: VirtualClock, ms: number, holds: () => boolean): Promise<void> {
  const end = clock.now() + ms;
  await pass(clock, 0);
  while (holds() && clock.step(end)) await pass(clock, 0);
}

export function lifeOf({ state }: Life): string {
  switch (state.at) {
    case 'closed':
      return `ended: ${state.cause === undefined ? 'closed' : wordOf(state.cause)}`;
    default:
      return state.at;
  }
}

export function wordOf(error: unknown): string {
  if (error instanceof TimeoutError) return 'timeout';
  if (error instanceof GatewayError) return `error ${error.errorCode}`;
  if (error instanceof ClosedError) return 'closed';
  if (error instanceof ConnectError) return error.phase;
  return error instanceof Error ? error.name : String(error);
}
