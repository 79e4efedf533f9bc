/** An order on its way to the exchange: what holds it, what ends it by itself, its first reports. */
import { accountOf } from '../accounts/account-book.js';
import { admit } from '../accounts/admission.js';
import { magnitude } from '../accounts/position.js';
import { algoSpan } from './algos.js';
import { auctionAtClose, auctionAtOpen } from './auctions.js';
import { conditionsHold, hasConditions, watchConditions } from './conditions.js';
import { describe } from './echo.js';
import { type EngineState, freshBook, later, nowOf, watchedBook } from './engine-state.js';
import { cancelNow, rejectAsLate, rejectNow, release } from './finish.js';
import { readTime, writeDashedTime } from './gateway-time.js';
import { unqueue } from './instrument-book.js';
import { intentOf, pendingIntents } from './intents.js';
import { type LiveOrder, remainingOf, statusOf } from './live-order.js';
import { joinGroup } from './oca.js';
import { notices, refusals } from './refusals.js';
import { announce, announceIfNew, sayOpenOrder, sayOrderError } from './report.js';
import { expiryOf, firstChance, isAuction, mayTrade, nextOpening } from './sessions.js';
import { presetTrail } from './triggers.js';

/** Sends an order that passed the checks on: rejected by its accounts, or into the book. */
export function enter(state: EngineState, order: LiveOrder): void {
  order.isStaged = false;
  watchedBook(state, order.instrument).live.add(order);
  const refusal = admission(state, order);
  if (refusal) {
    rejectNow(state, order, refusal);
    return;
  }
  joinGroup(state, order);
  presetTrail(order);
  hold(state, order);
  setTimers(state, order);
  if (!firstReport(state, order)) return;
  if (order.holds.has('acknowledge')) {
    const delay = state.options.delays?.acknowledge ?? 0;
    if (delay > 0) later(state, order, nowOf(state) + delay, () => release(state, order, 'acknowledge'));
    else release(state, order, 'acknowledge');
  } else state.ready.push(order);
}

function admission(state: EngineState, order: LiveOrder) {
  if (order.parent && order.parent.isBuy !== order.isBuy) return undefined;
  for (const share of order.shares ?? [{ account: order.account, quantity: order.total }]) {
    const account = accountOf(state.setup.accounts, share.account);
    const refusal = admit(
      account,
      intentOf(state, order, share.quantity),
      pendingIntents(state, share.account, order),
      state.setup.accounts.prices,
    );
    if (refusal) return refusal;
  }
  return undefined;
}

/** Sets every hold that applies now. */
export function hold(state: EngineState, order: LiveOrder): void {
  const book = freshBook(state, order.instrument);
  const { holds } = order;
  if (order.parent && order.parent.final !== 'Filled') holds.add('parent');
  if (hasConditions(order)) {
    watchConditions(state, order);
    if (!order.order.conditionsCancelOrder && !conditionsHold(state, order)) holds.add('condition');
  }
  const after = order.order.goodAfterTime && readTime(order.order.goodAfterTime, zoneOf(state), nowOf(state));
  if (after && after > nowOf(state)) holds.add('time');
  if (isAuction(order)) holds.add('auction');
  else if (!mayTrade(order, book.quote.session)) holds.add('session');
  if (order.kind.wake && !order.isTriggered) holds.add('trigger');
  if (needsLocate(state, order)) holds.add('locate');
}

function zoneOf(state: EngineState): string {
  return state.options.hostZone ?? 'US/Eastern';
}

function needsLocate(state: EngineState, order: LiveOrder): boolean {
  const { shortableShares, secType } = order.instrument;
  if (order.isBuy || secType !== 'STK' || shortableShares === undefined || order.parts) return false;
  const held = accountOf(state.setup.accounts, order.account).positions.get(order.instrument.conId)?.quantity ?? 0n;
  const short = remainingOf(order) - (held > 0n ? held : 0n);
  return short > 0n && Number(magnitude(short)) / 1e8 > shortableShares;
}

function setTimers(state: EngineState, order: LiveOrder): void {
  const now = nowOf(state);
  if (order.holds.has('time')) {
    const after = readTime(order.order.goodAfterTime ?? '', zoneOf(state), now) ?? now;
    later(state, order, after, () => release(state, order, 'time'));
  }
  if (isAuction(order)) {
    if (order.kind.atClose) auctionAtClose(state, order);
    else auctionAtOpen(state, order, nextOpening(state, order.instrument));
    return;
  }
  if (order.holds.size > 0) setExpiry(state, order);
}

/** Sets the end its time in force gives it, in place of the one it had. */
export function setExpiry(state: EngineState, order: LiveOrder): void {
  order.expiry?.cancel();
  order.expiry = undefined;
  const expiry = expiryOf(state, order);
  if (typeof expiry === 'number') order.expiry = later(state, order, expiry, () => expire(state, order));
}

/** The end of an order's time: cancelled, or with DTC switched off until it is sent again. */
function expire(state: EngineState, order: LiveOrder): void {
  if (order.order.tif !== 'DTC') {
    cancelNow(state, order, '', 'System');
    return;
  }
  unqueue(freshBook(state, order.instrument), order);
  order.holds.add('deactivated');
  announce(state, order);
}

/** A market-on-close order is taken without a word; the first report was seen after so long. */
const MOC_SILENCE_MS = 31_000;

/** A good-till order whose end comes before the session in which it could trade. */
function endsBeforeItTrades(state: EngineState, order: LiveOrder): boolean {
  const { tif } = order.order;
  if ((tif !== 'GTD' && tif !== 'GTT') || !order.holds.has('session')) return false;
  const end = expiryOf(state, order);
  return typeof end === 'number' && end <= firstChance(state, order);
}

/** The notices and the first pair. False when the order ended while it was reported. */
function firstReport(state: EngineState, order: LiveOrder): boolean {
  const isStepwise = state.options.acknowledge !== 'direct' && order.holds.size === 0;
  const isImmediate = order.order.tif === 'IOC' || order.order.tif === 'FOK';
  const isLate = endsBeforeItTrades(state, order);
  const warning = order.holds.has('session') && !isLate ? warn(state, order) : () => undefined;
  const warnsFirst = order.orderId % 2 !== 0; // recorded gateways warn before some orders and after others
  const span = order.order.algoStrategy && order.order.algoStrategy !== 'Adaptive' ? algoSpan(state, order) : undefined;
  if (span?.isMoved) {
    const text = notices.algoDate(`${describe(order)} @ ${order.order.lmtPrice ?? 'MKT'}`);
    sayOrderError(state, order, text);
    sayOrderError(state, order, text);
  }
  if (order.holds.has('locate')) sayOrderError(state, order, refusals.locate);
  if (warnsFirst) warning();
  if (isStepwise) order.holds.add('acknowledge');
  if (isImmediate) {
    sayOpenOrder(state, order);
    order.lastSaid = statusOf(order);
  } else if (order.kind.word === 'MOC') {
    later(state, order, nowOf(state) + MOC_SILENCE_MS, () => announceIfNew(state, order));
  } else if (order.holds.size > 0) announce(state, order);
  if (!warnsFirst) warning();
  if (isLate) {
    rejectAsLate(state, order);
    return false;
  }
  if (span?.isLate && order.order.algoStrategy) {
    order.holds.clear();
    announce(state, order);
    cancelNow(state, order, `${order.order.algoStrategy}: start time is after close time`, 'System');
    return false;
  }
  return true;
}

function warn(state: EngineState, order: LiveOrder): () => void {
  return () => {
    const opening = writeDashedTime(nextOpening(state, order.instrument), order.instrument.timeZoneId);
    sayOrderError(state, order, notices.notUntil(describe(order), opening));
  };
}
