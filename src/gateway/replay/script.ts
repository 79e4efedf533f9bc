// What a replay plays: for each connection what comes at the start, and for each request what was answered.
import { type FrameFields, fieldsOf } from '../../capture/fields.js';
import type { Capture } from '../../capture/reader.js';
import { incomingEncoder } from '../../protocol/encode.js';
import { MAX_VERSION, MIN_VERSION } from '../../protocol/handshake.js';
import type { IncomingKind, Outgoing, OutgoingKind } from '../../protocol/registry.js';
import { Anchors } from './anchors.js';
import { connectionsOf, type RecordedAnswer, type RecordedConnection, type Unplayed } from './recording.js';
import { ReplayError } from './replay-error.js';

/** One recorded message, in the form of the script's server version. */
export interface ScriptFrame {
  readonly kind: IncomingKind | 'unknown';
  /** Microseconds after the request it answers, or after the start of the connection. */
  readonly after: number;
  readonly payload: Uint8Array;
  readonly fields: FrameFields;
}

export interface ScriptRequest {
  readonly source: string;
  readonly kind: OutgoingKind;
  readonly message: Outgoing;
  /** Recorded connection: ids mean something only within one. */
  readonly space: number;
  readonly answers: ScriptFrame[];
  /** After the answers the server ended the connection. */
  isLast: boolean;
}

export interface ScriptConnection {
  readonly serverVersion: number;
  readonly connectionTime: string;
  readonly opening: readonly ScriptFrame[];
  readonly requests: readonly ScriptRequest[];
}

/** A capture that is part of a script, by the name it was given. */
export interface ScriptSource {
  readonly name: string;
  readonly where: string | undefined;
  readonly licence: string | undefined;
  /** Its own server versions; where one differs from the script's, messages are decoded and encoded anew. */
  readonly serverVersions: readonly number[];
}

export interface Script {
  readonly sources: readonly ScriptSource[];
  /** The first client to connect gets the first, and so on; later ones the last. */
  readonly connections: readonly ScriptConnection[];
  readonly unplayed: readonly Unplayed[];
}

/** A capture in memory, with the name that reports use. */
export interface NamedCapture {
  readonly name: string;
  readonly capture: Capture;
}

/** Shown to the client when no greeting was recorded. */
const NO_TIME = '19700101 00:00:00 UTC';

/**
 * One capture gives a script with its own connections. Several are joined into one connection that knows the requests of all
 * of them and starts as the first one did. `serverVersion` translates everything to one version; without it captures of
 * different versions are refused.
 */
export function scriptOf(captures: readonly NamedCapture[], serverVersion?: number): Script {
  const unplayed: Unplayed[] = [];
  const recorded = captures.map(({ name, capture }) => ({ name, capture, connections: connectionsOf(name, capture, unplayed) }));
  const groups = recorded.length === 1 ? recorded.flatMap(separate) : [recorded.flatMap(({ connections }) => connections)];
  if (groups.every((group) => group.every(({ messages }) => messages.length === 0)))
    throw new ReplayError('REPLAY_EMPTY', 'no capture holds a message that can be played');
  const connections = groups.map((group) => join(group, versionOf(group, serverVersion), unplayed));
  const sources = recorded.map(({ name, capture: { header }, connections: own }) => ({
    name,
    where: header.source?.where,
    licence: header.source?.licence,
    serverVersions: [...new Set(own.flatMap(versionsOf))],
  }));
  return { sources, connections, unplayed };
}

/** The connections one by one; frames outside of them go with the first. */
function separate({ connections }: { connections: readonly RecordedConnection[] }): RecordedConnection[][] {
  const greeted = connections.filter(({ greeting }) => greeting !== undefined);
  const loose = connections.filter(({ greeting }) => greeting === undefined);
  const [first = [], ...rest] = greeted.map((connection) => [connection]);
  return [[...first, ...loose], ...rest];
}

function versionsOf({ greeting, messages }: RecordedConnection): number[] {
  const said = messages.map(({ serverVersion }) => serverVersion);
  return greeting === undefined ? said : [greeting.serverVersion, ...said];
}

function versionOf(group: readonly RecordedConnection[], wanted: number | undefined): number {
  const found = [...new Set(group.flatMap(versionsOf))];
  const version = wanted ?? found[0];
  if (version === undefined) throw new ReplayError('REPLAY_VERSION', 'no capture says its server version: name one');
  if (wanted === undefined && found.length > 1)
    throw new ReplayError('REPLAY_VERSION', `the captures are of server versions ${found.join(', ')}: name one to play them at`);
  if (!Number.isInteger(version) || version < MIN_VERSION || version > MAX_VERSION)
    throw new ReplayError('REPLAY_VERSION', `server version ${version} is not one of ${MIN_VERSION} to ${MAX_VERSION}`);
  return version;
}

function join(group: readonly RecordedConnection[], serverVersion: number, unplayed: Unplayed[]): ScriptConnection {
  const parts = group.map((connection, space) => part(connection, space, serverVersion, unplayed));
  const first = group.findIndex(({ greeting }) => greeting !== undefined);
  return {
    serverVersion,
    connectionTime: group[first]?.greeting?.connectionTime ?? NO_TIME,
    opening: parts[Math.max(0, first)]?.opening ?? [],
    requests: parts.flatMap(({ requests }) => requests),
  };
}

function part(connection: RecordedConnection, space: number, serverVersion: number, unplayed: Unplayed[]) {
  const { source, start, messages } = connection;
  const anchors = new Anchors(connection);
  const requests = new Map<object, ScriptRequest>();
  for (const { direction, message } of messages) {
    if (direction === 'out' && message.kind !== 'unknown')
      requests.set(message, { source, kind: message.kind, message, space, answers: [], isLast: false });
  }
  const opening: ScriptFrame[] = [];
  for (const [at, answer] of messages.entries()) {
    if (answer.direction !== 'in') continue;
    const anchor = anchors.of(answer, at);
    const refuse = (why: string): void => {
      unplayed.push({ source, direction: 'in', kind: answer.message.kind, why });
    };
    if (anchor.at === 'lost') {
      refuse(anchor.id === undefined ? 'no recorded request brought it' : `no recorded request has id ${anchor.id}`);
      continue;
    }
    const { request } = anchor;
    const frame = frameOf(answer, Math.max(0, answer.micros - (request?.micros ?? start)), serverVersion);
    if (frame === undefined)
      refuse(`a kind nobody knows cannot be played at another server version than ${answer.serverVersion}`);
    else (request === undefined ? opening : requests.get(request.message)?.answers)?.push(frame);
  }
  const last = [...requests.values()].at(-1);
  if (last !== undefined) last.isLast = connection.isEndedByServer;
  return { opening, requests: [...requests.values()] };
}

/** The bytes as they were recorded, or the message written anew when the script plays at another server version. */
function frameOf({ message, payload, serverVersion }: RecordedAnswer, after: number, at: number): ScriptFrame | undefined {
  if (message.kind === 'unknown' && serverVersion !== at) return undefined;
  const bytes =
    message.kind === 'unknown' || serverVersion === at ? payload : incomingEncoder(at).encode(message.kind, message).subarray(4);
  return { kind: message.kind, after, payload: bytes, fields: fieldsOf('in', at, bytes) };
}
