// The order log on JetStream: one writer, whose every line says which line it comes behind. Who writes behind a line that is no
// more the last has been replaced, and is told so before anything leaves.

import { JetStreamApiError, jetstream, jetstreamManager, RetentionPolicy, StorageType } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { IbwireError } from 'ibwire';
import type { Subjects } from '../subjects.js';
import { fromText, toText } from '../values.js';

/** A line as it is read: `seq` counts the lines of all accounts. */
export interface LogLine {
  readonly seq: number;
  readonly time: number;
  readonly subject: string;
  readonly line: unknown;
}

/** Somebody else writes the log: this desk leads no more. */
export class ReplacedError extends IbwireError {
  constructor() {
    super('REPLACED', 'another desk has taken over: the order log does not take this line, and nothing may be sent');
  }
}

/** The server has not said that it keeps the line: what depends on it must not happen. */
export class UnkeptError extends IbwireError {
  constructor(why: string) {
    super('UNKEPT', `the order log on the bus: ${why}`);
  }
}

interface Entry {
  readonly subject: string;
  readonly text: string;
  readonly id: string;
  /** Nobody waits for it any more. */
  isOver(): boolean;
  resolve(seq: number): void;
  reject(error: unknown): void;
}

export interface Log {
  /**
   * Resolves when the server has kept the line. Lines are kept in the order in which they were given, each as soon as the server is
   * there. `within`: milliseconds after which nobody waits for it any more.
   * @throws {ReplacedError}; {UnkeptError} when it was not kept in time, or too many wait.
   */
  append(subject: string, line: unknown, within?: number): Promise<number>;
  /** From here on this desk writes: reads the number of the last line, and puts a first one behind it. */
  claim(line: unknown): Promise<number>;
  /** Lines from a number on, or from an instant; to the last that is there now. */
  read(from: { readonly seq?: number; readonly time?: number }, filter?: string): AsyncGenerator<LogLine>;
}

const ACK_MS = 2_000;
const TRIES = 3;
const AGAIN_MS = 250;
const MOST_WAITING = 10_000;
const WRONG_LAST_SEQUENCE = new Set([10071, 10164]);

export const streamOf = (subjects: Subjects): string => subjects.root.toUpperCase().replaceAll('.', '_').replaceAll('-', '_');

/** Opens the stream, and makes it where it is not there yet. */
export async function openLog(
  connection: NatsConnection,
  subjects: Subjects,
  after: (ms: number, work: () => void) => () => void,
): Promise<Log> {
  const manager = await jetstreamManager(connection);
  const client = jetstream(connection, { timeout: ACK_MS });
  const name = streamOf(subjects);
  await manager.streams.add({
    name,
    subjects: [`${subjects.root}.kept.>`],
    storage: StorageType.File,
    retention: RetentionPolicy.Limits,
    duplicate_window: 120_000_000_000,
    deny_delete: true,
    deny_purge: true,
  });
  const run = `${process.pid.toString(36)}-${Math.random().toString(36).slice(2)}`;
  let last = 0;
  let count = 0;
  let isClaimed = false;
  let isRunning = false;
  const queue: Entry[] = [];

  /** Publishes once. @throws {ReplacedError}; what kept the server from answering: it may have the line all the same. */
  const put = async ({ subject, text, id }: Entry): Promise<number> => {
    if (!isClaimed) throw new ReplacedError();
    try {
      // The same line once more has the same id: the server keeps it once, and says where.
      const { seq } = await client.publish(subject, text, { msgID: id, expect: { lastSequence: last } });
      last = seq;
      return seq;
    } catch (error) {
      if (!(error instanceof JetStreamApiError) || !WRONG_LAST_SEQUENCE.has(error.code)) throw error;
      isClaimed = false;
      throw new ReplacedError();
    }
  };
  /** One after the other, each until the server has it: a line that was lost would hide what stands behind it. */
  const pump = async (): Promise<void> => {
    isRunning = true;
    for (let entry = queue[0]; entry !== undefined; entry = queue[0]) {
      try {
        if (!entry.isOver()) entry.resolve(await put(entry));
      } catch (error) {
        if (!(error instanceof ReplacedError) && !connection.isClosed()) {
          await new Promise<void>((resolve) => void after(AGAIN_MS, resolve));
          continue;
        }
        entry.reject(error);
      }
      queue.shift();
    }
    isRunning = false;
  };
  const append: Log['append'] = (subject, line, within) =>
    new Promise((resolve, reject) => {
      if (queue.length >= MOST_WAITING) throw new UnkeptError(`${queue.length} lines wait for the server already`);
      let isOver = false;
      const stop =
        within === undefined
          ? () => {}
          : after(within, () => {
              isOver = true;
              reject(new UnkeptError(`the server has not acknowledged the line within ${within} ms`));
            });
      queue.push({
        ...{ subject, text: toText(line), id: `${run}-${++count}`, reject, isOver: () => isOver },
        resolve(seq) {
          stop();
          resolve(seq);
        },
      });
      if (!isRunning) void pump();
    });

  return {
    append,
    async claim(line) {
      for (let tried = 1; ; tried++) {
        last = (await manager.streams.info(name)).state.last_seq;
        isClaimed = true;
        try {
          return await append(subjects.log(undefined), line);
        } catch (error) {
          if (!(error instanceof ReplacedError) || tried === TRIES) throw error;
        }
      }
    },
    async *read({ seq, time }, filter) {
      const { state } = await manager.streams.info(name);
      const end = state.last_seq;
      if ((seq ?? 1) > end) return;
      const consumer = await client.consumers.get(name, {
        ...(filter === undefined ? {} : { filter_subjects: filter }),
        ...(seq === undefined ? {} : { opt_start_seq: Math.max(1, seq) }),
        ...(time === undefined ? {} : { opt_start_time: new Date(time).toISOString() }),
      });
      for (;;) {
        let isLast = true;
        const batch = await consumer.fetch({ max_messages: 500, expires: 1_000 });
        for await (const message of batch) {
          if (message.seq > end) return;
          isLast = false;
          yield {
            seq: message.seq,
            time: Math.floor(message.info.timestampNanos / 1e6),
            subject: message.subject,
            line: fromText(message.string()),
          };
          if (message.seq >= end || message.info.pending === 0) return;
        }
        if (isLast) return;
      }
    },
  };
}
