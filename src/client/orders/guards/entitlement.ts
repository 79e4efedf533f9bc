// The guard that wants the login to see live prices of what it orders.
import { reject } from './finding.js';
import type { Guard } from './guard.js';

/**
 * Refuses orders for contracts whose last price was not live, or not seen within `maxAgeMs` (60 seconds): whoever has no
 * entitlement sees delayed prices, and trades on the market of a quarter of an hour ago. Exits are not held up.
 */
export function liveData({ maxAgeMs = 60_000 }: { readonly maxAgeMs?: number } = {}): Guard {
  return (_, { lastPrice, now, closes }) => {
    if (closes === true) return [];
    const age = lastPrice === undefined ? undefined : now - lastPrice.at;
    if (lastPrice !== undefined && lastPrice.source === 'live' && age !== undefined && age >= 0 && age <= maxAgeMs) return [];
    const facts = {
      source: lastPrice?.source ?? 'unknown',
      ageMs: age === undefined ? 'none' : String(age),
      maxAgeMs: String(maxAgeMs),
    };
    return [
      reject(
        'MARKET-DATA-NOT-LIVE',
        lastPrice === undefined
          ? 'no price of this contract has been seen'
          : `its last price is ${facts.source}, ${facts.ageMs} ms old`,
        'subscribe to its quotes, with an entitlement to live data, and supply the price with its source',
        facts,
      ),
    ];
  };
}
