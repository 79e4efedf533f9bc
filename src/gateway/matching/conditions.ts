/** The six kinds of condition: what they look at, and whether a list of them holds. `and` binds tighter than `or`. */
import { accountOf } from '../accounts/account-book.js';
import { valuate } from '../accounts/valuation.js';
import type { SessionKind } from '../world/market-view.js';
import { bookOf, type EngineState, later, nowOf, sessionNow, watchedBook } from './engine-state.js';
import { readTime } from './gateway-time.js';
import type { LiveOrder } from './live-order.js';
import { hasFallenTo, hasRisenTo } from './signals.js';
import type { SimCondition, SimOrder } from './sim-order.js';

export function hasConditions(order: LiveOrder): boolean {
  return (order.order.conditions?.length ?? 0) > 0;
}

/** Starts looking: at instruments, at the time, at executions, at the margin. */
export function watchConditions(state: EngineState, order: LiveOrder): void {
  for (const { conditionType, conId, time } of order.order.conditions ?? []) {
    const instrument = conId === undefined ? undefined : state.setup.market.instrument(conId);
    if (instrument) watchedBook(state, instrument).watchers.add(order);
    if (conditionType === 3 && time !== undefined) {
      const at = readTime(time, state.options.hostZone ?? 'US/Eastern', nowOf(state));
      if (at !== undefined && at > nowOf(state)) later(state, order, at, () => state.ready.push(order));
    }
    if (conditionType === 5) state.executionWatchers.add(order);
    if (conditionType === 4) watchMargin(state, order);
  }
}

/** The margin cushion moves with every position; it is looked at once a second. */
function watchMargin(state: EngineState, order: LiveOrder): void {
  state.marginWatchers.add(order);
  const look = (): void => {
    if (!state.marginWatchers.has(order)) return;
    state.ready.push(order);
    later(state, order, nowOf(state) + 1000, look);
  };
  later(state, order, nowOf(state) + 1000, look);
}

/** Whether conditions count in a session: the overnight one lies where the exchange is closed. */
function isMeasured({ conditionsIgnoreRth, conditionsIncludeOvernight }: SimOrder, session: SessionKind): boolean {
  if (session === 'regular' || conditionsIgnoreRth === true) return true;
  return session === 'closed' && conditionsIncludeOvernight === true;
}

export function conditionsHold(state: EngineState, order: LiveOrder): boolean {
  const conditions = order.order.conditions ?? [];
  if (!isMeasured(order.order, sessionNow(state, order.instrument).kind)) return false;
  let group = true;
  for (const [place, condition] of conditions.entries()) {
    group &&= holds(state, order, condition, place);
    if (condition.isConjunctionConnection === false || place === conditions.length - 1) {
      if (group) return true;
      group = true;
    }
  }
  return false;
}

function holds(state: EngineState, order: LiveOrder, condition: SimCondition, place: number): boolean {
  const isMore = condition.isMore === true;
  const compare = (value: number, with_: number): boolean => (isMore ? value >= with_ : value <= with_);
  const instrument = condition.conId === undefined ? undefined : state.setup.market.instrument(condition.conId);
  const book = instrument && bookOf(state, instrument);
  switch (condition.conditionType) {
    case 1:
      if (!book || condition.price === undefined) return false;
      return isMore
        ? hasRisenTo(book, condition.price, condition.triggerMethod)
        : hasFallenTo(book, condition.price, condition.triggerMethod);
    case 3: {
      const at = readTime(condition.time ?? '', state.options.hostZone ?? 'US/Eastern', nowOf(state));
      return at !== undefined && compare(nowOf(state), at);
    }
    case 4: {
      const v = valuate(accountOf(state.setup.accounts, order.account), state.setup.accounts.prices);
      if (v.netLiquidation <= 0) return !isMore;
      return compare(((v.equityWithLoan - v.requirement.maintenance) / v.netLiquidation) * 100, condition.percent ?? 0);
    }
    case 5:
      return order.met.has(place);
    case 6:
      return book !== undefined && compare(book.quote.volume, condition.volume ?? 0);
    case 7:
      return (
        book !== undefined &&
        book.quote.close > 0 &&
        compare((book.quote.last / book.quote.close - 1) * 100, condition.changePercent ?? 0)
      );
    default:
      return false;
  }
}
