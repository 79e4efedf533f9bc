// Who stands before a venue: a connection, an order with all terms that may be in force, and how the venue opens.

import { incomingDecoder } from '../../src/protocol/decode.js';
import { FrameDecoder } from '../../src/protocol/frames.js';
import type { Incoming, RequestOf } from '../../src/protocol/registry.js';
import type { Terms } from './books.js';
import type { Currency } from './world.js';

export const VERSION = 225;

/** One client's connection. */
export interface Peer {
  readonly clientId: number;
  isOpen: boolean;
  /** What waits to be read by the client. */
  readonly inbox: Uint8Array[];
  /** How many messages were ever put there. */
  told: number;
  deliver(bytes: Uint8Array): void;
}

export interface Order {
  readonly key: string;
  readonly clientId: number;
  readonly orderId: number;
  readonly permId: string;
  readonly since: number;
  terms: Terms[];
  filled: number;
  hasEnded: boolean;
  /** Its end is known once its client has read that many messages of this connection. */
  end?: { readonly peer: Peer; readonly told: number };
  /** The request that brought its terms, for openOrder. */
  request: RequestOf<'placeOrder'>;
}

/** A change may cross the news of the end on its way. */
export function isEndKnown({ hasEnded, end }: Order, peer: Peer): boolean {
  return hasEnded && (end?.peer !== peer || peer.told - peer.inbox.length >= end.told);
}

export interface Opening {
  readonly accountType: string;
  readonly cash: Readonly<Record<Currency, number>>;
  readonly positions: ReadonlyMap<number, number>;
  readonly maySpread: boolean;
  readonly now: () => number;
}

/** Reads what a venue writes. */
export function reader(take: (message: Incoming) => void): (bytes: Uint8Array) => void {
  const decoder = incomingDecoder(VERSION);
  const frames = new FrameDecoder();
  return (bytes) =>
    frames.push(bytes, (frame, start, end) => {
      const message = decoder.decode(frame, start, end);
      if (message.kind !== 'unknown') take(message);
    });
}

/** An order as it comes, with nothing filled. */
export function orderOf(clientId: number, request: RequestOf<'placeOrder'>, terms: Terms, permId: string, since: number): Order {
  const orderId = request.orderId ?? 0;
  const key = `${clientId}/${orderId}`;
  return { key, clientId, orderId, permId, since, terms: [terms], filled: 0, hasEnded: false, request };
}
