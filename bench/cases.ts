// Every case of the bench, each run in a process of its own, and the ratios that are made of them.

import type { Flow } from './loopback/flow.js';

export type Case =
  /** A feeder and a reader over loopback: `bench/loopback`. */
  | { readonly by: 'loopback'; readonly who: string; readonly flow: Flow; readonly measures?: 'cpu' | 'memory' | 'latency' }
  /** One program that prints its figure as JSON. */
  | { readonly by: 'program'; readonly file: string; readonly args: readonly string[] };

const quotes: Flow = { version: 176, streams: 20, ticks: 3_000_000, mix: 'quotes' };
const trades: Flow = { ...quotes, mix: 'trades' };
const protobuf: Flow = { ...quotes, version: 225 };
/** `@stoqey/ib` takes ten times as long. */
const fewer = (flow: Flow): Flow => ({ ...flow, ticks: flow.ticks / 10 });
const loopback = (who: string, flow: Flow, measures: 'cpu' | 'memory' | 'latency' = 'cpu'): Case => ({
  by: 'loopback',
  who,
  flow,
  measures,
});
const program = (file: string, ...args: readonly string[]): Case => ({ by: 'program', file, args });

export const cases = {
  drain: loopback('drain', quotes),
  raw: loopback('raw', quotes),
  quotes: loopback('typed', quotes),
  columns: loopback('columns', quotes),
  stoqey: loopback('stoqey', fewer(quotes)),
  drainProtobuf: loopback('drain', protobuf),
  quotesProtobuf: loopback('typed', protobuf),
  trades: loopback('typed', trades),
  stoqeyTrades: loopback('stoqey', fewer(trades)),
  oneStream: loopback('typed', { ...quotes, streams: 1 }),
  manyStreams: loopback('typed', { ...quotes, streams: 10_000 }),
  quotesMemory: loopback('typed', quotes, 'memory'),
  latency: loopback('typed', { ...quotes, ticks: 1_000_000, perSecond: 100_000 }, 'latency'),
  latencyManyStreams: loopback('typed', { ...quotes, streams: 10_000, ticks: 1_000_000, perSecond: 100_000 }, 'latency'),
  latencySlowReader: loopback('withSlowReader', { ...quotes, streams: 100, ticks: 1_000_000, perSecond: 100_000 }, 'latency'),
  bars: program('bars', 'ibwire', '20000'),
  barsTenfold: program('bars', 'ibwire', '200000'),
  barColumns: program('bars', 'columns', '20000'),
  stoqeyBars: program('bars', 'stoqey', '5000'),
  openOrder: program('decode', 'openOrder', 'compiled'),
  openOrderCut: program('decode', 'openOrder', 'cut'),
  importing: program('import', 'ibwire'),
  importingNet: program('import', 'net'),
  connecting: program('connect'),
} as const satisfies { readonly [name: string]: Case };

export type CaseName = keyof typeof cases;

export interface Ratio {
  readonly name: string;
  readonly of: CaseName;
  /** Floor or peer: `of` is divided by it, or it by `of` where faster is asked. */
  readonly per: CaseName;
  readonly asks: { readonly most: number } | { readonly least: number };
  /** Where CI fails: the worst of what was measured, with a margin for machines that are busy. */
  readonly gate: number;
  /** Run by `--quick` too. */
  readonly isQuick: boolean;
}

export const ratios: readonly Ratio[] = [
  { name: 'raw tick / drain + split', of: 'raw', per: 'drain', asks: { most: 2.5 }, gate: 8, isQuick: true },
  { name: 'quotes / drain + split', of: 'quotes', per: 'drain', asks: { most: 4 }, gate: 10, isQuick: true },
  {
    name: 'quotes, protobuf / drain + split',
    of: 'quotesProtobuf',
    per: 'drainProtobuf',
    asks: { most: 4 },
    gate: 10,
    isQuick: false,
  },
  { name: 'quotes, times faster than @stoqey/ib', of: 'quotes', per: 'stoqey', asks: { least: 12 }, gate: 5, isQuick: true },
  { name: 'columns / drain + split', of: 'columns', per: 'drain', asks: { most: 1.8 }, gate: 6, isQuick: true },
  {
    name: 'tick-by-tick, times faster than @stoqey/ib',
    of: 'trades',
    per: 'stoqeyTrades',
    asks: { least: 10 },
    gate: 4,
    isQuick: true,
  },
  { name: '10,000 streams / one stream', of: 'manyStreams', per: 'oneStream', asks: { most: 1.5 }, gate: 3, isQuick: false },
  {
    name: '20,000 bars, times faster per bar than @stoqey/ib at 5,000',
    of: 'bars',
    per: 'stoqeyBars',
    asks: { least: 8 },
    gate: 2,
    isQuick: true,
  },
  { name: '200,000 bars / 20,000 bars, per bar', of: 'barsTenfold', per: 'bars', asks: { most: 1.2 }, gate: 3, isQuick: false },
  {
    name: 'openOrder, times faster than cut and converted strings',
    of: 'openOrder',
    per: 'openOrderCut',
    asks: { least: 4 },
    gate: 2,
    isQuick: true,
  },
  {
    name: 'import of ibwire / import of node:net',
    of: 'importing',
    per: 'importingNet',
    asks: { most: 5 },
    gate: 40,
    isQuick: true,
  },
];
