// Orders at random: placed, changed, cancelled, in brackets and groups; what the client believes is held against the gateway.

import { bracket } from '../../src/client/orders/builders/bracket.js';
import { type OrderGroup, oca } from '../../src/client/orders/builders/group.js';
import type { OrderDraft } from '../../src/client/orders/draft.js';
import type { TradeEnd } from '../../src/client/orders/record/trade-state.js';
import type { Trade } from '../../src/client/orders/trade.js';
import type { Instrument } from '../../src/gateway/world/instrument.js';
import type { Stage } from './stage.js';

/** Deadline of a change or cancel. */
export const VERDICT_MS = 10_000;
/** More working orders than this, and one is cancelled. */
const MOST = 20;
const SYMBOLS = ['AAPL', 'MSFT', 'XOM', 'KO'];

export interface Orders {
  readonly placed: number;
  readonly trades: readonly Trade[];
  readonly ends: ReadonlyMap<TradeEnd['at'], number>;
  readonly refusedHere: ReadonlyMap<string, number>;
  /** No new orders, changes or cancels while it is true. */
  isPaused: boolean;
  /** Trades whose `done` has settled. */
  readonly settled: ReadonlySet<Trade>;
}

export function runOrders(stage: Stage): Orders {
  const { ib, chance, gateway, promises } = stage;
  const { market, universe } = gateway.world;
  const stocks = universe.statics.filter(
    ({ symbol, secType, currency }) => secType === 'STK' && currency === 'USD' && SYMBOLS.includes(symbol),
  );
  const ends = new Map<TradeEnd['at'], number>();
  const refusedHere = new Map<string, number>();
  const settled = new Set<Trade>();
  const trades: Trade[] = [];
  const count = <K>(counts: Map<K, number>, key: K): void => void counts.set(key, (counts.get(key) ?? 0) + 1);
  let groups = 0;

  const take = (made: readonly Trade[]): void => {
    for (const trade of made) {
      trades.push(trade);
      void trade.done.then(
        (end) => {
          settled.add(trade);
          count(ends, end.at);
        },
        () => settled.add(trade),
      );
      trade.filled.catch(() => {}); // ends otherwise, mostly
    }
  };
  const trying = (act: () => void): void => {
    try {
      act();
    } catch (error) {
      count(refusedHere, error instanceof Error ? error.name : String(error));
    }
  };
  const priceAt = ({ conId }: Instrument, percent: number): number =>
    Math.round(market.quote(conId).last * (100 + percent)) / 100;
  const contractOf = ({ conId, symbol, secType, currency }: Instrument) => ({
    conId,
    symbol,
    secType,
    currency,
    exchange: 'SMART',
  });

  const draft = (instrument: Instrument): OrderDraft => {
    const action = chance.is(0.5) ? 'BUY' : 'SELL';
    const towards = action === 'BUY' ? 1 : -1;
    const totalQuantity = String(chance.whole(1, 300));
    const tif = chance.is(0.5) ? 'DAY' : 'GTC';
    const dice = chance.next();
    if (dice < 0.15) return { action, totalQuantity, orderType: 'MKT', tif: 'DAY' };
    if (dice < 0.3)
      return { action, totalQuantity, orderType: 'STP', auxPrice: priceAt(instrument, towards * chance.whole(1, 4)), tif };
    if (dice < 0.6) return { action, totalQuantity, orderType: 'LMT', lmtPrice: priceAt(instrument, towards), tif };
    return {
      action,
      totalQuantity,
      orderType: 'LMT',
      lmtPrice: priceAt(instrument, -towards * chance.whole(0, 5)),
      tif,
      outsideRth: chance.is(0.3),
    };
  };
  const group = (instrument: Instrument): OrderGroup => {
    const at = priceAt(instrument, chance.whole(-2, 0));
    const totalQuantity = String(chance.whole(1, 200));
    const entry: OrderDraft = { action: 'BUY', totalQuantity, orderType: 'LMT', lmtPrice: at, tif: 'GTC' };
    if (chance.is(0.5)) return bracket(entry, { takeProfit: Math.round(at * 101) / 100, stopLoss: Math.round(at * 98) / 100 });
    const other: OrderDraft = { ...entry, lmtPrice: priceAt(instrument, -3) };
    return oca([entry, other], `soak ${++groups}`);
  };

  const act = (): void => {
    if (orders.isPaused) return;
    const live = trades.filter((trade) => !settled.has(trade));
    const dice = chance.next();
    const one = live.length === 0 ? undefined : chance.of(live);
    if (one !== undefined && (live.length > MOST || dice < 0.25)) {
      promises.track('cancel', VERDICT_MS, () => one.cancel());
      return;
    }
    if (one?.draft?.lmtPrice !== undefined && dice < 0.45) {
      const lmtPrice = Math.round(one.draft.lmtPrice * (99 + 2 * chance.next())) / 100;
      promises.track('change', 2 * VERDICT_MS, () => one.modify({ lmtPrice }));
      return;
    }
    const instrument = chance.of(stocks);
    if (dice > 0.97) promises.track('preview', VERDICT_MS, () => ib.orders.preview(contractOf(instrument), draft(instrument)));
    else if (dice > 0.85) trying(() => take(ib.orders.placeGroup(contractOf(instrument), group(instrument))));
    else trying(() => take([ib.orders.place(contractOf(instrument), draft(instrument))]));
  };

  const orders: Orders = {
    get placed() {
      return trades.length;
    },
    trades,
    ends,
    refusedHere,
    isPaused: false,
    settled,
  };
  stage.often(40_000, act);
  return orders;
}
