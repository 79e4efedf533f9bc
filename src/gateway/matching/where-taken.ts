/** Where an order type is offered, as words of `orderTypes`: some at one place alone, auctions where the instrument is listed. */
import type { Instrument } from '../world/instrument.js';
import { orderKinds } from './order-kinds.js';

/** Types that are the product of one place. */
const PLACES: Readonly<Record<string, readonly string[]>> = {
  MIDPX: ['SMART'],
  PEGBEST: ['IBKRATS'],
  PEGMID: ['SMART', 'IBKRATS'],
};
const AUCTIONS: ReadonlySet<string> = new Set(['MOC', 'LOC', 'OPG', 'AUC']);
/** Places of the night: no market orders, nothing that waits for a price or follows one. */
const LIMITS_ONLY: ReadonlySet<string> = new Set(['OVERNIGHT', 'IBEOS']);

const TYPES: ReadonlySet<string> = new Set(Object.values(orderKinds).map(({ word }) => word));

/** Whether orders with that word may be sent there. */
export function isOfferedAt(word: string, instrument: Instrument, exchange: string): boolean {
  // The broker works an order in steps by routing each of them: only where it routes is there an algorithm.
  if (word === 'ALGO') return exchange === 'SMART' || !instrument.validExchanges.split(',').includes('SMART');
  const places = PLACES[word];
  if (places !== undefined && !places.includes(exchange)) return false;
  if (LIMITS_ONLY.has(exchange)) return word === 'LMT' || !(TYPES.has(word) || AUCTIONS.has(word));
  return !AUCTIONS.has(word) || exchange === 'SMART' || isListedAt(instrument, exchange);
}

function isListedAt({ exchange, primaryExchange }: Instrument, name: string): boolean {
  return name === exchange || name === primaryExchange || (name === 'ISLAND' && primaryExchange === 'NASDAQ');
}
