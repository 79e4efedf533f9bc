/** Marks and exchange rates out of the market: last trade, else the middle, else the close; rates through the currency pairs. */
import type { Instrument } from '../world/instrument.js';
import type { MarketView } from '../world/market-view.js';
import type { Prices } from './prices.js';

/** Rates are crossed through these when no pair quotes them directly. */
const HUBS = ['USD', 'EUR'];

/** Prices on a market. `pairs` are the currency pairs it knows (security type CASH). */
export function marketPrices(market: MarketView, pairs: readonly Instrument[]): Prices {
  const byName = new Map(pairs.map((pair) => [`${pair.symbol}.${pair.currency}`, pair.conId]));
  const quoted = (from: string, to: string): number | undefined => {
    if (from === to) return 1;
    const direct = byName.get(`${from}.${to}`);
    if (direct !== undefined) return markOf(market, direct);
    const inverse = byName.get(`${to}.${from}`);
    return inverse === undefined ? undefined : 1 / markOf(market, inverse);
  };
  return {
    mark: ({ conId }) => markOf(market, conId),
    underlying: ({ underConId }) =>
      underConId === undefined || !market.instrument(underConId) ? undefined : markOf(market, underConId),
    rate: (from, to) => {
      const direct = quoted(from, to);
      if (direct !== undefined) return direct;
      for (const hub of HUBS) {
        const first = quoted(from, hub);
        const second = quoted(hub, to);
        if (first !== undefined && second !== undefined) return first * second;
      }
      throw new RangeError(`no exchange rate from ${from} to ${to}`);
    },
  };
}

function markOf(market: MarketView, conId: number): number {
  const { last, bid, ask, close } = market.quote(conId);
  if (last > 0) return last;
  return bid > 0 && ask > 0 ? (bid + ask) / 2 : close;
}
