// An order of ibwire as a ticket of the Web API; what the Web API has not is refused by name.

import { InputError, type OrderDraft } from 'ibwire';
import type { endpoints } from '../endpoints/list.js';
import type { RequestOf } from '../endpoints/shape.js';

export type Ticket = RequestOf<(typeof endpoints)['POST /iserver/account/{accountId}/order/{orderId}']['body']>;

const TYPES: Readonly<Record<string, string>> = {
  LMT: 'LMT',
  MKT: 'MKT',
  STP: 'STP',
  'STP LMT': 'STOP_LIMIT',
  MIDPRICE: 'MIDPRICE',
  TRAIL: 'TRAIL',
  'TRAIL LIMIT': 'TRAILLMT',
  MOC: 'MOC',
  LOC: 'LOC',
};
const TIFS: ReadonlySet<string> = new Set(['DAY', 'GTC', 'OPG', 'IOC']);
/** What a ticket can say. */
const KNOWN: ReadonlySet<string> = new Set([
  ...['action', 'totalQuantity', 'orderType', 'lmtPrice', 'auxPrice', 'tif', 'account', 'orderRef', 'outsideRth', 'allOrNone'],
  ...['trailingPercent', 'cashQty', 'transmit', 'parentId', 'extOperator', 'manualOrderIndicator'],
]);

/** Longest reference that lists show whole. */
const LONGEST_REF = 64;

/** @throws {InputError} for what the Web API cannot do, before anything leaves */
export function ticketOf(conId: number, order: OrderDraft, account: string, parentRef?: string): Ticket {
  for (const [name, value] of Object.entries(order))
    if (value !== undefined && !KNOWN.has(name))
      throw new InputError(`order.${name}`, 'the Web API has no such field; place it over the socket');
  if (!(Number.isSafeInteger(conId) && conId > 0))
    throw new InputError('contract.conId', 'the Web API trades by conId alone: qualify the contract first');
  const { orderRef = '' } = order;
  if (!/^[\x21-\x7e]+$/.test(orderRef) || orderRef.length > LONGEST_REF)
    throw new InputError(
      'order.orderRef',
      `a reference of your own, 1 to ${LONGEST_REF} letters without blanks, is what finds the order again`,
    );
  const orderType = TYPES[order.orderType ?? ''];
  if (orderType === undefined) throw new InputError('order.orderType', `the Web API takes ${Object.keys(TYPES).join(', ')}`);
  const tif = order.tif ?? 'DAY';
  if (!TIFS.has(tif)) throw new InputError('order.tif', `the Web API takes ${[...TIFS].join(', ')}`);
  if (order.action !== 'BUY' && order.action !== 'SELL') throw new InputError('order.action', 'BUY or SELL');
  if (order.totalQuantity === undefined && order.cashQty === undefined)
    throw new InputError('order.totalQuantity', 'is not given');
  if (orderType === 'STP' && order.outsideRth === true)
    throw new InputError('order.outsideRth', 'a stop is rejected with it in regular hours');
  const quantity = order.totalQuantity === undefined ? undefined : Number(order.totalQuantity);
  if (quantity !== undefined && !(quantity > 0 && Number.isFinite(quantity)))
    throw new InputError('order.totalQuantity', 'above 0');
  return {
    acctId: account,
    conid: conId,
    cOID: orderRef,
    orderType,
    side: order.action,
    tif: tif as Ticket['tif'],
    quantity: quantity ?? 0,
    ...(parentRef !== undefined && { parentId: parentRef }),
    ...(order.lmtPrice !== undefined && { price: order.lmtPrice }),
    ...(order.auxPrice !== undefined &&
      (orderType.startsWith('TRAIL')
        ? { trailingAmt: order.auxPrice, trailingType: 'amt' as const }
        : { auxPrice: order.auxPrice })),
    ...(order.trailingPercent !== undefined && { trailingAmt: order.trailingPercent, trailingType: '%' as const }),
    ...(order.cashQty !== undefined && { cashQty: order.cashQty }),
    ...(order.outsideRth !== undefined && { outsideRTH: order.outsideRth }),
    ...(order.allOrNone !== undefined && { allOrNone: order.allOrNone }),
    ...(order.extOperator !== undefined && { extOperator: order.extOperator }),
    ...(order.manualOrderIndicator !== undefined && { manualIndicator: order.manualOrderIndicator === 1 }),
  };
}
