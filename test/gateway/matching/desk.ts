/** Accounts and an engine on a market by hand: what the tests of matching and accounts stand on. */

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
import type { MarketView } from '../../../src/gateway/world/market-view.js';
import { HandMarket } from './hand-market.js';
import { AAPL, ACCOUNT, CALL_250, CALL_260, EPD, ES, EURUSD, HARD, MSFT, OPEN_TIME, PUT_240 } from './instruments.js';

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
  return events.map(briefOne);
}

function briefOne(event: OrderEvent): string {
  switch (event.kind) {
    case 'openOrder':
      return `openOrder ${event.orderId} ${event.orderState.status}${event.orderState.commissionAndFees === undefined ? '' : ' commission'}`;
    case 'orderStatus':
      return `orderStatus ${event.orderId} ${event.status} ${event.filled}/${event.remaining}${event.whyHeld ? ` ${event.whyHeld}` : ''}`;
    case 'execDetails':
      return `execDetails ${event.execution.orderId} ${event.execution.side} ${event.execution.shares} @ ${event.execution.price}`;
    case 'commissionAndFeesReport':
      return `commissionReport ${event.commissionAndFees}`;
    case 'error':
      return `error ${event.id} ${event.errorCode}`;
    case 'completedOrder':
      return `completedOrder ${event.order.orderId} ${event.orderState.status}`;
    case 'orderBound':
      return `orderBound ${event.orderId}`;
  }
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
