// The official API's own shape: every request by its name, every message by its name, nothing in between.

import { oneOf } from '../input/checks.js';
import {
  type IncomingKind,
  incomingKinds,
  type MessageOf,
  type OutgoingKind,
  outgoingKinds,
  type RequestInput,
} from '../protocol/registry.js';
import { isOrderKind } from './conversation/order-gate.js';
import { mustBe } from './input/check-call.js';
import { refuseNoNumber } from './input/known-properties.js';
import type { RawOrder } from './orders/send/raw.js';
import type { Session } from './session/session.js';

/** `ib.raw`: every request and every message by its official name, nothing in between. */
export interface Raw {
  /**
   * Sends a request as it is. Answers come to `on`; ids are yours to choose (`nextReqId`, or order ids). Orders, exercises and
   * cancels pass read-only, live switch, kill switch and journal, and the rules unless `orders.rawOrders` is on; they are in the book.
   * @throws {InputError} for a number that is none (NaN, Infinity); {RuleError} {JournalError} {TooOldError} {EncodeError}
   * {ClosedError} {ReadOnlyError}; nothing is sent then.
   */
  send<K extends OutgoingKind>(kind: K, message: RequestInput<K>): void;
  /** Calls the listener with every message of a kind, whoever else gets it. Returns what takes it out again. */
  on<K extends IncomingKind>(kind: K, listener: (message: MessageOf<K>) => void): () => void;
  /** A request id that nobody uses. */
  nextReqId(): number;
  /** An order id, above all used before. */
  nextOrderId(): number;
}

const request = oneOf(...outgoingKinds.map(({ kind }) => kind));
const message = oneOf(...incomingKinds.map(({ kind }) => kind));

/** `trade`: how requests that trade leave. */
export function createRaw(session: Session, trade: (order: RawOrder) => void): Raw {
  return {
    send(kind, fields) {
      mustBe(request, 'kind', kind);
      refuseNoNumber(Object(fields));
      if (isOrderKind(kind)) trade({ kind, message: fields } as RawOrder);
      else session.send(kind, fields);
    },
    on(kind, listener) {
      mustBe(message, 'kind', kind);
      return session.router.listen(kind, listener);
    },
    nextReqId: () => session.reqIds.next(),
    nextOrderId: () => session.orderIds.next(),
  };
}
