// Which requests could trade, and when none of them may leave.

import type { OutgoingKind } from '../../protocol/registry.js';
import { ClosedError, ReadOnlyError } from '../wire/errors.js';

/** What trades, and what takes back: they go through the order path. */
export type OrderKind = 'placeOrder' | 'exerciseOptions' | 'cancelOrder' | 'reqGlobalCancel';

const orderKinds: ReadonlySet<OutgoingKind> = new Set<OrderKind>([
  'placeOrder',
  'cancelOrder',
  'reqGlobalCancel',
  'exerciseOptions',
]);

/** Kinds that only ask, or set something of this connection alone. */
const READS =
  /^(req(?!GlobalCancel$)[A-Z]|cancel(?!Order$)[A-Z]|calculate|verify|query|subscribeToGroupEvents$|unsubscribe|requestFA$|startApi$|setServerLogLevel$)/;
/** Shows another instrument in a window of TWS. */
const SHOWS: OutgoingKind = 'updateDisplayGroup';

export function isOrderKind(kind: OutgoingKind): kind is OrderKind {
  return orderKinds.has(kind);
}

/** A read-only session does not even encode them: orders, advisor configuration, settings; and every kind not known to only ask. */
export function isWriteKind(kind: OutgoingKind): boolean {
  return orderKinds.has(kind) || (kind !== SHOWS && !READS.test(kind));
}

const RESTART_QUIET_MS = 15_000;

export interface OrderGate {
  readonly readOnly: 'client' | 'gateway' | undefined;
  /** Milliseconds until the application restarts; undefined when that is not known. */
  readonly restartsIn: number | undefined;
  readonly quietMs: number | undefined;
}

/** @throws {ReadOnlyError} {ClosedError} just before a known restart: what is sent then vanishes. */
export function passOrderGate(kind: OutgoingKind, { readOnly, restartsIn, quietMs = RESTART_QUIET_MS }: OrderGate): void {
  if (!isWriteKind(kind)) return;
  if (readOnly !== undefined) throw new ReadOnlyError(kind, readOnly);
  if ((kind === 'placeOrder' || kind === 'exerciseOptions') && restartsIn !== undefined && restartsIn <= quietMs)
    throw new ClosedError(`the gateway restarts in ${restartsIn} ms, and orders sent just before that vanish; nothing was sent`, {
      asked: kind,
    });
}
