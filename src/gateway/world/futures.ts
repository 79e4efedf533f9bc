/** Futures of the universe: which delivery months are listed at an instant, and the record of each. */
import { FUTURES, type FutureProduct } from '../data/futures.js';
import { ORDER_TYPES } from '../data/order-types.js';
import { instrumentFrom } from './blank-instrument.js';
import { calendarOf } from './calendar.js';
import { civilOf, dayOfText, textOfDay } from './civil.js';
import { futureConId, futureOfConId, madeUpConId } from './conid.js';
import { futureExpiry } from './expiries.js';
import type { Instrument } from './instrument.js';
import { instantOf } from './zone.js';

const MONTH_CODES = 'FGHJKMNQUVXZ';
const YEARS_BACK = 2; // expired futures are known that long (`limits.md` §7)

const made = new Map<string, Instrument>();
const knownIds = new Map<number, readonly [product: number, year: number, month: number]>();
for (const [product, { known }] of FUTURES.entries()) {
  for (const [text, conId] of Object.entries(known)) {
    knownIds.set(conId, [product, Number(text.slice(0, 4)), Number(text.slice(4))]);
  }
}

const timeMs = (text: string): number => {
  const [hours = 0, minutes = 0, seconds = 0] = text.split(':').map(Number);
  return ((hours * 60 + minutes) * 60 + seconds) * 1000;
};

function future(product: number, year: number, month: number): Instrument | undefined {
  const spec = FUTURES[product];
  if (spec === undefined || month < 1 || month > 12 || (spec.cycle === 'quarterly' && month % 3 !== 0)) return undefined;
  const key = `${product}|${year}|${month}`;
  let instrument = made.get(key);
  if (instrument === undefined) {
    instrument = build(spec, product, year, month);
    made.set(key, instrument);
  }
  return instrument;
}

function build(spec: FutureProduct, product: number, year: number, month: number): Instrument {
  const contractMonth = String(year * 100 + month);
  const day = futureExpiry(spec.expiry, year, month);
  const zone = calendarOf(spec.calendar).rule.zone;
  const maintenance = Math.round(spec.initialMargin / 1.1);
  return instrumentFrom({
    conId: spec.known[contractMonth] ?? futureConId(product, year, month),
    symbol: spec.symbol,
    secType: 'FUT',
    currency: spec.currency,
    exchange: spec.exchange,
    localSymbol: `${spec.symbol}${MONTH_CODES[month - 1]}${year % 10}`,
    tradingClass: spec.symbol,
    longName: spec.longName,
    lastTradeDate: textOfDay(day),
    lastTradeTime: spec.lastTradeTime,
    lastTradeAt: instantOf(zone, day, timeMs(spec.lastTradeTime)),
    contractMonth,
    realExpirationDate: textOfDay(day),
    multiplier: spec.multiplier,
    multiplierText: String(spec.multiplier),
    timeZoneId: zone,
    calendar: spec.calendar,
    ruleName: spec.rule,
    orderTypes: ORDER_TYPES.future,
    validExchanges: spec.validExchanges,
    underConId: spec.underConId === 0 ? madeUpConId(`IND ${spec.symbol} future`) : spec.underConId,
    underSymbol: spec.symbol,
    underSecType: 'IND',
    settlementMethod: spec.settlement,
    margin: {
      initial: spec.initialMargin,
      maintenance,
      intradayInitial: Math.round(spec.initialMargin / 2),
      intradayMaintenance: Math.round(maintenance / 2),
    },
    driver: { key: spec.driver, ratio: spec.ratio, carry: spec.carry, volumeScale: spec.volumeScale },
    volatility: spec.volatility,
    listedSince: textOfDay((dayOfText(`${year}${String(month).padStart(2, '0')}01`) ?? 0) - 500),
  });
}

/** The future of a conId, listed or not; undefined for other ids. */
export function futureOf(conId: number): Instrument | undefined {
  const known = knownIds.get(conId);
  if (known !== undefined) return future(...known);
  const parts = futureOfConId(conId);
  const found = parts && future(parts.product, parts.year, parts.month);
  return found?.conId === conId ? found : undefined;
}

/** All futures listed at an instant, by expiry; with the expired ones of two years when asked. */
export function futuresAt(now: number, withExpired = false): Instrument[] {
  const { year, month } = civilOf(Math.floor(now / 86_400_000));
  return FUTURES.flatMap((spec, product) => {
    const listed: Instrument[] = [];
    for (let i = withExpired ? -12 * YEARS_BACK : -1; i <= spec.horizon; i++) {
      const at = month - 1 + i;
      const each = future(product, year + Math.floor(at / 12), (((at % 12) + 12) % 12) + 1);
      if (each?.lastTradeAt !== undefined && (withExpired || each.lastTradeAt > now)) listed.push(each);
    }
    return listed;
  });
}

/** The first future of a product that expires on or after a day. */
export function futureFor(symbol: string, day: number): Instrument | undefined {
  const product = FUTURES.findIndex((spec) => spec.symbol === symbol);
  const { year, month } = civilOf(day);
  for (let i = 0; i < 15; i++) {
    const at = month - 1 + i;
    const each = future(product, year + Math.floor(at / 12), (at % 12) + 1);
    if (each?.lastTradeDate !== undefined && each.lastTradeDate >= textOfDay(day)) return each;
  }
  return undefined;
}
