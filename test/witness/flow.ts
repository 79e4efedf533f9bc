// One sequence: a restricted account, clients that come and go, somebody else, and everything that can go wrong, from one seed.

import { type HandTimer, handTimer, settle } from '../helpers/hand-timer.js';
import { ACTS, type Act } from './acts.js';
import { type Client, calm, clientOf } from './client.js';
import { Venue } from './venue.js';
import { ACCOUNT, contractOf, LINES, lineOf } from './world.js';

export interface Outcome {
  readonly seed: number;
  readonly violations: readonly string[];
  /** Writes that were asked for, and those that left. */
  readonly asked: number;
  readonly left: number;
  /** Faults of the product or of this harness: no refusal. */
  readonly faults: readonly string[];
  readonly story: readonly string[];
  readonly refusals: readonly string[];
  /** Acts and builders that were tried, and those of which bytes left. */
  readonly tried: readonly string[];
  readonly sent: readonly string[];
}

/** What an act of the flow has to do with. */
export interface Stage {
  readonly seed: number;
  readonly step: number;
  readonly venue: Venue;
  readonly timer: HandTimer;
  readonly clients: Client[];
  int(below: number): number;
  of<T>(list: readonly T[]): T;
  tell(what: string): void;
  /** Asks a client for something that may leave; `names` are the builders that made it. */
  attempt(names: readonly string[], act: () => unknown): void;
  readonly fail: (error: unknown) => void;
  join(clientId: number): Promise<void>;
  /** The program's prices stand still from now on, or move again. */
  holdFeed(isHeld: boolean): void;
}

export function chance(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const KINDS = ['ira-cash', 'ira-margin', 'cash'] as const;
/** What a refusal may be named. */
const REFUSALS =
  /^(RuleError|InputError|ReadOnlyError|ClosedError|OrderStateError|EncodeError|TooOldError|AbortError|TimeoutError|GatewayError)$/;

export interface FlowOptions {
  readonly steps?: number;
  /** Without what others do, cuts and restarts. */
  readonly isQuiet?: boolean;
}

const weigh = (acts: readonly Act[]): readonly Act[] => acts.flatMap((act) => Array.from({ length: act.weight }, () => act));
const ALL = weigh(ACTS);
const QUIET = weigh(ACTS.filter(({ isLoud }) => isLoud !== true));

export async function flow(seed: number, { steps = 14, isQuiet = false }: FlowOptions = {}): Promise<Outcome> {
  const random = chance(seed);
  const int = (below: number): number => Math.floor(random() * below);
  const of = <T>(list: readonly T[]): T => list[int(list.length)] as T;
  const timer: HandTimer = handTimer();
  const kind = of(KINDS);
  const venue = new Venue({
    accountType: kind === 'cash' ? 'INDIVIDUAL' : 'IRA-ROTH-NEW',
    cash: { USD: of([0, 100_000, 1_000_000, 5_000_000]), EUR: of([0, 500_000]) },
    positions: new Map([
      [101, of([0, 10, 100, 250])],
      [103, of([0, 10])],
      [201, of([0, 2])],
      [202, of([0, 1])],
      [204, of([0, 0, 1])],
    ]),
    maySpread: kind === 'ira-margin',
    now: () => timer.now(),
  });
  let heldAt: number | undefined;
  const lastPrice = ({ conId }: { conId?: number | undefined }) => {
    const line = lineOf(conId ?? 0);
    return line === undefined ? undefined : { price: line.last / 100, at: heldAt ?? timer.now() };
  };
  const orders = {
    accounts: { kinds: { [ACCOUNT]: kind } },
    lastPrice,
    patience: { reason: 15, commissions: 250, fills: 15 },
    reconcile: { openOrders: 150, executions: 100 },
  } as never;
  const story: string[] = [`${kind} ${JSON.stringify(venue.cash)} ${JSON.stringify([...venue.positions])}`];
  const faults: string[] = [];
  const refusals: string[] = [];
  const tried = new Set<string>();
  const sent = new Set<string>();
  let [asked, step] = [0, 0];
  const clients: Client[] = [];
  const fail = (error: unknown): void => {
    const name = error instanceof Error ? error.name : String(error);
    const { findings } = error as { findings?: readonly { code: string; severity: string }[] };
    if (!REFUSALS.test(name)) faults.push(error instanceof Error ? (error.stack ?? name) : name);
    else refusals.push(findings?.find(({ severity }) => severity === 'reject')?.code ?? `${name} ${(error as Error).message}`);
  };
  const stage: Stage = {
    seed,
    get step() {
      return step;
    },
    venue,
    timer,
    clients,
    int,
    of,
    tell: (what) => void story.push(what),
    attempt(names, act) {
      asked++;
      for (const name of names) tried.add(name);
      const before = venue.taken + venue.instructions;
      try {
        const made = act();
        if (made instanceof Promise) made.catch(fail);
      } catch (error) {
        fail(error);
        story.push(`  refused ${refusals.at(-1)}`);
      }
      if (venue.taken + venue.instructions > before) for (const name of names) sent.add(name);
    },
    fail,
    async join(clientId) {
      const client = await clientOf(venue, timer, clientId, orders, random, int(4) === 0 ? 8 : undefined);
      client.ib.orders.prepare().catch(fail);
      for (const line of LINES) client.ib.contracts.details(contractOf(line)).catch(fail);
      for (let i = int(4) === 0 ? 0 : 6; i > 0; i--) {
        await calm([client]);
        await timer.advance(200);
      }
      clients.push(client);
    },
    holdFeed(isHeld) {
      heldAt = isHeld ? timer.now() : undefined;
    },
  };

  try {
    await stage.join(1);
    for (; step < steps; step++) {
      const act = of(isQuiet ? QUIET : ALL);
      tried.add(act.name);
      await act.run(stage, of(clients));
      await settle();
      if (int(2) === 0) await calm(clients, 1);
    }
    await calm(clients);
    await timer.advance(2_000);
    await calm(clients);
  } catch (error) {
    faults.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  } finally {
    for (const { close } of clients) close();
  }
  return {
    seed,
    violations: venue.violations,
    asked,
    left: venue.taken,
    faults,
    story,
    refusals,
    tried: [...tried],
    sent: [...sent],
  };
}
