/** Generic ticks: what the numbers in `reqMktData`'s genericTickList add to a subscription. */
import { barSizeOf } from './bar-sizes.js';
import { historyBars } from './history.js';
import type { Instrument } from './instrument.js';
import type { Market } from './market.js';
import type { Quote } from './market-view.js';
import { mix2, unit } from './random.js';
import { historicalVolatility, impliedVolatilityAt, weekdayAt } from './volatility-series.js';

/** One value to send: by which message, under which tick type. */
export interface GenericTick {
  readonly tickType: number;
  readonly as: 'price' | 'size' | 'generic' | 'string';
  readonly value: number | string;
}

const price = (tickType: number, value: number): GenericTick => ({ tickType, as: 'price', value });
const size = (tickType: number, value: number): GenericTick => ({ tickType, as: 'size', value });
const generic = (tickType: number, value: number): GenericTick => ({ tickType, as: 'generic', value });
const text = (tickType: number, value: string): GenericTick => ({ tickType, as: 'string', value });

interface Given {
  readonly market: Market;
  readonly instrument: Instrument;
  readonly quote: Quote;
}

const whole = (instrument: Instrument, salt: number, upTo: number): number =>
  Math.floor(unit(mix2(instrument.conId, salt)) * upTo);
const isOption = ({ secType }: Instrument): boolean => secType === 'OPT' || secType === 'FOP';
const isStock = ({ secType }: Instrument): boolean => secType === 'STK';

/** Each generic number and what it brings; numbers that bring nothing for an instrument give an empty list. */
const GIVERS: Readonly<Record<number, (given: Given) => GenericTick[]>> = {
  100: ({ instrument }) =>
    isStock(instrument) ? [size(29, 40_000 + whole(instrument, 29, 9e5)), size(30, 30_000 + whole(instrument, 30, 8e5))] : [],
  101: ({ instrument }) => {
    if (isOption(instrument)) {
      const open = 10 + whole(instrument, 27, 20_000);
      return [size(instrument.right === 'C' ? 27 : 28, open)];
    }
    return isStock(instrument)
      ? [size(27, 90_000 + whole(instrument, 27, 4e6)), size(28, 70_000 + whole(instrument, 28, 3e6))]
      : [];
  },
  104: ({ market, instrument }) =>
    isStock(instrument) || instrument.secType === 'IND' ? [generic(23, realised(market, instrument))] : [],
  106: ({ market, instrument }) => {
    if (!isStock(instrument) && instrument.secType !== 'IND') return [];
    const track = market.maker.track(instrument.conId);
    return [generic(24, impliedVolatilityAt(track, weekdayAt(track, market.now())))];
  },
  162: ({ instrument, quote }) => (instrument.secType === 'IND' ? [generic(31, Math.round(quote.last * 0.08) / 100)] : []),
  165: ({ market, instrument }) => extremes(market, instrument),
  221: ({ quote }) => [price(37, (quote.bid + quote.ask) / 2)],
  225: ({ instrument, quote }) =>
    isStock(instrument)
      ? [size(34, whole(instrument, 34, 5e5)), price(35, quote.last), size(36, whole(instrument, 36, 1e5)), size(61, 0)]
      : [],
  232: ({ quote }) => [price(37, (quote.bid + quote.ask) / 2)],
  233: ({ quote }) => (quote.lastSize > 0 ? [text(48, rtVolume(quote))] : []),
  236: ({ instrument }) => {
    const shares = instrument.shortableShares;
    return shares === undefined ? [] : [generic(46, shortable(shares)), size(89, shares)];
  },
  293: ({ quote }) => (quote.volume > 0 ? [generic(54, Math.ceil(quote.volume / Math.max(1, quote.lastSize) / 2))] : []),
  294: ({ quote }) => (quote.lastSize > 0 ? [generic(55, 240)] : []),
  295: ({ quote }) => (quote.lastSize > 0 ? [generic(56, quote.lastSize * 240)] : []),
  318: ({ instrument, quote }) =>
    isStock(instrument) ? [price(57, quote.session === 'regular' ? quote.last : quote.close)] : [],
  375: ({ quote }) => (quote.lastSize > 0 ? [text(77, rtVolume(quote))] : []),
  411: ({ market, instrument }) => (isStock(instrument) ? [generic(58, realised(market, instrument))] : []),
  456: ({ instrument, quote, market }) =>
    isStock(instrument) && instrument.dividendYield > 0 ? [text(59, dividends(instrument, quote, market.now()))] : [],
  588: ({ instrument }) => (instrument.secType === 'FUT' ? [size(86, 20_000 + whole(instrument, 86, 1.5e6))] : []),
  595: ({ quote }) =>
    quote.lastSize > 0 ? [size(63, quote.lastSize * 700), size(64, quote.lastSize * 1150), size(65, quote.lastSize * 2300)] : [],
};

/** Numbers a request may carry; others are refused by the gateway with 321. */
export const GENERIC_TICKS: readonly number[] = [
  ...Object.keys(GIVERS).map(Number),
  105,
  258,
  292,
  460,
  577,
  586,
  587,
  614,
  619,
  623,
];

/** Values of the generic numbers of a request, as of now. */
export function genericTicks(market: Market, conId: number, numbers: readonly number[]): GenericTick[] {
  const instrument = market.universe.instrument(conId);
  const quote = market.quote(conId);
  if (instrument === undefined) return [];
  return numbers.flatMap((number) => GIVERS[number]?.({ market, instrument, quote }) ?? []);
}

/** Above 2.5: at least 1000 shares; above 1.5: to be located; else none. */
function shortable(shares: number): number {
  return shares >= 1000 ? 3 : shares > 0 ? 2 : 1;
}

/** `price;size;time;total volume;average;single trade`. */
function rtVolume(quote: Quote): string {
  const average = (quote.high + quote.low + quote.last) / 3;
  return `${quote.last};${quote.lastSize};${quote.lastTime};${quote.volume};${Math.round(average * 1e6) / 1e6};true`;
}

function realised(market: Market, { conId }: Instrument): number {
  const track = market.maker.track(conId);
  return historicalVolatility(track, weekdayAt(track, market.now()));
}

/** Past year's dividends, next year's, next date, next amount. */
function dividends({ dividendYield }: Instrument, { close }: Quote, now: number): string {
  const year = Math.round(close * dividendYield * 100) / 100;
  const next = new Date(now + 40 * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '');
  return `${year},${Math.round(year * 104) / 100},${next},${Math.round(year * 25) / 100}`;
}

/** Lows and highs of 13, 26 and 52 weeks and the average volume of 90 days. */
function extremes(market: Market, { conId, secType }: Instrument): GenericTick[] {
  if (secType !== 'STK' && secType !== 'IND') return [];
  const bars = historyBars(market, {
    conId,
    duration: { count: 1, unit: 'Y' },
    barSize: barSizeOf('1 day'),
    whatToShow: 'TRADES',
    useRTH: true,
  });
  const over = (days: number, lowType: number, highType: number): GenericTick[] => {
    const part = bars.slice(-days);
    return [price(lowType, Math.min(...part.map((bar) => bar.low))), price(highType, Math.max(...part.map((bar) => bar.high)))];
  };
  const recent = bars.slice(-90);
  const volume = recent.reduce((sum, bar) => sum + Math.max(0, bar.volume), 0) / Math.max(1, recent.length);
  return [...over(65, 15, 16), ...over(130, 17, 18), ...over(260, 19, 20), size(21, Math.round(volume))];
}
