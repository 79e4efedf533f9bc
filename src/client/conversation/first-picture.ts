// The first picture of a stream: whether it is there, and how much may belong to it.

import type { Call } from '../core.js';
import type { TooManyRowsError } from '../wire/errors.js';
import { type Bound, boundOf } from './bound.js';
import type { Stream } from './shapes.js';

export class FirstPicture {
  /** The gateway says when it is whole. */
  readonly comesWhole: boolean;
  private isThere = false;
  /** Counts its rows; undefined where the gateway has no end for it, and when it is whole. */
  private bound: Bound | undefined;

  constructor(spec: Stream, isSnapshot: boolean, call: Call) {
    this.comesWhole = spec.end !== undefined && (spec.endsSnapshots !== true || isSnapshot);
    this.bound = this.comesWhole ? boundOf(spec.open, call) : undefined;
  }

  /** A part of it is there. */
  get isUnderWay(): boolean {
    return this.comesWhole && !this.isThere;
  }

  get isWhole(): boolean {
    return this.isThere;
  }

  get isCounted(): boolean {
    return this.bound !== undefined;
  }

  /** Counts one more row of so many bytes; the error where it is one too many. */
  count(bytes: number): TooManyRowsError | undefined {
    return this.bound?.(bytes);
  }

  /** All of it has come. */
  whole(): void {
    this.isThere = true;
    this.bound = undefined;
  }

  /** It comes anew. */
  void(): void {
    this.isThere = false;
  }
}
