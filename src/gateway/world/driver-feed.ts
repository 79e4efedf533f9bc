/** A price path in time: which tick of the path is the current one at an instant, and how the path was bent by hand. */
import { BLOCK_MS, instantAt, type TradingDay } from './calendar.js';
import { type DriverSpec, PathCursor, TICK_MS, TICKS_PER_SECOND } from './path.js';
import { mixText } from './random.js';

/** A tick of a path as one number, growing in time: weekday number × 2^20 + number of the tick in the day. */
export type Move = number;
const DAY_MOVES = 1_048_576;
const SECONDS_PER_BLOCK = BLOCK_MS / 1000;

export const moveOf = (index: number, tick: number): Move => index * DAY_MOVES + tick;
export const indexOfMove = (move: Move): number => Math.floor(move / DAY_MOVES);
export const tickOfMove = (move: Move): number => move % DAY_MOVES;

/** From `at` on prices are multiplied by `factor` (not on top of earlier ones). */
export interface Bend {
  readonly at: Move;
  readonly factor: number;
}

/** The factor that holds at a move. */
export function factorAt(bends: readonly Bend[], move: Move): number {
  for (let i = bends.length - 1; i >= 0; i--) {
    const bend = bends[i] as Bend;
    if (bend.at <= move) return bend.factor;
  }
  return 1;
}

/** One driver's path, shared by all instruments that follow it. */
export class DriverFeed {
  readonly spec: DriverSpec;
  /** For the present; `past` is for everything else, so that a look back does not disturb the present. */
  readonly live: PathCursor;
  readonly past: PathCursor;
  /** Ticks come at multiples of 250 ms plus this; drivers differ, so that not all move at once. */
  readonly offset: number;
  readonly bends: readonly Bend[];
  // The open window that was met last: its edges and the trading time before it.
  #from = 0;
  #to = 0;
  #before = 0;
  #index = 0;
  // The closed stretch that was met last, and the move that stands in it.
  #closedFrom = 0;
  #closedTo = 0;
  #closedMove = 0;
  #timeDay: TradingDay | undefined;

  constructor(spec: DriverSpec, seed: number, bends: readonly Bend[] = []) {
    this.bends = bends;
    this.spec = spec;
    this.live = new PathCursor(spec, seed);
    this.past = new PathCursor(spec, seed);
    this.offset = ((mixText(seed, `offset ${spec.key}`) >>> 0) % 50) * 5;
  }

  /** The last move at or before an instant. */
  moveAt(instant: number): Move {
    if (instant < this.#from || instant >= this.#to) {
      if (instant >= this.#closedFrom && instant < this.#closedTo) return this.#closedMove;
      if (!this.#locate(instant)) return this.#closedMove;
    }
    const tick = Math.floor((instant - this.#from + this.#before - this.offset) / TICK_MS);
    return tick < 0 ? this.#last(this.#index - 1) : moveOf(this.#index, tick);
  }

  /** When a move happens. */
  timeOf(move: Move): number {
    const index = indexOfMove(move);
    const tick = move - index * DAY_MOVES;
    let day = this.#timeDay;
    if (day === undefined || day.index !== index) {
      day = this.spec.calendar.full(index);
      this.#timeDay = day;
    }
    const active = (tick >> 2) * 1000;
    const start = day.before.length === 1 ? day.from + active : instantAt(day, active);
    return start + (tick & 3) * TICK_MS + this.offset;
  }

  /** The move after another. */
  next(move: Move): Move {
    const index = indexOfMove(move);
    const day = this.spec.calendar.full(index);
    const tick = tickOfMove(move) + 1;
    return tick < day.blocks * SECONDS_PER_BLOCK * TICKS_PER_SECOND ? moveOf(index, tick) : moveOf(index + 1, 0);
  }

  /** The move before another. */
  previous(move: Move): Move {
    const tick = tickOfMove(move);
    return tick > 0 ? move - 1 : this.#last(indexOfMove(move) - 1);
  }

  /** What the bends make of a price at a move. */
  factor(move: Move): number {
    return this.bends.length === 0 ? 1 : factorAt(this.bends, move);
  }

  /** Price at a move, read with a cursor of this driver, bends included. */
  priceOf(move: Move, cursor: PathCursor): number {
    cursor.seek(indexOfMove(move));
    return cursor.tick(tickOfMove(move)) * this.factor(move);
  }

  #last(index: number): Move {
    return moveOf(index, this.spec.calendar.full(index).blocks * SECONDS_PER_BLOCK * TICKS_PER_SECOND - 1);
  }

  /** Finds the open window that holds the instant (true) or the closed stretch around it (false). */
  #locate(instant: number): boolean {
    const { calendar } = this.spec;
    const index = calendar.indexAt(instant);
    const day = calendar.full(index);
    let closedFrom = calendar.full(index - 1).to;
    let closedMove = this.#last(index - 1);
    for (let i = 0; i < day.edges.length; i += 2) {
      const from = day.edges[i] as number;
      const to = day.edges[i + 1] as number;
      const before = day.before[i / 2] as number;
      if (i > 0) closedMove = moveOf(index, (before * TICKS_PER_SECOND) / 1000 - 1);
      if (instant < from) {
        this.#closedFrom = closedFrom;
        this.#closedTo = from;
        this.#closedMove = closedMove;
        return false;
      }
      if (instant < to) {
        this.#index = index;
        this.#from = from;
        this.#to = to;
        this.#before = before;
        return true;
      }
      closedFrom = to;
    }
    throw new RangeError(`no window of ${this.spec.key} holds ${instant}`);
  }
}
