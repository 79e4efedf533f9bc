// One simulated world with a client of each door, on one clock that a test moves.

import type { Timer } from 'ibwire';
import { type SimulatedGateway, type SimulateOptions, simulate } from 'ibwire/gateway';
import { connectWeb } from '../src/client/connect.js';
import type { Web, WebOptions } from '../src/client/face.js';
import { gatewaySigner } from '../src/sign/gateway.js';
import { type WebGateway, webGateway } from '../src/simulate/web-gateway.js';

export const AAPL = { conId: 265598 };

/** A gateway's clock as a client's: everything that waits moves with `advance`. */
export function timerOf({ clock }: SimulatedGateway): Timer {
  return {
    now: () => clock.now(),
    after(ms, act) {
      const timer = clock.at(clock.now() + Math.max(1, ms), act);
      return () => timer.cancel();
    },
  };
}

export interface WebWorld extends AsyncDisposable {
  readonly gateway: SimulatedGateway;
  readonly door: WebGateway;
  readonly web: Web;
  readonly account: string;
  advance(ms: number): Promise<void>;
  /** Moves time until it settles. @throws after five minutes of it */
  run<T>(work: Promise<T>): Promise<T>;
  /** Moves time until it holds. @throws after so long */
  until(holds: () => boolean, within?: number): Promise<void>;
}

/** What one step moves: promises settle in between. */
const STEP = 250;
/** Friday in the regular session, unless told otherwise. */
const OPEN = Date.parse('2026-09-04T15:00:00Z');

export async function webWorld(
  options: Partial<WebOptions> = {},
  world: SimulateOptions = {},
  made: (door: WebGateway) => void = () => {},
): Promise<WebWorld> {
  const gateway = await simulate({
    clock: 'virtual',
    startAt: OPEN,
    accounts: [{ kind: 'individual-margin', holdings: { AAPL: 10 }, cash: { USD: 100_000, EUR: 2_000 } }],
    ...world,
  });
  const door = webGateway(gateway);
  made(door);
  const web = connectWeb({
    signer: gatewaySigner(),
    send: door.send,
    stream: door.stream,
    timer: timerOf(gateway),
    onListenerError: (error) => {
      throw error;
    },
    ...options,
  });
  const until = async (holds: () => boolean, within = 300_000): Promise<void> => {
    for (let past = 0; !holds(); past += STEP) {
      if (past > within) throw new Error(`not within ${within} ms of virtual time`);
      await gateway.advance(STEP);
    }
  };
  const run = async <T>(work: Promise<T>): Promise<T> => {
    let isDone = false;
    const watched = work.finally(() => {
      isDone = true;
    });
    watched.catch(() => {});
    await until(() => isDone);
    return watched;
  };
  await run(web.ready());
  return {
    gateway,
    door,
    web,
    account: gateway.accounts[0] ?? '',
    async advance(ms) {
      for (let past = 0; past < ms; past += STEP) await gateway.advance(Math.min(STEP, ms - past));
    },
    run,
    until,
    async [Symbol.asyncDispose]() {
      web.close();
      await gateway.close();
    },
  };
}
