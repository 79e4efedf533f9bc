// Orders and executions as the Web API lists them, whoever placed them.

import type { OrderSummary } from 'ibwire/gateway';
import type { EndpointName } from '../endpoints/list.js';
import { type Door, error, type Handler, isFirst, json } from './door.js';

const LISTED: Readonly<Record<string, string>> = { LMT: 'Limit', MKT: 'Market', STP: 'Stop', 'STP LMT': 'Stop Limit' };
export const statusWord = ({ status }: OrderSummary): string =>
  status === 'ApiPending' ? 'Inactive' : status === 'ApiCancelled' ? 'Cancelled' : status;

export const found = (door: Door, permId: string): OrderSummary | undefined =>
  door.gateway.orders.find((one) => one.permId === permId);

/** Sizes are kept in units of 10⁻⁸. */
const size = (units: bigint): number => Number(units) / 1e8;

/** A row of the live orders. Market orders have an empty price. */
export function listedRow(door: Door, one: OrderSummary): object {
  const { order, contract } = one;
  const total = Number(order.totalQuantity ?? 0);
  const instrument = door.gateway.world.universe.instrument(contract.conId ?? 0);
  return {
    acct: order.account,
    account: order.account,
    conidex: String(contract.conId),
    conid: contract.conId,
    orderId: Number(one.permId),
    cashCcy: instrument?.currency,
    sizeAndFills: `${size(one.filled)}/${total}`,
    orderDesc: `${order.action === 'BUY' ? 'Buy' : 'Sell'} ${total} ${contract.symbol} ${order.orderType}`,
    description1: contract.symbol,
    ticker: contract.symbol,
    secType: contract.secType,
    listingExchange: instrument?.primaryExchange ?? instrument?.exchange,
    remainingQuantity: size(one.remaining),
    filledQuantity: size(one.filled),
    totalSize: total,
    companyName: instrument?.longName,
    status: statusWord(one),
    order_ccp_status: statusWord(one),
    origOrderType: LISTED[order.orderType]?.toUpperCase().replace(' ', '_') ?? order.orderType,
    orderType: LISTED[order.orderType] ?? order.orderType,
    supportsTaxOpt: '1',
    isEventTrading: '0',
    price: order.lmtPrice === undefined ? '' : String(order.lmtPrice),
    ...(order.auxPrice !== undefined && { auxPrice: String(order.auxPrice) }),
    timeInForce: statusWord(one) === 'Filled' && order.tif === 'DAY' ? 'CLOSE' : order.tif,
    side: order.action,
    ...(order.orderRef !== undefined && order.orderRef !== '' && { order_ref: order.orderRef }),
  };
}

export const orderListHandlers = {
  'GET /iserver/account/orders': (door, { query }) => {
    if (query.get('force') === 'true') return json({ orders: [], snapshot: false });
    if (isFirst(door, 'orders')) return json({ orders: [], snapshot: false });
    return json({ orders: door.gateway.orders.map((one) => listedRow(door, one)), snapshot: true });
  },
  'GET /iserver/account/order/status/{orderId}': (door, { values: [orderId = ''] }) => {
    const one = found(door, orderId);
    if (one === undefined) return error('order not found', 503);
    const { order, contract } = one;
    return json({
      sub_type: null,
      order_id: Number(one.permId),
      conidex: String(contract.conId),
      conid: contract.conId,
      symbol: contract.symbol,
      side: order.action[0],
      size: size(one.remaining).toFixed(1),
      total_size: Number(order.totalQuantity ?? 0).toFixed(1),
      currency: contract.currency,
      account: order.account,
      order_type: LISTED[order.orderType]?.toUpperCase().replace(' ', '_') ?? order.orderType,
      limit_price: order.lmtPrice === undefined ? '' : String(order.lmtPrice),
      cum_fill: size(one.filled).toFixed(1),
      order_status: statusWord(one),
      tif: order.tif,
      sec_type: contract.secType,
    });
  },
  'GET /iserver/account/trades': (door) => json(isFirst(door, 'trades') ? [] : executionRows(door)),
} satisfies Partial<Record<EndpointName, Handler>>;

/** Executions of the day; the commission is absent until it comes. */
export function executionRows(door: Door): readonly Readonly<Record<string, unknown>>[] {
  const events = door.gateway.engine.executions(door.clientId, -1, {}, 'US/Eastern');
  const commissions = new Map(
    events.flatMap((event) =>
      event.kind === 'commissionAndFeesReport' ? [[event.execId, event.commissionAndFees] as const] : [],
    ),
  );
  return events.flatMap((event) => {
    if (event.kind !== 'execDetails') return [];
    const { execution, contract } = event;
    const commission = commissions.get(execution.execId);
    return [
      {
        execution_id: execution.execId,
        symbol: contract.symbol,
        supports_tax_opt: '1',
        side: execution.side === 'BOT' ? 'B' : 'S',
        trade_time: new Date(execution.time).toISOString().replace(/^(\d{4})-(\d\d)-(\d\d)T([\d:]{8}).*$/, '$1$2$3-$4'),
        trade_time_r: execution.time,
        size: Number(execution.shares),
        price: String(execution.price),
        ...(execution.orderRef !== undefined && { order_ref: execution.orderRef }),
        exchange: execution.exchange,
        ...(commission !== undefined && { commission: String(commission) }),
        net_amount: Number(execution.shares) * execution.price,
        account: execution.acctNumber,
        accountCode: execution.acctNumber,
        contract_description_1: contract.symbol,
        sec_type: contract.secType,
        conid: contract.conId,
        conidEx: String(contract.conId),
        order_id: Number(execution.permId),
      },
    ];
  });
}
