// Faults that are planted between client and gateway, as a client with that fault would show them: a soak has to find each.

import type { LinkEvents, openLink } from '../../src/client/wire/link.js';
import type { Incoming, OutgoingKind } from '../../src/protocol/registry.js';
import type { TimerFate } from '../helpers/virtual-time.js';

export interface Plant {
  timer(ms: number): TimerFate;
  /** False: the message does not come to the client. `connection` counts from 1. */
  hears(message: Incoming, connection: number): boolean;
  /** False: the request does not leave. */
  sends(kind: OutgoingKind, connection: number): boolean;
}

const none: Plant = { timer: () => 'good', hears: () => true, sends: () => true };

/** The third execution is lost: every message that names it, whenever it comes. */
function forgottenFill(): Plant['hears'] {
  const seen = new Set<string | undefined>();
  return (message) => {
    if (message.kind !== 'execDetails') return true;
    seen.add(message.execution?.execId);
    return [...seen].indexOf(message.execution?.execId) !== 2;
  };
}

/** Each makes a plant anew. */
export const plants = {
  nothing: () => none,
  'a resubscription is dropped': () => ({ ...none, sends: (kind, connection) => kind !== 'reqMktData' || connection === 1 }),
  'a fill is forgotten': () => ({ ...none, hears: forgottenFill() }),
  'an order is never cancelled': () => ({ ...none, sends: (kind) => kind !== 'cancelOrder' }),
  'positions are not listed again': () => ({ ...none, hears: ({ kind }, connection) => kind !== 'position' || connection === 1 }),
  'timers are left': () => ({ ...none, timer: (ms) => (ms === 11_000 ? 'stays' : 'good') }),
  'deadlines do not run': () => ({ ...none, timer: (ms) => (ms === 11_000 ? 'never' : 'good') }),
} as const satisfies Readonly<Record<string, () => Plant>>;

export type PlantName = keyof typeof plants;

/** A way to open links with a plant in between. */
export function planted(open: typeof openLink, plant: Plant): typeof openLink {
  let connection = 0;
  return async (options, events) => {
    const mine = ++connection;
    const through: LinkEvents = {
      ...events,
      message: (message, address, bytes) => {
        if (plant.hears(message, mine)) events.message(message, address, bytes);
      },
    };
    const link = await open(options, through);
    return {
      ...link,
      get isOpen() {
        return link.isOpen;
      },
      get unsent() {
        return link.unsent;
      },
      get trailing() {
        return link.trailing;
      },
      send(kind, message) {
        if (plant.sends(kind, mine)) link.send(kind, message);
      },
    };
  };
}
