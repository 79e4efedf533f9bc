/** Everything that can be traded in the simulated world: what the tables name and what follows from them. */
import { SHARED_DRIVERS } from '../data/futures.js';
import { calendarOf, indexOfDay } from './calendar.js';
import { dayOf } from './civil.js';
import { optionOfConId } from './conid.js';
import { futureOf, futuresAt } from './futures.js';
import type { Instrument } from './instrument.js';
import { buildChains, expiriesOf, type OptionChain, optionOf, strikesOf } from './option-chains.js';
import { type DriverSpec, PathCursor } from './path.js';
import { buildOthers } from './static-others.js';
import { buildStocks } from './static-stocks.js';

/** One answer of `reqSecDefOptParams`: an exchange and class with its expiries and strikes. */
export interface OptionParameters {
  readonly exchange: string;
  readonly underlyingConId: number;
  readonly tradingClass: string;
  readonly multiplier: string;
  /** yyyyMMdd, ascending. */
  readonly expirations: readonly string[];
  readonly strikes: readonly number[];
}

export interface Universe {
  /** Instruments named by the tables. */
  readonly statics: readonly Instrument[];
  readonly chains: readonly OptionChain[];
  /** Any instrument by its id: static, future (expired ones too), option. */
  instrument(conId: number): Instrument | undefined;
  futures(now: number, withExpired?: boolean): readonly Instrument[];
  /** Options of a chain listed at an instant. */
  options(chain: OptionChain, now: number): Instrument[];
  /** Chain parameters of an underlying; empty for what has no options. Each exchange is a row, as the gateway sends them. */
  optionParameters(underlyingConId: number, futFopExchange: string, now: number): OptionParameters[];
  /** Price path an instrument follows. */
  driver(key: string): DriverSpec;
}

/** The day on which the tables' prices hold. */
const ANCHOR = indexOfDay(dayOf(2026, 9, 1));
const GENERATED_LIMIT = 20_000;

/** Builds the universe of a seed. The seed and the start decide around which prices option strikes lie. */
export function buildUniverse(seed: number, start: number): Universe {
  const stocks = buildStocks();
  const tencent = stocks.find(({ instrument }) => instrument.symbol === '700')?.instrument.conId ?? 0;
  const built = [...stocks, ...buildOthers(tencent)];
  const statics = built.map(({ instrument }) => instrument);
  const drivers = new Map<string, DriverSpec>();
  const addDriver = (key: string, calendar: string, reference: number, volatility: number, dailyVolume: number): void => {
    drivers.set(key, { key, calendar: calendarOf(calendar), reference, anchor: ANCHOR, volatility, dailyVolume });
  };
  for (const row of SHARED_DRIVERS) addDriver(...row);
  for (const { own } of built) if (own) addDriver(own.key, own.calendar, own.price, own.volatility, own.dailyVolume);

  const driver = (key: string): DriverSpec => {
    const spec = drivers.get(key);
    if (spec === undefined) throw new RangeError(`no price path named ${key}`);
    return spec;
  };
  const spotOf = (instrument: Instrument): number => {
    const spec = driver(instrument.driver.key);
    return new PathCursor(spec, seed).dayClose(spec.calendar.indexAt(start)) * instrument.driver.ratio;
  };
  const chains = buildChains(statics, spotOf, start);
  const byConId = new Map(statics.map((instrument) => [instrument.conId, instrument]));
  const today = Math.floor(start / 86_400_000);
  let generated = new Map<number, Instrument>();

  const optionById = (conId: number): Instrument | undefined => {
    const parts = optionOfConId(conId, today);
    const chain = parts && chains[parts.chain];
    if (parts === undefined || chain === undefined) return undefined;
    return optionOf(chain, parts.day, parts.strikeStep * chain.step, parts.isPut);
  };

  return {
    statics,
    chains,
    driver,
    instrument: (conId) => {
      const known = byConId.get(conId) ?? generated.get(conId);
      if (known !== undefined) return known;
      const found = futureOf(conId) ?? optionById(conId);
      if (found !== undefined) {
        if (generated.size >= GENERATED_LIMIT) generated = new Map();
        generated.set(conId, found);
      }
      return found;
    },
    futures: (now, withExpired) => futuresAt(now, withExpired),
    options: (chain, now) =>
      expiriesOf(chain, now).flatMap((day) =>
        strikesOf(chain, day, now).flatMap((strike) =>
          [false, true].flatMap((isPut) => optionOf(chain, day, strike, isPut) ?? []),
        ),
      ),
    optionParameters: (underlyingConId, futFopExchange, now) =>
      chains
        .filter(({ underlying, secType, symbol }) => {
          if (secType === 'OPT') return underlying.conId === underlyingConId && futFopExchange === '';
          const future = futureOf(underlyingConId);
          return future?.symbol === symbol && (futFopExchange === '' || futFopExchange === future.exchange);
        })
        .flatMap((chain) => parametersOf(chain, underlyingConId, now)),
  };
}

function parametersOf(chain: OptionChain, underlyingConId: number, now: number): OptionParameters[] {
  const days = expiriesOf(chain, now);
  const expirations = days.map((day) => new Date(day * 86_400_000).toISOString().slice(0, 10).replaceAll('-', ''));
  const strikes = [...new Set(days.flatMap((day) => strikesOf(chain, day, now)))].sort((a, b) => a - b);
  const { tradingClass } = chain;
  const multiplier = String(chain.multiplier);
  return chain.validExchanges.split(',').map((exchange) => ({
    exchange,
    underlyingConId,
    tradingClass,
    multiplier,
    expirations,
    strikes,
  }));
}
