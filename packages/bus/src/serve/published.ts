// One stream of the desk on its subject: items gathered into frames, numbered; counted over all who want it.

import type { Gap, Subscription } from 'ibwire';
import { FrameWriter, frameOf } from '../frame/frame.js';
import { type Row, stateRow } from '../frame/rows.js';
import type { StreamKind } from '../streams.js';

export interface PublishedParts {
  readonly kind: StreamKind;
  readonly stream: Subscription<Row, unknown>;
  /** Number of this run of the desk: numbers of rows begin anew with it. */
  readonly run: number;
  readonly publish: (frame: Buffer) => void;
  /** Asks to be flushed soon, once. */
  readonly soon: (one: Published) => void;
  readonly ended: () => void;
}

export class Published {
  /** Consumers by their id. */
  readonly consumers = new Set<string>();
  /** Number of the last row. */
  seq = 0;
  private readonly writer: FrameWriter;
  private readonly parts: PublishedParts;
  private readonly leave: () => void;
  private told = '';
  private isOver = false;

  constructor(parts: PublishedParts) {
    this.parts = parts;
    this.writer = new FrameWriter(parts.run, 1);
    const { stream } = parts;
    const offItems = stream.on((item) => this.add(item));
    const offGaps = stream.onGap((gap: Gap) => this.now({ gap }));
    this.leave = () => {
      offItems();
      offGaps();
    };
    void stream.ended.then((cause) => {
      if (!this.isOver) this.now({ ended: cause?.message ?? 'closed' });
      this.isOver = true;
      parts.ended();
    });
    this.look();
  }

  private add(row: Row): void {
    const { writer } = this;
    writer.add(row);
    this.seq++;
    if (writer.isFull) this.flush();
    else if (writer.rows === 1) this.parts.soon(this);
  }

  private now(row: Row): void {
    this.add(row);
    this.flush();
  }

  /** Whether its state has changed since it was last told. */
  look(): void {
    const { state } = this.parts.stream;
    if (state.at === 'closed') return;
    const row = stateRow(state);
    const told = `${row.state} ${row.cause ?? ''}`;
    if (told === this.told) return;
    this.told = told;
    this.now(row);
  }

  flush(): void {
    if (this.writer.rows > 0) this.parts.publish(this.writer.take());
  }

  /** What has come so far, as one frame: its number is that of its last row, as if it had been told by one. */
  picture(): Buffer {
    this.flush();
    const { stream, kind, run } = this.parts;
    const { state } = stream;
    const rows = [...kind.picture(stream), ...(state.at === 'closed' ? [] : [stateRow(state)])];
    return frameOf(run, this.seq, rows);
  }

  close(): void {
    if (this.isOver) return;
    this.isOver = true;
    this.flush();
    this.leave();
    this.parts.stream.close();
  }
}
