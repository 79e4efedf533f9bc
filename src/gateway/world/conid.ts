/** Contract ids that no recording gave us: made up, in ranges far above those of the captures, and always the same. */
import { mixText } from './random.js';

/** Static instruments without a known id. */
export const MADE_UP_FROM = 1_800_000_000;
/** Futures by product and month. */
export const FUTURES_FROM = 1_900_000_000;
/** Options by chain, expiry, strike and right. */
export const OPTIONS_FROM = 1_200_000_000;

const STRIKES = 512;
const DAYS = 2048;
export const CHAIN_SIZE = STRIKES * DAYS * 2;

/** An id for a static instrument, from what names it. */
export function madeUpConId(name: string): number {
  return MADE_UP_FROM + ((mixText(7, name) >>> 0) % 90_000_000);
}

/** Id of a product's delivery month. */
export function futureConId(product: number, year: number, month: number): number {
  return FUTURES_FROM + product * 4096 + (year - 2000) * 12 + month;
}

/** Product and month of a future's id; undefined for other ids. */
export function futureOfConId(conId: number): { product: number; year: number; month: number } | undefined {
  const rest = conId - FUTURES_FROM;
  if (rest < 0 || rest >= 4096 * 64) return undefined;
  const inside = rest % 4096;
  const month = ((inside - 1) % 12) + 1;
  return { product: Math.floor(rest / 4096), year: 2000 + (inside - month) / 12, month };
}

/** Id of an option: chain number, expiry day number, strike in steps (1..511), put or call. */
export function optionConId(chain: number, day: number, strikeStep: number, isPut: boolean): number {
  return OPTIONS_FROM + chain * CHAIN_SIZE + ((day % DAYS) * STRIKES + strikeStep) * 2 + (isPut ? 1 : 0);
}

/** What `optionConId` was made of; the day is the one nearest to `today`. Undefined for ids of other ranges. */
export function optionOfConId(
  conId: number,
  today: number,
): { chain: number; day: number; strikeStep: number; isPut: boolean } | undefined {
  const rest = conId - OPTIONS_FROM;
  if (rest < 0 || conId >= MADE_UP_FROM) return undefined;
  const chain = Math.floor(rest / CHAIN_SIZE);
  const inside = rest - chain * CHAIN_SIZE;
  const isPut = inside % 2 === 1;
  const strikeStep = Math.floor(inside / 2) % STRIKES;
  const slot = Math.floor(inside / 2 / STRIKES);
  const base = today - DAYS / 4;
  const day = base + ((((slot - base) % DAYS) + DAYS) % DAYS);
  return { chain, day, strikeStep, isPut };
}
