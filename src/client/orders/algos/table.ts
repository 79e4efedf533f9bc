// The broker's algos: one row per strategy with its parameters in the official order. Names are case sensitive.
import { InputError } from '../../input/input-error.js';
import { type Amount, decimal, flag, oneOf, whole } from '../builders/amount.js';
import { algoTime } from '../builders/instants.js';

/** A parameter: turns what the user gives into the wire's text. */
interface Param<V, R extends boolean> {
  readonly text: (tag: string, value: V) => string;
  readonly required: R;
}

const may = <V>(text: (tag: string, value: V) => string): Param<V, false> => ({ text, required: false });
const must = <V>(text: (tag: string, value: V) => string): Param<V, true> => ({ text, required: true });

/** Share of the volume as a fraction: 0.1 is ten percent; 0.1 to 0.5. */
const share = (tag: string, value: Amount): string => {
  const exact = decimal(tag, value);
  if (exact.lt('0.1') || exact.gt('0.5')) throw new InputError(tag, `must be a fraction from 0.1 to 0.5, got ${exact.toFixed()}`);
  return exact.toFixed();
};
const bit = (tag: string, value: boolean): string => (flag(tag, value) ? '1' : '0');
const count = (tag: string, value: number): string => String(whole(tag, value, 1));
const number = (tag: string, value: number): string => String(whole(tag, value));
const risk = oneOf('Get Done', 'Aggressive', 'Neutral', 'Passive');

const span = { startTime: may(algoTime), endTime: may(algoTime) } as const;

/** Parameters by strategy. */
export const ALGOS = {
  Adaptive: { adaptivePriority: must(oneOf('Urgent', 'Normal', 'Patient')) },
  ArrivalPx: {
    maxPctVol: must(share),
    riskAversion: must(risk),
    ...span,
    forceCompletion: may(bit),
    allowPastEndTime: may(bit),
  },
  ClosePx: { maxPctVol: must(share), riskAversion: must(risk), startTime: may(algoTime), forceCompletion: may(bit) },
  DarkIce: { displaySize: must(count), ...span, allowPastEndTime: may(bit) },
  /** Accumulate/distribute. `timeBetweenOrders` in seconds. */
  AD: {
    componentSize: must(count),
    timeBetweenOrders: must(count),
    randomizeTime20: may(bit),
    randomizeSize55: may(bit),
    giveUp: may(number),
    catchUp: may(bit),
    waitForFill: may(bit),
    activeTimeStart: may(algoTime),
    activeTimeEnd: may(algoTime),
  },
  PctVol: { pctVol: must(share), ...span, noTakeLiq: may(bit) },
  PctVolPx: {
    pctVol: must(share),
    deltaPctVol: must(share),
    minPctVol4Px: must(share),
    maxPctVol4Px: must(share),
    ...span,
    noTakeLiq: may(bit),
  },
  PctVolSz: { startPctVol: must(share), endPctVol: must(share), ...span, noTakeLiq: may(bit) },
  PctVolTm: { startPctVol: must(share), endPctVol: must(share), ...span, noTakeLiq: may(bit) },
  Twap: {
    strategyType: must(oneOf('Marketable', 'Matching', 'Midpoint', 'Matching Same Side', 'Matching Last')),
    ...span,
    allowPastEndTime: may(bit),
  },
  Vwap: { maxPctVol: must(share), ...span, allowPastEndTime: may(bit), noTakeLiq: may(bit), speedUp: may(bit) },
  /** For options. */
  BalanceImpactRisk: { maxPctVol: must(share), riskAversion: must(risk), forceCompletion: may(bit) },
  /** For options. */
  MinImpact: { maxPctVol: must(share) },
} as const;

/** An algo of the broker by its official name. */
export type AlgoStrategy = keyof typeof ALGOS;
type Row<S extends AlgoStrategy> = (typeof ALGOS)[S];
type ValueOf<P> = P extends { readonly text: (tag: string, value: infer V) => string } ? V : never;
type RequiredTags<T> = { [K in keyof T]: T[K] extends { readonly required: true } ? K : never }[keyof T];

/** What a strategy takes, by its own tag names. Absent parameters are not sent: the server's defaults hold. */
export type AlgoParams<S extends AlgoStrategy> = {
  readonly [K in RequiredTags<Row<S>>]: ValueOf<Row<S>[K]>;
} & { readonly [K in Exclude<keyof Row<S>, RequiredTags<Row<S>>>]?: ValueOf<Row<S>[K]> };
