// What-if: what an order would do to margin and what it would cost, answered before anything trades.
import type Big from 'big.js';
import type { MessageOf } from '../../../protocol/registry.js';
import { gatewayError } from '../../conversation/request.js';
import { sentMessage } from '../../conversation/told.js';
import type { Call, Core } from '../../core.js';
import { withoutAccounts } from '../../notices/without-accounts.js';
import { TimeoutError } from '../../wire/errors.js';
import type { PlaceOrder } from '../builders/message.js';
import type { OrderDraft } from '../draft.js';
import type { Preview } from '../messages.js';
import { decimal } from '../record/fills.js';
import type { TradedContract } from '../record/trade-types.js';

type OpenOrder = MessageOf<'openOrder'>;

/** A number before the order, its change by it, and after it; undefined where the gateway says nothing. */
export interface MarginChange {
  readonly before: Big | undefined;
  readonly change: Big | undefined;
  readonly after: Big | undefined;
}

/** What the gateway says an order would cost and tie up. Undefined is what it did not tell, never 0. */
export interface OrderPreview {
  /** Margin needed to open. */
  readonly initMargin: MarginChange;
  /** Margin needed to hold. */
  readonly maintMargin: MarginChange;
  /** Equity with loan value, which has to exceed the initial margin. */
  readonly equityWithLoan: MarginChange;
  /** Currency of the margins; undefined when not told (below server 195). */
  readonly marginCurrency: string | undefined;
  /** One amount, or the range it will lie in; undefined parts were not told. */
  readonly commission: { readonly amount: Big | undefined; readonly min: Big | undefined; readonly max: Big | undefined };
  /** Currency of the commission; undefined when not told. */
  readonly commissionCurrency: string | undefined;
  /** A size that the broker would rather take; undefined when it has none. */
  readonly suggestedSize: Big | undefined;
  /** Account numbers hidden. */
  readonly warningText: string | undefined;
  /** Why it would be refused; undefined when it would not, or when that was not told. */
  readonly rejectReason: string | undefined;
  /** Status of the what-if in the gateway's words. */
  readonly status: string | undefined;
}

/** What each answer was asked for. */
const asked = new WeakMap<OrderPreview, string>();

const termsOf = (contract: TradedContract, order: OrderDraft): string => {
  const { whatIf: _, transmit: __, ...terms } = order;
  const of = contract.conId === undefined || contract.conId === 0 ? contract : contract.conId;
  return JSON.stringify([of, Object.entries(terms).sort(([a], [b]) => (a < b ? -1 : 1))]);
};

/** Remembers what was asked, so that the answer counts for no other order. */
export function previewFor(preview: OrderPreview, contract: TradedContract, order: OrderDraft): OrderPreview {
  asked.set(preview, termsOf(contract, order));
  return preview;
}

export function isPreviewOf(preview: OrderPreview, contract: TradedContract, order: OrderDraft): boolean {
  return asked.get(preview) === termsOf(contract, order);
}

/** The gateway writes the largest double where it has no number. */
const UNSET = 1e300;

function number(value: string | number | undefined): Big | undefined {
  const found = decimal(value);
  return found === undefined || found.abs().gte(UNSET) ? undefined : found;
}

function text(value: string | undefined): string | undefined {
  return value === undefined || value === '' ? undefined : withoutAccounts(value);
}

/** Reads the answer of a what-if order. */
export function previewOf({ orderState: state }: OpenOrder): OrderPreview {
  return {
    initMargin: {
      before: number(state?.initMarginBefore),
      change: number(state?.initMarginChange),
      after: number(state?.initMarginAfter),
    },
    maintMargin: {
      before: number(state?.maintMarginBefore),
      change: number(state?.maintMarginChange),
      after: number(state?.maintMarginAfter),
    },
    equityWithLoan: {
      before: number(state?.equityWithLoanBefore),
      change: number(state?.equityWithLoanChange),
      after: number(state?.equityWithLoanAfter),
    },
    marginCurrency: text(state?.marginCurrency),
    commission: {
      amount: number(state?.commissionAndFees),
      min: number(state?.minCommissionAndFees),
      max: number(state?.maxCommissionAndFees),
    },
    commissionCurrency: text(state?.commissionAndFeesCurrency),
    suggestedSize: number(state?.suggestedSize),
    warningText: text(state?.warningText),
    rejectReason: text(state?.rejectReason),
    status: text(state?.status),
  };
}

/** Asks; every way out takes the question off the book. @throws {GatewayError} {TimeoutError} {ClosedError}; the signal's reason */
export async function askPreview(
  core: Core,
  previews: Map<number, Preview>,
  numbered: (orderId: number) => PlaceOrder,
  call: Call,
): Promise<OrderPreview> {
  const timeout = call.timeout ?? 10_000;
  call.signal?.throwIfAborted();
  if (!core.isReady) throw core.notConnected('placeOrder');
  const release = await core.admit('placeOrder', {}, { signal: call.signal, timeout });
  // Its id is drawn in the turn in which it leaves: orders with higher ids would make it too low.
  const orderId = core.orderIds.next();
  return new Promise((resolve, reject) => {
    const leave = (): void => {
      stop();
      previews.delete(orderId);
      core.calls.delete(fail);
      call.signal?.removeEventListener('abort', abort);
      release();
    };
    const fail = (cause: unknown): void => {
      leave();
      reject(cause);
    };
    const abort = (): void => fail(call.signal?.reason);
    const stop = core.timer.after(timeout, () => fail(new TimeoutError('placeOrder (what-if)', timeout)));
    previews.set(orderId, {
      answer(answer) {
        leave();
        resolve(previewOf(answer));
      },
      notice(error, verdict) {
        if (verdict.means === 'orderNotice' || verdict.means === 'notice') core.note(error, verdict);
        else fail(gatewayError(error, 'placeOrder (what-if)', verdict));
      },
    });
    core.calls.add(fail);
    call.signal?.addEventListener('abort', abort, { once: true });
    try {
      core.send('placeOrder', sentMessage(numbered(orderId), core.told), true);
    } catch (error) {
      fail(error);
    }
  });
}
