// The same ticks read with ibwire: raw, typed, in batches.

import { PerformanceObserver } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { connect, type Ib } from '../../src/index.js';
import { type Clock, FIRST_ID } from './clock.js';
import { type Flow, SHARES } from './flow.js';

/** `memory`: what is allocated per item; `kept`: what lives on. */
export type Measures = 'cpu' | 'memory' | 'kept' | 'latency';
export type Way = 'raw' | 'messages' | 'typed' | 'columns' | 'withSlowReader';

const stock = { symbol: 'AAPL', secType: 'STK', exchange: 'SMART', currency: 'USD' };
const contractAt = (at: number): typeof stock => ({ ...stock, symbol: `S${at}` });

export async function ibwire(port: number, flow: Flow, way: Way, measures: Measures, clock: Clock): Promise<void> {
  const { version, streams, mix } = flow;
  const latency = measures === 'latency' ? watchLatency() : undefined;
  const heap = measures === 'memory' ? watchHeap() : measures === 'kept' ? watchKept(flow) : undefined;
  const ib = await connect({ port, reconnect: false, versions: [100, version], limits: 'none', ...latency?.options });
  const extra = latency ?? heap;
  const saw =
    extra === undefined
      ? (): void => clock.saw(1)
      : (): void => {
          clock.saw(1);
          extra.saw(1);
        };
  if (way === 'raw') raw(ib, flow, saw);
  if (way === 'columns') void columns(ib, flow, clock, heap?.saw ?? (() => {}));
  for (let at = 0; way !== 'raw' && way !== 'columns' && at < streams; at++) {
    const contract = contractAt(at);
    if (mix === 'trades') ib.market.tickByTick(contract, 'AllLast').on(saw);
    else if (way === 'messages') ib.market.ticks(contract).on(saw);
    else ib.market.quotes(contract).on(saw);
  }
  if (way === 'withSlowReader') void readSlowly(ib);
  ib.on('notice', () => clock.done(extra?.figures()));
}

/** Beside all listeners: reads the first stream ten times a second, and keeps the newest of what it missed. */
async function readSlowly(ib: Ib): Promise<void> {
  for await (const ticks of ib.market.quotes(contractAt(0)).batches({ limit: 1000, overflow: 'latest' }))
    if (ticks.length > 0) await new Promise((resolve) => setTimeout(resolve, 100));
}

async function columns(ib: Ib, { streams }: Flow, clock: Clock, saw: (items: number) => void): Promise<void> {
  const contracts = Array.from({ length: streams }, (_, at) => contractAt(at));
  for await (const { length } of ib.market.columns(contracts, { reuse: true })) {
    clock.saw(length);
    saw(length);
  }
}

function raw(ib: Ib, { streams, mix }: Flow, saw: () => void): void {
  for (const kind of ['tickPrice', 'tickSize', 'tickString', 'tickGeneric', 'tickByTick'] as const) ib.raw.on(kind, saw);
  for (let at = 0; at < streams; at++) {
    const reqId = (FIRST_ID + at) as never; // ids are branded, and these are ours
    if (mix === 'quotes') ib.raw.send('reqMktData', { reqId, contract: stock, genericTickList: '', snapshot: false });
    else ib.raw.send('reqTickByTickData', { reqId, contract: stock, tickType: 'AllLast', numberOfTicks: 0, ignoreSize: false });
  }
}

/** What the heap grows by between two looks at it, added up; where it shrinks, a collection came between. */
function watchHeap() {
  const EACH = 500;
  let before = 0;
  let grown = 0;
  let counted = 0;
  let items = 0;
  let since = 0;
  return {
    saw(more: number): void {
      items += more;
      since += more;
      if (since < EACH) return;
      const now = process.memoryUsage().heapUsed;
      if (items > 200_000 && now > before) {
        grown += now - before;
        counted += since;
      }
      since = 0;
      before = process.memoryUsage().heapUsed; // behind what the look itself has cost
    },
    figures: () => ({ allocated: grown / counted }),
  };
}

/** What lives after a full collection, early and at the end. */
function watchKept({ ticks }: Flow) {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const living = (): number => {
    collect();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
  let items = 0;
  let early = 0;
  return {
    saw(more: number): void {
      items += more;
      if (early === 0 && items > ticks / 5) early = living();
    },
    figures: () => ({ kept: [early, living()] as const }),
  };
}

/** From the chunk, as the tap sees it before anything is read of it, to the listener. */
function watchLatency() {
  const times: number[] = [];
  let chunkAt = 0;
  let longest = 0;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
  }).observe({ entryTypes: ['gc'] });
  return {
    options: {
      tap(direction: 'in' | 'out'): void {
        if (direction === 'in') chunkAt = performance.now();
      },
    },
    saw(_: number): void {
      times.push(performance.now() - chunkAt);
    },
    figures() {
      const sorted = Float64Array.from(times).sort();
      const at = (share: number): number => Math.round((sorted[Math.floor(sorted.length * share)] ?? 0) * 1000);
      return { latency: SHARES.map(at), longestPause: longest };
    },
  };
}
