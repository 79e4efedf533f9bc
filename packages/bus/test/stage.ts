// A desk's side of the bus over a simulated gateway, without a desk: what the streams and calls need.

import {
  type Bus,
  type ConnectBusOptions,
  connectBus,
  type DeskSide,
  type ServeBusOptions,
  type ServedBus,
  serveBus,
} from '@ibwire/bus';
import { connect, type Ib } from 'ibwire';
import { type SimulatedGateway, type SimulateOptions, simulate } from 'ibwire/gateway';
import { type NatsServer, startNats } from '../../../test/helpers/nats.js';

export interface Stage extends AsyncDisposable {
  readonly nats: NatsServer;
  readonly gateway: SimulatedGateway;
  readonly ib: Ib;
  readonly served: ServedBus;
  /** Tells an order event of an account, as a desk does. */
  tell(account: string, event: object): void;
  readonly troubles: string[];
  consumer(options?: Partial<ConnectBusOptions>): Promise<Bus>;
  /** Another desk on the same server. */
  again(side: Partial<DeskSide>): Promise<ServedBus & AsyncDisposable>;
}

export interface StageOptions {
  readonly simulate?: SimulateOptions;
  readonly serve?: Partial<ServeBusOptions>;
  readonly nats?: string;
  readonly withoutJetStream?: boolean;
  readonly side?: Partial<DeskSide>;
}

export const ACCOUNT = 'DU9000001';

export async function stage(options: StageOptions = {}): Promise<Stage> {
  const nats = await startNats(options.nats, options.withoutJetStream);
  const gateway = await simulate(options.simulate);
  const ib = await connect({ host: gateway.host, port: gateway.port, clientId: 1 });
  const listeners = new Set<(account: string, event: unknown) => void>();
  const troubles: string[] = [];
  const side: DeskSide = {
    ib: () => ib,
    run: () => Promise.reject(new TypeError('no commands here')),
    byKey: () => Promise.resolve(undefined),
    told: (error) => ({ code: 'input', title: '', detail: error instanceof Error ? error.message : String(error) }),
    onOrders(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onSession: () => () => {},
    learn: () => Promise.resolve(),
    lead: () => Promise.resolve(),
    follow: () => Promise.resolve(),
    trouble: (text) => troubles.push(text),
    ...options.side,
  };
  const served = await serveBus(side, { servers: nats.url, desk: 'one', ...options.serve });
  await served.start();
  const open: Bus[] = [];
  return {
    nats,
    gateway,
    ib,
    served,
    troubles,
    tell(account, event) {
      for (const listener of listeners) listener(account, event);
    },
    async again(other) {
      const next = await serveBus({ ...side, ...other }, { servers: nats.url, desk: 'two' });
      await next.start();
      return Object.assign(next, { [Symbol.asyncDispose]: () => next.close() });
    },
    async consumer(how = {}) {
      const bus = await connectBus({ servers: nats.url, timeout: 10_000, ...how });
      open.push(bus);
      return bus;
    },
    async [Symbol.asyncDispose]() {
      for (const bus of open) await bus.close();
      await served.close();
      ib.close();
      await gateway.close();
      await nats.close();
    },
  };
}

/** Resolves when it is so; looked at whenever the process has nothing else to do. */
export async function until(what: string, is: () => boolean, ms = 15_000): Promise<void> {
  const end = performance.now() + ms;
  while (!is()) {
    if (performance.now() > end) throw new Error(`not in ${ms} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
