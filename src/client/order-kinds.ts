// Which requests could trade.

import type { OutgoingKind } from '../protocol/registry.js';

const orderKinds: ReadonlySet<OutgoingKind> = new Set<OutgoingKind>([
  'placeOrder',
  'cancelOrder',
  'reqGlobalCancel',
  'exerciseOptions',
]);

/** A read-only session does not even encode them. */
export function isOrderKind(kind: OutgoingKind): boolean {
  return orderKinds.has(kind);
}
