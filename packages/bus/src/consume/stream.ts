// A stream at a consumer: frames in their order into a subscription of the core's, holes told, the newest state asked for behind
// each hole.

import type { Msg, NatsConnection, Subscription as NatsSubscription } from '@nats-io/transport-node';
import { ClosedError, type Gap, type StreamState } from 'ibwire';
import { type Frame, readFrame } from '../frame/frame.js';
import type { Row } from '../frame/rows.js';
import type { StreamAsk } from '../serve/streams.js';
import type { StreamName, Terms } from '../streams.js';
import type { BusGap, Hearer } from './hearer.js';

export interface ConsumedParts {
  readonly kind: StreamName;
  readonly contract: object;
  readonly terms: Terms;
  /** Unlike that of every other stream on the bus. */
  readonly consumer: string;
  readonly connection: NatsConnection;
  subjectOf(stream: string): string;
  ask(body: StreamAsk): Promise<unknown>;
  now(): number;
  thrown(error: unknown): void;
  /** Who is told; what it is given is for leaving the stream. */
  hearer(leave: () => void): Hearer;
  /** It has ended, by whomever. */
  over(): void;
}

/** Frames that wait for a picture: more, and the oldest are dropped, since the picture will hold what they say. */
const MOST_WAITING = 10_000;

export class Consumed {
  /** Where it is published; undefined before it was joined. */
  stream: string | undefined;
  private readonly parts: ConsumedParts;
  private readonly hearer: Hearer;
  private isOver = false;
  private run = 0;
  private seq = 0;
  /** When rows last came, and what is missing since. */
  private heardAt: number;
  private lack: Gap['cause'] | undefined;
  /** Frames that came while a picture is asked for; undefined while rows are told as they come. */
  private waiting: Frame[] | undefined = [];
  private hasPicture = false;
  private listening: NatsSubscription | undefined;
  private isJoining = false;

  constructor(parts: ConsumedParts) {
    this.parts = parts;
    this.heardAt = parts.now();
    this.hearer = parts.hearer(() => this.end());
  }

  /** Asks the desk for the stream, again where it was lost. What the desk refuses ends the stream. */
  async join(): Promise<void> {
    if (this.isJoining || this.isOver) return;
    this.isJoining = true;
    const { kind, contract, terms, consumer, connection, subjectOf, ask } = this.parts;
    try {
      const told = (await ask({ ask: 'join', consumer, kind, contract, terms })) as {
        readonly stream: string;
        readonly run: number;
      };
      if (this.isOver) return;
      if (told.run !== this.run) this.seq = 0;
      this.run = told.run;
      this.waiting ??= [];
      if (told.stream !== this.stream || this.listening === undefined || this.listening.isClosed()) {
        this.listening?.unsubscribe();
        this.stream = told.stream;
        this.listening = connection.subscribe(subjectOf(told.stream), {
          callback: (error, message) => {
            if (error === null) this.take(message);
          },
        });
        // The server has it before the picture is asked for: nothing falls between the two.
        await connection.flush();
      }
      await this.picture();
    } finally {
      this.isJoining = false;
    }
  }

  /** What the desk says it has published: more than was heard, and something was lost. */
  check(run: number, seq: number | undefined): void {
    if (this.isJoining || this.isOver || this.stream === undefined) return;
    if (run !== this.run || seq === undefined) {
      this.lost('disconnected');
      this.rejoin();
    } else if (this.waiting !== undefined || seq > this.seq) {
      this.lost('disconnected');
      this.again();
    }
  }

  /** Nothing certain comes: the server or the desk is away. */
  lost(cause: Gap['cause']): void {
    if (this.isOver || this.lack !== undefined) return;
    this.lack = cause;
    this.waiting ??= [];
    if (this.hasPicture) this.hearer.enter({ at: 'stale', since: this.heardAt, cause });
  }

  finish(cause: Error | undefined): void {
    this.hearer.finish(cause);
    this.end();
  }

  private rejoin(): void {
    this.join().catch((error: unknown) => this.parts.thrown(error));
  }

  private again(): void {
    if (this.isJoining) return;
    this.isJoining = true;
    this.picture()
      .catch(() => {}) // the next word of the desk leads here again
      .finally(() => {
        this.isJoining = false;
      });
  }

  private async picture(): Promise<void> {
    const { consumer, ask, now } = this.parts;
    this.waiting ??= [];
    const frame = readFrame((await ask({ ask: 'picture', consumer, stream: this.stream ?? '' })) as Uint8Array);
    if (this.isOver) return;
    const missed = this.hasPicture && frame.run === this.run && this.seq > 0 ? frame.seq - this.seq : undefined;
    if (this.hasPicture && missed !== 0) {
      const gap: BusGap = { from: this.heardAt, to: now(), cause: this.lack ?? 'disconnected', missed };
      this.hearer.gap(gap);
    }
    this.lack = undefined;
    this.hasPicture = true;
    this.run = frame.run;
    this.seq = frame.seq;
    this.heardAt = now();
    for (const row of frame.rows) this.tell(row);
    this.hearer.completed();
    const held = this.waiting ?? [];
    this.waiting = undefined;
    for (const one of held) this.takeFrame(one);
  }

  private take({ data }: Msg): void {
    if (this.isOver) return;
    let frame: Frame;
    try {
      frame = readFrame(data);
    } catch (error) {
      this.parts.thrown(error);
      this.lost('unreadable');
      this.again();
      return;
    }
    this.takeFrame(frame);
  }

  private takeFrame(frame: Frame): void {
    if (frame.run !== this.run) return; // of a desk that leads no more, or of one that this stream is about to join
    const { waiting } = this;
    if (waiting !== undefined) {
      waiting.push(frame);
      if (waiting.length > MOST_WAITING) waiting.splice(0, MOST_WAITING / 2);
      return;
    }
    const { seq, rows, isPlain } = frame;
    if (seq > this.seq + 1) {
      this.lost('disconnected');
      this.waiting?.push(frame);
      this.again();
      return;
    }
    this.heardAt = this.parts.now();
    const first = Math.max(0, this.seq + 1 - seq);
    if (first >= rows.length) return;
    this.seq = seq + rows.length - 1;
    const { hearer } = this;
    for (let at = first; at < rows.length && !this.isOver; at++) {
      if (isPlain) hearer.item(rows[at] as Row);
      else this.tell(rows[at] as Row);
    }
  }

  private tell(row: Row): void {
    if ('gap' in row) this.hearer.gap({ ...row.gap, missed: undefined } as BusGap);
    else if ('state' in row) this.hearer.enter(stateOf(row.state, row.since, row.cause));
    else if ('ended' in row)
      this.finish(row.ended === 'closed' ? undefined : new ClosedError(`the desk's stream has ended: ${row.ended}`));
    else this.hearer.item(row);
  }

  private end(): void {
    if (this.isOver) return;
    this.isOver = true;
    const { stream, listening } = this;
    this.listening = undefined;
    this.stream = undefined;
    listening?.unsubscribe();
    this.parts.over();
    if (stream !== undefined) void this.parts.ask({ ask: 'leave', consumer: this.parts.consumer, stream }).catch(() => {});
  }
}

function stateOf(at: 'opening' | 'live' | 'stale', since: number, cause: Gap['cause'] | undefined): StreamState {
  switch (at) {
    case 'opening':
      return { at };
    case 'live':
      return { at, since };
    default:
      return { at: 'stale', since, cause: cause ?? 'silent' };
  }
}
