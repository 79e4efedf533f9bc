// What a feeder serves and how a reader takes it.

export interface Flow {
  readonly version: number;
  readonly streams: number;
  readonly ticks: number;
  readonly mix: 'quotes' | 'trades';
  /** As fast as they are read unless given. */
  readonly perSecond?: number;
}

/** What one reader has measured. */
export interface Reading {
  /** CPU of the reader per tick that was sent, once it is warm. */
  readonly ns: number;
  /** Items that reached the listener. */
  readonly seen: number;
  /** Of heap, per item; for the readers that count it. */
  readonly allocated?: number;
  /** Bytes that live after a collection, at a fifth of the ticks and at the end. */
  readonly kept?: readonly [early: number, late: number];
  /** Microseconds from the chunk to the listener, at the shares of `SHARES`, and of single collections. */
  readonly latency?: readonly number[];
  readonly longestPause?: number;
}

export const SHARES = [0.5, 0.99, 0.999] as const;
