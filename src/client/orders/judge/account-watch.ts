// One account as the rules see it, from live streams: positions, cash and working orders, and how far they can be trusted.
import Big from 'big.js';
import { prepare } from '../../../rules/check.js';
import { type Change, changedSituation } from '../../../rules/facts/snapshot.js';
import type { Policy } from '../../../rules/policy-types.js';
import type { Position, Situation, WorkingOrder } from '../../../rules/types.js';
import { type AccountPosition, positionKey } from '../../accounts/position-row.js';
import { MOST_ACCOUNTS_AT_ONCE, openAllPositions, openPositionsOf } from '../../accounts/positions.js';
import type { Knowledge } from '../../contracts/knowledge.js';
import type { OrderBook } from '../book.js';
import type { OrderCore } from '../order-core.js';
import type { TradeEvent } from '../record/events.js';
import type { Fill } from '../record/fills.js';
import { isEnd } from '../record/trade-state.js';
import type { Trade } from '../trade.js';
import { situationOf, type TradelessSituation } from './account-numbers.js';
import { answered } from './added-facts.js';
import { withCloses } from './closes.js';
import { contractFacts, type ExtraFacts } from './contract-facts.js';
import { freshPrice, type MarketSources } from './facts.js';
import { createUnshown } from './unshown.js';
import { watchNumbers } from './watched-numbers.js';
import { workingOrder } from './working-facts.js';

export interface WatchOptions {
  /** Kind by configuration: it alone knows how trades are financed. */
  readonly kind?: string | undefined;
  /** AccountType as another question has told it, where the account's own stream does not. */
  readonly accountType?: (() => string | undefined) | undefined;
  readonly policy?: Partial<Policy> | undefined;
  readonly extra?: ExtraFacts | undefined;
  readonly lastPrice: NonNullable<MarketSources['lastPrice']>;
  /** Facts only the program knows: loss sales elsewhere, corporate actions, settled cash per currency. */
  readonly more?: (() => Partial<Situation>) | undefined;
  /** Whether an order may trade in this account; unset: unless it names another one. */
  readonly isOf?: ((trade: Trade) => boolean) | undefined;
  /** Called when something of the picture has come. */
  readonly told?: (() => void) | undefined;
  /** A holding has changed by what no execution explains: somebody else trades here, and the cash is old. */
  readonly unexplained?: (() => void) | undefined;
}

export interface AccountWatch {
  readonly account: string;
  /** AccountType as the gateway gives it; undefined before it came. */
  readonly accountType: string | undefined;
  /** Whether positions, numbers and working orders are complete and current. */
  readonly isCurrent: boolean;
  /** Resolves when the numbers were told anew, where too long nothing has moved in the account. */
  readonly renew: (() => Promise<void>) | undefined;
  /** The account as it is now. The same object until something changes; not current ones say so by their age. */
  situation(): Situation;
  /** Resolves with the first whole picture. @throws what ended a stream. */
  complete(): Promise<void>;
  /** An order of ours is about to leave, or other terms are on their way to it, or it does not count any more. */
  changed(trade: Trade): void;
  /** All executions have been asked for. */
  compared(): void;
  close(): void;
}

/** Times of executions are whole seconds, on a clock of their own. */
const EXECUTION_CLOCK_MS = 2_000;

/** The account as it was last told, changed in place by what comes. */
interface Kept {
  situation: Situation;
  readonly orders: Map<Trade, WorkingOrder>;
  readonly positions: Map<string, Position>;
  isCurrent: boolean;
  isNumbered: boolean;
  /** What was known of contracts then. */
  readonly version: number;
}

export function watchAccount(
  session: OrderCore,
  book: OrderBook,
  known: Knowledge,
  account: string,
  options: WatchOptions,
): AccountWatch {
  const values = watchNumbers(session, account, () => {
    if (kept !== undefined) kept.isNumbered = false;
    refreshUnshown();
    told();
  });
  const positions =
    session.accounts.length > MOST_ACCOUNTS_AT_ONCE ? openPositionsOf(session, account, '') : openAllPositions(session);
  const unshown = createUnshown({
    now: () => session.timer.now(),
    numbersAt: () => values.at,
    held: (conId) =>
      positions.view.get(positionKey({ account, modelCode: undefined, contract: { conId } }))?.position ?? new Big(0),
  });
  /** The situation, kept up to date change by change, and what of it stands for which order and which position. */
  let kept: Kept | undefined;
  /** Live orders that only the market bounds, and what they are counted at. */
  const atMarket = new Map<Trade, string | undefined>();
  let positionsAt: number | undefined;
  /** The first list of positions has come whole. */
  let isListed = false;
  let readying: (() => void) | undefined;

  const told = (): void => {
    options.told?.();
    // Prepared while nothing else is to do, so that the next order need not wait for it.
    readying ??= session.timer.after(0, () => {
      readying = undefined;
      try {
        if (isCurrent()) prepare(situation(), options.policy);
      } catch {
        // what the program adds threw: the next order is refused with it
      }
    });
  };
  const change = (one: Change): void => {
    if (kept !== undefined) kept.situation = changedSituation(kept.situation, one);
  };
  /** Takes an order as it is now. True: something of it is not as it was. */
  const refresh = (trade: Trade): boolean => {
    atMarket.delete(trade);
    const after = workingOf(trade);
    if (kept === undefined) return true;
    const before = kept.orders.get(trade);
    if (before === after || (before !== undefined && after !== undefined && isSame(before, after))) return false;
    if (after === undefined) kept.orders.delete(trade);
    else kept.orders.set(trade, after);
    change({ is: 'order', before, after });
    return true;
  };
  const refreshUnshown = (): void => {
    for (const trade of unshown.trades) refresh(trade);
  };
  positions.on((row) => {
    if (row.account !== account) return;
    positionsAt = session.timer.now();
    const { conId = 0 } = row.contract;
    if (!unshown.told(conId, row.position, !isListed)) options.unexplained?.();
    if (kept !== undefined) {
      const key = positionKey(row);
      const before = kept.positions.get(key);
      const after = positionOf(row);
      if (after === undefined) kept.positions.delete(key);
      else kept.positions.set(key, after);
      if (before !== undefined || after !== undefined) change({ is: 'position', before, after });
    }
    refreshUnshown();
    told();
  });
  positions.complete().then(
    () => {
      isListed = true;
      unshown.listed();
    },
    () => {}, // it ended: so did the watch
  );
  const { isOf = (trade: Trade): boolean => (trade.account ?? account) === account } = options;
  const unwatch = book.watch((trade, event) => {
    const isHere = isOf(trade);
    if (!isHere && kept?.orders.has(trade) !== true) return;
    if (event.is === 'fill' && event.isAnswer && !hasTerms(trade) && isOld(event.fill)) return;
    // Of an order for a group each execution is that of one member.
    if (isHere && (event.is === 'fill' || event.is === 'correction') && (event.fill.account || account) === account)
      unshown.add(trade, event.fill, event.is === 'fill' && event.isAnswer);
    if (event.is !== 'placed' && event.is !== 'changing' && matters(event) && refresh(trade)) told();
  });

  const accountType = (): string | undefined => values.now?.totals.get('AccountType')?.value ?? options.accountType?.();
  const isWhole = (): boolean =>
    session.isReady &&
    !session.isDegraded &&
    values.isLive &&
    positions.state.at === 'live' &&
    book.isCompared(session.epoch) &&
    values.now?.asOf !== undefined;
  const isCurrent = (): boolean => isWhole() && !values.isOld;

  /** An answer tells what was executed before, too: the numbers hold it, unless it is younger than they are. */
  const isOld = ({ at }: Fill): boolean => at === undefined || positionsAt === undefined || at + EXECUTION_CLOCK_MS < values.at;

  const priceNow = ({ contract, draft, reported }: Trade): string | undefined => {
    try {
      return freshPrice(options.lastPrice(contract ?? {}, (draft ?? reported)?.action), session.timer.now());
    } catch {
      return undefined; // the program's own answer threw: not known
    }
  };
  const counted = (trade: Trade): string | undefined => {
    const price = priceNow(trade);
    atMarket.set(trade, price);
    return price;
  };

  const closeOf = (conId: number): number | undefined => session.followed.closeOf(conId, session.timer.now());

  /** What of an order may still trade in this account, or is not shown by its numbers yet. */
  const workingOf = (trade: Trade): WorkingOrder | undefined => {
    if (!book.trades.has(trade) || !isOf(trade)) return undefined;
    const unsettled = unshown.of(trade);
    const made = (): WorkingOrder =>
      withCloses(workingOrder(trade, session.usedClientId, unsettled, known, options.extra, counted), closeOf);
    if (unsettled !== undefined) {
      const all = made();
      // What positions show already is not still to come for its exits as well.
      return unshown.isPlaced(trade) && book.index.childrenOf(trade.clientId, trade.orderId).size > 0
        ? { ...all, orderId: `${all.orderId} executed` }
        : all;
    }
    if (isEnd(trade.state)) return undefined;
    // Known by old executions alone: the list of open orders has come without it, so nothing of it works any more.
    return hasTerms(trade) ? made() : undefined;
  };

  const positionOf = (row: AccountPosition): Position | undefined =>
    row.position.eq(0)
      ? undefined
      : { contract: contractFacts(row.contract, known, options.extra), position: row.position.toFixed() };

  const numbersNow = (isNow: boolean): TradelessSituation =>
    situationOf(values.now, {
      account,
      kind: options.kind,
      accountType: accountType(),
      isOneOfSeveral: session.accounts.length > 1,
      isCurrent: isNow,
    });

  const readAnew = (isNow: boolean): Kept => {
    atMarket.clear();
    const orders = new Map<Trade, WorkingOrder>();
    for (const trade of book.trades) {
      const made = workingOf(trade);
      if (made !== undefined) orders.set(trade, made);
    }
    const held = new Map<string, Position>();
    for (const row of positions.view.values()) {
      const made = row.account === account ? positionOf(row) : undefined;
      if (made !== undefined) held.set(positionKey(row), made);
    }
    const situation = { ...numbersNow(isNow), positions: [...held.values()], workingOrders: [...orders.values()] };
    return { situation, orders, positions: held, isCurrent: isNow, isNumbered: true, version: known.version };
  };

  const situation = (): Situation => {
    const isNow = isCurrent();
    const isKnown = kept?.version === known.version && options.more === undefined;
    if (kept === undefined || !isKnown) {
      kept = readAnew(isNow);
      if (options.more !== undefined) kept.situation = { ...kept.situation, ...answered(options.more()) };
    } else if (kept.isCurrent !== isNow || !kept.isNumbered) {
      change({ is: 'numbers', numbers: numbersNow(isNow) });
      kept.isCurrent = isNow;
      kept.isNumbered = true;
    }
    for (const [trade, price] of [...atMarket]) if (priceNow(trade) !== price) refresh(trade);
    return kept.situation;
  };

  return {
    account,
    get accountType() {
      return accountType();
    },
    get isCurrent() {
      return isCurrent();
    },
    get renew() {
      return isWhole() && values.isOld ? values.renew : undefined;
    },
    situation,
    async complete() {
      await Promise.all([values.complete(), positions.complete()]);
      positionsAt ??= session.timer.now();
    },
    changed(trade) {
      refresh(trade);
    },
    compared: () => unshown.compared(),
    close() {
      unwatch();
      readying?.();
      values.close();
      positions.close();
    },
  };
}

/** False for an order that only its executions tell of: it was done before this session asked. */
function hasTerms(trade: Trade): boolean {
  return trade.draft !== undefined || trade.reported !== undefined;
}

/** The same terms; those of an order that is changing are never taken for the same. */
function isSame(a: WorkingOrder, b: WorkingOrder): boolean {
  if (a.alternatives !== undefined || b.alternatives !== undefined) return false;
  return (Object.keys(b) as (keyof WorkingOrder)[]).every((name) => a[name] === b[name]);
}

/** Events after which an order may count otherwise; the gateway repeats the rest in every list. */
function matters(event: TradeEvent): boolean {
  if (event.is === 'report') return event.isChanged;
  return event.is === 'state' || event.is === 'fill' || event.is === 'correction' || event.is === 'reopened';
}
