/** How the gateway shows an order: the client's fields, ids, and the values it fills in by itself. */
import { quantityText } from '../accounts/amount.js';
import { civilOf, DAY_MS, dayOf } from '../world/civil.js';
import type { Instrument } from '../world/instrument.js';
import { instantOf, localMs } from '../world/zone.js';
import type { EngineState } from './engine-state.js';
import { nowOf } from './engine-state.js';
import { writeTime } from './gateway-time.js';
import type { LiveOrder } from './live-order.js';
import type { EchoedOrder } from './order-events.js';
import type { SimContract } from './sim-order.js';

/** The contract as orders carry it: routed where the client routed it. */
export function contractOf(instrument: Instrument, exchange: string | undefined): SimContract {
  return {
    conId: instrument.conId,
    symbol: instrument.symbol,
    secType: instrument.secType,
    lastTradeDateOrContractMonth: instrument.lastTradeDate,
    strike: instrument.strike,
    right: instrument.right,
    multiplier: instrument.multiplierText,
    exchange: exchange ?? instrument.exchange,
    currency: instrument.currency,
    localSymbol: instrument.localSymbol,
    tradingClass: instrument.tradingClass,
  };
}

/** The trail stop the server shows: of a limit order limit + 1, of a stop its trigger, of a trail where it stands. */
function shownTrailStop(order: LiveOrder): number | undefined {
  const { lmtPrice, auxPrice, orderType, trailStopPrice } = order.order;
  if (order.parts) return undefined;
  if (order.kind.wake === 'trail' || order.kind.wake === 'trailTouch') return order.stop ?? trailStopPrice;
  if (orderType === 'STP' || orderType === 'STP LMT') return order.stop ?? auxPrice;
  return orderType === 'LMT' && lmtPrice !== undefined ? lmtPrice + 1 : trailStopPrice;
}

function shownLimit(order: LiveOrder): number | undefined {
  if (order.kind.pricing === 'limit' && order.limit !== undefined) return order.limit;
  return order.order.lmtPrice ?? (order.parts ? undefined : 0);
}

/** Good-till-cancelled orders are cancelled by the server at the end of the year. */
function autoCancelDate(state: EngineState): string {
  const zone = state.options.hostZone ?? 'US/Eastern';
  const { year } = civilOf(Math.floor(localMs(zone, nowOf(state)) / DAY_MS));
  return writeTime(instantOf(zone, dayOf(year, 12, 31), 16 * 3_600_000), zone);
}

/** The echo of an order as it is now; the same object as long as nothing in it changed. */
export function echoOf(state: EngineState, live: LiveOrder): EchoedOrder {
  const { echo } = live;
  const isSame =
    echo?.order === live.order && echo.total === live.total && echo.filled === live.filled && echo.limit === live.limit;
  if (echo && isSame && echo.stop === live.stop && echo.orderId === live.orderId) return echo.made;
  const made = makeEcho(state, live);
  live.echo = {
    made,
    order: live.order,
    total: live.total,
    filled: live.filled,
    limit: live.limit,
    stop: live.stop,
    orderId: live.orderId,
  };
  return made;
}

function makeEcho(state: EngineState, live: LiveOrder): EchoedOrder {
  const { order } = live;
  const overnight = order.includeOvernight === true;
  return {
    ...order,
    orderId: live.orderId,
    clientId: live.clientId,
    permId: live.permId,
    account: live.account,
    totalQuantity: quantityText(live.total),
    filledQuantity: quantityText(live.filled),
    parentId: order.parentId ?? 0,
    parentPermId: live.parent?.permId,
    lmtPrice: shownLimit(live),
    auxPrice: order.auxPrice ?? 0,
    trailStopPrice: shownTrailStop(live),
    tif: overnight ? 'OVERNIGHT + DAY' : order.tif || 'DAY',
    outsideRth: overnight || order.outsideRth === true,
    ocaGroup: live.oca?.key ?? order.ocaGroup,
    ocaType: order.ocaType || 3,
    autoCancelDate: order.tif === 'GTC' ? autoCancelDate(state) : undefined,
    adjustedOrderType: order.adjustedOrderType || 'None',
    clearingIntent: 'IB',
    shareholder: 'Not an insider or substantial shareholder',
    submitter: state.options.submitter,
  };
}

/** `BUY 1 AAPL NASDAQ.NMS`, as warnings name an order. */
export function describe(order: LiveOrder): string {
  const { instrument } = order;
  const market = instrument.primaryExchange ?? instrument.exchange;
  const place = instrument.tradingClass && instrument.secType === 'STK' ? `${market}.${instrument.tradingClass}` : market;
  return `${order.order.action} ${quantityText(order.total)} ${instrument.symbol} ${place}`;
}
