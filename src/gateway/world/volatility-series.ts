/** Series that are not prices: realised and implied volatility, borrow fees, bond yields. */
import { calendarOf } from './calendar.js';
import { dayOfText } from './civil.js';
import { indexOfMove } from './driver-feed.js';
import type { Instrument } from './instrument.js';
import type { Track } from './quote-maker.js';
import { mix2, normal } from './random.js';

const WINDOW = 30;

/** Yearly volatility of the last thirty daily closes before a weekday. */
export function historicalVolatility(track: Track, index: number): number {
  const { past } = track.feed;
  let sum = 0;
  let squares = 0;
  for (let i = index - WINDOW; i < index; i++) {
    const move = Math.log(past.dayClose(i) / past.dayClose(i - 1));
    sum += move;
    squares += move * move;
  }
  return Math.sqrt(((squares - (sum * sum) / WINDOW) / (WINDOW - 1)) * 252);
}

/** Implied volatility of an instrument's options at a weekday: its own level, wandering slowly. */
export function impliedVolatilityAt({ instrument }: Track, index: number): number {
  const wave = normal(mix2(instrument.conId, Math.floor(index / 5))) * 0.06 + normal(mix2(instrument.conId + 1, index)) * 0.03;
  return instrument.volatility * 1.08 * Math.exp(wave);
}

/** The weekday an instant belongs to, on the track's path. */
export function weekdayAt(track: Track, instant: number): number {
  return indexOfMove(track.feed.moveAt(instant));
}

/** Yearly yield to maturity in percent of a bond at a clean price, coupons once a year. */
export function bondYield(instrument: Instrument, price: number, instant: number): number {
  const { bond } = instrument;
  const maturity = bond && dayOfText(bond.maturity);
  if (bond === undefined || maturity === undefined) return 0;
  const years = Math.max(0.02, maturity - calendarOf(instrument.calendar).dayAt(instant).day) / 365;
  let low = -0.5;
  let high = 2;
  for (let i = 0; i < 60; i++) {
    const rate = (low + high) / 2;
    const discount = (1 + rate) ** -years;
    const worth = rate === 0 ? bond.coupon * years + 100 : (bond.coupon * (1 - discount)) / rate + 100 * discount;
    if (worth > price) low = rate;
    else high = rate;
  }
  return Math.round((low + high) * 50 * 1e4) / 1e4;
}
