// An order of ibwire as a ticket of the Web API; what the Web API has not is refused by name.

import { InputError, type OrderDraft } from 'ibwire';
import { decimalText } from '../endpoints/decode.js';
import type { endpoints } from '../endpoints/list.js';
import type { RequestOf } from '../endpoints/shape.js';
import { hintOf } from '../names.js';

export type Ticket = RequestOf<(typeof endpoints)['POST /iserver/account/{accountId}/order/{orderId}']['body']>;

const TYPES: Readonly<Record<string, string>> = {
  LMT: 'LMT',
  MKT: 'MKT',
  STP: 'STP',
  'STP LMT': 'STOP_LIMIT',
  MIDPRICE: 'MIDPRICE',
  TRAIL: 'TRAIL',
  MOC: 'MOC',
  LOC: 'LOC',
};
const TIFS: ReadonlySet<string> = new Set(['DAY', 'GTC', 'OPG', 'IOC']);
/** What a ticket can say, or what says nothing. */
const KNOWN: readonly string[] = [
  ...['action', 'totalQuantity', 'orderType', 'lmtPrice', 'auxPrice', 'tif', 'account', 'orderRef', 'outsideRth', 'allOrNone'],
  ...['trailingPercent', 'cashQty', 'transmit', 'parentId', 'extOperator', 'manualOrderIndicator', 'ocaGroup', 'ocaType'],
];
/** Prices that a type needs, and has room for. */
const PRICES: Readonly<Record<string, readonly (keyof OrderDraft)[]>> = {
  LMT: ['lmtPrice'],
  LOC: ['lmtPrice'],
  STP: ['auxPrice'],
  'STP LMT': ['lmtPrice', 'auxPrice'],
};

/** Longest reference that lists show whole. */
const LONGEST_REF = 64;

/** A number that leaves digit by digit: as text where a double would not hold it. */
function exactly(name: string, value: unknown): number | string {
  const text = decimalText(typeof value === 'number' ? value : String(value));
  if (text === undefined) throw new InputError(`order.${name}`, 'is no decimal number');
  return decimalText(Number(text)) === text ? Number(text) : text;
}

/** @throws {InputError} for a reference that would not find the order again */
export function checkReference(orderRef: string | undefined): asserts orderRef is string {
  if (orderRef === undefined || !/^[\x21-\x7e]+$/.test(orderRef) || orderRef.length > LONGEST_REF)
    throw new InputError(
      'order.orderRef',
      `a reference of your own, 1 to ${LONGEST_REF} letters without blanks, is what finds the order again`,
    );
}

function checkNames(order: OrderDraft, isChild: boolean): void {
  for (const [name, value] of Object.entries(order)) {
    if (value === undefined || KNOWN.includes(name)) continue;
    const meant = hintOf(name, KNOWN);
    throw new InputError(
      `order.${name}`,
      meant === '' ? 'the Web API has no such field; place it over the socket' : `no such field${meant}`,
    );
  }
  if (order.transmit === false)
    throw new InputError('order.transmit', 'the Web API holds nothing back: an order is sent when it is placed');
  if (order.ocaGroup !== undefined && !isChild)
    throw new InputError('order.ocaGroup', 'the Web API ties the exits of a bracket, and no other orders: see placeGroup');
  if (order.parentId !== undefined && order.parentId !== 0)
    throw new InputError('order.parentId', 'a child goes with its parent: placeGroup takes both, the parent first');
}

/** @throws {InputError} for what the Web API cannot do, before anything leaves. `isTrial`: only tried, and needs no reference. */
export function ticketOf(
  conId: number,
  order: OrderDraft,
  account: string,
  { parentRef, isTrial = false }: { readonly parentRef?: string | undefined; readonly isTrial?: boolean } = {},
): Ticket {
  checkNames(order, parentRef !== undefined);
  if (!(Number.isSafeInteger(conId) && conId > 0))
    throw new InputError('contract.conId', 'the Web API trades by conId alone: qualify the contract first');
  if (!isTrial) checkReference(order.orderRef);
  const orderType = TYPES[order.orderType ?? ''];
  if (orderType === undefined) throw new InputError('order.orderType', `the Web API takes ${Object.keys(TYPES).join(', ')}`);
  const tif = order.tif ?? 'DAY';
  if (!TIFS.has(tif)) throw new InputError('order.tif', `the Web API takes ${[...TIFS].join(', ')}`);
  if (order.action !== 'BUY' && order.action !== 'SELL') throw new InputError('order.action', 'BUY or SELL');
  for (const name of PRICES[order.orderType] ?? [])
    if (order[name] === undefined) throw new InputError(`order.${name}`, `a ${order.orderType} order needs it`);
  if (order.orderType === 'TRAIL' && (order.auxPrice === undefined) === (order.trailingPercent === undefined))
    throw new InputError('order.auxPrice', 'a TRAIL order needs it or trailingPercent, and not both');
  const quantity = order.totalQuantity === undefined ? undefined : exactly('totalQuantity', order.totalQuantity);
  const isByMoney = order.cashQty !== undefined;
  if (quantity === undefined && !isByMoney) throw new InputError('order.totalQuantity', 'is not given');
  if (quantity !== undefined && !(Number(quantity) > 0) && !(isByMoney && Number(quantity) === 0))
    throw new InputError('order.totalQuantity', 'above 0');
  if (isByMoney && Number(quantity ?? 0) > 0) throw new InputError('order.cashQty', 'money or a count, not both');
  if (orderType === 'STP' && order.outsideRth === true)
    throw new InputError('order.outsideRth', 'a stop is rejected with it in regular hours');
  const trailing = orderType === 'TRAIL';
  const ticket: Omit<Ticket, 'quantity'> = {
    acctId: account,
    conid: conId,
    ...(order.orderRef !== undefined && !isTrial && { cOID: order.orderRef }),
    orderType,
    side: order.action,
    tif: tif as Ticket['tif'],
    ...(isByMoney ? { cashQty: exactly('cashQty', order.cashQty) } : { quantity }),
    ...(parentRef !== undefined && { parentId: parentRef }),
    ...(order.ocaGroup !== undefined && { isSingleGroup: true }),
    ...(order.lmtPrice !== undefined && { price: exactly('lmtPrice', order.lmtPrice) }),
    ...(order.auxPrice !== undefined && !trailing && { auxPrice: exactly('auxPrice', order.auxPrice) }),
    ...(order.auxPrice !== undefined &&
      trailing && { trailingAmt: exactly('auxPrice', order.auxPrice), trailingType: 'amt' as const }),
    ...(order.trailingPercent !== undefined && {
      trailingAmt: exactly('trailingPercent', order.trailingPercent),
      trailingType: '%' as const,
    }),
    ...(order.outsideRth !== undefined && { outsideRTH: order.outsideRth }),
    ...(order.allOrNone !== undefined && { allOrNone: order.allOrNone }),
    ...(order.extOperator !== undefined && { extOperator: order.extOperator }),
    ...(order.manualOrderIndicator !== undefined && { manualIndicator: order.manualOrderIndicator === 1 }),
  };
  return ticket as Ticket; // the table asks for a quantity where money is given as well
}
