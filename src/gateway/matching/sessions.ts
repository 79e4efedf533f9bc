/** When an order may trade: sessions, expiry by time in force, the next opening. */

import type { Instrument } from '../world/instrument.js';
import type { SessionKind } from '../world/market-view.js';
import { type EngineState, nowOf, sessionNow } from './engine-state.js';
import { readTime } from './gateway-time.js';
import type { LiveOrder } from './live-order.js';

/** Market orders and triggers stay inside liquid hours unless the order says otherwise. */
export function mayTrade(order: LiveOrder, session: SessionKind): boolean {
  if (session === 'regular') return true;
  return session === 'extended' && (order.order.outsideRth === true || order.order.includeOvernight === true);
}

export function isAuction(order: LiveOrder): boolean {
  const { tif } = order.order;
  return order.kind.atClose === true || tif === 'OPG' || tif === 'AUC';
}

/** Next instant the liquid hours begin. */
export function nextOpening(state: EngineState, instrument: Instrument): number {
  const now = nowOf(state);
  let session = sessionNow(state, instrument);
  for (let tries = 0; tries < 32 && session.liquidFrom <= now; tries++)
    session = state.setup.market.session(instrument.conId, session.to);
  return session.liquidFrom;
}

/** The first instant from now on at which the session lets this order trade. */
export function firstChance(state: EngineState, order: LiveOrder): number {
  const now = nowOf(state);
  let session = sessionNow(state, order.instrument);
  for (let tries = 0; tries < 32 && !mayTrade(order, session.kind); tries++)
    session = state.setup.market.session(order.instrument.conId, session.to);
  return Math.max(now, session.from);
}

/** End of the trading day an order placed now belongs to: of the liquid hours, or of the extended ones when it may use them. */
export function endOfDay(state: EngineState, order: LiveOrder): number {
  const { market } = state.setup;
  const now = nowOf(state);
  const { conId } = order.instrument;
  let session = sessionNow(state, order.instrument);
  const mayExtend = mayTrade(order, 'extended');
  const isOver = (): boolean => session.liquidTo <= now && (!mayExtend || session.kind !== 'extended');
  for (let tries = 0; tries < 32 && isOver(); tries++) session = market.session(conId, session.to);
  if (!mayExtend) return session.liquidTo;
  let end = session.liquidTo;
  for (let tries = 0; tries < 8; tries++) {
    const next = market.session(conId, Math.max(end, now));
    if (next.kind !== 'extended' || next.tradingDay !== session.tradingDay || next.to <= end) break;
    end = next.to;
  }
  return Math.max(end, session.liquidTo);
}

/** When the order ends by itself; undefined: never. `'bad'`: the date of a good-till order cannot be read. */
export function expiryOf(state: EngineState, order: LiveOrder): number | undefined | 'bad' {
  const zone = state.options.hostZone ?? 'US/Eastern';
  switch (order.order.tif) {
    case 'GTC':
    case 'GTX':
    case 'IOC':
    case 'FOK':
      return undefined;
    case 'GTD':
    case 'GTT': {
      const text = order.order.goodTillDate ?? '';
      const at = readTime(text, zone, nowOf(state));
      if (at === undefined) return 'bad';
      return /:/.test(text) ? at : at + 86_400_000 - 1000;
    }
    case 'Minutes':
      return nowOf(state) + (order.order.duration ?? 1) * 60_000;
    case 'OPG':
    case 'AUC':
      return nextOpening(state, order.instrument) + 60_000;
    default:
      return endOfDay(state, order);
  }
}
