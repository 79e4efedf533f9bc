/** A market that moves only when told: US hours, five rows of book, quotes changed with `move`. */
import type { VirtualClock } from '../../../src/gateway/clock.js';
import type { Instrument } from '../../../src/gateway/world/instrument.js';
import type { Book, BookRow, MarketView, MoveListener, Quote, Session } from '../../../src/gateway/world/market-view.js';

const HOUR = 3_600_000;

export interface Move {
  readonly bid?: number;
  readonly ask?: number;
  readonly bidSize?: number;
  readonly askSize?: number;
  readonly last?: number;
  readonly lastSize?: number;
  readonly volume?: number;
  readonly close?: number;
  readonly open?: number;
  readonly halted?: boolean;
}

/** A `MarketView` by hand: US hours, five rows of book, quotes that change with `move`. */
export class HandMarket implements MarketView {
  readonly #quotes = new Map<number, Quote>();
  readonly #listeners = new Set<MoveListener>();
  readonly #instruments: ReadonlyMap<number, Instrument>;
  readonly #clock: VirtualClock;

  constructor(clock: VirtualClock, instruments: readonly Instrument[]) {
    this.#clock = clock;
    this.#instruments = new Map(instruments.map((one) => [one.conId, one]));
  }

  now(): number {
    return this.#clock.now();
  }

  instrument(conId: number): Instrument | undefined {
    return this.#instruments.get(conId);
  }

  quote(conId: number): Quote {
    const known = this.#quotes.get(conId);
    const session = this.session(conId, this.now()).kind;
    if (known && known.session === session) return known;
    const base = known ?? {
      conId,
      time: this.now(),
      bid: 99.99,
      ask: 100.01,
      bidSize: 500,
      askSize: 500,
      last: 100,
      lastSize: 0,
      lastTime: 0,
      volume: 0,
      open: 100,
      high: 100,
      low: 100,
      close: 100,
      halted: false,
      session,
    };
    const quote = { ...base, session };
    this.#quotes.set(conId, quote);
    return quote;
  }

  /** Moves the quote of an instrument and tells whoever watches. */
  move(instrument: Instrument, to: Move): void {
    const before = this.quote(instrument.conId);
    const isPrint = to.lastSize !== undefined && to.lastSize > 0;
    const quote: Quote = {
      ...before,
      ...to,
      time: this.now(),
      lastTime: isPrint ? before.lastTime + 1 : before.lastTime,
      lastSize: to.lastSize ?? 0,
    };
    this.#quotes.set(instrument.conId, quote);
    if ((this.watched.get(instrument.conId) ?? 0) > 0) for (const listener of this.#listeners) listener(quote, instrument);
  }

  book(conId: number, rows = 5): Book {
    const { bid, ask, bidSize, askSize } = this.quote(conId);
    const step = this.tickAt(conId);
    const side = (price: number, size: number, way: number): BookRow[] =>
      Array.from({ length: rows }, (_, i) => ({
        price: Math.round((price + way * i * step) * 1e8) / 1e8,
        size: size * (i + 1),
        marketMaker: 'ARCA',
      }));
    return { bids: side(bid, bidSize, -1), asks: side(ask, askSize, 1) };
  }

  /** 9:30 to 16:00 New York summer time, extended from 4:00 to 20:00, weekends closed; currencies and futures never close. */
  session(conId: number, at: number): Session {
    const DAY = 24 * HOUR;
    const local = at - 4 * HOUR;
    let day = Math.floor(local / DAY);
    const secType = this.#instruments.get(conId)?.secType;
    const endless = secType === 'CASH' || secType === 'FUT';
    const bounds = endless ? [0, 24] : [9.5, 16];
    const edges = endless ? [0, 24] : [4, 20];
    const weekday = (d: number): number => (((d + 3) % 7) + 7) % 7;
    const at0 = (d: number, hours: number): number => d * DAY + hours * HOUR + 4 * HOUR;
    const isTradingDay = (d: number): boolean => endless || weekday(d) < 5;
    if (!isTradingDay(day) || at >= at0(day, edges[1] ?? 20)) {
      const from = isTradingDay(day) ? at0(day, edges[1] ?? 20) : at0(day, 0);
      day += 1;
      while (!isTradingDay(day)) day += 1;
      return this.#stretch('closed', from, at0(day, edges[0] ?? 4), day, bounds);
    }
    const points: readonly [Session['kind'], number, number][] = [
      ['closed', at0(day, 0), at0(day, edges[0] ?? 4)],
      ['extended', at0(day, edges[0] ?? 4), at0(day, bounds[0] ?? 9.5)],
      ['regular', at0(day, bounds[0] ?? 9.5), at0(day, bounds[1] ?? 16)],
      ['extended', at0(day, bounds[1] ?? 16), at0(day, edges[1] ?? 20)],
    ];
    const [kind, from, to] = points.find(([, start, end]) => at >= start && at < end) ?? ['closed', at, at + 1];
    return this.#stretch(kind as Session['kind'], from as number, to as number, day, bounds);
  }

  #stretch(kind: Session['kind'], from: number, to: number, day: number, bounds: readonly number[]): Session {
    const midnight = day * 24 * HOUR + 4 * HOUR;
    const tradingDay = new Date(day * 24 * HOUR).toISOString().slice(0, 10).replaceAll('-', '');
    return {
      kind,
      from,
      to,
      tradingDay,
      liquidFrom: midnight + (bounds[0] ?? 9.5) * HOUR,
      liquidTo: midnight + (bounds[1] ?? 16) * HOUR,
    };
  }

  tickAt(conId: number): number {
    return this.#instruments.get(conId)?.minTick ?? 0.01;
  }

  onGrid(conId: number, price: number): boolean {
    const count = price / this.tickAt(conId);
    return Math.abs(count - Math.round(count)) < 1e-6;
  }

  /** Watches open per instrument. */
  readonly watched = new Map<number, number>();

  watch(conId: number): () => void {
    this.watched.set(conId, (this.watched.get(conId) ?? 0) + 1);
    return () => {
      this.watched.set(conId, (this.watched.get(conId) ?? 0) - 1);
    };
  }

  onMove(listener: MoveListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
