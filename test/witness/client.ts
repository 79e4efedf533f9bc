// The whole client on a venue in memory: its session, its facades and its bytes, with a clock by hand.

import { createGatekeeper, openGates } from '../../src/client/admission/gatekeeper.js';
import { facade, type Ib } from '../../src/client/connect.js';
import type { ConnectOptions } from '../../src/client/session/connect-options.js';
import { Session } from '../../src/client/session/session.js';
import type { Link } from '../../src/client/wire/link.js';
import { outgoingEncoder } from '../../src/protocol/encode.js';
import { DecodeError } from '../../src/protocol/errors.js';
import type { IncomingKind } from '../../src/protocol/registry.js';
import { addressOf } from '../helpers/address-of.js';
import { type HandTimer, settle } from '../helpers/hand-timer.js';
import { type Peer, reader } from './peer.js';
import type { Venue } from './venue.js';
import { ACCOUNT } from './world.js';

export interface Client {
  readonly ib: Ib;
  readonly clientId: number;
  /** Hands over up to `most` messages that wait. */
  deliver(most?: number): void;
  cut(): void;
  /** A message of that kind came that could not be read. */
  damage(kind: IncomingKind): void;
  close(): void;
}

export async function clientOf(
  venue: Venue,
  timer: HandTimer,
  clientId: number,
  orders: NonNullable<ConnectOptions['orders']>,
  random: () => number,
  messagesPerSecond?: number,
): Promise<Client> {
  let peer: Peer | undefined;
  let cut = (): void => {};
  let damage = (_: IncomingKind): void => {};
  const open = (_: unknown, events: Parameters<NonNullable<ConstructorParameters<typeof Session>[2]>>[1]): Promise<Link> => {
    const encoder = outgoingEncoder(225);
    const mine: Peer = {
      clientId,
      isOpen: true,
      inbox: [],
      told: 0,
      deliver: reader((message) => {
        events.heard();
        events.message(message, addressOf(message), 0);
      }),
    };
    peer = mine;
    damage = (kind) => events.unreadable(new DecodeError('damaged', { kind, serverVersion: 225, row: '', offset: 0 }));
    venue.arrive(mine);
    const end = (): void => {
      if (!mine.isOpen) return;
      venue.leave(mine);
      events.ended(undefined);
    };
    cut = end;
    return Promise.resolve({
      serverVersion: 225,
      connectionTime: '20260902 10:00:00 EST',
      accounts: [ACCOUNT],
      nextValidId:
        1 + Math.max(0, ...[...venue.orders.values()].filter((one) => one.clientId === clientId).map((one) => one.orderId)),
      get isOpen() {
        return mine.isOpen;
      },
      unsent: 0,
      trailing: 0,
      send(kind, message) {
        const bytes = encoder.encode(kind, message);
        if (mine.isOpen) venue.take(mine, bytes);
      },
      destroy: end,
    });
  };
  const options: ConnectOptions = { port: 1, clientId, orders, timer, random };
  const session = new Session(
    {
      host: 'memory',
      port: 1,
      clientId,
      minVersion: 100,
      maxVersion: 225,
      connectOptions: '',
      optionalCapabilities: '',
      connectWithin: 1000,
      stepWithin: 1000,
      silence: 0,
      probeWithin: 0,
      reconnect: true,
      backOff: { baseMs: 100, capMs: 400, floorMs: 100 },
      onClientIdInUse: 'wait',
      clientIdWithin: 0,
      startWithin: 0,
      isReadOnly: false,
      region: 'northAmerica',
      restart: undefined,
      timer,
      random,
      tap: undefined,
    },
    messagesPerSecond === undefined ? openGates() : createGatekeeper(timer, { messagesPerSecond }),
    open,
  );
  const ib = facade(session, options);
  await session.start(undefined);
  const client: Client = {
    ib,
    clientId,
    deliver(most = Number.POSITIVE_INFINITY) {
      for (let i = 0; i < most; i++) {
        const bytes = peer?.inbox.shift();
        if (bytes === undefined) return;
        peer?.deliver(bytes);
      }
    },
    cut: () => cut(),
    damage: (kind) => damage(kind),
    close: () => ib.close(),
  };
  await settle();
  return client;
}

/** Lets everything that waits be told and taken, until nothing moves. */
export async function calm(clients: readonly Client[], rounds = 3): Promise<void> {
  for (let i = 0; i < rounds; i++) {
    for (const client of clients) client.deliver();
    await settle();
  }
}
