// A soak: hours of trading in virtual time, fault after fault, with a look at everything after each recovery.

import { pass, passUntil } from '../helpers/virtual-time.js';
import { runOrders } from './orders.js';
import { type PlantName, plants } from './plants.js';
import { runRequests } from './requests.js';
import { ACCOUNT, openStage, type Stage } from './stage.js';
import { runStreams } from './streams.js';
import { checkCancel, checkCash, checkOrders, checkPositions } from './truth.js';
import { runVisitor } from './visitor.js';
import { anyFault, type Fault, type FaultName, night, weekend } from './weather.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** From the beginning of a soak to the first restart of the night, at 23:45. */
const NIGHT = 14.25 * HOUR;
const FRIDAY = 4;
const FAULT_EVERY_MS = 300_000;
/** So many hours are filled to the brim; longer soaks have as much in more time. */
export const FULL_HOURS = 48;
/** From the end of a fault to the look at everything. */
const RECOVERY_MS = 240_000;
/** Orders rest this long before the look. */
const REST_MS = 40_000;
/** Longer than anything that is asked may take. */
const LONGEST_MS = 120_000;

export interface SoakOptions {
  readonly hours: number;
  readonly seed: number;
  readonly plant?: PlantName;
  /** No other faults than these; unset: all. */
  readonly faults?: readonly FaultName[];
  /** Called after each simulated hour. */
  readonly onHour?: (hour: number, wrongs: number) => void;
}

export type Counts = ReadonlyMap<string, number>;

export interface SoakResult {
  readonly hours: number;
  readonly seed: number;
  /** What was found wrong, each with its time and the fault before it. */
  readonly wrongs: readonly string[];
  readonly faults: Counts;
  readonly looks: number;
  readonly connections: number;
  readonly frames: number;
  readonly orders: number;
  readonly ends: Counts;
  /** Orders that ended while the link was down, before a word about them had come: they stay unclear. */
  readonly unknowable: number;
  readonly fills: number;
  readonly visits: number;
  readonly streams: number;
  readonly distinctStreams: number;
  readonly items: number;
  readonly gaps: Counts;
  /** Of streams that nobody closed, by the kind of error. */
  readonly streamEnds: Counts;
  readonly calls: number;
  /** By outcome. */
  readonly outcomes: Counts;
}

/** What goes on while faults come and go. */
function begin(stage: Stage) {
  return {
    positions: stage.ib.accounts.livePositions(),
    values: stage.ib.accounts.liveNumbers(ACCOUNT),
    streams: runStreams(stage),
    orders: runOrders(stage),
    requests: runRequests(stage),
    visitor: runVisitor(stage),
    /** Orders about whose end the client cannot know. */
    unknowable: 0,
  };
}

type Show = ReturnType<typeof begin>;

/** `since`: when the last fault ended. */
function look(stage: Stage, show: Show, since: number): void {
  const { positions, values, streams, orders } = show;
  const { ib, promises, wrong } = stage;
  if (ib.state.at !== 'ready') wrong(`the session is ${ib.state.at}`);
  for (const one of promises.late()) wrong(one);
  streams.check(since);
  show.unknowable = checkOrders(stage, orders);
  checkPositions(stage, positions.view);
  checkCash(stage, values.view);
}

/** A fault from its beginning to the look after it. */
async function suffer(stage: Stage, show: Show, fault: Fault): Promise<void> {
  const { clock, chance, gateway, wrongs } = stage;
  const before = wrongs.length;
  fault.begin(gateway, chance);
  await pass(clock, chance.whole(...fault.lasts) * 1_000);
  fault.end?.(gateway);
  const since = clock.now();
  await pass(clock, RECOVERY_MS - REST_MS);
  show.orders.isPaused = true;
  await pass(clock, REST_MS);
  look(stage, show, since);
  await checkCancel(stage, show.orders);
  show.orders.isPaused = false;
  for (let at = before; at < wrongs.length; at++) wrongs[at] += ` [after: ${fault.name}]`;
}

/** Everything is closed, and nothing may be left. */
async function finish(stage: Stage, { positions, values, streams, requests, visitor }: Show): Promise<void> {
  const { clock, ib, network, promises, timer, wrong } = stage;
  stage.rest();
  streams.closeAll();
  visitor.end();
  positions.close();
  values.close();
  await pass(clock, LONGEST_MS);
  if (ib.health.liveStreams > 0) wrong(`${ib.health.liveStreams} streams are open after all were closed`);
  if (ib.health.openRequests > 0) wrong(`${ib.health.openRequests} requests are open although nothing is asked`);
  requests.askAll();
  const asked = clock.now();
  while (promises.pending > 0 && clock.now() < asked + LONGEST_MS) await pass(clock, 100);
  await passUntil(clock, stage.close(), LONGEST_MS);
  if (timer.pending > 0) wrong(`${timer.pending} timers of the client are left when it has closed`);
  await pass(clock, LONGEST_MS);
  for (const one of promises.late()) wrong(one);
  if (timer.pending > 0) wrong(`${timer.pending} timers of the client have begun since`);
  if (network.open > 0) wrong(`${network.open} connections are left`);
  if (clock.pending > 0) wrong(`${clock.pending} timers of the gateway are left`);
}

export async function soak({ hours, seed, plant = 'nothing', faults, onHour }: SoakOptions): Promise<SoakResult> {
  const density = Math.min(1, FULL_HOURS / hours);
  const stage = await openStage(seed, density, plants[plant]());
  const { clock, chance, ib, promises } = stage;
  const show = begin(stage);
  const start = clock.now();
  const counts = new Map<string, number>();
  let looks = 0;
  let hour = 0;
  let nextNight = start + NIGHT;
  while (clock.now() < start + hours * HOUR) {
    const wait = chance.wait(FAULT_EVERY_MS / density);
    const isNight = clock.now() + wait >= nextNight;
    await pass(clock, isNight ? Math.max(0, nextNight - clock.now()) : wait);
    const isFriday = Math.floor((nextNight - start) / DAY) % 7 === FRIDAY;
    const fault = isNight ? (isFriday ? weekend : night) : anyFault(chance, faults);
    if (isNight) nextNight += DAY;
    await suffer(stage, show, fault);
    counts.set(fault.name, (counts.get(fault.name) ?? 0) + 1);
    looks++;
    for (; (hour + 1) * HOUR <= clock.now() - start; hour++) onHour?.(hour + 1, stage.wrongs.length);
  }
  const { frames } = stage.gateway.traffic;
  const connections = ib.health.epoch;
  const { orders, streams, visitor } = show;
  await finish(stage, show);
  return {
    hours,
    seed,
    wrongs: stage.wrongs,
    faults: counts,
    looks,
    connections,
    frames,
    orders: orders.placed,
    ends: orders.ends,
    unknowable: show.unknowable,
    fills: orders.trades.reduce((sum, { fills }) => sum + fills.length, 0),
    visits: visitor.visits,
    streams: streams.opened,
    distinctStreams: streams.distinct,
    items: streams.items,
    gaps: streams.gaps,
    streamEnds: streams.ended,
    calls: promises.made,
    outcomes: promises.outcomes,
  };
}
