// What the order path needs of its session.

import type { EventEmitter } from 'eventemitter3';
import type { OrderGate } from '../conversation/order-gate.js';
import type { Core } from '../core.js';
import type { SessionEvents } from '../session/events.js';

export interface OrderCore extends Core, OrderGate {
  /** The client id in use. */
  readonly usedClientId: number;
  /** What the gateway has said of the owner of each account (`AccountType`), whoever asked for it. */
  readonly accountTypes: ReadonlyMap<string, string>;
  /** When connections come and go. */
  readonly events: EventEmitter<SessionEvents>;
  /** Tells of a notice of the library's own. */
  warn(text: string): void;
}
