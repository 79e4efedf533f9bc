// One account as the rules see it, from live streams: positions, cash and working orders, and how far they can be trusted.
import type Big from 'big.js';
import { prepare } from '../../../rules/check.js';
import { withWorkingOrder } from '../../../rules/facts/snapshot.js';
import type { Policy, Position, Situation, WorkingOrder } from '../../../rules/types.js';
import { MOST_ACCOUNTS_AT_ONCE, openAllPositions, openPositionsOf } from '../../accounts/positions.js';
import { openValues } from '../../accounts/values.js';
import type { Knowledge } from '../../contracts/knowledge.js';
import type { Session } from '../../session.js';
import type { OrderBook } from '../book.js';
import { isEnd } from '../record/trade-state.js';
import type { Trade } from '../trade.js';
import { contractFacts, type ExtraFacts, workingOrder } from './facts.js';

export interface WatchOptions {
  /** Kind by configuration: it alone knows how trades are financed. */
  readonly kind?: string | undefined;
  /** AccountType as another question has told it, where the account's own stream does not. */
  readonly accountType?: (() => string | undefined) | undefined;
  readonly policy?: Partial<Policy> | undefined;
  readonly extra?: ExtraFacts | undefined;
  /** Facts only the program knows: loss sales elsewhere, corporate actions, settled cash per currency. */
  readonly more?: (() => Partial<Situation>) | undefined;
  /** Called when something of the picture has come. */
  readonly told?: (() => void) | undefined;
}

export interface AccountWatch {
  readonly account: string;
  /** AccountType as the gateway gives it; undefined before it came. */
  readonly accountType: string | undefined;
  /** Whether positions, numbers and working orders are complete and current. */
  readonly isCurrent: boolean;
  /** The account as it is now. The same object until something changes; not current ones say so by their age. */
  situation(): Situation;
  /** Resolves with the first whole picture. @throws what ended a stream. */
  complete(): Promise<void>;
  /** An order of ours is about to leave: it counts from this moment on. */
  placed(trade: Trade): void;
  /** Other terms are on their way to an order. */
  changing(): void;
  close(): void;
}

/** The broker sends changes every three minutes at the latest (limits §8). */
const CADENCE_MS = 240_000;
/** Age that no policy accepts. */
const NEVER_SECONDS = 1_000_000_000;

export function watchAccount(
  session: Session,
  book: OrderBook,
  known: Knowledge,
  account: string,
  options: WatchOptions,
): AccountWatch {
  const values = openValues(session, account, {});
  const positions =
    session.accounts.length > MOST_ACCOUNTS_AT_ONCE ? openPositionsOf(session, account, '') : openAllPositions(session);
  /** Executions the account's numbers may not show yet: they count as still working. */
  const fresh = new Map<Trade, { at: number; filled: Big }[]>();
  let cached: { readonly situation: Situation; readonly isCurrent: boolean } | undefined;
  let positionsAt: number | undefined;
  let readying: (() => void) | undefined;

  const changed = (): void => {
    changing();
    options.told?.();
  };
  /** Tells nobody who waits: what is judged again changes the picture itself, and those would wake each other for ever. */
  const changing = (): void => {
    cached = undefined;
    // Prepared while nothing else is to do, so that the next order need not wait for it.
    readying ??= session.timer.after(0, () => {
      readying = undefined;
      if (isCurrent()) prepare(situation(), options.policy);
    });
  };
  values.on(changed);
  positions.on((position) => {
    if (position.account !== account) return;
    positionsAt = session.timer.now();
    changed();
  });
  /** Made once per order and kept until something of it changes: the rules know what they have seen before by identity. */
  const orders = new Map<Trade, { readonly asked: Trade['asked']; readonly made: WorkingOrder }>();
  const workingOf = (trade: Trade): WorkingOrder => {
    const kept = orders.get(trade);
    if (kept?.asked === trade.asked) return kept.made;
    const made = workingOrder(trade, session.usedClientId, undefined, known, options.extra);
    orders.set(trade, { asked: trade.asked, made });
    return made;
  };
  const unwatch = book.watch((trade, event) => {
    orders.delete(trade);
    if (trade.account !== undefined && trade.account !== account) return;
    if (event.is === 'fill' && book.isAnswer && !hasTerms(trade)) return; // an earlier session's: the first numbers hold it
    if (event.is === 'fill' || event.is === 'correction') {
      const list = fresh.get(trade) ?? [];
      list.push({ at: session.timer.now(), filled: event.fill.shares });
      fresh.set(trade, list);
      changed();
    } else if (event.is === 'state' || (event.is === 'report' && event.isChanged)) {
      const isLife = event.is === 'state' && !isEnd(event.state) && !isEnd(event.before) && event.state.at !== 'unclear';
      if (!isLife) changed();
    }
  });

  const numbers = () => values.view.get(account);
  const accountType = (): string | undefined => numbers()?.totals.get('AccountType')?.value ?? options.accountType?.();
  const isCurrent = (): boolean => {
    const asOf = numbers()?.asOf;
    const isLive = values.state.at === 'live' && positions.state.at === 'live';
    return (
      session.isReady &&
      !session.isDegraded &&
      isLive &&
      book.isCompared(session.epoch) &&
      asOf !== undefined &&
      session.timer.now() - asOf <= CADENCE_MS
    );
  };

  /** What was executed after the numbers were last said. */
  const unsettledOf = (trade: Trade): Big | undefined => {
    const seenAt = Math.min(numbers()?.asOf ?? 0, positionsAt ?? 0);
    const list = (fresh.get(trade) ?? []).filter(({ at }) => at >= seenAt);
    if (list.length === 0) {
      fresh.delete(trade);
      return undefined;
    }
    fresh.set(trade, list);
    return list.reduce<Big | undefined>((sum, { filled }) => sum?.plus(filled) ?? filled, undefined);
  };

  const working = (): WorkingOrder[] => {
    const own = session.usedClientId;
    const live: WorkingOrder[] = [];
    for (const trade of book.trades) {
      if (trade.account !== undefined && trade.account !== account) continue;
      const unsettled = fresh.has(trade) ? unsettledOf(trade) : undefined;
      if (isEnd(trade.state)) {
        if (unsettled !== undefined) live.push(workingOrder(trade, own, unsettled.toFixed(), known, options.extra));
        continue;
      }
      // Known by old executions alone: the list of open orders has come without it, so nothing of it works any more.
      if (!hasTerms(trade) && unsettled === undefined) continue;
      if (unsettled === undefined) live.push(workingOf(trade));
      else live.push(workingOrder(trade, own, trade.remaining?.plus(unsettled).toFixed(), known, options.extra));
    }
    return live;
  };

  const situation = (): Situation => {
    const current = isCurrent();
    if (cached?.isCurrent === current) return cached.situation;
    const totals = numbers()?.totals;
    const total = (tag: string): string | undefined => totals?.get(tag)?.amount?.toFixed();
    const cash: Record<string, string> = {};
    const exchangeRates: Record<string, string> = {};
    for (const [currency, ledger] of numbers()?.ledgers ?? []) {
      const amount = ledger.get('TotalCashBalance')?.amount ?? ledger.get('CashBalance')?.amount;
      if (amount !== undefined) cash[currency] = amount.toFixed();
      const rate = ledger.get('ExchangeRate')?.amount;
      if (rate !== undefined) exchangeRates[currency] = rate.toFixed();
    }
    const net = totals?.get('NetLiquidation');
    const settled = totals?.get('SettledCash');
    // Settled cash is told as one sum over all currencies: where it is all the cash there is, every currency is settled.
    const whole = totals?.get('TotalCashValue');
    const isAllSettled =
      settled?.amount !== undefined &&
      whole?.amount !== undefined &&
      settled.currency === whole.currency &&
      settled.amount.eq(whole.amount) &&
      Object.values(cash).every((amount) => !amount.startsWith('-'));
    const dayTrades = totals?.get('DayTradesRemaining')?.amount?.toNumber();
    const held: Position[] = [...positions.view.values()].flatMap((row) =>
      row.account !== account || row.position.eq(0)
        ? []
        : [{ contract: contractFacts(row.contract, known, options.extra), position: row.position.toFixed() }],
    );
    const made: Situation = {
      account: {
        account,
        configuredKind: options.kind,
        accountType: accountType(),
        baseCurrency: net?.currency ?? '',
        netLiquidation: net?.amount?.toFixed(),
        availableFunds: total('AvailableFunds'),
        excessLiquidity: total('ExcessLiquidity'),
        ...(dayTrades !== undefined && { dayTradesRemaining: dayTrades }),
        snapshotAgeSeconds: current ? 0 : NEVER_SECONDS,
      },
      severalAccounts: session.accounts.length > 1,
      cash,
      ...(settled?.amount !== undefined && {
        settledCash: { ...(isAllSettled && cash), [settled.currency]: settled.amount.toFixed() },
      }),
      positions: held,
      workingOrders: working(),
      exchangeRates,
      ...options.more?.(),
    };
    cached = { situation: made, isCurrent: current };
    return made;
  };

  return {
    account,
    get accountType() {
      return accountType();
    },
    get isCurrent() {
      return isCurrent();
    },
    situation,
    async complete() {
      await Promise.all([values.complete(), positions.complete()]);
      positionsAt ??= session.timer.now();
    },
    placed(trade) {
      if ((trade.account !== undefined && trade.account !== account) || cached === undefined) return;
      cached = { ...cached, situation: withWorkingOrder(cached.situation, workingOf(trade)) };
    },
    changing,
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
