// Raw requests that trade: sent as they are, through the same gate, switches, rules and journal as orders that are placed.
import type { RequestInput } from '../../../protocol/registry.js';
import type { OrderKind } from '../../conversation/order-gate.js';
import { InputError } from '../../input/input-error.js';
import { dropTold } from '../builders/message.js';
import type { OrderDraft } from '../draft.js';
import type { JournalAction } from '../journal/entry.js';
import type { Proposal } from '../judge/facts.js';
import { isEnd } from '../record/trade-state.js';
import type { TradedContract } from '../record/trade-types.js';
import type { Trade } from '../trade.js';
import { checkSession, idsOf } from './call.js';
import { cancelAll, cancelLate } from './cancel.js';
import { register } from './depart.js';
import { type Departure, type Desk, leave, pass, passShape, refusalBy } from './desk.js';
import { ownCopy } from './own-copy.js';
import { goOut, WITHIN_MS } from './way-out.js';

/** A request that trades, or takes back. */
export type RawOrder = { readonly [K in OrderKind]: { readonly kind: K; readonly message: RequestInput<K> } }[OrderKind];

/** @throws what `place` throws; nothing was sent then. */
export function sendRaw(desk: Desk, { kind, message }: RawOrder): void {
  checkSession(desk, kind);
  switch (kind) {
    case 'reqGlobalCancel':
      cancelAll(desk, message);
      return;
    case 'cancelOrder':
      cancelRaw(desk, message);
      return;
    case 'exerciseOptions':
      checkId('reqId', message.reqId);
      exerciseRaw(desk, ownCopy(message));
      return;
    case 'placeOrder':
      checkId('orderId', message.orderId);
      placeRaw(desk, ownCopy(message));
      return;
    default:
      unreachable(kind);
  }
}

/** Under 0 stand orders that were typed into TWS, under -1 what is said of no order. */
function checkId(field: string, id: number | undefined): void {
  if (id === undefined || id <= 0) throw new InputError(field, `must be above 0, got ${id}: raw.nextOrderId() draws one`);
}

function placeRaw(desk: Desk, message: RequestInput<'placeOrder'>): void {
  const { orderId = 0, contract = {}, attachedOrders } = message;
  // A time in force is always on the wire: gateways of 225 and up refuse an order without.
  const order = { ...message.order, tif: isGiven(message.order?.tif) ? message.order.tif : 'DAY' };
  dropTold(order);
  const draft = { ...order, ...attachedOrders } as unknown as OrderDraft;
  if (order.whatIf === true) {
    passShape(desk, { contract, order: draft, token: undefined, orderId, filled: undefined });
    desk.core.send('placeOrder', { ...message, order });
    return;
  }
  const { book } = desk;
  const known = book.index.byOrder(desk.core.usedClientId, orderId);
  if (known !== undefined && isEnd(known.state) && known.sentAt !== undefined)
    throw new InputError('orderId', `${orderId} is that of an order that has ended: raw.nextOrderId() draws a new one`);
  const changed = known !== undefined && !isEnd(known.state) ? known : undefined;
  if (changed !== undefined && isOther(contract, changed.contract))
    throw new InputError('contract', `is not that of order ${orderId}, which is at work: an order keeps its contract`);
  const filled = changed?.filledQuantity.toFixed();
  leaveRaw(desk, { kind: 'placeOrder', message: { ...message, order } }, orderId, contract, draft, changed, filled);
}

function exerciseRaw(desk: Desk, message: RequestInput<'exerciseOptions'>): void {
  const { exerciseAction } = message;
  if (exerciseAction !== 1 && exerciseAction !== 2)
    throw new InputError('exerciseAction', `must be 1 (exercise) or 2 (lapse), got ${exerciseAction}`);
  const { reqId = 0, contract = {}, account, exerciseQuantity = 0 } = message;
  const draft = {
    action: 'BUY',
    orderType: 'MKT',
    totalQuantity: String(exerciseQuantity),
    tif: 'DAY',
    ...named(account),
  } as const;
  leaveRaw(desk, { kind: 'exerciseOptions', message }, reqId, contract, draft as unknown as OrderDraft, undefined, undefined);
}

function leaveRaw(
  desk: Desk,
  raw: Extract<RawOrder, { kind: 'placeOrder' | 'exerciseOptions' }>,
  orderId: number,
  contract: TradedContract,
  given: OrderDraft,
  changed: Trade | undefined,
  filled: string | undefined,
): void {
  const { book, core } = desk;
  const [only, another] = core.accounts;
  const draft = isGiven(given.account) || another !== undefined ? given : { ...given, ...named(only) };
  const action: JournalAction = raw.kind === 'exerciseOptions' ? 'exercise' : changed === undefined ? 'place' : 'modify';
  const act = action === 'exercise' ? exerciseActOf(raw) : action === 'modify' ? 'modify' : 'place';
  const checked: Proposal = { act, contract, order: draft, token: undefined, orderId, filled };
  const times = desk.options.rawOrders === true ? 'raw' : 'first';
  let waited: Trade | undefined;
  let hasLeft = false;
  goOut(core, {
    kind: raw.kind,
    messages: 'raw',
    until: core.timer.now() + WITHIN_MS,
    signal: undefined,
    look() {
      if (waited !== undefined) {
        if (isEnd(waited.state) || waited.record.isCancelAsked) throw new Error('cancelled before it left');
        checkSession(desk, raw.kind);
      }
      // What has stood in the book meanwhile is not held against itself.
      const own = changed === undefined ? waited : undefined;
      if (own !== undefined) book.unregister(own);
      try {
        return pass(
          desk,
          [{ ...checked, hasWaited: own !== undefined }],
          action,
          { clientId: core.usedClientId, orderId },
          times,
        );
      } finally {
        if (own !== undefined) book.register(own);
      }
    },
    write(findings) {
      if (waited !== undefined && isEnd(waited.state)) throw new Error('cancelled before it left');
      hasLeft = true;
      // Ids that were not drawn here are none that will be drawn.
      if (orderId >= core.orderIds.mark) core.orderIds.raise(orderId + 1, 'asAnswer');
      const trade = changed ?? waited ?? register(desk, orderId, contract, draft);
      const [account, ids] = [draft.account ?? '', idsOf(desk, trade)];
      try {
        leave(desk, { ...raw, action, account, ids, orders: [checked], findings, isUncounted: true } as Departure);
      } catch (error) {
        if (changed === undefined && waited === undefined) book.unregister(trade);
        throw error;
      }
      book.take(trade, changed === undefined ? { is: 'sent' } : { is: 'changing', draft });
      cancelLate(desk, [trade]);
    },
    // In the book with the reason: whoever sent it raw holds no handle.
    failed(error) {
      if (changed !== undefined) core.thrown(error);
      else if (waited !== undefined && !isEnd(waited.state)) book.take(waited, { is: 'refused', reason: refusalBy(error) });
    },
  });
  if (!hasLeft) waited = changed ?? register(desk, orderId, contract, draft);
}

function cancelRaw(desk: Desk, message: RequestInput<'cancelOrder'>): void {
  const { orderId = 0 } = message;
  const trade = desk.book.index.byOrder(desk.core.usedClientId, orderId);
  leave(desk, {
    kind: 'cancelOrder',
    message,
    action: 'cancel',
    account: trade?.account ?? '',
    ids: trade === undefined ? { clientId: desk.core.usedClientId, orderId } : idsOf(desk, trade),
    orders: [],
    findings: [],
    isUncounted: true,
  });
  if (trade === undefined || isEnd(trade.state)) return;
  desk.book.take(trade, { is: 'cancelling' });
}

const IDENTITY = ['conId', 'secType', 'symbol', 'currency', 'right', 'strike'] as const;

/** Whether two contracts cannot be one: what only one of both says makes no difference. */
function isOther(given: TradedContract, known: TradedContract | undefined): boolean {
  return IDENTITY.some((name) => {
    const [a, b] = [given[name], known?.[name]];
    return Boolean(a) && Boolean(b) && a !== b;
  });
}

function exerciseActOf({ message }: RawOrder): 'exercise' | 'lapse' {
  return 'exerciseAction' in message && message.exerciseAction === 2 ? 'lapse' : 'exercise';
}

function isGiven(text: string | undefined): text is string {
  return text !== undefined && text !== '';
}

function named(account: string | undefined): { readonly account?: string } {
  return isGiven(account) ? { account } : {};
}

function unreachable(kind: never): never {
  throw new TypeError(`no order: ${String(kind)}`);
}
