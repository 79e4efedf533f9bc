/** The price path of a driver: any stretch of any day as open, high, low, close and volume, drawn from the seed alone. */
import { BLOCK_MS, type Calendar, type TradingDay } from './calendar.js';
import { type Level, level, refine, shapeOf } from './path-nodes.js';
import { mix2, mixText, normal, unit } from './random.js';

/** What makes a path. */
export interface DriverSpec {
  readonly key: string;
  readonly calendar: Calendar;
  /** Price at the end of the anchor day. */
  readonly reference: number;
  /** Weekday number of the anchor day. */
  readonly anchor: number;
  /** Yearly volatility. */
  readonly volatility: number;
  /** Usual volume of a day, in units; raised to one unit per tick. */
  readonly dailyVolume: number;
}

/** Ticks per second of trading; a second is the open, the two extremes and the close of its smallest node. */
export const TICKS_PER_SECOND = 4;
export const TICK_MS = 1000 / TICKS_PER_SECOND;

const BLOCK_SECONDS = BLOCK_MS / 1000;
/** Children per node below a block, and their length in seconds. */
const RADIX = [3, 5, 2, 3, 2, 5] as const;
const SECONDS = [BLOCK_SECONDS, 300, 60, 30, 10, 5, 1] as const;
const LEVELS = SECONDS.length;
const LEAF = LEVELS - 1;
const SPAN = 16_384; // weekdays on either side of the anchor: 63 years
/**
 * A reader of one path. Each node holds its open, high, low, close and volume; its children are drawn so that they join,
 * one of them reaches the high, one the low, and the volumes add up. So a minute is the same whether it is read as one
 * node or as sixty, and reading it does not need what came before. It keeps the nodes on the way to the last place read.
 */
export class PathCursor {
  readonly spec: DriverSpec;
  readonly #seed: number;
  readonly #sigma: number;
  #levels: Level[] = [];
  #capacity = 0;
  #total = 0;
  #index = Number.NaN;
  #day: TradingDay;
  /** The stretch last read by `range`. */
  open = 0;
  high = 0;
  low = 0;
  close = 0;
  volume = 0;

  constructor(spec: DriverSpec, seed: number) {
    this.spec = spec;
    this.#seed = mixText(seed, spec.key);
    this.#sigma = spec.volatility / Math.sqrt(252);
    this.#day = spec.calendar.full(spec.anchor);
  }

  /** The day it stands on. */
  get day(): TradingDay {
    return this.#day;
  }

  /** Price at the end of a weekday. */
  dayClose(index: number): number {
    return this.spec.reference * Math.exp(this.#closeLog(index));
  }

  /** Goes to a day; costs a few microseconds when it is another one. */
  seek(index: number): void {
    if (index === this.#index) return;
    this.#index = index;
    this.#day = this.spec.calendar.full(index);
    if (this.#day.blocks > this.#capacity) {
      this.#capacity = this.#day.blocks;
      this.#levels = SECONDS.map((_, i) => level(i === 0 ? this.#capacity : (RADIX[i - 1] as number)));
    }
    for (const each of this.#levels) each.parent = -1;
    this.#drawDay(index);
  }

  /** Seconds of trading in the day it stands on. */
  get seconds(): number {
    return this.#day.blocks * BLOCK_SECONDS;
  }

  /** Reads the stretch of whole trading seconds [from, to), at least one, into open … volume. */
  range(from: number, to: number): void {
    let at = from;
    let high = Number.NEGATIVE_INFINITY;
    let low = Number.POSITIVE_INFINITY;
    let volume = 0;
    while (at < to) {
      let depth = 0;
      while (at % (SECONDS[depth] as number) !== 0 || at + (SECONDS[depth] as number) > to) depth += 1;
      const size = SECONDS[depth] as number;
      const i = this.#load(depth, at / size);
      const nodes = this.#levels[depth] as Level;
      if (at === from) this.open = nodes.open[i] as number;
      const nodeHigh = nodes.high[i] as number;
      const nodeLow = nodes.low[i] as number;
      if (nodeHigh > high) high = nodeHigh;
      if (nodeLow < low) low = nodeLow;
      volume += nodes.volume[i] as number;
      this.close = nodes.close[i] as number;
      at += size;
    }
    this.high = high;
    this.low = low;
    this.volume = volume;
  }

  /** Volume of the day before a trading second; at the end that of the whole day. */
  volumeBefore(second: number): number {
    if (second >= this.seconds) return this.#total;
    let depth = 0;
    while (second % (SECONDS[depth] as number) !== 0) depth += 1;
    const i = this.#load(depth, second / (SECONDS[depth] as number));
    return (this.#levels[depth] as Level).before[i] as number;
  }

  /** Price of a tick: number of trading second × 4 + place in the second. */
  tick(tick: number): number {
    const i = this.#load(LEAF, tick >> 2);
    const nodes = this.#levels[LEAF] as Level;
    switch (tick & 3) {
      case 0:
        return nodes.open[i] as number;
      case 3:
        return nodes.close[i] as number;
      default: {
        const isHighFirst = ((nodes.key[i] as number) & 0x10000) !== 0;
        return ((tick & 1) === 1) === isHighFirst ? (nodes.high[i] as number) : (nodes.low[i] as number);
      }
    }
  }

  /** Volume of the day up to and including a tick. */
  volumeThrough(tick: number): number {
    const i = this.#load(LEAF, tick >> 2);
    const nodes = this.#levels[LEAF] as Level;
    const volume = nodes.volume[i] as number;
    const before = nodes.before[i] as number;
    const place = tick & 3;
    if (place === 3) return before + volume;
    // One unit each, and the rest falls by a share of the second's key.
    const rest = volume - TICKS_PER_SECOND;
    const share = ((nodes.key[i] as number) >>> 17) & 0xff;
    const part = place === 0 ? share * 0.001 : place === 1 ? 0.25 + share * 0.001 : 0.5 + share * 0.0015;
    return before + place + 1 + Math.floor(rest * part);
  }

  #load(depth: number, index: number): number {
    if (depth === 0) return index;
    const radix = RADIX[depth - 1] as number;
    const parent = Math.floor(index / radix);
    const nodes = this.#levels[depth] as Level;
    if (nodes.parent !== parent) {
      const above = this.#levels[depth - 1] as Level;
      const i = this.#load(depth - 1, parent);
      nodes.parent = parent;
      refine(above, i, nodes, radix, (SECONDS[depth] as number) * TICKS_PER_SECOND, undefined);
      for (let d = depth + 1; d < LEVELS; d++) (this.#levels[d] as Level).parent = -1;
    }
    return index - parent * radix;
  }

  /** Logarithm of (close ÷ reference): a bridge halved until the weekday is met. */
  #closeLog(index: number): number {
    const distance = Math.min(SPAN, Math.abs(index - this.spec.anchor));
    if (distance === 0) return 0;
    const side = mix2(this.#seed, index < this.spec.anchor ? 1 : 2);
    let low = 0;
    let high = SPAN;
    let atLow = 0;
    let atHigh = this.#sigma * Math.sqrt(SPAN) * 0.4 * normal(side);
    if (distance === SPAN) return atHigh;
    for (;;) {
      const middle = (low + high) >> 1;
      const value = (atLow + atHigh) / 2 + this.#sigma * Math.sqrt((high - low) / 4) * normal(mix2(side, middle));
      if (middle === distance) return value;
      if (distance < middle) {
        high = middle;
        atHigh = value;
      } else {
        low = middle;
        atLow = value;
      }
    }
  }

  #drawDay(index: number): void {
    const { gap } = this.spec.calendar.rule;
    const key = mix2(this.#seed, index + 0x5bd1e995);
    const before = this.#closeLog(index - 1);
    const close = this.#closeLog(index);
    const sigma = this.#sigma * Math.sqrt(1 - gap);
    const open =
      gap === 1 ? close : before + gap * (close - before) + this.#sigma * Math.sqrt(gap * (1 - gap)) * normal(mix2(key, 1));
    const square = (close - open) ** 2;
    const high = (open + close + Math.sqrt(square - 2 * sigma * sigma * Math.log(unit(mix2(key, 2))))) / 2;
    const low = (open + close - Math.sqrt(square - 2 * sigma * sigma * Math.log(unit(mix2(key, 3))))) / 2;
    const { reference } = this.spec;
    const least = this.seconds * TICKS_PER_SECOND;
    const volume = Math.max(least * 1.5, this.spec.dailyVolume) * Math.exp(0.3 * normal(mix2(key, 4)));
    const day = level(1);
    const openPrice = reference * Math.exp(open);
    const closePrice = reference * Math.exp(close);
    day.open[0] = openPrice;
    day.close[0] = closePrice;
    day.high[0] = Math.max(openPrice, closePrice, reference * Math.exp(high));
    day.low[0] = Math.min(openPrice, closePrice, reference * Math.exp(low));
    this.#total = Math.max(least, Math.round(volume));
    day.volume[0] = this.#total;
    day.key[0] = key;
    refine(day, 0, this.#levels[0] as Level, this.#day.blocks, BLOCK_SECONDS * TICKS_PER_SECOND, shapeOf(this.#day));
  }
}
