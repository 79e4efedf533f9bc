// Orders as users meet them: place, preview, change, cancel, ask, and the book behind it all.

import type { MessageOf } from '../../protocol/registry.js';
import type { Finding } from '../../rules/finding.js';
import { type KillSwitch, killSwitch } from '../../rules/guards/kill-switch.js';
import type { Situation } from '../../rules/types.js';
import type { ContractsFacade } from '../contracts/facade.js';
import type { Subscription } from '../conversation/subscription.js';
import { tradable } from '../conversation/told.js';
import type { Call } from '../core.js';
import { legible } from '../input/legible.js';
import { OrderBook } from './book.js';
import type { BookEvent } from './book-events.js';
import type { OrderGroup } from './builders/group.js';
import { placeOrderMessage } from './builders/message.js';
import type { OrderDraft } from './draft.js';
import { type ExplainedId, explainIds } from './journal/explain-ids.js';
import { createJournal } from './journal/journal.js';
import type { OrderStory } from './journal/stories.js';
import { watchForJournal, writeLost } from './journal/watch.js';
import { createAccountRules } from './judge/accounts.js';
import { createTranslator } from './judge/facts.js';
import { createJudge } from './judge/judge.js';
import type { Verdict } from './judge/verdict.js';
import { OrderMessages } from './messages.js';
import type { OrderCore } from './order-core.js';
import { OrderStateError } from './order-errors.js';
import { type OrderOptions, watchedOptions } from './policy.js';
import type { Fill } from './record/fills.js';
import type { ReconcileCause } from './record/order-event.js';
import { defaultPatience } from './record/order-record.js';
import type { ActionCall, CancelOutcome, ModifyOutcome } from './record/trade-types.js';
import { completed, type ExecutionQuery, executed, open, type Which } from './recover/queries.js';
import { createReconciler, defaultReconcileTimes } from './recover/reconcile.js';
import type { ReconcileReport } from './recover/reconcile-report.js';
import { saysOf } from './recover/says.js';
import { watchSilence } from './recover/silence.js';
import { checkNames, checkSession, completed as completedDraft, type PlaceOptions, type TradableContract } from './send/call.js';
import { cancel, cancelAll, cancelOwn } from './send/cancel.js';
import { type Desk, passShape } from './send/desk.js';
import { type ExerciseTerms, exercise } from './send/exercise.js';
import { type ModifyCall, modify } from './send/modify.js';
import { ownCopy } from './send/own-copy.js';
import { judgeGroup, place, placeGroup } from './send/place.js';
import { askPreview, type OrderPreview, previewFor } from './send/preview.js';
import { type RawOrder, sendRaw } from './send/raw.js';
import { retryChild } from './send/retry.js';
import { untilTold, WITHIN_MS } from './send/way-out.js';
import type { Trade } from './trade.js';

/** `ib.orders.book`: every order that is known, and what happens to them. */
export interface BookFacade {
  /** Every order that is known, whoever placed it. */
  readonly trades: readonly Trade[];
  /** Those that may still change. */
  readonly live: readonly Trade[];
  /** An order of this client by its order id, or any by its permId (text). */
  get(id: number | string): Trade | undefined;
  /** Everything that happens to any order, and what comparisons with the gateway have shown. */
  readonly events: Subscription<BookEvent>;
  /** Asks for open orders, executions and completed orders now. @throws {ClosedError} when the connection is lost first */
  reconcile(): Promise<ReconcileReport>;
  /** What became of every order id a journal mentions, after a crash. Asks the gateway first. */
  explain(stories: Iterable<OrderStory>): Promise<readonly ExplainedId[]>;
}

/** What `prepare` waits for: the account rules, and the price steps of these contracts (unset: none). */
export interface PrepareCall extends Call {
  readonly contracts?: readonly TradableContract[];
}

/**
 * `ib.orders`: sends, changes and asks. Guards and account rules judge before a byte leaves; a refusal is a `RuleError` that
 * says what would pass.
 */
export interface OrdersFacade {
  /**
   * Sends an order and gives its handle at once, registered before its bytes leave. @throws {InputError} {RuleError}
   * {JournalError} {ReadOnlyError} {ClosedError} {TooOldError} {EncodeError}: nothing was sent then.
   */
  place(contract: TradableContract, order: OrderDraft, options?: PlaceOptions): Trade;
  /** Sends a bracket, an OCA group or a family: all of it or nothing. Throws as `place`. */
  placeGroup(contract: TradableContract, group: OrderGroup, options?: PlaceOptions): readonly Trade[];
  /**
   * Margin and commission, without trading. @throws {InputError} {RuleError} for an order that cannot be meant as it is written, and
   * nothing is asked then; {GatewayError} when the order would be refused; {TimeoutError} {ClosedError}
   */
  preview(contract: TradableContract, order: OrderDraft, options?: PlaceOptions): Promise<OrderPreview>;
  /** What guards and rules say of an order, without sending anything. */
  check(contract: TradableContract, order: OrderDraft, options?: PlaceOptions): readonly Finding[];
  /** The same once all that it rests on has been told, or when that does not come in time. @throws {InputError}; the signal's reason */
  judge(contract: TradableContract, order: OrderDraft, options?: PlaceOptions): Promise<readonly Finding[]>;
  /** The same of orders that would leave together, judged as `placeGroup` judges them. @throws as `judge` */
  judgeGroup(contract: TradableContract, group: OrderGroup, options?: PlaceOptions): Promise<readonly Finding[]>;
  /**
   * Changes price, size or lifetime of an order, and waits for the verdict. Judged as a new order is, in the turn in which it leaves.
   * @throws {OrderStateError} {InputError} {RuleError} {NotChangedError} {TimeoutError} {ClosedError}
   */
  modify(trade: Trade, changes: Partial<OrderDraft>, call?: ModifyCall): Promise<ModifyOutcome>;
  /**
   * Cancels what is left of an order (a number is an order id of this client) and waits for the verdict.
   * @throws {OrderStateError} for one that is not in the book or has ended; {TimeoutError} {ClosedError}
   */
  cancel(trade: Trade | number, call?: ActionCall): Promise<CancelOutcome>;
  /** Every order of the login, whoever placed it. Answers come to each trade. */
  cancelAll(): void;
  /** Exercises an option, or lets it lapse; the handle is as one of `place`. Judged by what it would buy or sell. Throws as `place`. */
  exercise(contract: TradableContract, terms: ExerciseTerms, options?: PlaceOptions): Trade;
  /** Default `own`. */
  open(call?: Call & { readonly which?: Which }): Promise<readonly Trade[]>;
  /** Orders of today that have ended, whoever placed them, as the gateway tells them; `apiOnly` leaves those of TWS out. */
  completed(call?: Call & { readonly apiOnly?: boolean }): Promise<readonly MessageOf<'completedOrder'>[]>;
  /** Since midnight, with commissions as far as known. */
  executions(filter?: ExecutionQuery, call?: Call): Promise<readonly Fill[]>;
  readonly book: BookFacade;
  /**
   * Asks for the kinds of all accounts and waits for whole pictures of those that rules watch; `connect` has done so already.
   * `contracts`: also what the rules read of these, their legs included: details and price steps.
   */
  prepare(call?: PrepareCall): Promise<void>;
  /** What the account rules see of a watched account; undefined for others. */
  situationOf(account: string): Situation | undefined;
  /** Engaged, it stops every order and cancels what works. */
  readonly killSwitch: KillSwitch;
}

/** `raw`: how raw requests that trade leave. */
export function createOrders(
  session: OrderCore,
  { known: contracts, grid }: Pick<ContractsFacade, 'known' | 'grid'>,
  given: OrderOptions = {},
): { readonly orders: OrdersFacade; readonly raw: (order: RawOrder) => void } {
  const stop = given.killSwitch ?? killSwitch((error) => session.thrown(error));
  const options: OrderOptions = { ...watchedOptions(given, (error) => session.thrown(error)), killSwitch: stop };
  const { timer } = session;
  const home = {
    timer,
    orderIds: session.orderIds,
    clientId: () => session.usedClientId,
    patience: { ...defaultPatience, ...options.patience },
    thrown: (error: unknown) => session.thrown(error),
    ask: (cause: ReconcileCause, trade: Trade) => reconciler.ask(cause, trade),
    compare: (cause: ReconcileCause) => void reconciler.run(cause).catch(() => {}), // a lost connection asks by itself
    crowded: (live: number) => session.warn(`${live} orders have not ended; each takes about 4 kB until it has.`),
    retry: (trade: Trade) => retryChild(desk, trade),
  };
  const book = new OrderBook(home, {
    modify: (trade, changes, call) => modify(desk, trade, changes, call),
    cancel: (trade, call) => cancel(desk, trade, call),
  });
  const journal = options.journal === undefined ? undefined : createJournal(options.journal, () => timer.now());
  const unwatchSilence = watchSilence(book, timer, home.patience.silence);
  const reconciler = createReconciler(session, book, { ...defaultReconcileTimes, ...options.reconcile });
  const { accounts } = given;
  const { lastPrice = session.followed.priceOf } = options;
  const accountRules =
    accounts === 'none'
      ? undefined
      : createAccountRules(session, book, contracts, reconciler, accounts ?? {}, {
          isDefault: accounts === undefined,
          lastPrice,
        });
  const now = (): number => timer.now();
  const judge = createJudge({
    options,
    translator: createTranslator(
      contracts,
      session.told,
      accounts === 'none' ? undefined : accounts?.facts,
      { ...options, lastPrice, sharesOf: session.followed.sharesOf },
      now,
      (conId) => session.followed.closeOf(conId, now()),
    ),
    now,
    accounts: () => session.accounts,
    accountJudge: accountRules?.judge,
    situationOf: (account) => accountRules?.situationOf(account),
    working: () => book.live.filter(({ clientId }) => clientId === session.usedClientId),
  });
  const desk: Desk = { core: session, book, judge, journal, options };
  let firstValidId = 0;

  watchForJournal(desk);
  const messages = new OrderMessages(book);
  session.router.setOrders(messages);
  session.events.on('neverArrived', (ids) => reconciler.neverArrived(ids));
  session.events.on('ready', ({ epoch }) => {
    if (epoch === 1) firstValidId = session.orderIds.mark;
    // A gateway that was started anew can hand out ids again that an earlier process of ours has used.
    const used = options.journal?.highestOrderId?.(session.usedClientId) ?? 0;
    if (used > 0 && used < session.orderIds.last) session.orderIds.raise(used + 1, 'asAnswer');
    // Engaged while there was no connection: nothing is sent before.
    if (stop.reason() !== undefined) cancelWhatWorks();
  });
  session.events.on('closed', () => {
    unwatchSilence();
    journal?.close();
  });
  book.events.on((event) => {
    if (event.is !== 'reconciled') return;
    for (const trade of event.report.neverArrived) writeLost(desk, trade);
    if (stop.reason() !== undefined && session.isReady) cancelOwn(desk);
  });
  const cancelWhatWorks = (): void => {
    if (options.killCancels === 'all' && session.isReady) cancelAll(desk);
    else cancelOwn(desk);
  };
  stop.onEngage(cancelWhatWorks);

  const verdictOf = (given: TradableContract, order: OrderDraft, how: PlaceOptions): Verdict => {
    checkNames(given, order, how);
    const asked = { contract: tradable(given, session.told), order: completedDraft(desk, order, how) };
    const { token, preview, deliberate } = how;
    return judge.judge([{ ...asked, token, preview, deliberate, orderId: undefined, filled: undefined }]);
  };

  const onceTold = async (judge: () => Verdict, { timeout = WITHIN_MS, signal }: PlaceOptions): Promise<readonly Finding[]> => {
    reconciler.engage();
    const until = timer.now() + timeout;
    for (;;) {
      const verdict = judge();
      if (verdict.at === 'judged' || timer.now() >= until) return verdict.findings;
      await untilTold(desk.core, { ...verdict, refuse: () => {} }, until, signal);
    }
  };

  const find = (id: number | string): Trade | undefined =>
    typeof id === 'string' ? book.index.byPerm(id) : book.index.byOrder(session.usedClientId, id);

  const orders: OrdersFacade = {
    place(contract, order, how) {
      reconciler.engage();
      return place(desk, contract, order, how);
    },
    placeGroup(contract, group, how) {
      reconciler.engage();
      return placeGroup(desk, contract, group, how);
    },
    preview(given, order, how = {}) {
      checkSession(desk, 'placeOrder');
      checkNames(given, order, how);
      const contract = tradable(ownCopy(given), session.told);
      const draft = completedDraft(desk, order, how);
      passShape(desk, { contract, order: draft, token: undefined, orderId: undefined, filled: undefined });
      const asked = { ...draft, whatIf: true, transmit: true };
      return askPreview(session, messages.previews, (orderId) => placeOrderMessage(orderId, contract, asked), how).then(
        (answer) => previewFor(answer, contract, draft),
      );
    },
    check: (contract, order, how = {}) => verdictOf(contract, order, how).findings,
    judge: async (contract, order, how = {}) => onceTold(() => verdictOf(contract, order, how), how),
    judgeGroup: async (contract, group, how = {}) => onceTold(() => judgeGroup(desk, contract, group, how), how),
    modify: (trade, changes, call) => modify(desk, trade, changes, call),
    async cancel(trade, call) {
      const found = typeof trade === 'number' ? find(trade) : trade;
      if (found === undefined)
        throw new OrderStateError(`order ${String(trade)} is not in the book`, 'ask for open orders first');
      return cancel(desk, found, call);
    },
    cancelAll: () => cancelAll(desk),
    exercise(contract, terms, how) {
      reconciler.engage();
      return exercise(desk, contract, terms, how);
    },
    open: (call = {}) => open(desk, call.which ?? 'own', call),
    completed: (call = {}) => completed(desk, call),
    executions: (filter = {}, call = {}) => executed(desk, filter, call),
    killSwitch: stop,
    async prepare({ contracts: of = [], ...call } = {}) {
      const lines = of.flatMap(({ conId, exchange, comboLegs }) => comboLegs ?? [{ conId, exchange }]);
      await Promise.all([
        accountRules?.prepare(call),
        ...lines.map(({ conId, exchange }) => grid({ conId, exchange } as Parameters<typeof grid>[0], call)),
      ]);
    },
    situationOf: (account) => accountRules?.situationOf(account),
    book: legible({
      get trades() {
        return [...book.trades];
      },
      get live() {
        return book.live;
      },
      get: find,
      events: book.events,
      reconcile: () => reconciler.run('asked'),
      async explain(stories) {
        await reconciler.run('asked');
        const done = await completed(desk, {}).catch(() => []);
        return explainIds(stories, session.usedClientId, firstValidId, (orderId, permIds) =>
          saysOf(find, done, orderId, permIds),
        );
      },
    }),
  };
  return {
    orders,
    raw(order) {
      reconciler.engage();
      sendRaw(desk, order);
    },
  };
}
