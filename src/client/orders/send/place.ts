// Placing: one order or orders that belong together, as handles that know everything that follows.

import { placeOrder as placeOrderTable } from '../../../protocol/messages/orders/place-order.js';
import type { RequestInput } from '../../../protocol/registry.js';
import type { Finding } from '../../../rules/finding.js';
import { decisionOf } from '../../../rules/finding.js';
import { tradable } from '../../contracts/told.js';
import { checkCall } from '../../input/check-call.js';
import { InputError } from '../../input/input-error.js';
import { namesOf, refuseOthers, refuseUnknown } from '../../input/known-properties.js';
import { type OrderKind, passOrderGate } from '../../session/order-gate.js';
import { withBlocking } from '../builders/bracket.js';
import { type GroupMember, type OrderGroup, withIds } from '../builders/group.js';
import { type PlaceOrder, placeOrderMessage } from '../builders/message.js';
import type { OrderDraft, Tif } from '../draft.js';
import type { JournalIds } from '../journal/entry.js';
import type { Proposal } from '../judge/facts.js';
import { UntoldError } from '../judge/verdict.js';
import { isEnd } from '../record/trade-state.js';
import type { TradedContract } from '../record/trade-types.js';
import type { Trade } from '../trade.js';
import { type Departure, type Desk, leave, outcome, pass, refusalBy, textOf, untilTold, whenAdmitted } from './desk.js';
import type { OrderPreview } from './preview.js';

/** A contract to trade: a builder's draft, or what the gateway reports. */
export type TradableContract = TradedContract & PlaceOrder['contract'];

export interface PlaceOptions {
  /** May be left out where the login has only one, or the draft names it. */
  readonly account?: string;
  readonly orderRef?: string;
  /** Confirmation token, where the policy wants one. */
  readonly token?: string;
  /** Gives up while the order waits for its turn; an order that has left is cancelled with `trade.cancel()`. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds the order may wait for its turn; default 10,000. */
  readonly timeout?: number | undefined;
  /** False holds the order in TWS (staged). */
  readonly transmit?: boolean;
  /** A repeat of an order sent moments ago that is meant: no rule and no guard takes it for a mistake. */
  readonly deliberate?: boolean;
  /** What `preview` answered for this very order: the account rules count its margin and commission. */
  readonly preview?: OrderPreview;
}

const CHILD_RETRY_MS = 50;

const placeOptions = namesOf<PlaceOptions>({
  account: true,
  orderRef: true,
  token: true,
  signal: true,
  timeout: true,
  transmit: true,
  deliberate: true,
  preview: true,
});
const groupNames = namesOf<OrderGroup>({ members: true });
const memberNames = namesOf<GroupMember>({ role: true, order: true, parent: true });

/** The message of an order, without its id. @throws {InputError} for an option or a property that nobody knows. */
export function checkNames(contract: TradableContract, draft: OrderDraft, options: object): PlaceOrder {
  refuseOthers(placeOptions, options, 'options.');
  checkCall(options);
  const message = placeOrderMessage(0, contract, draft);
  refuseUnknown(placeOrderTable, message);
  return message;
}

/** Day unless the order says otherwise. */
export function timeInForce({ tif }: OrderDraft): Tif {
  return tif === undefined || (tif as string) === '' ? 'DAY' : tif;
}

/** Account and reference of the call, or of the draft, or the only account there is. */
export function completed(desk: Desk, draft: OrderDraft, options: PlaceOptions): OrderDraft {
  const { accounts } = desk.core;
  const own = draft.faGroup === undefined && accounts.length === 1 ? accounts[0] : undefined;
  const account = options.account ?? draft.account ?? own;
  if (options.account !== undefined && draft.account !== undefined && options.account !== draft.account)
    throw new InputError('account', 'the order names another account than the call');
  return {
    ...draft,
    // Always on the wire: gateways of 225 and up refuse an order without.
    tif: timeInForce(draft),
    ...(account !== undefined && { account }),
    ...(options.orderRef !== undefined && { orderRef: options.orderRef }),
    ...(options.transmit !== undefined && { transmit: options.transmit }),
  };
}

export function checkSession(desk: Desk, kind: OrderKind): void {
  passOrderGate(kind, desk.core);
  if (!desk.core.isReady) throw desk.core.notConnected(kind);
}

/** @throws {InputError} {RuleError} {JournalError} {ReadOnlyError} {ClosedError} {TooOldError} {EncodeError}; nothing was sent then. */
export function place(desk: Desk, given: TradableContract, draft: OrderDraft, options: PlaceOptions = {}): Trade {
  options.signal?.throwIfAborted();
  checkSession(desk, 'placeOrder');
  const order = completed(desk, draft, options);
  const contract = tradable(given, desk.core.told);
  const message = checkNames(contract, order, options);
  refuseWhatIf(order);
  const checked: Proposal = {
    contract,
    order,
    token: options.token,
    orderId: undefined,
    filled: undefined,
    deliberate: options.deliberate,
    preview: options.preview,
  };
  const [trade] = depart(desk, options, {
    kind: 'placeOrder',
    action: 'place',
    drafts: [order],
    contract,
    look: () => pass(desk, [checked], 'place'),
    numbered: ([orderId = 0]) => [{ draft: order, checked: { ...checked, orderId }, message: { ...message, orderId } }],
  });
  return trade as Trade;
}

function refuseWhatIf({ whatIf }: OrderDraft): void {
  if (whatIf === true) throw new InputError('whatIf', 'use preview');
}

/**
 * Places orders that belong together: nothing leaves unless all of them pass, they leave in one turn with ids that follow each
 * other, and no parent works without its children. @throws as `place`.
 */
export function placeGroup(
  desk: Desk,
  given: TradableContract,
  group: OrderGroup,
  options: PlaceOptions & { readonly token?: string } = {},
): readonly Trade[] {
  options.signal?.throwIfAborted();
  checkSession(desk, 'placeOrder');
  refuseOthers(groupNames, group, 'group.');
  group.members.forEach((member, i) => {
    refuseOthers(memberNames, member, `members[${i}].`);
    checkNames(given, member.order, options);
  });
  const contract = tradable(given, desk.core.told);
  const { transmit, ...rest } = options;
  let members = group.members.map((member) => ({ ...member, order: completed(desk, member.order, rest) }));
  for (const { order } of members) refuseWhatIf(order);
  const look = (order: OrderDraft, orderId: number): Proposal => ({
    contract,
    order,
    token: options.token,
    orderId,
    filled: undefined,
    deliberate: options.deliberate,
    preview: options.preview,
    group: members.map((member) => member.order),
  });
  return depart(desk, options, {
    kind: 'placeOrder',
    action: 'place',
    drafts: members.map(({ order }) => order),
    contract,
    look() {
      // The ids they would have now, so that rules see who is whose parent.
      const first = Math.max(1, desk.core.orderIds.mark);
      const asLooked = (given: OrderGroup): readonly Proposal[] =>
        withIds(
          given,
          members.map((_, i) => first + i),
        ).map(({ orderId, ...order }) => look(order, orderId));
      // Exits that could both fill are refused where no short may arise: there they leave blocking each other.
      const blocking = withBlocking(
        { members },
        `exits-${desk.core.usedClientId}-${first}-${desk.core.timer.now().toString(36)}`,
      );
      const isRefused = (given: OrderGroup): boolean => {
        const { at, findings } = desk.judge.judge(asLooked(given), 'first');
        // What is only untold may pass when it is told.
        return at === 'judged' && decisionOf(findings) === 'reject';
      };
      if (blocking !== undefined && isRefused({ members }) && !isRefused(blocking)) members = [...blocking.members];
      return pass(desk, asLooked({ members }), 'place');
    },
    numbered: (ids) =>
      withIds({ members }, ids, transmit === undefined ? {} : { transmit }).map(({ orderId, ...order }) => ({
        // The last member transmits all of them: from then on none is staged, and a change of any must be transmitted.
        draft: { ...order, transmit: transmit !== false },
        checked: look(order, orderId),
        message: placeOrderMessage(orderId, contract, order),
      })),
  });
}

/** What leaves for one order, once its id is known. */
interface Numbered<K extends 'placeOrder' | 'exerciseOptions'> {
  readonly draft: OrderDraft;
  readonly checked: Proposal;
  readonly message: RequestInput<K>;
}

/** Orders that leave together, before they have ids. */
export interface Departing<K extends 'placeOrder' | 'exerciseOptions'> {
  readonly kind: K;
  readonly action: 'place' | 'exercise';
  readonly contract: TradableContract;
  readonly drafts: readonly OrderDraft[];
  /** @throws {RuleError} {InputError} when they may not leave as things stand. */
  look(): readonly Finding[];
  numbered(ids: readonly number[]): readonly Numbered<K>[];
}

/**
 * The way out of everything new: judged, admitted as a whole, then numbered, journalled and written in one turn. What had to wait
 * is judged again in that turn. While it waits its trades are in the book, without ids.
 */
export function depart<K extends 'placeOrder' | 'exerciseOptions'>(
  desk: Desk,
  options: PlaceOptions,
  set: Departing<K>,
): readonly Trade[] {
  const { book, core } = desk;
  let findings: readonly Finding[] = [];
  let trades: readonly Trade[] = [];
  /** Judges anew what had to wait. */
  const lookAgain = (waited: readonly Trade[]): readonly Finding[] => {
    if (waited.some(({ state, record }) => isEnd(state) || record.isCancelAsked)) throw new Error('cancelled before it left');
    // They count as working while they wait; a judgement must not hold them against themselves.
    for (const trade of waited) book.unregister(trade);
    try {
      checkSession(desk, set.kind);
      return set.look();
    } finally {
      for (const trade of waited) book.register(trade);
    }
  };
  const act = (): void => {
    const waited = trades;
    if (waited.length > 0) findings = lookAgain(waited);
    const ids = core.orderIds.block(set.drafts.length);
    const parts = set.numbered(ids);
    trades = parts.map(({ draft }, i) => {
      const trade = waited[i];
      if (trade === undefined) return begin(desk, ids[i] ?? 0, set.contract, draft);
      book.take(trade, { is: 'numbered', clientId: core.usedClientId, orderId: ids[i] ?? 0, draft });
      return trade;
    });
    let left = 0;
    try {
      for (const part of parts) {
        const departure = departureOf(desk, trades[left] as Trade, part.checked, findings);
        leave(desk, { ...departure, kind: set.kind, action: set.action, message: part.message, isConfirmed: left > 0 });
        left++;
      }
    } finally {
      // Bytes first, books second, both in this turn: what watches the book costs the order no time.
      for (const trade of trades.slice(0, left)) {
        book.take(trade, { is: 'sent' });
        if (waited.length === 0) book.register(trade);
      }
    }
  };
  const call = { ...options, messages: set.drafts.length };
  const until = core.timer.now() + (options.timeout ?? 10_000);
  const waits = (): void => {
    if (trades.length === 0) trades = set.drafts.map((draft) => register(desk, 0, set.contract, draft));
  };
  /** What is not told yet may still come: it is judged again then, within the time the order may wait. */
  const failed = (error: unknown): void => {
    if (!(error instanceof UntoldError)) {
      fail(desk, trades, error, false);
      return;
    }
    untilTold(core, error, until, options.signal)
      .then(() => {
        // Before it asks for its turn, which would be lost if it still may not leave.
        lookAgain(trades);
        whenAdmitted(core, set.kind, {}, call, act, failed);
      })
      .catch(failed);
  };
  try {
    findings = set.look();
    whenAdmitted(core, set.kind, {}, call, act, failed);
  } catch (error) {
    if (error instanceof UntoldError && trades.length === 0) {
      waits();
      failed(error);
      return trades;
    }
    fail(desk, trades, error, true);
    if (trades[0]?.sentAt === undefined) throw error;
  }
  waits();
  return trades;
}

/** Those of a set that have left are taken back, the others end. `isInTurn`: the caller hears of it when none has left. */
function fail(desk: Desk, trades: readonly Trade[], error: unknown, isInTurn: boolean): void {
  const isTorn = trades.some(({ sentAt }) => sentAt !== undefined);
  const byUser = trades.some(({ state, record }) => state.at === 'cancelled' || record.isCancelAsked);
  for (const trade of trades) {
    if (trade.sentAt !== undefined) takeBack(desk, trade);
    else {
      if (isInTurn && !isTorn) desk.book.unregister(trade);
      if (!isEnd(trade.state)) desk.book.take(trade, byUser ? { is: 'withdrawn' } : { is: 'refused', reason: refusalBy(error) });
    }
  }
}

function begin({ book, core }: Desk, orderId: number, contract: TradedContract, draft: OrderDraft): Trade {
  return book.begin({ clientId: core.usedClientId, orderId, isPlaced: true, account: draft.account, contract, draft });
}

/** In the book before it has left. */
export function register(desk: Desk, orderId: number, contract: TradedContract, draft: OrderDraft): Trade {
  const trade = begin(desk, orderId, contract, draft);
  desk.book.register(trade);
  return trade;
}

function departureOf(
  desk: Desk,
  trade: Trade,
  checked: Proposal,
  findings: readonly Finding[],
): Omit<Departure<'placeOrder'>, 'message' | 'kind'> {
  return { action: 'place', account: trade.account ?? '', ids: idsOf(desk, trade), orders: [checked], findings };
}

/** A member of a group whose later members could not leave: it must not stay in TWS. */
function takeBack(desk: Desk, trade: Trade): void {
  try {
    desk.book.take(trade, { is: 'cancelling' });
    desk.core.send('cancelOrder', { orderId: trade.orderId });
  } catch (error) {
    desk.core.thrown(error);
  }
}

export function idsOf(desk: Desk, trade: Trade): JournalIds {
  const { permId, orderRef, orderId } = trade;
  return {
    clientId: trade.isPlaced ? desk.core.usedClientId : trade.clientId,
    orderId,
    ...(permId !== undefined && { permId }),
    ...(orderRef !== undefined && { orderRef }),
  };
}

/** Sends a child once more after its parent was not known yet. */
export function retryChild(desk: Desk, trade: Trade): void {
  const { contract, draft } = trade;
  if (contract === undefined || draft === undefined) return;
  const until = desk.core.timer.now() + 10_000;
  const failed = (error: unknown): void => {
    if (error instanceof UntoldError) {
      untilTold(desk.core, error, until, undefined)
        .then(() => whenAdmitted(desk.core, 'placeOrder', {}, {}, act, failed))
        .catch(failed);
      return;
    }
    outcome(desk, { event: 'failed', account: trade.account ?? '', ...idsOf(desk, trade), detail: textOf(error) });
    desk.book.take(trade, { is: 'refused', reason: { ...refusalBy(error), code: 10006 } });
  };
  const act = (): void => {
    if (isEnd(trade.state)) return;
    if (trade.record.isCancelAsked) throw new Error('cancelled before it was sent again');
    const checked = { contract, order: draft, token: undefined, orderId: trade.orderId, filled: undefined };
    desk.book.unregister(trade);
    let findings: readonly Finding[];
    try {
      findings = pass(desk, [checked], 'place', idsOf(desk, trade), 'again');
    } finally {
      desk.book.register(trade);
    }
    const { confirm: _, ...options } = desk.options;
    const message = placeOrderMessage(trade.orderId, contract, draft);
    leave({ ...desk, options }, { ...departureOf(desk, trade, checked, findings), kind: 'placeOrder', message });
  };
  desk.core.timer.after(CHILD_RETRY_MS, () => {
    if (isEnd(trade.state)) return;
    try {
      whenAdmitted(desk.core, 'placeOrder', {}, {}, act, failed);
    } catch (error) {
      failed(error);
    }
  });
}
