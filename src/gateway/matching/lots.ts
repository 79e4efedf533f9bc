/** The steps in which an order trades: exchanges deal whole shares, and only an order for a fraction fills in fractions. */
import { greater, type Quantity, quantityOfSize } from '../accounts/amount.js';
import type { Instrument } from '../world/instrument.js';

const ONE = 100_000_000n;

/** Smallest step of an order of this size. */
export function lotOf({ secType, sizeIncrement }: Instrument, total: Quantity): Quantity {
  const step = greater(quantityOfSize(sizeIncrement), 1n);
  return secType === 'STK' && total % ONE === 0n ? greater(step, ONE) : step;
}
