/** A market that moves only when told, accounts, and an engine on both: what the tests of matching and accounts stand on. */

import type { AccountSetup } from '../../../src/gateway/accounts/account.js';
import { type AccountBook, createAccountBook } from '../../../src/gateway/accounts/account-book.js';
import type { AdvisorGroup } from '../../../src/gateway/accounts/advisor.js';
import { cashOf } from '../../../src/gateway/accounts/amount.js';
import type { Prices } from '../../../src/gateway/accounts/prices.js';
import { type VirtualClock, virtualClock } from '../../../src/gateway/clock.js';
import { MatchingEngine } from '../../../src/gateway/matching/engine.js';
import type { EngineOptions } from '../../../src/gateway/matching/engine-state.js';
import type { OrderEvent } from '../../../src/gateway/matching/order-events.js';
import type { SimContract, SimOrder } from '../../../src/gateway/matching/sim-order.js';
import type { Instrument } from '../../../src/gateway/world/instrument.js';
import type { Book, BookRow, MarketView, MoveListener, Quote, Session } from '../../../src/gateway/world/market-view.js';

const HOUR = 3_600_000;
/** Wednesday 15 April 2026, 14:00 UTC: 10:00 in New York. */
export const OPEN_TIME = Date.UTC(2026, 3, 15, 14);
export const ACCOUNT = 'DU9000001';

const STOCK: Instrument = {
  conId: 265598,
  symbol: 'AAPL',
  secType: 'STK',
  currency: 'USD',
  exchange: 'SMART',
  primaryExchange: 'NASDAQ',
  localSymbol: 'AAPL',
  tradingClass: 'NMS',
  lastTradeDate: undefined,
  lastTradeTime: undefined,
  lastTradeAt: undefined,
  contractMonth: undefined,
  realExpirationDate: undefined,
  strike: undefined,
  right: undefined,
  multiplier: 1,
  multiplierText: undefined,
  marketName: 'NMS',
  longName: 'APPLE INC',
  industry: undefined,
  category: undefined,
  subcategory: undefined,
  stockType: 'COMMON',
  timeZoneId: 'US/Eastern',
  calendar: 'us-stocks',
  minTick: 0.01,
  rule: { marketRuleId: 26, bands: [{ lowEdge: 0, increment: 0.01 }] },
  marketRuleIds: '26,26',
  orderTypes: '',
  validExchanges: 'SMART,NYSE,ARCA,NASDAQ',
  priceMagnifier: 1,
  minSize: 1,
  sizeIncrement: 1,
  suggestedSizeIncrement: 100,
  aggGroup: 1,
  evRule: undefined,
  evMultiplier: undefined,
  settlementMethod: undefined,
  secIdList: [],
  underConId: undefined,
  underSymbol: undefined,
  underSecType: undefined,
  exerciseStyle: undefined,
  shortableShares: 10_000_000,
  borrowFee: 0.25,
  margin: undefined,
  isPartnership: false,
  fund: undefined,
  bond: undefined,
  driver: { key: 'AAPL', ratio: 1, carry: 0 },
  volatility: 0.3,
  spreadTicks: 2,
  dividendYield: 0,
  listedSince: '20000103',
};

export const AAPL = STOCK;
export const MSFT: Instrument = { ...STOCK, conId: 272093, symbol: 'MSFT', localSymbol: 'MSFT' };
export const EPD: Instrument = { ...STOCK, conId: 4001, symbol: 'EPD', localSymbol: 'EPD', isPartnership: true };
export const HARD: Instrument = { ...STOCK, conId: 4002, symbol: 'HARD', localSymbol: 'HARD', shortableShares: 0 };
export const ES: Instrument = {
  ...STOCK,
  conId: 495512563,
  symbol: 'ES',
  secType: 'FUT',
  exchange: 'CME',
  primaryExchange: undefined,
  localSymbol: 'ESM6',
  tradingClass: 'ES',
  lastTradeDate: '20260619',
  lastTradeAt: Date.UTC(2026, 5, 19, 13, 30),
  multiplier: 50,
  multiplierText: '50',
  minTick: 0.25,
  rule: { marketRuleId: 67, bands: [{ lowEdge: 0, increment: 0.25 }] },
  validExchanges: 'CME',
  margin: { initial: 20_000, maintenance: 18_000, intradayInitial: 10_000, intradayMaintenance: 9_000 },
  shortableShares: undefined,
};
export const EURUSD: Instrument = {
  ...STOCK,
  conId: 12087792,
  symbol: 'EUR',
  secType: 'CASH',
  exchange: 'IDEALPRO',
  primaryExchange: undefined,
  localSymbol: 'EUR.USD',
  tradingClass: 'EUR.USD',
  minTick: 0.00005,
  rule: { marketRuleId: 239, bands: [{ lowEdge: 0, increment: 0.00005 }] },
  validExchanges: 'IDEALPRO',
  shortableShares: undefined,
};

export function option(
  conId: number,
  right: 'C' | 'P',
  strike: number,
  lastTradeDate: string,
  exerciseStyle: 'american' | 'european' = 'american',
): Instrument {
  return {
    ...STOCK,
    conId,
    secType: 'OPT',
    localSymbol: `AAPL  ${lastTradeDate.slice(2)}${right}${String(strike * 1000).padStart(8, '0')}`,
    tradingClass: 'AAPL',
    lastTradeDate,
    lastTradeAt: Date.UTC(2026, 11, 18, 20),
    strike,
    right,
    multiplier: 100,
    multiplierText: '100',
    underConId: AAPL.conId,
    underSymbol: 'AAPL',
    underSecType: 'STK',
    exerciseStyle,
    validExchanges: 'SMART,CBOE',
    shortableShares: undefined,
  };
}
export const CALL_250 = option(7001, 'C', 250, '20261218');
export const CALL_260 = option(7002, 'C', 260, '20261218');
export const PUT_240 = option(7003, 'P', 240, '20261218');

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
    for (const listener of this.#listeners) listener(quote, instrument);
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

  watch(): () => void {
    return () => undefined;
  }

  onMove(listener: MoveListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

export interface Desk {
  readonly clock: VirtualClock;
  readonly market: HandMarket;
  readonly accounts: AccountBook;
  readonly engine: MatchingEngine;
  /** Everything that was said so far. */
  readonly events: OrderEvent[];
  /** Takes out what was said since the last call. */
  take(): OrderEvent[];
  place(orderId: number, instrument: Instrument | SimContract, order: SimOrder, clientId?: number): OrderEvent[];
  cancel(orderId: number, clientId?: number): OrderEvent[];
  position(instrument: Instrument, account?: string): string;
}

export interface DeskSetup {
  readonly accounts?: readonly AccountSetup[];
  readonly groups?: readonly AdvisorGroup[];
  readonly options?: EngineOptions;
  readonly at?: number;
  readonly extra?: readonly Instrument[];
}

export const MARGIN_ACCOUNT: AccountSetup = {
  account: ACCOUNT,
  kind: 'individual-margin',
  baseCurrency: 'USD',
  cash: { USD: cashOf(1_000_000) },
};

const RATES: Readonly<Record<string, number>> = { USD: 1, EUR: 1.1664, HKD: 0.128, GBP: 1.3 };

export function pricesOn(market: MarketView): Prices {
  return {
    mark: (instrument) => market.quote(instrument.conId).last,
    underlying: ({ underConId }) => (underConId === undefined ? undefined : market.quote(underConId).last),
    rate: (from, to) => {
      const [a, b] = [RATES[from], RATES[to]];
      if (a === undefined || b === undefined) throw new RangeError(`no rate from ${from} to ${to}`);
      return a / b;
    },
  };
}

export function openDesk(setup: DeskSetup = {}): Desk {
  const clock = virtualClock(setup.at ?? OPEN_TIME);
  const instruments = [AAPL, MSFT, EPD, HARD, ES, EURUSD, CALL_250, CALL_260, PUT_240, ...(setup.extra ?? [])];
  const market = new HandMarket(clock, instruments);
  market.move(AAPL, { bid: 249.99, ask: 250.01, last: 250, bidSize: 500, askSize: 500 });
  market.move(MSFT, { bid: 408.5, ask: 408.54, last: 408.52, bidSize: 300, askSize: 300 });
  market.move(ES, { bid: 6800, ask: 6800.25, last: 6800, bidSize: 40, askSize: 40 });
  market.move(EURUSD, { bid: 1.1664, ask: 1.16645, last: 1.1664, bidSize: 1_000_000, askSize: 2_000_000 });
  market.move(CALL_250, { bid: 10, ask: 10.1, last: 10.05, bidSize: 50, askSize: 50 });
  market.move(CALL_260, { bid: 6, ask: 6.1, last: 6.05, bidSize: 50, askSize: 50 });
  market.move(PUT_240, { bid: 5, ask: 5.1, last: 5.05, bidSize: 50, askSize: 50 });
  const accounts = createAccountBook(setup.accounts ?? [MARGIN_ACCOUNT], pricesOn(market), setup.groups);
  const resolve = (contract: SimContract): Instrument | undefined =>
    instruments.find((one) =>
      contract.conId ? one.conId === contract.conId : one.symbol === contract.symbol && one.secType === contract.secType,
    );
  const engine = new MatchingEngine({ market, clock, accounts, resolve, options: setup.options ?? {} });
  const events: OrderEvent[] = [];
  let taken = 0;
  engine.onEvent((event) => events.push(event));
  const take = (): OrderEvent[] => {
    const fresh = events.slice(taken);
    taken = events.length;
    return fresh;
  };
  return {
    clock,
    market,
    accounts,
    engine,
    events,
    take,
    place: (orderId, instrument, order, clientId = 1) => {
      engine.place(
        clientId,
        orderId,
        'driver' in instrument
          ? {
              conId: instrument.conId,
              symbol: instrument.symbol,
              secType: instrument.secType,
              exchange: instrument.exchange,
              currency: instrument.currency,
            }
          : instrument,
        order,
      );
      return take();
    },
    cancel: (orderId, clientId = 1) => {
      engine.cancel(clientId, orderId);
      return take();
    },
    position: (instrument, account = ACCOUNT) => {
      const quantity = accounts.accounts.get(account)?.positions.get(instrument.conId)?.quantity ?? 0n;
      return (Number(quantity) / 1e8).toString();
    },
  };
}

/** One word per event, the way the recorded transcripts read: kind, and what it says. */
export function brief(events: readonly OrderEvent[]): string[] {
  return events.map((event) => {
    switch (event.kind) {
      case 'openOrder':
        return `openOrder ${event.orderId} ${event.orderState.status}${event.orderState.commission === undefined ? '' : ' commission'}`;
      case 'orderStatus':
        return `orderStatus ${event.orderId} ${event.status} ${event.filled}/${event.remaining}${event.whyHeld ? ` ${event.whyHeld}` : ''}`;
      case 'execDetails':
        return `execDetails ${event.execution.orderId} ${event.execution.side} ${event.execution.shares} @ ${event.execution.price}`;
      case 'commissionReport':
        return `commissionReport ${event.commission}`;
      case 'error':
        return `error ${event.id} ${event.errorCode}`;
      case 'completedOrder':
        return `completedOrder ${event.order.orderId} ${event.orderState.status}`;
      case 'orderBound':
        return `orderBound ${event.orderId}`;
    }
  });
}

export const buy = (quantity: number | string, order: Partial<SimOrder> = {}): SimOrder => ({
  action: 'BUY',
  totalQuantity: String(quantity),
  orderType: 'MKT',
  tif: 'DAY',
  ...order,
});
export const sell = (quantity: number | string, order: Partial<SimOrder> = {}): SimOrder => ({
  action: 'SELL',
  totalQuantity: String(quantity),
  orderType: 'MKT',
  tif: 'DAY',
  ...order,
});
export const limit = (lmtPrice: number, order: Partial<SimOrder> = {}): Partial<SimOrder> => ({
  orderType: 'LMT',
  lmtPrice,
  ...order,
});
