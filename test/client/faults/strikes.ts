// What goes wrong: every fault of the simulated gateway, and when it is over.

import type { SimulatedGateway } from '../../../src/gateway/simulate.js';
import type { OutgoingKind } from '../../../src/protocol/registry.js';

export interface Strike {
  readonly says: string;
  /** Bytes that are on the way when it strikes still arrive. */
  readonly restArrives: boolean;
  begin(gateway: SimulatedGateway, asks: OutgoingKind): void;
  /** Milliseconds after which it ends, and how; without, it ends by itself or never. */
  readonly end?: { readonly afterMs: number; act(gateway: SimulatedGateway, asks: OutgoingKind): void };
}

export const strikes: Readonly<Record<string, Strike>> = {
  none: { says: 'Nothing goes wrong.', restArrives: true, begin: () => {} },
  cut: { says: 'The connection ends at once.', restArrives: false, begin: ({ faults }) => faults.cut() },
  'half-open': {
    says: 'The gateway neither reads nor writes any more; the connection stays.',
    restArrives: false,
    begin: ({ faults }) => faults.halfOpen(),
  },
  stall: { says: 'The gateway sends no more, and reads on.', restArrives: false, begin: ({ faults }) => faults.stall() },
  'a byte at a time': {
    says: 'For 20 s every byte comes alone.',
    restArrives: true,
    begin: ({ faults }) => faults.dribble(1),
    end: { afterMs: 20_000, act: ({ faults }) => faults.resume() },
  },
  'a corrupt byte': {
    says: 'One byte of the next message is turned over.',
    restArrives: true,
    begin: ({ faults }) => faults.corrupt(1),
  },
  'no answer once': {
    says: 'The next request of the kind is swallowed.',
    restArrives: true,
    begin: ({ faults }, asks) => faults.never(asks, 1),
  },
  'no answer for a minute': {
    says: 'Requests of the kind are swallowed for 59 s.',
    restArrives: true,
    begin: ({ faults }, asks) => faults.never(asks),
    end: { afterMs: 59_000, act: ({ faults }, asks) => faults.answer(asks) },
  },
  'slow reading': {
    says: 'The gateway reads 20 bytes in a second.',
    restArrives: true,
    begin: ({ faults }) => faults.slowReading(20),
  },
  '1100, then 1102': {
    says: 'The gateway loses the broker for 20 s, and keeps the streams.',
    restArrives: true,
    begin: ({ faults }) => faults.disconnect(),
    end: { afterMs: 20_000, act: ({ faults }) => faults.reconnect('kept') },
  },
  '1100, then 1101': {
    says: 'The gateway loses the broker for 20 s, and loses the streams.',
    restArrives: true,
    begin: ({ faults }) => faults.disconnect(),
    end: { afterMs: 20_000, act: ({ faults }) => faults.reconnect('lost') },
  },
  'another login (10197)': {
    says: 'Another login has the market data for 70 s.',
    restArrives: true,
    begin: ({ faults }) => faults.competing(),
    end: { afterMs: 70_000, act: ({ faults }) => faults.competing(false) },
  },
  'port moved (1300)': {
    says: 'The gateway says that it listens elsewhere and ends the connection.',
    restArrives: true,
    begin: ({ faults }) => void faults.movePort(),
  },
  restart: {
    says: 'The gateway is away for 20 s.',
    restArrives: false,
    begin: ({ faults }) => faults.restart({ downFor: 20_000 }),
  },
  'farm down and up': {
    says: 'The farm of US stocks is down for 20 s (2103, 2104).',
    restArrives: true,
    begin: ({ faults }) => faults.farm('usfarm', 'broken'),
    end: { afterMs: 20_000, act: ({ faults }) => faults.farm('usfarm', 'ok') },
  },
};
