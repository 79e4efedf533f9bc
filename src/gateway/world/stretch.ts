/** Open, high, low, close and volume of an instrument between two instants, from the same path its quotes come from. */
import { activeMs, BLOCK_MS, type TradingDay } from './calendar.js';
import { type Bend, indexOfMove, moveOf, tickOfMove } from './driver-feed.js';
import { type PathCursor, TICKS_PER_SECOND } from './path.js';
import { toSize, type Valuation } from './valuation.js';

const BLOCK_SECONDS = BLOCK_MS / 1000;

/** Reads stretches of one instrument. Results are in its fields; `isEmpty` says that no trading second lay inside. */
export class Stretch {
  readonly #of: Valuation;
  readonly #cursor: PathCursor;
  isEmpty = true;
  /** Values, not yet on the grid. */
  open = 0;
  high = 0;
  low = 0;
  close = 0;
  volume = 0;
  /** Value weighted by volume. */
  average = 0;
  /** Number of trades. */
  count = 0;
  #day: TradingDay | undefined;
  #worth = 0;
  #weight = 0;

  constructor(of: Valuation, cursor: PathCursor = of.feed.past) {
    this.#of = of;
    this.#cursor = cursor;
  }

  /** Reads all trading seconds that begin in [from, to). */
  read(from: number, to: number): void {
    this.begin();
    this.add(from, to);
    this.finish();
  }

  begin(): void {
    this.isEmpty = true;
    this.high = Number.NEGATIVE_INFINITY;
    this.low = Number.POSITIVE_INFINITY;
    this.volume = 0;
    this.count = 0;
    this.#worth = 0;
    this.#weight = 0;
  }

  /** Adds a later stretch to what was read since `begin`. */
  add(from: number, to: number): void {
    const { calendar } = this.#of.feed.spec;
    let day = this.#day;
    if (day === undefined || from < day.from || from >= day.to) day = calendar.full(calendar.indexAt(from));
    for (;;) {
      if (day.from >= to) return;
      this.#day = day;
      const first = Math.ceil(activeMs(day, from) / 1000);
      const end = Math.ceil(activeMs(day, to) / 1000);
      if (end > first) this.#addDay(day.index, first, end);
      if (to <= day.to) return;
      day = calendar.full(day.index + 1);
    }
  }

  /** Adds the value that stands at an instant, without volume: the instrument is open while its path rests. */
  stand(instant: number): void {
    const { feed } = this.#of;
    const move = feed.moveAt(instant);
    const value = this.#of.value(feed.priceOf(move, this.#cursor), move);
    this.#merge(value, value, value, value, 0, 0);
  }

  /** Adds single ticks of a second, up to and including a move. */
  addTicks(from: number, to: number): void {
    const index = indexOfMove(to);
    this.#cursor.seek(index);
    for (let tick = from; tick <= tickOfMove(to); tick++) this.#tick(index, tick);
  }

  finish(): void {
    this.average = this.#weight > 0 ? this.#worth / this.#weight : this.close;
    this.volume = toSize(this.#of.instrument, this.volume);
  }

  #addDay(index: number, first: number, end: number): void {
    this.#cursor.seek(index);
    if (this.#of.feed.bends.length === 0 && this.#of.bends.length === 0) {
      this.#plain(index, first, end);
      return;
    }
    let at = first;
    for (const second of bentSeconds(index, first, end, this.#of.feed.bends, this.#of.bends)) {
      if (second > at) this.#plain(index, at, second);
      for (let place = 0; place < TICKS_PER_SECOND; place++) this.#tick(index, second * TICKS_PER_SECOND + place);
      at = second + 1;
    }
    if (end > at) this.#plain(index, at, end);
  }

  /** Whole seconds within which no bend begins. */
  #plain(index: number, first: number, end: number): void {
    if (!this.#of.isModelled) {
      this.#piece(index, first, end);
      return;
    }
    for (let at = first; at < end; ) {
      const next = Math.min(end, (Math.floor(at / BLOCK_SECONDS) + 1) * BLOCK_SECONDS);
      this.#piece(index, at, next);
      at = next;
    }
  }

  #piece(index: number, first: number, end: number): void {
    const cursor = this.#cursor;
    cursor.range(first, end);
    const move = moveOf(index, first * TICKS_PER_SECOND);
    const factor = this.#of.feed.factor(move);
    const open = this.#of.value(cursor.open * factor, move);
    const close = this.#of.value(cursor.close * factor, move);
    const one = this.#of.value(cursor.high * factor, move);
    const other = this.#of.value(cursor.low * factor, move);
    const high = Math.max(one, other);
    const low = Math.min(one, other);
    const { volumeScale } = this.#of.instrument.driver;
    const volume = Number.isInteger(volumeScale)
      ? cursor.volume * volumeScale
      : Math.floor(cursor.volumeBefore(end) * volumeScale) - Math.floor(cursor.volumeBefore(first) * volumeScale);
    this.#merge(open, high, low, close, volume, Math.min(volume, (end - first) * TICKS_PER_SECOND));
  }

  /** One tick; where a bend begins its price before and after the bend both belong to it. */
  #tick(index: number, tick: number): void {
    const move = moveOf(index, tick);
    const { feed, bends } = this.#of;
    const price = this.#cursor.tick(tick);
    const { volumeScale } = this.#of.instrument.driver;
    const through = this.#cursor.volumeThrough(tick);
    const before = (tick & 3) > 0 ? this.#cursor.volumeThrough(tick - 1) : this.#cursor.volumeBefore(tick >> 2);
    const volume = Math.floor(through * volumeScale) - Math.floor(before * volumeScale);
    if (feed.bends.some(({ at }) => at === move)) {
      const old = this.#of.value(price * feed.factor(move - 1), move);
      this.#merge(old, old, old, old, 0, 0);
      for (const bend of feed.bends) {
        if (bend.at !== move) continue;
        const passing = this.#of.value(price * bend.factor, move);
        this.#merge(passing, passing, passing, passing, 0, 0);
      }
    }
    if (bends.some(({ at }) => at === move)) {
      const straight = this.#of.unbent(price * feed.factor(move), move);
      for (const factor of [this.#of.bend(move - 1), ...bends.filter(({ at }) => at === move).map((bend) => bend.factor)]) {
        const passing = straight * factor;
        this.#merge(passing, passing, passing, passing, 0, 0);
      }
    }
    const value = this.#of.value(price * feed.factor(move), move);
    this.#merge(value, value, value, value, volume, volume > 0 ? 1 : 0);
  }

  #merge(open: number, high: number, low: number, close: number, volume: number, count: number): void {
    if (this.isEmpty) this.open = open;
    this.isEmpty = false;
    if (high > this.high) this.high = high;
    if (low < this.low) this.low = low;
    this.close = close;
    this.volume += volume;
    this.count += count;
    this.#worth += ((open + high + low + close) / 4) * volume;
    this.#weight += volume;
  }
}

/** Seconds of a day in which some bend begins, ascending. */
function bentSeconds(index: number, first: number, end: number, ...lists: readonly (readonly Bend[])[]): number[] {
  const seconds = new Set<number>();
  for (const bends of lists) {
    for (const { at } of bends) {
      const second = tickOfMove(at) >> 2;
      if (indexOfMove(at) === index && second >= first && second < end) seconds.add(second);
    }
  }
  return [...seconds].sort((a, b) => a - b);
}
