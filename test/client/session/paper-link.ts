// A session on a link of paper: no socket, no clock of its own, every message written by the test.

import { createGatekeeper, type Gatekeeper, openGates } from '../../../src/client/admission/gatekeeper.js';
import { Session } from '../../../src/client/session/session.js';
import type { Link, LinkEvents } from '../../../src/client/wire/link.js';
import { incomingDecoder } from '../../../src/protocol/decode.js';
import { DecodeError } from '../../../src/protocol/errors.js';
import type { Incoming, IncomingKind, MessageInput, OutgoingKind } from '../../../src/protocol/registry.js';
import { addressOf } from '../../helpers/address-of.js';
import { type HandTimer, handTimer, settle } from '../../helpers/hand-timer.js';

export interface Sent {
  readonly kind: OutgoingKind;
  readonly reqId: number | undefined;
  readonly message: Record<string, unknown>;
  readonly connection: number;
  readonly at: number;
}

export interface PaperSession {
  readonly session: Session;
  readonly timer: HandTimer;
  readonly sent: Sent[];
  readonly connections: number;
  /** Frames whose fields a sink has taken, so that no message was made. */
  readonly handed: number;
  /** What the gateway would be reached with: false refuses every connection. */
  isReachable: boolean;
  /** As the gateway of the current connection; nothing happens when there is none. */
  say<K extends IncomingKind>(kind: K, message: MessageInput<K>): void;
  /** The same as bytes of one frame, read as the link reads them. */
  hear(frame: Uint8Array): void;
  cut(): void;
}

export async function paperSession(
  options: { readonly limits?: Parameters<typeof createGatekeeper>[1]; readonly serverVersion?: number } = {},
): Promise<PaperSession> {
  const timer = handTimer();
  const sent: Sent[] = [];
  let events: LinkEvents | undefined;
  let connections = 0;
  let handed = 0;
  const decoder = incomingDecoder(options.serverVersion ?? 225);
  const gatekeeper: Gatekeeper = options.limits === undefined ? openGates() : createGatekeeper(timer, options.limits);
  const paper: PaperSession = {
    session: undefined as never, // set below
    timer,
    sent,
    get connections() {
      return connections;
    },
    get handed() {
      return handed;
    },
    isReachable: true,
    say(kind, message) {
      events?.heard();
      const said = { kind, ...message } as Incoming;
      events?.message(said, addressOf(said), 0);
    },
    hear(frame) {
      events?.heard();
      try {
        const message = decoder.hand(frame, 4, frame.length, events?.sinks);
        if (message === undefined) {
          handed++;
          return;
        }
        if (message.kind === 'unknown') events?.unknown(message);
        else events?.message(message, decoder, frame.length - 4);
      } catch (error) {
        if (!(error instanceof DecodeError)) throw error;
        events?.unreadable(error);
      }
    },
    cut() {
      const ending = events;
      events = undefined;
      ending?.ended(undefined);
    },
  };
  const session = new Session(
    {
      host: 'paper',
      port: 1,
      clientId: 1,
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
      random: () => 0.5,
      tap: undefined,
    },
    gatekeeper,
    (_, its) => {
      if (!paper.isReachable) return Promise.reject(new Error('nobody there'));
      connections++;
      const mine = connections;
      events = its;
      const link: Link = {
        serverVersion: options.serverVersion ?? 225,
        connectionTime: '',
        accounts: ['DU9000001'],
        nextValidId: 1,
        get isOpen() {
          return events === its;
        },
        unsent: 0,
        trailing: 0,
        send(kind, message) {
          const { reqId } = message as { reqId?: number };
          sent.push({ kind, reqId, message: message as Record<string, unknown>, connection: mine, at: timer.now() });
        },
        destroy() {
          if (events === its) paper.cut();
        },
      };
      return Promise.resolve(link);
    },
  );
  Object.assign(paper, { session });
  await session.start(undefined);
  await settle();
  return paper;
}
