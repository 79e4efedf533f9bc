// Every fault of the simulated gateway against every family of conversation: what the caller sees, and after how long.

import { connect, type Ib } from '../../../src/client/connect.js';
import type { Subscription } from '../../../src/client/conversation/subscription.js';
import { ClosedError, GatewayError, TimeoutError } from '../../../src/client/wire/errors.js';
import { type SimulatedGateway, simulate } from '../../../src/gateway/simulate.js';
import type { OutgoingKind } from '../../../src/protocol/registry.js';

const aapl = { symbol: 'AAPL', secType: 'STK', exchange: 'SMART', currency: 'USD' };
export const TIMEOUT = 700;
export const SILENCE = 120;
export const PROBE = 120;

type Life = Pick<Subscription<unknown, unknown>, 'state' | 'onGap' | 'close'>;
type Work = (ib: Ib, account: string) => Promise<unknown> | Life;

/** A family with the request that opens it and a message that answers it. */
export const families: Readonly<Record<string, { readonly asks: OutgoingKind; readonly work: Work }>> = {
  'one, by id': { asks: 'reqUserInfo', work: (ib) => ib.terminal.userInfo({ timeout: TIMEOUT }) },
  'one, without id': { asks: 'reqFamilyCodes', work: (ib) => ib.accounts.familyCodes({ timeout: TIMEOUT }) },
  'list of contracts': {
    asks: 'reqContractDetails',
    work: (ib) =>
      ib.contracts.details({ symbol: 'MSFT', secType: 'STK', exchange: 'SMART', currency: 'USD' }, { timeout: TIMEOUT }),
  },
  bars: {
    asks: 'reqHistoricalData',
    work: (ib) => ib.history.bars(aapl, { duration: '2 D', size: '1 hour', timeout: TIMEOUT }),
  },
  'head timestamp': { asks: 'reqHeadTimestamp', work: (ib) => ib.history.headTimestamp(aapl, { timeout: TIMEOUT }) },
  'picture of positions': { asks: 'reqPositions', work: (ib) => ib.accounts.positions({ timeout: TIMEOUT }) },
  'account summary': { asks: 'reqAccountSummary', work: (ib) => ib.accounts.summary(['NetLiquidation'], { timeout: TIMEOUT }) },
  'snapshot of a quote': { asks: 'reqMktData', work: (ib) => ib.market.snapshot(aapl, { timeout: TIMEOUT }) },
  quotes: { asks: 'reqMktData', work: (ib) => ib.market.ticks(aapl) },
  depth: { asks: 'reqMktDepth', work: (ib) => ib.market.depth({ ...aapl, exchange: 'NASDAQ' }) },
  'tick by tick': { asks: 'reqTickByTickData', work: (ib) => ib.market.tickByTick(aapl, 'BidAsk') },
  'bars kept up to date': {
    asks: 'reqHistoricalData',
    work: (ib) => ib.history.live(aapl, { duration: '300 S', size: '5 secs' }),
  },
  'profit and loss': { asks: 'reqPnL', work: (ib, account) => ib.accounts.pnl(account) },
  'account updates': { asks: 'reqAccountUpdates', work: (ib, account) => ib.accounts.portfolio(account) },
  scanner: {
    asks: 'reqScannerSubscription',
    work: (ib) =>
      ib.scanner.subscribe({ instrument: 'STK', locationCode: 'STK.US.MAJOR', scanCode: 'TOP_PERC_GAIN', numberOfRows: 3 }),
  },
};

export const faults: Readonly<Record<string, (gateway: SimulatedGateway, asks: OutgoingKind) => void>> = {
  none: () => {},
  'cut at the request': ({ faults }, asks) => faults.whenAsked(asks, () => faults.cut()),
  'half-open at the request': ({ faults }, asks) => faults.whenAsked(asks, () => faults.halfOpen()),
  'stall at the request': ({ faults }, asks) => faults.whenAsked(asks, () => faults.stall()),
  'a byte at a time': ({ faults }) => faults.dribble(1),
  'a corrupt byte': ({ faults }, asks) => faults.whenAsked(asks, () => faults.corrupt(1)),
  'no answer': ({ faults }, asks) => faults.never(asks),
  'no answer once': ({ faults }, asks) => faults.never(asks, 1),
  'slow reading': ({ faults }) => faults.slowReading(2000),
  '1100, then 1102': ({ faults }, asks) =>
    faults.whenAsked(asks, () => {
      faults.disconnect();
      setTimeout(() => faults.reconnect('kept'), 60);
    }),
  '1100, then 1101': ({ faults }, asks) =>
    faults.whenAsked(asks, () => {
      faults.disconnect();
      setTimeout(() => faults.reconnect('lost'), 60);
    }),
  'another login (10197)': ({ faults }, asks) =>
    faults.whenAsked(asks, () => {
      faults.competing();
      setTimeout(() => faults.competing(false), 60);
    }),
  'port moved (1300)': ({ faults }, asks) => faults.whenAsked(asks, () => void faults.movePort()),
  'restart of the gateway': ({ faults }, asks) => faults.whenAsked(asks, () => faults.restart({ downFor: 50 })),
  'farm down and up': ({ faults }, asks) =>
    faults.whenAsked(asks, () => {
      faults.farm('usfarm', 'broken');
      setTimeout(() => faults.farm('usfarm', 'ok'), 60);
    }),
};

export interface Cell {
  readonly fault: string;
  readonly family: string;
  /** `value`, `timeout`, `closed`, `error <code>`; of streams `live`, `live after a gap (<causes>)`, `silent`, `ended …`. */
  readonly isStream: boolean;
  readonly outcome: string;
  readonly ms: number;
  /** Nothing is registered any more when the session has closed. */
  readonly leaks: number;
}

export async function play(fault: string, family: string): Promise<Cell> {
  const gateway = await simulate({ accounts: [{ kind: 'individual-margin', holdings: { AAPL: 100 } }], pacing: 'off' });
  const ib = await connect({
    port: gateway.port,
    silence: SILENCE,
    probeWithin: PROBE,
    stepWithin: 400,
    connectWithin: 400,
    limits: 'none',
    backOff: { baseMs: 20, capMs: 60, floorMs: 5 },
    timer: { now: () => gateway.clock.now(), after: timer },
  });
  ib.on('thrown', () => {});
  try {
    const { asks, work } = families[family] ?? { asks: 'reqUserInfo', work: () => Promise.resolve() };
    faults[fault]?.(gateway, asks);
    const began = performance.now();
    const made = work(ib, gateway.accounts[0] ?? '');
    const outcome = made instanceof Promise ? await outcomeOf(made) : await lifeOf(made);
    const ms = Math.round(performance.now() - began);
    if (!(made instanceof Promise)) made.close();
    ib.close();
    const { openRequests, liveStreams } = ib.health;
    return { fault, family, isStream: !(made instanceof Promise), outcome, ms, leaks: openRequests + liveStreams };
  } finally {
    ib.close();
    await gateway.close();
  }
}

function timer(ms: number, act: () => void): () => void {
  const handle = setTimeout(act, Math.min(ms, 2_000_000_000));
  return () => clearTimeout(handle);
}

async function outcomeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
    return 'value';
  } catch (error) {
    return wordOf(error);
  }
}

function wordOf(error: unknown): string {
  if (error instanceof TimeoutError) return 'timeout';
  if (error instanceof GatewayError) return `error ${error.errorCode}`;
  if (error instanceof ClosedError) return 'closed';
  return error instanceof Error ? error.name : String(error);
}

/** How a stream fares: until it is live and has stayed so for a while, or it has ended, or nothing more happens. */
async function lifeOf(stream: Life): Promise<string> {
  const gaps: string[] = [];
  stream.onGap(({ cause }) => gaps.push(cause));
  const end = performance.now() + 2 * TIMEOUT;
  let liveSince: number | undefined;
  while (performance.now() < end) {
    const { state } = stream;
    if (state.at === 'closed') return `ended: ${state.cause === undefined ? 'closed' : wordOf(state.cause)}`;
    liveSince = state.at === 'live' ? (liveSince ?? performance.now()) : undefined;
    if (liveSince !== undefined && performance.now() - liveSince > SILENCE * 2) break;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  if (stream.state.at !== 'live') return `silent (${stream.state.at})`;
  return gaps.length === 0 ? 'live' : `live after a gap (${[...new Set(gaps)].join(', ')})`;
}
