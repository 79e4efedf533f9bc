// Every case of the bench, each run in a process of its own, and the ratios that are made of them.

import type { Flow } from './loopback/flow.js';
import type { Measures } from './loopback/ibwire.js';
import type { Figure } from './summary.js';

export type Case =
  /** A feeder and a reader over loopback: `bench/loopback`. */
  | { readonly by: 'loopback'; readonly who: string; readonly flow: Flow; readonly measures: Measures }
  /** One program that prints its figure as JSON. */
  | { readonly by: 'program'; readonly file: string; readonly args: readonly string[] };

const quotes: Flow = { version: 176, streams: 20, ticks: 3_000_000, mix: 'quotes' };
const trades: Flow = { ...quotes, mix: 'trades' };
const protobuf: Flow = { ...quotes, version: 225 };
const atRate: Flow = { ...quotes, ticks: 1_000_000, perSecond: 100_000 };
/** `@stoqey/ib` takes ten times as long. */
const fewer = (flow: Flow): Flow => ({ ...flow, ticks: flow.ticks / 10 });
/** Emptying and splitting takes so little that fewer of them were a quarter more or less from run to run; with so many, a tenth. */
const more = (flow: Flow): Flow => ({ ...flow, ticks: flow.ticks * 8 });
const loopback = (who: string, flow: Flow, measures: Measures = 'cpu'): Case => ({
  by: 'loopback',
  who,
  flow,
  measures,
});
const program = (file: string, ...args: readonly string[]): Case => ({ by: 'program', file, args });

export const cases = {
  drain: loopback('drain', more(quotes)),
  raw: loopback('raw', quotes),
  quotes: loopback('typed', quotes),
  columns: loopback('columns', quotes),
  stoqey: loopback('stoqey', fewer(quotes)),
  drainProtobuf: loopback('drain', more(protobuf)),
  quotesProtobuf: loopback('typed', protobuf),
  trades: loopback('typed', trades),
  stoqeyTrades: loopback('stoqey', fewer(trades)),
  oneStream: loopback('typed', { ...quotes, streams: 1 }),
  manyStreams: loopback('typed', { ...quotes, streams: 10_000 }),
  quotesMemory: loopback('typed', quotes, 'memory'),
  columnsMemory: loopback('columns', quotes, 'memory'),
  quotesKept: loopback('typed', { ...quotes, streams: 1_000, ticks: 20_000_000 }, 'kept'),
  columnsKept: loopback('columns', { ...quotes, streams: 1_000, ticks: 20_000_000 }, 'kept'),
  latencyOneStream: loopback('typed', { ...atRate, streams: 1 }, 'latency'),
  latency: loopback('typed', { ...atRate, streams: 100 }, 'latency'),
  latencyManyStreams: loopback('typed', { ...atRate, streams: 10_000 }, 'latency'),
  latencySlowReader: loopback('withSlowReader', { ...atRate, streams: 100 }, 'latency'),
  bars: program('bars', 'ibwire', '20000'),
  barsTenfold: program('bars', 'ibwire', '200000'),
  barColumns: program('bars', 'columns', '20000'),
  stoqeyBars: program('bars', 'stoqey', '5000'),
  openOrder: program('decode', 'openOrder', 'compiled'),
  openOrderCut: program('decode', 'openOrder', 'cut'),
  importing: program('import', 'ibwire'),
  importingNet: program('import', 'net'),
  connecting: program('connect'),
  openOrders: program('open-orders', '10000'),
  openOrdersTenfold: program('open-orders', '100000'),
  gateway: program('gateway', '5', 'text, 100 '),
} as const satisfies { readonly [name: string]: Case };

export type CaseName = keyof typeof cases;

export interface Compared {
  readonly of: CaseName;
  /** Floor or peer: `of` is divided by it, or it by `of` where faster is asked. */
  readonly per: CaseName;
  readonly asks: { readonly most: number } | { readonly least: number };
}

export interface Ratio extends Compared {
  readonly name: string;
  /** Where CI fails: the worst of what was measured, with a margin for machines that are busy. */
  readonly gate: number | { readonly timesFasterThan: CaseName; readonly least: number };
  /** Run by `--quick` too. */
  readonly isQuick: boolean;
}

/** Bytes: the same on every machine. Taken by whole runs alone. */
export interface Limit {
  readonly name: string;
  readonly of: CaseName;
  readonly figure: (figure: Figure) => number | undefined;
  readonly most: number;
}

const growth = ({ kept }: Figure): number | undefined => (kept === undefined ? undefined : kept[1] / kept[0]);
export const limits: readonly Limit[] = [
  { name: 'bytes allocated per tick of a quote', of: 'quotesMemory', figure: ({ allocated }) => allocated, most: 100 },
  { name: 'bytes allocated per row of columns', of: 'columnsMemory', figure: ({ allocated }) => allocated, most: 2 },
  { name: 'memory after 20 million ticks of 1,000 quotes / after 4 million', of: 'quotesKept', figure: growth, most: 1.05 },
  { name: 'memory after 20 million ticks of 1,000 columns / after 4 million', of: 'columnsKept', figure: growth, most: 1.05 },
];

/**
 * The drain is told and is no gate: one state of our side (aa0ea4d) was 3.15 times it on one machine and 6.5 to 7.2 times on another,
 * where emptying a socket costs half. A peer reads the same bytes with the same engine.
 */
const beside = (least: number): Ratio['gate'] => ({ timesFasterThan: 'stoqey', least });

export const ratios: readonly Ratio[] = [
  { name: 'raw tick / drain + split', of: 'raw', per: 'drain', asks: { most: 2.5 }, gate: beside(7.5), isQuick: true },
  { name: 'quotes / drain + split', of: 'quotes', per: 'drain', asks: { most: 4 }, gate: beside(6), isQuick: true },
  {
    name: 'quotes, protobuf / drain + split',
    of: 'quotesProtobuf',
    per: 'drainProtobuf',
    asks: { most: 4 },
    gate: beside(6),
    isQuick: false,
  },
  { name: 'quotes, times faster than @stoqey/ib', of: 'quotes', per: 'stoqey', asks: { least: 12 }, gate: 6, isQuick: true },
  { name: 'columns / drain + split', of: 'columns', per: 'drain', asks: { most: 1.8 }, gate: beside(8.5), isQuick: true },
  {
    name: 'tick-by-tick, times faster than @stoqey/ib',
    of: 'trades',
    per: 'stoqeyTrades',
    asks: { least: 10 },
    gate: 5,
    isQuick: true,
  },
  { name: '10,000 streams / one stream', of: 'manyStreams', per: 'oneStream', asks: { most: 1.5 }, gate: 3, isQuick: false },
  {
    name: '20,000 bars, times faster per bar than @stoqey/ib at 5,000',
    of: 'bars',
    per: 'stoqeyBars',
    asks: { least: 8 },
    gate: 7,
    isQuick: true,
  },
  {
    name: '100,000 open orders at the start / 10,000, per order',
    of: 'openOrdersTenfold',
    per: 'openOrders',
    asks: { most: 1.2 },
    gate: 2,
    isQuick: false,
  },
  { name: '200,000 bars / 20,000 bars, per bar', of: 'barsTenfold', per: 'bars', asks: { most: 1.2 }, gate: 3, isQuick: false },
  {
    name: 'openOrder, times faster than cut and converted strings',
    of: 'openOrder',
    per: 'openOrderCut',
    asks: { least: 4 },
    gate: 2.8,
    isQuick: true,
  },
  {
    name: 'import of ibwire / import of node:net',
    of: 'importing',
    per: 'importingNet',
    asks: { most: 5 },
    gate: 30,
    isQuick: true,
  },
];

/** What a gate compares. */
export function gatedOf({ of, per, asks, gate }: Ratio): Compared {
  if (typeof gate !== 'number') return { of, per: gate.timesFasterThan, asks: { least: gate.least } };
  return { of, per, asks: 'most' in asks ? { most: gate } : { least: gate } };
}

export const gateText = (gate: Ratio['gate']): string =>
  typeof gate === 'number' ? String(gate) : `${gate.least} times faster than ${gate.timesFasterThan}`;
