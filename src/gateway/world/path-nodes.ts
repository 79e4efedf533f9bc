/** The nodes of a price path and how the children of one are drawn. */
import { BLOCK_MS, type TradingDay } from './calendar.js';
import { mix } from './random.js';

const RANGE_TO_SIGMA = 0.6; // root mean square of (σ ÷ range) over bridges, so that finer nodes keep the scale of coarse ones

/** The children of one node, side by side. */
export interface Level {
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
  /** Volume of the day before the node. */
  readonly before: Float64Array;
  readonly key: Int32Array;
  /** Index of the parent whose children are held; −1: none. */
  parent: number;
}

export function level(size: number): Level {
  const numbers = (): Float64Array => new Float64Array(size);
  return {
    open: numbers(),
    high: numbers(),
    low: numbers(),
    close: numbers(),
    volume: numbers(),
    before: numbers(),
    key: new Int32Array(size),
    parent: -1,
  };
}

const shapes = new WeakMap<TradingDay, Float64Array>();

/** Share of the day's variance and volume in each block: liquid hours weigh most, their ends more than their middle. */
export function shapeOf(day: TradingDay): Float64Array {
  let shape = shapes.get(day);
  if (shape === undefined) {
    shape = new Float64Array(day.blocks);
    let total = 0;
    for (let i = 0, w = 0, at = day.from; i < day.blocks; i++, at += BLOCK_MS) {
      while (at >= (day.edges[2 * w + 1] as number)) {
        w += 1;
        at = day.edges[2 * w] as number;
      }
      const x = (2 * (at - day.liquidFrom)) / (day.liquidTo - day.liquidFrom) - 1;
      const weight = at >= day.liquidFrom && at < day.liquidTo ? 1 + 1.2 * x ** 4 : 0.12;
      shape[i] = weight;
      total += weight;
    }
    for (let i = 0; i < day.blocks; i++) shape[i] = (shape[i] as number) / total;
    shapes.set(day, shape);
  }
  return shape;
}

const DRAW = 0x9e3779b9;
const SCALE = 2.3283064365386963e-10;

/** Draws the children of node `p`: joined, inside the parent, touching its extremes, volumes adding up. */
export function refine(
  above: Level,
  p: number,
  into: Level,
  count: number,
  leastVolume: number,
  shape: Float64Array | undefined,
): void {
  const open = above.open[p] as number;
  const close = above.close[p] as number;
  const top = above.high[p] as number;
  const bottom = above.low[p] as number;
  const key = above.key[p] as number;
  const sigma = (top - bottom) * RANGE_TO_SIGMA;
  const variance = sigma * sigma;
  let state = key;
  let at = open;
  let left = 1;
  let highest = 0;
  let lowest = 0;
  let weights = 0;
  for (let i = 0; i < count; i++) {
    state = (state + DRAW) | 0;
    const weight = shape === undefined ? 1 / count : (shape[i] as number);
    let to = close;
    if (i < count - 1) {
      const first = mix(state + 1);
      const second = mix(state + 2);
      const z = ((first >>> 0) + (second >>> 0)) * SCALE - 1;
      to = at + ((close - at) * weight) / left + sigma * Math.sqrt((weight * (left - weight)) / left) * z * 2.449;
      if (to > top) to = 2 * top - to;
      if (to < bottom) to = 2 * bottom - to;
      if (to > top || to < bottom) to = (top + bottom) / 2;
    }
    left -= weight;
    const square = (to - at) * (to - at);
    const spread = -2 * variance * weight;
    const up = Math.sqrt(square + spread * Math.log(((mix(state + 3) >>> 0) + 0.5) * SCALE));
    const down = Math.sqrt(square + spread * Math.log(((mix(state + 4) >>> 0) + 0.5) * SCALE));
    const high = (at + to + up) / 2;
    const low = (at + to - down) / 2;
    into.open[i] = at;
    into.close[i] = to;
    into.high[i] = high;
    into.low[i] = low;
    if (high > (into.high[highest] as number)) highest = i;
    if (low < (into.low[lowest] as number)) lowest = i;
    const draw = mix(state);
    into.key[i] = mix(draw ^ key);
    weights += weight * (0.2 + 1.6 * (draw >>> 0) * SCALE);
    into.before[i] = weights;
    at = to;
  }
  const rest = (above.volume[p] as number) - count * leastVolume;
  let before = above.before[p] as number;
  let given = 0;
  for (let i = 0; i < count; i++) {
    const through = i === count - 1 ? rest : Math.floor((rest * (into.before[i] as number)) / weights);
    const volume = leastVolume + through - given;
    given = through;
    into.volume[i] = volume;
    into.before[i] = before;
    before += volume;
    const ends = into.open[i] as number;
    const end = into.close[i] as number;
    into.high[i] = i === highest ? top : Math.max(ends, end, Math.min(into.high[i] as number, top));
    into.low[i] = i === lowest ? bottom : Math.min(ends, end, Math.max(into.low[i] as number, bottom));
  }
}
