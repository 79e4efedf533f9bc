// The small classes with which programs for @stoqey/ib name instruments and orders.

import { type OptionType, type OrderAction, OrderType, SecType, TimeInForce } from './names.js';
import type { Contract, Order } from './records.js';

type Named<T, K extends keyof T> = T & Required<Pick<T, K>>;
type Maker<A extends readonly unknown[], T> = new (...args: A) => T;

/** A class whose objects are plain data. */
function maker<A extends readonly unknown[], T extends object>(make: (...args: A) => T): Maker<A, T> {
  return class {
    constructor(...args: A) {
      Object.assign(this, make(...args));
    }
  } as Maker<A, T>;
}

/** `new Stock('AAPL')`: SMART and USD unless told. */
export const Stock = maker<[symbol: string, exchange?: string, currency?: string], Contract>(
  (symbol, exchange = 'SMART', currency = 'USD') => ({ symbol, exchange, currency, secType: SecType.STK }),
);
/** `new Forex('EUR', 'USD')`: at IDEALPRO. */
export const Forex = maker<[symbol: string, currency: string], Contract>((symbol, currency) => ({
  symbol,
  currency,
  exchange: 'IDEALPRO',
  secType: SecType.CASH,
}));
/** `new Index('SPX', 'CBOE')`. */
export const Index = maker<[symbol: string, exchange?: string, currency?: string], Contract>(
  (symbol, exchange = 'CME', currency = 'USD') => ({ symbol, exchange, currency, secType: SecType.IND }),
);
/** `new Future('ES', 'ESZ6', '202612', 'CME', 50)`. */
export const Future = maker<
  [
    symbol: string,
    localSymbol: string,
    lastTradeDateOrContractMonth: string,
    exchange: string,
    multiplier: number,
    currency?: string,
  ],
  Contract
>((symbol, localSymbol, lastTradeDateOrContractMonth, exchange, multiplier, currency = 'USD') => ({
  symbol,
  localSymbol,
  lastTradeDateOrContractMonth,
  exchange,
  multiplier,
  currency,
  secType: SecType.FUT,
}));
/** `new Option('AAPL', '20261218', 190, OptionType.Call)`: multiplier 100. */
export const Option = maker<
  [symbol: string, expiry: string, strike: number, right: OptionType, exchange?: string, currency?: string],
  Contract
>((symbol, expiry, strike, right, exchange = 'SMART', currency = 'USD') => ({
  symbol,
  lastTradeDateOrContractMonth: expiry,
  strike,
  right,
  exchange,
  currency,
  multiplier: 100,
  secType: SecType.OPT,
}));

type Sent = Named<Order, 'action' | 'orderType' | 'totalQuantity'>;

/** `new MarketOrder(OrderAction.BUY, 10)`. */
export const MarketOrder = maker<[action: OrderAction, totalQuantity: number, transmit?: boolean], Sent>(
  (action, totalQuantity, transmit = true) => ({
    action,
    totalQuantity,
    transmit,
    orderType: OrderType.MKT,
  }),
);
/** `new LimitOrder(OrderAction.BUY, 187.5, 10)`: price before quantity. */
export const LimitOrder = maker<[action: OrderAction, lmtPrice: number, totalQuantity: number, transmit?: boolean], Sent>(
  (action, lmtPrice, totalQuantity, transmit = true) => ({
    action,
    lmtPrice,
    totalQuantity,
    transmit,
    orderType: OrderType.LMT,
  }),
);
/** `new StopOrder(OrderAction.SELL, 180, 10)`: price before quantity. */
export const StopOrder = maker<
  [action: OrderAction, auxPrice: number, totalQuantity: number, transmit?: boolean, parentId?: number, tif?: TimeInForce],
  Sent
>((action, auxPrice, totalQuantity, transmit = true, parentId = 0, tif = TimeInForce.DAY) => ({
  action,
  auxPrice,
  totalQuantity,
  transmit,
  parentId,
  tif,
  orderType: OrderType.STP,
}));
/** `new StopLimitOrder(OrderAction.SELL, 179, 180, 10)`: limit, stop, quantity. */
export const StopLimitOrder = maker<
  [
    action: OrderAction,
    lmtPrice: number,
    auxPrice: number,
    totalQuantity?: number,
    transmit?: boolean,
    parentId?: number,
    tif?: TimeInForce,
  ],
  Sent
>((action, lmtPrice, auxPrice, totalQuantity = 0, transmit = true, parentId = 0, tif = TimeInForce.DAY) => ({
  action,
  lmtPrice,
  auxPrice,
  totalQuantity,
  transmit,
  parentId,
  tif,
  orderType: OrderType.STP_LMT,
}));
/** `new MarketCloseOrder(OrderAction.SELL, 10)`. */
export const MarketCloseOrder = maker<[action: OrderAction, totalQuantity: number, transmit?: boolean], Sent>(
  (action, totalQuantity, transmit = true) => ({
    action,
    totalQuantity,
    transmit,
    orderType: OrderType.MOC,
  }),
);
