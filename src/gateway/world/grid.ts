/** Prices on a grid whose step may change with the price: numbered steps, so that rounding and moving by ticks are exact. */
import type { MarketRule } from './instrument.js';

const NUDGE = 1e-6; // of a step: a price computed as 187.49999999999997 is 187.50

interface Band {
  readonly edge: number;
  readonly increment: number;
  /** Number of the step at the edge. */
  readonly step: number;
}

/** A grid, made once per market rule. */
export interface Grid {
  /** Position of a price in steps, with a fraction. */
  position(price: number): number;
  /** Price of a numbered step, clean in decimals. Steps below 0 are refused by clamping to 0. */
  price(step: number): number;
  /** Width of the step at a price. */
  tickAt(price: number): number;
  /** Number of the last step at or below a price. */
  floor(price: number): number;
  /** Nearest step's price. */
  round(price: number): number;
  isOn(price: number): boolean;
  /** Decimals of the finest step. */
  readonly decimals: number;
}

const grids = new WeakMap<MarketRule, Grid>();

function decimalsOf(increment: number): number {
  let decimals = 0;
  while (decimals < 9 && Math.abs(increment * 10 ** decimals - Math.round(increment * 10 ** decimals)) > 1e-9) decimals += 1;
  return decimals;
}

export function gridOf(rule: MarketRule): Grid {
  let grid = grids.get(rule);
  if (grid === undefined) {
    grid = make(rule);
    grids.set(rule, grid);
  }
  return grid;
}

function make(rule: MarketRule): Grid {
  const bands: Band[] = [];
  for (const { lowEdge, increment } of rule.bands) {
    const last = bands.at(-1);
    const step = last === undefined ? 0 : last.step + Math.round((lowEdge - last.edge) / last.increment);
    bands.push({ edge: lowEdge, increment, step });
  }
  const decimals = Math.max(...bands.map((band) => decimalsOf(band.increment)));
  const power = 10 ** decimals;
  const first = bands[0] as Band;
  const isFlat = bands.length === 1;
  const bandOf = (price: number): Band => {
    if (isFlat) return first;
    let i = bands.length - 1;
    while (i > 0 && price < (bands[i] as Band).edge - NUDGE * (bands[i] as Band).increment) i -= 1;
    return bands[i] as Band;
  };
  const bandOfStep = (step: number): Band => {
    if (isFlat) return first;
    let i = bands.length - 1;
    while (i > 0 && step < (bands[i] as Band).step) i -= 1;
    return bands[i] as Band;
  };
  const position = (price: number): number => {
    const band = bandOf(price);
    return band.step + (price - band.edge) / band.increment;
  };
  const price = (step: number): number => {
    const band = bandOfStep(step);
    return Math.round((band.edge + Math.max(0, step - band.step) * band.increment) * power) / power;
  };
  return {
    decimals,
    position,
    price,
    tickAt: (at) => bandOf(at).increment,
    floor: (at) => Math.floor(position(at) + NUDGE),
    round: (at) => price(Math.round(position(at))),
    isOn: (at) => {
      if (!Number.isFinite(at) || at < 0) return false;
      const steps = position(at);
      return Math.abs(steps - Math.round(steps)) < 1e-5;
    },
  };
}
