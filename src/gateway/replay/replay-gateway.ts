// Serves captures on loopback as a gateway.

import { type AddressInfo, createServer, type Socket } from 'node:net';
import { basename } from 'node:path';
import { type Capture, loadCapture } from '../../capture/reader.js';
import { anything, list, milliseconds, object, oneOf, plainOr, record, text, whole } from '../../input/checks.js';
import { insist } from '../../input/option-error.js';
import type { Outgoing } from '../../protocol/registry.js';
import { type Clock, wallClock } from '../clock.js';
import { serve, type Trouble } from './conversation.js';
import type { Unplayed } from './recording.js';
import { ReplayError } from './replay-error.js';
import { Schedule } from './schedule.js';
import { type NamedCapture, type ScriptSource, scriptOf } from './script.js';

/**
 * `recorded`: each message as long after its request as it was recorded. A number: that many times as fast. `fast`: at once.
 * `step`: only when {@link ReplayGateway.step} is called.
 */
export type Pace = 'recorded' | 'fast' | 'step' | number;

/** What is played, how fast, and where it listens. */
export interface ReplayOptions {
  /** One capture, or several that are joined into one script: files, or captures in memory with a name. */
  readonly captures: readonly (string | NamedCapture)[];
  /** `fast` unless told. */
  readonly pace?: Pace;
  /** Plays everything at this server version, whatever it was recorded at; the version of the first capture unless told. */
  readonly serverVersion?: number;
  /** 127.0.0.1 and a free port unless told. */
  readonly host?: string;
  readonly port?: number;
  /** Milliseconds a client has for its handshake; 10,000 unless told. */
  readonly patience?: number;
  /** The clock that `recorded` and a number are measured on; the wall clock unless told. It stays the caller's. */
  readonly clock?: Clock;
}

const words = oneOf('recorded', 'fast', 'step');
const optionChecks = record<ReplayOptions>(
  {
    captures: list(plainOr(text, record<NamedCapture>({ name: text, capture: object }, ['name', 'capture']))),
    pace: (path, value) => (typeof value === 'number' ? anything : words)(path, value),
    serverVersion: whole(1),
    host: text,
    port: whole(0, 65_535),
    patience: milliseconds(),
    clock: object,
  },
  ['captures'],
);

/** A request that a client sent. */
export interface Received {
  /** Counts clients from 0. */
  readonly connection: number;
  readonly message: Outgoing;
  /** The capture whose answer was given; undefined when none was. */
  readonly source: string | undefined;
}

/** A gateway that plays captures. Closing it ends every connection. */
export interface ReplayGateway extends AsyncDisposable {
  readonly port: number;
  readonly sources: readonly ScriptSource[];
  /** Recorded frames that are never sent, and why. */
  readonly unplayed: readonly Unplayed[];
  /** Every request, in the order in which they came. */
  readonly received: readonly Received[];
  /** Those of them that no recorded request was found for; startApi is not among them. */
  readonly unmatched: readonly Received[];
  /** What clients did that no gateway takes. */
  readonly troubles: readonly Trouble[];
  /** Sends the next `count` messages (1 unless told) that wait, over all clients in the order they connected; gives how many. */
  step(count?: number): number;
  /** Ends every connection and stops listening. */
  close(): Promise<void>;
}

/**
 * Starts a replay. The n-th client gets the n-th connection of a single capture (later ones the last), or the joined one.
 * @throws {ReplayError} for captures that cannot be played as asked. @throws {CaptureError} for a damaged file.
 */
export async function replayGateway(options: ReplayOptions): Promise<ReplayGateway> {
  insist(optionChecks, '', options);
  const script = scriptOf(await Promise.all(options.captures.map(named)), options.serverVersion);
  const { clock, speed, isStepwise } = timing(options.pace ?? 'fast', options.clock);
  const { patience = 10_000 } = options;
  const schedules: Schedule[] = [];
  const sockets = new Set<Socket>();
  const received: Received[] = [];
  const unmatched: Received[] = [];
  const troubles: Trouble[] = [];

  const server = createServer((socket) => {
    const connection = schedules.length;
    const play = script.connections[connection] ?? script.connections.at(-1);
    if (play === undefined) throw new ReplayError('REPLAY_EMPTY', 'the script has no connection');
    const schedule = new Schedule(clock, { speed, isStepwise });
    schedules.push(schedule);
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    serve(socket, play, schedule, patience, {
      received: (message, request) => {
        const entry = { connection, message, source: request?.source };
        received.push(entry);
        if (request === undefined && message.kind !== 'startApi') unmatched.push(entry);
      },
      trouble: (at, text) => void troubles.push({ connection, at, text }),
    });
  });
  server.on('error', (error) => void troubles.push({ connection: -1, at: 'socket', text: error.message }));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, options.host ?? '127.0.0.1', resolve);
  });
  // A listening TCP server has an address with a port.
  const { port } = server.address() as AddressInfo;

  const step = (count = 1): number => schedules.reduce((sent, schedule) => sent + schedule.step(count - sent), 0);
  const close = async (): Promise<void> => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const socket of sockets) socket.destroy();
    await closed;
    if (options.clock === undefined) clock?.close();
  };
  const { sources, unplayed } = script;
  return { port, sources, unplayed, received, unmatched, troubles, step, close, [Symbol.asyncDispose]: close };
}

async function named(given: string | NamedCapture): Promise<NamedCapture> {
  if (typeof given !== 'string') return given;
  const capture: Capture = await loadCapture(given);
  return { name: basename(given, '.ibcap'), capture };
}

function timing(pace: Pace, given: Clock | undefined): { clock: Clock | undefined; speed: number; isStepwise: boolean } {
  if (pace === 'fast' || pace === 'step') return { clock: undefined, speed: 1, isStepwise: pace === 'step' };
  const speed = pace === 'recorded' ? 1 : pace;
  if (!(speed > 0) || !Number.isFinite(speed)) throw new ReplayError('REPLAY_PACE', `${pace} is not a pace: a number above 0 is`);
  return { clock: given ?? wallClock(), speed, isStepwise: false };
}
