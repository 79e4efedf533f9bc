// How gateways say that there is no price: -1 in the units of the contract, without a size.

/** -1 times the price magnifiers there are: shares in pence, cattle and cotton in cents say -100. */
const NONE: ReadonlySet<number | undefined> = new Set([-1, -10, -100, -1_000, -10_000]);

/** The price; undefined where the gateway means that there is none. With a size it is a price, as spreads have; 0 is one too. */
export function priceOrNone(price: number | undefined, size: number | undefined): number | undefined {
  return (size === 0 || size === undefined) && NONE.has(price) ? undefined : price;
}
