/** From the price of a driver to the price of an instrument: by ratio and carry, or by the option model. */
import type { OptionTerms } from './black-scholes.js';
import { BLOCK_MS, instantAt } from './calendar.js';
import { dayOfText } from './civil.js';
import { type Bend, type DriverFeed, factorAt, indexOfMove, type Move, tickOfMove } from './driver-feed.js';
import { futureOf } from './futures.js';
import { type Grid, gridOf } from './grid.js';
import type { Instrument } from './instrument.js';
import { isModelled, pricerOf, termsAt } from './option-model.js';
import type { PathCursor } from './path.js';

const YEAR_DAYS = 365;

/** Values one instrument. Values are exact numbers; the grid makes prices of them. */
export class Valuation {
  readonly instrument: Instrument;
  readonly feed: DriverFeed;
  readonly grid: Grid;
  readonly isModelled: boolean;
  /** Bends of this instrument alone (options); the driver's own bends come with its prices. */
  readonly bends: readonly Bend[];
  /** Expiry whose carry the underlying price holds: the future's own, or that of a future option's future. */
  readonly #carryDay: number | undefined;
  readonly #halfPower: number;
  #factorIndex = Number.NaN;
  #factor = 1;
  #block = Number.NaN;
  #pricer: (spot: number) => number = (spot) => spot;

  constructor(instrument: Instrument, feed: DriverFeed, bends: readonly Bend[] = []) {
    this.bends = bends;
    this.instrument = instrument;
    this.feed = feed;
    this.grid = gridOf(instrument.rule);
    this.#halfPower = 10 ** (this.grid.decimals + 1);
    this.isModelled = isModelled(instrument);
    const carrier = instrument.secType === 'FOP' && instrument.underConId ? futureOf(instrument.underConId) : instrument;
    this.#carryDay = instrument.driver.carry === 0 ? undefined : dayOfText(carrier?.lastTradeDate ?? '');
  }

  /** What the driver's price is multiplied by on a weekday: the price of the instrument, or of an option's underlying. */
  factor(index: number): number {
    if (index !== this.#factorIndex) {
      const { ratio, carry } = this.instrument.driver;
      this.#factorIndex = index;
      const days = this.#carryDay === undefined ? 0 : Math.max(0, this.#carryDay - this.feed.spec.calendar.full(index).day);
      this.#factor = ratio * Math.exp((carry * days) / YEAR_DAYS);
    }
    return this.#factor;
  }

  /** Value at a driver price, at a move. Within one block of time it rises or falls with the price throughout. */
  value(driverPrice: number, move: Move): number {
    const straight = this.unbent(driverPrice, move);
    return this.bends.length === 0 ? straight : straight * this.bend(move);
  }

  /** What this instrument's own bends make of a value at a move. */
  bend(move: Move): number {
    return factorAt(this.bends, move);
  }

  /** The value without this instrument's own bends. */
  unbent(driverPrice: number, move: Move): number {
    const index = indexOfMove(move);
    const underlying = driverPrice * this.factor(index);
    if (!this.isModelled) return underlying;
    const block = index * 1024 + Math.floor(tickOfMove(move) / ((BLOCK_MS / 1000) * 4));
    if (block !== this.#block) {
      this.#block = block;
      this.#pricer = pricerOf(this.#termsIn(index, block % 1024, this.feed.past));
    }
    const share = this.instrument.secType === 'WAR' ? this.instrument.multiplier : 1;
    return this.#pricer(underlying) * share;
  }

  /** Terms the model uses at a move; only for modelled instruments. */
  terms(move: Move): OptionTerms {
    return this.#termsIn(indexOfMove(move), Math.floor(tickOfMove(move) / ((BLOCK_MS / 1000) * 4)), this.feed.past);
  }

  #termsIn(index: number, block: number, cursor: PathCursor): OptionTerms {
    const instant = instantAt(this.feed.spec.calendar.full(index), block * BLOCK_MS);
    return termsAt(this.instrument, instant, cursor.dayClose(index - 1) * this.factor(index));
  }

  /** Number of the bid's step for a value: the spread lies around it. */
  bidStep(value: number): number {
    const least = this.isModelled ? 0 : 1;
    return Math.max(least, Math.floor(this.grid.position(value) - (this.instrument.spreadTicks - 1) / 2 + 1e-6));
  }

  bid(value: number): number {
    return this.grid.price(this.bidStep(value));
  }

  ask(value: number): number {
    return this.grid.price(this.bidStep(value) + this.instrument.spreadTicks);
  }

  /** Price of a trade: the step nearest to the value, not outside the quote. */
  last(value: number): number {
    const bid = this.bidStep(value);
    const step = Math.round(this.grid.position(value));
    return this.grid.price(Math.min(bid + this.instrument.spreadTicks, Math.max(bid, step)));
  }

  /** Middle of two prices of the grid, clean in decimals. */
  between(bid: number, ask: number): number {
    return Math.round(((bid + ask) / 2) * this.#halfPower) / this.#halfPower;
  }

  middle(value: number): number {
    const bid = this.bidStep(value);
    return this.between(this.grid.price(bid), this.grid.price(bid + this.instrument.spreadTicks));
  }
}

/** Makes a size of a whole number of the smallest amounts that trade: tenths of a thousandth of a coin, lots of a warrant. */
export function toSize({ secType }: Instrument, count: number): number {
  return secType === 'CRYPTO' ? count / 10_000 : secType === 'WAR' ? count * 10_000 : count;
}

/** True for what has quotes but no trades. */
export function hasNoTrades({ secType }: Instrument): boolean {
  return secType === 'CASH' || secType === 'CMDTY' || secType === 'CFD';
}

/** How often at most `reqMktData` shows moves of an instrument, ms (`limits.md` §6). Paths tick no faster than that here. */
export function sampleInterval({ secType, currency }: Instrument): number {
  if (secType === 'CASH') return 5;
  return secType === 'OPT' && currency === 'USD' ? 100 : 250;
}
