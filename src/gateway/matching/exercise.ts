/** Exercising options: answered like an order, carried out at the end of the day without another word. */
import { accountOf, bookExecution } from '../accounts/account-book.js';
import type { Refusal } from '../accounts/admission.js';
import { greater, type Quantity, quantityOfSize, quantityText } from '../accounts/amount.js';
import { isContractDate } from '../world/contract-date.js';
import type { Instrument } from '../world/instrument.js';
import { clientOf, type EngineState, later, nowOf } from './engine-state.js';
import { conclude } from './finish.js';
import { createLiveOrder, type LiveOrder } from './live-order.js';
import { orderKinds } from './order-kinds.js';
import { register } from './place.js';
import { notices, refusals } from './refusals.js';
import { announce, sayError, sayOrderError } from './report.js';
import { endOfDay } from './sessions.js';
import type { SimContract } from './sim-order.js';
import { subjectOf } from './subject.js';

export interface ExerciseRequest {
  readonly contract: SimContract;
  /** 1 exercise, 2 lapse. */
  readonly exerciseAction: number;
  readonly exerciseQuantity: number;
  readonly account: string;
  /** Does it although the option is out of the money. */
  readonly override: boolean;
}

/** Takes an exercise or a lapse. Its id comes from the order ids of the client. */
export function exercise(state: EngineState, clientId: number, orderId: number, request: ExerciseRequest): void {
  if (!isContractDate(request.contract.lastTradeDateOrContractMonth)) {
    sayError(state, clientId, orderId, refusals.contractDate);
    return;
  }
  const subject = subjectOf(state, request.contract);
  const refusal = 'code' in subject ? subject : check(state, subject.instrument, request, clientId, orderId);
  if (refusal || 'code' in subject) {
    if (refusal) sayError(state, clientId, orderId, refusal);
    return;
  }
  const kind = orderKinds['LMT'];
  if (!kind) return;
  const total = quantityOfSize(request.exerciseQuantity);
  const order = createLiveOrder({
    seq: state.nextSeq,
    orderId,
    clientId,
    permId: String(state.nextPermId),
    isManual: false,
    contract: subject.contract,
    instrument: subject.instrument,
    parts: undefined,
    account: request.account,
    isBuy: true,
    order: {
      action: 'BUY',
      orderType: 'LMT',
      lmtPrice: 0,
      totalQuantity: quantityText(total),
      tif: 'DAY',
      account: request.account,
    },
    kind,
    total,
  });
  register(state, clientOf(state, clientId), order);
  order.isStaged = false;
  order.holds.add('auction');
  sayOrderError(state, order, notices.tifPreset);
  announce(state, order);
  later(state, order, endOfDay(state, order), () => carryOut(state, order, request));
}

function check(
  state: EngineState,
  instrument: Instrument,
  request: ExerciseRequest,
  clientId: number,
  orderId: number,
): Refusal | undefined {
  const failed = (cause: string): Refusal => ({ code: 322, text: `Error processing request.-'bG' : cause - ${cause}` });
  if (state.options.readOnly) return refusals.invalid('The API interface is currently in Read-Only mode.');
  if (orderId <= clientOf(state, clientId).highest) return refusals.duplicateId;
  if (instrument.secType !== 'OPT' && instrument.secType !== 'FOP') return failed('Only options can be exercised');
  if (!state.setup.accounts.accounts.has(request.account)) return refusals.invalid('Invalid account code was entered');
  if (request.exerciseAction !== 1 && request.exerciseAction !== 2) return failed('Invalid exercise action');
  if (!(request.exerciseQuantity >= 1) || !Number.isInteger(request.exerciseQuantity)) return refusals.zeroSize;
  const held = accountOf(state.setup.accounts, request.account).positions.get(instrument.conId)?.quantity ?? 0n;
  if (held < quantityOfSize(request.exerciseQuantity)) return failed('No unlapsed position exists in this option in account');
  const isLastDay = instrument.lastTradeDate === state.setup.market.session(instrument.conId, nowOf(state)).tradingDay;
  if (instrument.exerciseStyle === 'european' && !isLastDay && request.exerciseAction === 1)
    return failed('European options can be exercised on their last day only');
  const intrinsic = intrinsicOf(state, instrument);
  if (request.exerciseAction === 1 && intrinsic <= 0 && !request.override) return failed('The option is out of the money');
  if (request.exerciseAction === 2 && intrinsic > 0 && !request.override) return failed('The option is in the money');
  return undefined;
}

function intrinsicOf(state: EngineState, instrument: Instrument): number {
  const under = state.setup.accounts.prices.underlying(instrument) ?? 0;
  const strike = instrument.strike ?? 0;
  return instrument.right === 'C' ? under - strike : strike - under;
}

/** The option goes; its underlying comes or goes at the strike, or the difference is paid where none can be held. */
function carryOut(state: EngineState, order: LiveOrder, request: ExerciseRequest): void {
  const { accounts, market } = state.setup;
  const { instrument } = order;
  const held = accountOf(accounts, request.account).positions.get(instrument.conId)?.quantity ?? 0n;
  const quantity: Quantity = held < order.total ? greater(held, 0n) : order.total;
  conclude(state, order, 'Cancelled', 'Exercised');
  if (quantity === 0n) return;
  const { tradingDay } = market.session(instrument.conId, nowOf(state));
  const base = { account: request.account, commission: 0n, tradingDay };
  const under = instrument.underConId === undefined ? undefined : market.instrument(instrument.underConId);
  const isDelivered = under !== undefined && under.secType !== 'IND' && request.exerciseAction === 1;
  const paid =
    !isDelivered && request.exerciseAction === 1 ? Math.max(0, Math.round(intrinsicOf(state, instrument) * 100) / 100) : 0;
  bookExecution(accounts, { ...base, instrument, signed: -quantity, price: paid });
  if (!isDelivered) return;
  const shares = (quantity * quantityOfSize(instrument.multiplier)) / quantityOfSize(under.multiplier);
  bookExecution(accounts, {
    ...base,
    instrument: under,
    signed: instrument.right === 'C' ? shares : -shares,
    price: instrument.strike ?? 0,
  });
}
