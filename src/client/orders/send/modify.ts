// Changing a working order: only what may be changed, only when it is certain what works, and never into a second order.

import { flag, record } from '../../../input/checks.js';
import type { Finding } from '../../../rules/finding.js';
import { mustBe } from '../../input/check-call.js';
import type { TimeoutError } from '../../wire/errors.js';
import { placeOrderMessage } from '../builders/message.js';
import { inFieldTypes, isOtherInstant, modification } from '../builders/modification.js';
import { asTold, draftOfReported, withOwnPrices } from '../builders/reported-draft.js';
import type { OrderDraft } from '../draft.js';
import type { Proposal } from '../judge/facts.js';
import { NotChangedError, OrderStateError, RuleError } from '../order-errors.js';
import type { TradeEvent } from '../record/events.js';
import { decimal } from '../record/fills.js';
import { isEnd } from '../record/trade-state.js';
import type { ActionCall, ModifyOutcome, ReportedOrder, TradedContract } from '../record/trade-types.js';
import { SETTLING_MS } from '../recover/doubtful.js';
import type { Trade } from '../trade.js';
import { checkNames, checkSession, idsOf, timeInForce } from './call.js';
import { actionCall, awaitTrade, unanswered } from './cancel.js';
import { type Desk, leave, pass } from './desk.js';
import { ownCopy } from './own-copy.js';
import { goOut, WITHIN_MS } from './way-out.js';

/** What a change of an order takes besides the changes. */
export interface ModifyCall extends ActionCall {
  /** Send the change although the broker is out of reach or the order's state is not certain; it may split the order. */
  readonly evenIfUncertain?: boolean | undefined;
  /**
   * Send what only some gateways accept: another order type (LMT to MKT) or lifetime under the same permId, and a change of an order
   * that an earlier run of this client id placed, from the terms that its openOrder tells.
   */
  readonly evenIfUnusual?: boolean | undefined;
}

const modifyCall = record<ModifyCall>({ ...actionCall, evenIfUncertain: flag, evenIfUnusual: flag });

/** Fields whose echo shows that a change was taken. */
const SHOWN = ['lmtPrice', 'auxPrice', 'trailStopPrice', 'trailingPercent', 'totalQuantity'] as const;

/**
 * @throws {OrderStateError} {RuleError} {NotChangedError} {TimeoutError} {ClosedError}; only after the last two may the change have
 * been taken.
 */
export async function modify(
  desk: Desk,
  trade: Trade,
  given: Partial<OrderDraft>,
  call: ModifyCall = {},
): Promise<ModifyOutcome> {
  call.signal?.throwIfAborted();
  checkSession(desk, 'placeOrder');
  mustBe(modifyCall, 'call', call);
  const changes = ownCopy(given);
  let terms = termsNow(desk, trade, changes, call);
  if (terms.changed.size === 0) return { at: 'same' };
  const { core } = desk;
  const until = core.timer.now() + (call.timeout ?? WITHIN_MS);
  const act = (findings: readonly Finding[]): void => {
    changeable(desk, trade, call);
    const { contract, wanted, checked } = terms;
    const message = placeOrderMessage(trade.orderId, contract, pricedAsTold(contract, wanted));
    const [account, ids] = [trade.account ?? '', idsOf(desk, trade)];
    leave(desk, { kind: 'placeOrder', action: 'modify', message, account, ids, orders: [checked], findings });
    desk.book.take(trade, { is: 'changing', draft: wanted });
  };
  const settled = async (findings: readonly Finding[]): Promise<ModifyOutcome> => {
    const { draft, wanted, changed } = terms;
    let outcome: ModifyOutcome | undefined;
    const lists = askMeanwhile(desk, trade, until);
    try {
      const read = (event: TradeEvent | undefined): ModifyOutcome | undefined => verdict(trade, wanted, changed, event);
      const late = (): TimeoutError =>
        lists.isListed() && trade.reported !== undefined
          ? new NotChangedError(call.timeout ?? WITHIN_MS, trade.reported)
          : unanswered(desk, trade, call, 'modify');
      outcome = await awaitTrade(desk, trade, call, until, read, () => act(findings), late);
      return outcome;
    } finally {
      lists.stop();
      // Without an outcome what the gateway reports decides which terms a next change starts from.
      const isTaken = outcome?.at === 'modified' || isShown(trade.reported, wanted, changed);
      desk.book.take(trade, { is: 'changed', draft: isTaken ? undefined : draft });
    }
  };
  return new Promise((resolve, reject) => {
    goOut(core, {
      kind: 'placeOrder',
      messages: 1,
      until,
      signal: call.signal,
      look() {
        checkSession(desk, 'placeOrder');
        terms = termsNow(desk, trade, changes, call);
        return pass(desk, [terms.checked], 'modify', idsOf(desk, trade));
      },
      write: (findings) => resolve(terms.changed.size === 0 ? { at: 'same' } : settled(findings)),
      failed: (error) => (isEnd(trade.state) ? resolve({ at: 'ended', state: trade.state }) : reject(error)),
    });
  });
}

/** What a change makes of an order, from the terms that work now. */
interface ChangedTerms {
  readonly draft: OrderDraft;
  readonly contract: TradedContract;
  readonly wanted: OrderDraft;
  /** Names of the fields that differ. None: it is as it is wanted. */
  readonly changed: ReadonlySet<string>;
  readonly checked: Proposal;
}

/** @throws {OrderStateError} {InputError}; {RuleError} for what cannot be changed. */
function termsNow(desk: Desk, trade: Trade, changes: Partial<OrderDraft>, call: ModifyCall): ChangedTerms {
  const { draft, contract } = changeable(desk, trade, call);
  checkNames(contract, { ...draft, ...changes }, {});
  const asked: OrderDraft = { ...draft, ...inFieldTypes(changes) };
  const wanted: OrderDraft = {
    ...(asked.orderType === draft.orderType ? asked : withOwnPrices(asked, changes)),
    tif: timeInForce(asked),
  };
  const change = modification(draft, wanted, trade.filledQuantity, call.evenIfUnusual === true);
  if (change.at === 'refused') throw new RuleError(change.findings);
  const changed = new Set(change.at === 'same' ? [] : change.changes.map(({ field }) => field));
  const about = { contract, token: call.token, orderId: trade.orderId, filled: trade.filledQuantity.toFixed() };
  return { draft, contract, wanted, changed, checked: { act: 'modify', order: wanted, ...about } };
}

/**
 * Venues refuse changes without a word: open orders are asked for at half of the time, where that is late enough for a list to show
 * the change. `isListed`: they have named the order since.
 */
function askMeanwhile({ book, core: { timer } }: Desk, trade: Trade, until: number): { isListed(): boolean; stop(): void } {
  const half = (until - timer.now()) / 2;
  let askedAt = Number.POSITIVE_INFINITY;
  const ask = (): void => {
    askedAt = timer.now();
    book.take(trade, { is: 'question', cause: 'change' });
  };
  return {
    isListed: () => (book.listedAt ?? 0) >= askedAt && !trade.record.isQuestioned && trade.state.at !== 'unclear',
    stop: half < SETTLING_MS ? () => {} : timer.after(half, ask),
  };
}

/** Prices of legs cannot be changed, and the gateway tells them with its own order of the legs: they go back as told. */
function pricedAsTold({ comboLegs = [] }: TradedContract, wanted: OrderDraft): OrderDraft {
  const { orderComboLegs, ...rest } = wanted;
  return comboLegs.some(({ perLegPrice }) => perLegPrice !== undefined) ? rest : wanted;
}

function changeable(desk: Desk, trade: Trade, call: ModifyCall): { draft: OrderDraft; contract: NonNullable<Trade['contract']> } {
  const { contract, state } = trade;
  const isOurs = trade.isPlaced || call.evenIfUnusual === true;
  const known = trade.draft ?? (isOurs ? draftOfReported(trade.reported) : undefined);
  if (known === undefined || contract === undefined || !isOurs)
    throw new OrderStateError(
      'this session did not place the order and does not know all of its terms',
      call.evenIfUnusual === true
        ? 'cancel it and place anew'
        : 'cancel it and place anew, or change it with evenIfUnusual: true, from the terms that the gateway tells',
    );
  if (trade.clientId !== desk.core.usedClientId)
    throw new OrderStateError(`the order was placed as client ${trade.clientId}`, 'connect with that client id');
  if (isEnd(state)) throw new OrderStateError(`the order is ${state.at}`, 'place a new one');
  if (trade.record.isCancelAsked) throw new OrderStateError('the order is being cancelled', 'wait for the end and place anew');
  if (trade.asked === 'modify') throw new OrderStateError('another change is under way', 'wait for its outcome');
  if (trade.record.permIds.length > 1)
    throw new OrderStateError('the order has two permIds and may be two orders', 'cancel both by hand');
  const draft = asTold(known, trade.reported);
  if (call.evenIfUncertain === true) return { draft, contract };
  if (desk.core.isDegraded)
    throw new OrderStateError('the gateway has lost the broker: a change now may become a second order', 'wait until it is back');
  const isStaged = draft.transmit === false;
  if (state.at === 'unclear' || state.at === 'waiting' || (state.at === 'sent' && !isStaged))
    throw new OrderStateError(`the order is ${state.at}, it is not certain what works`, 'wait until it is acknowledged');
  return { draft, contract };
}

function verdict(
  trade: Trade,
  wanted: OrderDraft,
  changed: ReadonlySet<string>,
  event: TradeEvent | undefined,
): ModifyOutcome | undefined {
  if (event === undefined) return undefined;
  if (isEnd(trade.state)) return { at: 'ended', state: trade.state };
  if (event.is === 'notice' && event.notice.verdict.means === 'modifyRefused') return { at: 'refused', notice: event.notice };
  if (trade.asked !== 'modify') return undefined;
  return event.is === 'report' && isShown(trade.reported, wanted, changed) ? { at: 'modified' } : undefined;
}

function isShown(reported: ReportedOrder | undefined, wanted: OrderDraft, changed: ReadonlySet<string>): boolean {
  for (const field of ['tif', 'orderType'] as const) if (changed.has(field) && reported?.[field] !== wanted[field]) return false;
  const told: Readonly<Record<string, unknown>> = { ...reported };
  if (Object.entries(wanted).some(([field, want]) => changed.has(field) && isOtherInstant(field, told[field], want)))
    return false;
  return SHOWN.every((field) => {
    if (!changed.has(field) || wanted[field] === undefined) return true;
    const [is, want] = [decimal(reported?.[field]), decimal(wanted[field])];
    return is !== undefined && want !== undefined && is.eq(want);
  });
}
