// The fields of the ticket as the terms of an order, and as the sentence that its preview carries.

import { orderWords } from './order-words.js';
import { type Fields, isTrailing } from './ticket-facts.js';

/** On the wire of the gateway: `yyyyMMdd-HH:mm:ss`, which is UTC. */
export const onWire = (local: string): string => new Date(local).toISOString().slice(0, 19).replaceAll('-', '').replace('T', '-');

/** The same the other way, to the minute; empty for what is not UTC in that form. */
export function localOf(wire: string | undefined): string {
  const [, year, month, day, time] = /^(\d{4})(\d\d)(\d\d)-(\d\d:\d\d:\d\d)$/.exec(wire ?? '') ?? [];
  if (time === undefined) return '';
  const at = new Date(`${year}-${month}-${day}T${time}Z`);
  return Number.isNaN(at.getTime()) ? '' : new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

export function termsOf(fields: Fields): Readonly<Record<string, unknown>> {
  const { side, quantity, type, price, stop, trailBy, trail, trailStop, offset, tif, till, after } = fields;
  const { outsideRth, isBracket, take, loss } = fields;
  return {
    action: side,
    orderType: type,
    totalQuantity: quantity,
    ...(type.includes('LMT') ? { lmtPrice: price } : {}),
    ...(type.startsWith('STP') ? { auxPrice: stop } : {}),
    ...(isTrailing(type) ? { [trailBy === 'amount' ? 'auxPrice' : 'trailingPercent']: trail } : {}),
    ...(isTrailing(type) && trailStop !== '' ? { trailStopPrice: trailStop } : {}),
    ...(type === 'TRAIL LIMIT' ? { lmtPriceOffset: offset } : {}),
    tif,
    ...(tif === 'GTD' ? { goodTillDate: onWire(till) } : {}),
    ...(after === '' ? {} : { goodAfterTime: onWire(after) }),
    ...(outsideRth ? { outsideRth: true } : {}),
    ...(isBracket && take !== '' ? { takeProfit: take } : {}),
    ...(isBracket && loss !== '' ? { stopLoss: loss } : {}),
  };
}

export const sentenceOf = (fields: Fields, name: string): string =>
  orderWords(fields.side, fields.quantity, name, termsOf(fields));
