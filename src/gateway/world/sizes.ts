/** Sizes that rest at the best prices, by kind of instrument. */
import type { Instrument } from './instrument.js';

/** Sizes shown for one kind of instrument, from a hash. */
export function sizesOf({ secType, currency, sizeIncrement }: Instrument): (hash: number) => number {
  const upTo = (unit: number, count: number) => (hash: number) => unit * (1 + ((hash >>> 4) % count));
  switch (secType) {
    case 'STK':
    case 'CFD':
      return currency === 'USD' ? upTo(100, 9) : upTo(Math.max(1, sizeIncrement), 40);
    case 'CASH':
      return upTo(250_000, 16);
    case 'CRYPTO':
      return (hash) => (1 + ((hash >>> 4) % 30_000)) / 10_000;
    case 'WAR':
      return upTo(10_000, 60);
    case 'BOND':
      return upTo(2, 200);
    case 'IND':
    case 'FUND':
      return () => 0;
    default:
      return upTo(1, 80);
  }
}
