/** Rounding to the steps of a grid. */

/** The middle of two prices; it may lie between two steps. */
export function middleOf(bid: number, ask: number): number {
  return Math.round(((bid + ask) / 2) * 1e8) / 1e8;
}

/** Nearest price on the grid, or the nearest not above / not below it; eight decimals at most. */
export function roundToStep(price: number, step: number, way: 'near' | 'down' | 'up' = 'near'): number {
  const count = price / step;
  const near = Math.round(count);
  const whole = way === 'near' || Math.abs(count - near) < 1e-6 ? near : way === 'down' ? Math.floor(count) : Math.ceil(count);
  return Math.round(whole * step * 1e8) / 1e8;
}
