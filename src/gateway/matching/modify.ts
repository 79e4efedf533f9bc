/** Changing a live order. A refused change leaves it as it is: reported with its old values, then the error. */
import { accountOf } from '../accounts/account-book.js';
import { admit, type Refusal } from '../accounts/admission.js';
import { checkOrder } from './check-order.js';
import { bookOf, type EngineState, isReal } from './engine-state.js';
import { hold, setExpiry } from './enter.js';
import { release } from './finish.js';
import { repriceHedge, sizedByParent } from './hedges.js';
import { unqueue } from './instrument-book.js';
import { intentOf, pendingIntents } from './intents.js';
import type { LiveOrder } from './live-order.js';
import { refusals } from './refusals.js';
import { announce, sayOrderError } from './report.js';
import { isAuction } from './sessions.js';
import type { SimContract, SimOrder } from './sim-order.js';
import { subjectOf } from './subject.js';

/** Applies a change; true when it was taken. */
export function modify(state: EngineState, live: LiveOrder, contract: SimContract, sent: SimOrder): boolean {
  const order = sizedByParent(state, live.instrument, sent, live.parent);
  const refusal = 'code' in order ? order : check(state, live, contract, order);
  if (refusal || 'code' in order) {
    if (refusal) refuse(state, live, refusal);
    return false;
  }
  const answer = live.isStaged ? 'taken' : (state.setup.venue?.('modify') ?? 'taken');
  if (answer !== 'taken') {
    if (answer === 'said') refuse(state, live, refusals.changeRefused);
    return false;
  }
  const checked = checkOrder(state, live, order);
  if ('code' in checked) return false;
  const wasTif = live.order.tif;
  const pricesMoved = order.auxPrice !== live.order.auxPrice || order.trailStopPrice !== live.order.trailStopPrice;
  live.order = { ...order, account: live.order.account };
  live.kind = checked.kind;
  live.total = checked.total;
  live.original = checked.total;
  live.limit = undefined;
  repriceHedge(live);
  if (pricesMoved && !live.isTriggered) {
    live.stop = undefined;
    live.water = undefined;
  }
  if (live.isStaged) return true;
  unqueue(bookOf(state, live.instrument), live);
  live.holds.delete('condition');
  live.holds.delete('trigger');
  live.holds.delete('deactivated');
  hold(state, live);
  if (!isAuction(live) && (wasTif !== order.tif || order.tif === 'GTD' || order.tif === 'GTT')) setExpiry(state, live);
  if (order.deactivate) live.holds.add('deactivated');
  announce(state, live);
  live.holds.add('acknowledge');
  release(state, live, 'acknowledge');
  return true;
}

/** The order goes on as it was; it is reported again before a refusal of the gateway's own and after one of the broker. */
function refuse(state: EngineState, live: LiveOrder, refusal: Refusal): void {
  const isOwn = refusal.code === 462 || refusal.code === 329;
  if (!live.isStaged && isOwn && isReal(state)) announce(state, live);
  sayOrderError(state, live, refusal);
  if (!live.isStaged && refusal.code === 201) announce(state, live);
}

function check(state: EngineState, live: LiveOrder, contract: SimContract, order: SimOrder): Refusal | undefined {
  if (live.isPendingCancel) return { code: 2102, text: 'Unable to modify this order as it is still being processed.' };
  const subject = subjectOf(state, contract);
  if ('code' in subject) return subject;
  const sameThing = live.parts
    ? subject.contract.comboLegsDescrip === live.contract.comboLegsDescrip
    : subject.instrument === live.instrument;
  const sameSide = order.action === live.order.action;
  const sameAccount = !order.account || order.account === live.account;
  if (!sameThing || !sameSide || !sameAccount || (order.parentId ?? 0) !== (live.order.parentId ?? 0)) return refusals.differs;
  const checked = checkOrder(state, live, order);
  if ('code' in checked) return checked;
  if (live.isStaged) return undefined;
  return (
    changes(live, order) ??
    (checked.total <= live.filled ? refusals.differs : undefined) ??
    funds(state, live, order, checked.total)
  );
}

const TIF_CHANGES = new Set(['DAY IOC', 'DAY GTC', 'DAY GTD', 'GTC DAY', 'GTC GTD', 'GTD DAY', 'GTD GTC', 'GTD GTD']);

/** What cannot change: the algorithm, some types, some times in force, the overnight session. */
function changes(live: LiveOrder, order: SimOrder): Refusal | undefined {
  const before = live.order;
  if (groupOf(live, order) !== groupOf(live, before)) return refusals.ocaGroupChange;
  if (live.oca && (order.ocaType || 3) !== (before.ocaType || 3)) return refusals.ocaTypeChange;
  if ((before.algoStrategy ?? '') !== (order.algoStrategy ?? '')) return refusals.algoChange;
  if (before.orderType !== order.orderType && !isTypeChange(before.orderType, order.orderType))
    return refusals.newType(order.orderType);
  const from = before.tif || 'DAY';
  const to = order.tif || 'DAY';
  if ((before.includeOvernight ?? false) !== (order.includeOvernight ?? false)) return refusals.newTif(to);
  return from === to || TIF_CHANGES.has(`${from} ${to}`) ? undefined : refusals.newTif(to);
}

/** The group that a client named: the one that children have of their parent is nobody's wish. */
function groupOf({ parent }: LiveOrder, { ocaGroup = '' }: SimOrder): string {
  return ocaGroup === parent?.permId ? '' : ocaGroup;
}

function isTypeChange(from: string, to: string): boolean {
  const plain = ['LMT', 'MKT', 'REL', 'MIDPRICE'];
  const stops = ['STP', 'STP LMT', 'TRAIL', 'TRAIL LIMIT'];
  return (
    (plain.includes(from) && plain.includes(to)) ||
    (stops.includes(from) && stops.includes(to)) ||
    (from === 'STP LMT' && to === 'LMT')
  );
}

/** A change that needs more money is judged like a new order of that size. */
function funds(state: EngineState, live: LiveOrder, order: SimOrder, total: bigint): Refusal | undefined {
  if (live.shares || live.holds.has('parent')) return undefined;
  const account = accountOf(state.setup.accounts, live.account);
  const changed: LiveOrder = { ...live, order, total };
  const refusal = admit(
    account,
    intentOf(state, changed, total - live.filled),
    pendingIntents(state, live.account, live),
    state.setup.accounts.prices,
  );
  return refusal && { code: refusal.code, text: refusal.text };
}
