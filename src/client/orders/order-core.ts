// What the order path needs of its session.

import type { OrderGate } from '../conversation/order-gate.js';
import type { Core } from '../core.js';

/** Of what a session tells, what orders listen to. */
interface ComingsAndGoings {
  on(event: 'ready', listener: (info: { readonly epoch: number }) => void): unknown;
  on(event: 'closed', listener: () => void): unknown;
  /** Order ids that were handed out and that the gateway has forgotten. */
  on(event: 'neverArrived', listener: (orderIds: readonly number[]) => void): unknown;
}

export interface OrderCore extends Core, OrderGate {
  /** The client id in use. */
  readonly usedClientId: number;
  /** What the gateway has said of the owner of each account (`AccountType`), whoever asked for it. */
  readonly accountTypes: ReadonlyMap<string, string>;
  /** When connections come and go. */
  readonly events: ComingsAndGoings;
  /** Tells of a notice of the library's own. */
  warn(text: string): void;
}
