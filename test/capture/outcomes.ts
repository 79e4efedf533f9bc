// What comes of a capture that is read whole and replayed to a client that asks what was asked.
import { readFileSync } from 'node:fs';
import { framesBetween } from '../../src/capture/frames.js';
import { MessageReader } from '../../src/capture/messages.js';
import { openCapture } from '../../src/capture/reader.js';
import { isSilent } from '../../src/gateway/replay/causes.js';
import { Player } from '../../src/gateway/replay/player.js';
import { ReplayError } from '../../src/gateway/replay/replay-error.js';
import { Schedule } from '../../src/gateway/replay/schedule.js';
import { type Script, type ScriptConnection, scriptOf } from '../../src/gateway/replay/script.js';
import { capture, captureNames } from './captures.js';

export const OUTCOMES = 'fixtures/outcomes/captures.json';

interface Calls {
  /** Heard at the start without having asked. */
  opening: number;
  asked: number;
  /** Got the messages that were recorded for them. */
  settled: number;
  /** Take no answer: cancels, settings. */
  silent: number;
  /** No answer was recorded. */
  unanswered: number;
  /** Messages that answered. */
  answers: number;
}

export interface Outcome {
  readonly in: Readonly<Record<string, number>>;
  readonly out: Readonly<Record<string, number>>;
  /** Why, and how often. */
  readonly unreadable: Readonly<Record<string, number>>;
  /** Fields that no row asked for, by kind. */
  readonly leftOver: Readonly<Record<string, number>>;
  readonly unfinished: number;
  /** Frames that a replay does not play, by the reason; or why there is no replay. */
  readonly unplayed: Readonly<Record<string, number>> | string;
  readonly calls: Calls;
}

export async function outcomeOf(name: string): Promise<Outcome> {
  const counts = { in: new Tally(), out: new Tally(), unreadable: new Tally(), leftOver: new Tally() };
  let unfinished = 0;
  await using open = await openCapture(`fixtures/captures/${name}.ibcap`);
  const reader = new MessageReader(open.header);
  for await (const item of framesBetween(open)) {
    if (item.what === 'unfinished') unfinished++;
    if (item.what === 'broken') counts.unreadable.add(item.error.code);
    if (item.what !== 'frame') continue;
    const read = item.part === 'message' ? reader.read(item) : undefined;
    const kind = read === undefined ? item.part : read.what === 'message' ? read.message.kind : (read.error?.kind ?? 'unknown');
    counts[item.direction].add(kind);
    if (read?.what === 'unreadable') counts.unreadable.add(read.why);
    else if (read !== undefined && read.leftOver > 0) counts.leftOver.add(kind, read.leftOver);
  }
  const { in: came, out: went, unreadable, leftOver } = counts;
  const said = {
    in: came.sorted(),
    out: went.sorted(),
    unreadable: unreadable.sorted(),
    leftOver: leftOver.sorted(),
    unfinished,
  };
  return { ...said, ...replayed(name) };
}

function replayed(name: string): Pick<Outcome, 'unplayed' | 'calls'> {
  const calls: Calls = { opening: 0, asked: 0, settled: 0, silent: 0, unanswered: 0, answers: 0 };
  let script: Script;
  try {
    script = scriptOf([{ name, capture: capture(name) }]);
  } catch (error) {
    if (error instanceof ReplayError) return { unplayed: error.message, calls };
    throw error;
  }
  for (const connection of script.connections) play(connection, calls);
  const unplayed = new Tally();
  for (const { direction, kind, why } of script.unplayed) unplayed.add(`${direction} ${kind}: ${why}`);
  return { unplayed: unplayed.sorted(), calls };
}

function play(connection: ScriptConnection, calls: Calls): void {
  let heard = 0;
  const player = new Player(connection, new Schedule(undefined), { send: () => void heard++, end: () => undefined });
  player.start();
  calls.opening += heard;
  for (const { kind, message } of connection.requests) {
    const before = heard;
    const played = player.request(message);
    calls.asked++;
    if (played !== undefined && played.answers.length > 0) calls.settled++;
    else if (isSilent(kind, message)) calls.silent++;
    else calls.unanswered++;
    calls.answers += heard - before;
  }
}

class Tally {
  private readonly counts = new Map<string, number>();

  add(name: string, by = 1): void {
    this.counts.set(name, (this.counts.get(name) ?? 0) + by);
  }

  sorted(): Record<string, number> {
    return Object.fromEntries([...this.counts].sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}

/** The whole table as it stands in the file. */
export async function outcomesText(): Promise<string> {
  const outcomes: Record<string, Outcome> = {};
  for (const name of captureNames) outcomes[name] = await outcomeOf(name);
  return `${JSON.stringify(outcomes, null, 1)}\n`;
}

export function committedOutcomes(): Record<string, Outcome> {
  return JSON.parse(readFileSync(OUTCOMES, 'utf8')) as Record<string, Outcome>;
}
