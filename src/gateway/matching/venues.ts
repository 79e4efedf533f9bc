/** Where an execution is said to have happened: the exchange asked for, or one of those the instrument trades at. */
import type { Instrument } from '../world/instrument.js';
import type { EngineState } from './engine-state.js';
import type { LiveOrder } from './live-order.js';

const venues = new WeakMap<Instrument, readonly string[]>();

function venuesOf(instrument: Instrument): readonly string[] {
  let list = venues.get(instrument);
  if (!list) {
    list = instrument.validExchanges.split(',').filter((name) => name !== '' && name !== 'SMART' && name !== 'AMEX');
    if (list.length === 0) list = [instrument.primaryExchange ?? instrument.exchange];
    venues.set(instrument, list);
  }
  return list;
}

export function venueOf(state: EngineState, order: LiveOrder): string {
  const asked = order.contract.exchange;
  if (asked && asked !== 'SMART') return asked;
  const list = venuesOf(order.instrument);
  return list[state.nextExecution % list.length] ?? 'SMART';
}
