// One text for orders that are the same, whatever the order of their fields.
import type { Attempt } from './guard.js';

/** Canonical JSON: keys sorted, undefined left out, Infinity and NaN kept apart from null. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, field]) => field !== undefined);
    return `{${entries
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, field]) => `${JSON.stringify(key)}:${canonical(field)}`)
      .join(',')}}`;
  }
  return typeof value === 'number' && !Number.isFinite(value) ? `#${value}` : (JSON.stringify(value) ?? 'null');
}

/** Fields that differ between two sendings of one order. */
const OWN = new Set(['orderId', 'permId', 'clientId', 'parentId', 'orderRef', 'ocaGroup', 'transmit', 'manualOrderTime']);

/** The same for every sending of one order. */
export function duplicateKey({ contract, order }: Attempt): string {
  const { conId, exchange } = contract;
  const terms = Object.fromEntries(Object.entries(order).filter(([field]) => !OWN.has(field)));
  return canonical({ contract: conId === undefined || conId === 0 ? contract : { conId, exchange }, terms });
}

/** Everything about an order: a token for it is good for nothing else. */
export function fingerprint({ contract, order }: Attempt): string {
  return canonical({ contract, order });
}
