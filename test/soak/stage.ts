// The stage of a soak: a simulated gateway and a client in one virtual time, and what everybody on it shares.

import { connectBy, type Ib } from '../../src/client/connect.js';
import { openLink } from '../../src/client/wire/link.js';
import { type VirtualClock, virtualClock } from '../../src/gateway/clock.js';
import { type SimulatedGateway, simulateOn } from '../../src/gateway/simulate.js';
import { type MemoryNetwork, memoryNetwork } from '../helpers/memory-network.js';
import { type CountedTimer, countedTimer, passUntil } from '../helpers/virtual-time.js';
import { type Chance, chanceFrom } from './chance.js';
import { type Plant, planted } from './plants.js';
import { Promises } from './promises.js';

/** Monday 31 August 2026, 9:30 in New York: the market opens. */
export const START = Date.UTC(2026, 7, 31, 13, 30);
export const ACCOUNT = 'DU9000001';

export interface Stage {
  readonly clock: VirtualClock;
  readonly chance: Chance;
  readonly network: MemoryNetwork;
  readonly gateway: SimulatedGateway;
  readonly timer: CountedTimer;
  readonly ib: Ib;
  readonly promises: Promises;
  /** What was found wrong, with the time of it. */
  readonly wrongs: string[];
  wrong(text: string): void;
  /** Runs `act` after so many ms, unless the stage rests by then. */
  later(ms: number, act: () => void): void;
  /** Runs `act` again and again with this mean wait (longer in a thin soak), until the stage rests. */
  often(meanMs: number, act: () => void): void;
  /** Ends the acts: nothing that waits runs any more. */
  rest(): void;
  /** Another client of the same login; the caller closes it. */
  join(clientId: number): Promise<Ib>;
  /** Ends the client and the gateway. */
  close(): Promise<void>;
}

/** `density`: how much happens beside what would in a short soak, from 0 to 1. */
export async function openStage(seed: number, density: number, plant: Plant): Promise<Stage> {
  const clock = virtualClock(START);
  const chance = chanceFrom(seed);
  const network = memoryNetwork(clock);
  const timer = countedTimer(clock, plant.timer);
  const gateway = await simulateOn(network, {
    seed,
    clock,
    accounts: [{ account: ACCOUNT, kind: 'individual-margin', cash: { USD: 50_000_000, EUR: 5_000_000 } }],
    clientIdHeldFor: 20_000,
    cadence: { pnl: 10 },
    keep: 100,
  });
  const wrongs: string[] = [];
  const wrong = (text: string): void => void wrongs.push(`${new Date(clock.now()).toISOString()} ${text}`);
  const open = planted((options, events) => openLink(options, events, network.openTransport), plant);
  const join = (clientId: number): Promise<Ib> =>
    connectBy(open, {
      port: gateway.port,
      clientId,
      timer,
      random: chance.next,
      clientIdWithin: 90_000,
      restart: { at: '23:45', zone: 'America/New_York' },
      orders: { accounts: 'none' },
    });
  const ib = await passUntil(clock, join(1), 60_000);
  ib.on('thrown', (error) => wrong(`something threw: ${error instanceof Error ? error.stack : String(error)}`));
  const waiting = new Set<{ cancel(): void }>();
  let isResting = false;
  const later = (ms: number, act: () => void): void => {
    if (isResting) return;
    const timer = clock.at(clock.now() + ms, () => {
      waiting.delete(timer);
      act();
    });
    waiting.add(timer);
  };
  return {
    clock,
    chance,
    network,
    gateway,
    timer,
    ib,
    promises: new Promises(() => clock.now()),
    wrongs,
    wrong,
    later,
    often(meanMs, act) {
      const next = (): void =>
        later(chance.wait(meanMs / density), () => {
          act();
          next();
        });
      next();
    },
    rest() {
      isResting = true;
      for (const timer of waiting) timer.cancel();
    },
    join,
    async close() {
      ib.close();
      await gateway.close();
    },
  };
}
