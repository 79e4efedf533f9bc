// The oracle: fills everything that may be in force in the worst order, in whole cents, and says what would be broken. It knows
// nothing of the rules of the product.

import {
  type Books,
  BY_LIMIT,
  costOf,
  FEE,
  type Leg,
  type Live,
  multiplierOf,
  remaining,
  risen,
  sells,
  type Terms,
} from './books.js';
import { type Currency, LINES, type Line, lineOf, UNDERLYING } from './world.js';

/** As it was before these terms left: of an order that is changed the older ones may stay in force. */
const before = (books: Books, terms: Terms): Books => ({
  ...books,
  live: books.live
    .map((live) => ({ ...live, terms: live.terms.filter((one) => one !== terms) }))
    .filter((live) => live.terms.length > 0),
});

/** What selling may take of a line: orders of one blocking group count once, children only beyond what their parent buys. */
function mostSold(books: Books, conId: number, line: Line): number {
  const groups = new Map<string, number>();
  for (const live of books.live) {
    const wanted = Math.max(
      0,
      ...live.terms.filter((one) => one.conId === conId && sells(one)).map((one) => remaining(one, live, line)),
    );
    if (wanted === 0) continue;
    const { ocaGroup, ocaType, parent } = live.terms[live.terms.length - 1] as Terms;
    const blocks = ocaGroup !== undefined && ocaGroup !== '' && (ocaType === 1 || ocaType === 2);
    const bought = parent === undefined ? 0 : boughtBy(books, parent, conId, line);
    const name = blocks ? `oca ${ocaGroup} ${parent ?? ''}` : live.key;
    groups.set(name, Math.max(groups.get(name) ?? 0, Math.max(0, wanted - bought)));
  }
  return [...groups.values()].reduce((sum, one) => sum + one, 0);
}

function boughtBy(books: Books, parent: string, conId: number, line: Line): number {
  const found = books.live.find(({ key }) => key === parent);
  if (found === undefined) return 0;
  return Math.min(...found.terms.map((one) => (one.conId === conId && !sells(one) ? remaining(one, found, line) : 0)));
}

/** `isBought`: whether purchases of options that are written fill; such a purchase closes what is written. */
function mostSpent(books: Books, currency: Currency, isBought: boolean): number {
  let sum = 0;
  for (const live of books.live) {
    const costs = live.terms.map((terms) => {
      const line = lineOf(terms.conId);
      if (line === undefined || line.currency !== currency) return 0;
      const size = remaining(terms, live, line);
      if (size === 0) return 0;
      if (!isBought && line.right !== undefined && shortOf(books, line.conId) > 0) return 0;
      return sells(terms) ? 0 : costOf(terms, size, line);
    });
    sum += Math.max(0, ...costs);
  }
  for (const [conId, count] of books.exercised) {
    const line = lineOf(conId);
    if (line?.right === 'C' && line.currency === currency) sum += count * 100 * (line.strike ?? 0);
  }
  return sum;
}

/** Contracts of an option that may end up written. */
function shortOf(books: Books, conId: number): number {
  const held = (books.positions.get(conId) ?? 0) - (books.exercised.get(conId) ?? 0);
  return Math.max(0, mostSold(books, conId, lineOf(conId) as Line) - held);
}

/** Contracts that stay written where purchases of them have filled or not. */
function staysShort(books: Books, line: Line, isBought: boolean): number {
  const bought = isBought ? books.live.reduce((all, { key }) => all + boughtBy(books, key, line.conId, line), 0) : 0;
  return Math.max(0, shortOf(books, line.conId) - bought);
}

/** Cash that written puts may take. */
function secured(books: Books, currency: Currency, isBought: boolean): number {
  return LINES.filter((line) => line.right === 'P' && line.currency === currency).reduce(
    (sum, line) => sum + staysShort(books, line, isBought) * 100 * strikeOf(line),
    0,
  );
}

const strikeOf = ({ strike = 0 }: Line): number => strike;
const unexercised = (books: Books): Books => ({ ...books, exercised: new Map() });

/** Contracts of an option that are there whatever fills. */
function sureOf(books: Books, conId: number): number {
  const held = (books.positions.get(conId) ?? 0) - (books.exercised.get(conId) ?? 0);
  return Math.max(0, held - mostSold(books, conId, lineOf(conId) as Line));
}

const CALLS = LINES.filter(({ right, tradingClass }) => right === 'C' && tradingClass === undefined);

/** Short calls behind which `covers` finds long ones, of the series given. */
function spread(
  books: Books,
  isBought: boolean,
  covers: (short: Line, long: Line) => boolean,
): { readonly short: Line; readonly long: Line; readonly count: number }[] {
  if (!books.maySpread) return [];
  return CALLS.flatMap((short) =>
    CALLS.filter((long) => long !== short && covers(short, long)).map((long) => ({
      short,
      long,
      count: Math.min(staysShort(books, short, isBought), sureOf(books, long.conId)),
    })),
  );
}

/** Shares of the underlying that calls need behind them, after the long calls that cost nothing, and those that cost their width. */
function callsNeed(
  books: Books,
  isBought: boolean,
): { readonly shares: number; readonly widths: number; readonly pairs: number } {
  const all = LINES.filter(({ right }) => right === 'C').reduce(
    (sum, { conId }) => sum + staysShort(books, lineOf(conId) as Line, isBought),
    0,
  );
  const free = spread(books, isBought, (short, long) => strikeOf(long) <= strikeOf(short)).reduce(
    (sum, { count }) => sum + count,
    0,
  );
  const wide = spread(books, isBought, (short, long) => strikeOf(long) > strikeOf(short));
  return {
    shares: 100 * Math.max(0, all - free),
    pairs: wide.reduce((sum, { count }) => sum + count, 0),
    widths: Math.max(0, ...wide.map(({ short, long }) => 100 * (strikeOf(long) - strikeOf(short)))),
  };
}

interface Backing {
  readonly sold: number;
  readonly needs: number;
  readonly held: number;
  readonly missing: number;
  /** Cash that stands where shares are missing. */
  readonly cash: number;
}

/** What stands behind the sales of a stock and the calls on it. */
function backing(books: Books, stock: Line, isBought = false): Backing {
  const counted = (right: string): number =>
    [...books.exercised].reduce((sum, [conId, count]) => sum + (lineOf(conId)?.right === right ? count : 0), 0);
  const isUnderlying = stock.conId === UNDERLYING;
  const calls = isUnderlying ? callsNeed(books, isBought) : { shares: 0, pairs: 0, widths: 0 };
  const needs = calls.shares + (isUnderlying ? 100 * counted('P') : 0);
  const sold = mostSold(books, stock.conId, stock);
  const held = (books.positions.get(stock.conId) ?? 0) + (isUnderlying ? 100 * counted('C') : 0);
  const lacking = Math.max(0, sold + needs - held);
  const pairs = Math.min(calls.pairs, Math.ceil(Math.min(lacking, calls.shares) / 100));
  return { sold, needs, held, missing: Math.max(0, lacking - 100 * pairs), cash: pairs * calls.widths };
}

/** Stock that ends short, and calls without shares behind them. */
function shortIn(books: Books, terms: Terms, line: Line): readonly string[] {
  if (line.right === 'P') return [];
  const stock = line.right === 'C' ? (lineOf(UNDERLYING) as Line) : line;
  const { sold, needs, held, missing } = backing(books, stock);
  // What others have sold short is not this order's doing.
  const was = before(books, terms);
  const isOwn = line.secType === 'STK' ? sold > mostSold(was, stock.conId, stock) : missing > backing(was, stock).missing;
  const isShort = isOwn && missing > 0 && (line.secType === 'STK' || shortOf(books, line.conId) > 0);
  return isShort ? [`${line.secType === 'STK' ? 'short' : 'uncovered call'}: ${sold} + ${needs} of ${held} ${stock.symbol}`] : [];
}

/** Cash of a currency that may be taken: by purchases, and by written puts or spreads of calls, for no price can be low and high at once. */
function taken(books: Books, currency: Currency): number {
  const ways = [true, false].map((isBought) => {
    const width = currency === 'USD' ? backing(books, lineOf(UNDERLYING) as Line, isBought).cash : 0;
    return mostSpent(books, currency, isBought) + Math.max(width, secured(books, currency, isBought));
  });
  return Math.max(...ways);
}

/** One leg or one contract: what its write could break. */
function brokenBySingle(books: Books, terms: Terms): readonly string[] {
  const line = lineOf(terms.conId);
  if (line === undefined) return [`contract ${terms.conId} is not known`];
  const said: string[] = [];
  if (line.tradingClass !== undefined && sells(terms) && shortOf(books, line.conId) > 0)
    said.push('an adjusted series is written');
  if (line.secType === 'FUT') said.push('forbidden security');
  // An instruction to exercise is carried out, or not yet: a call that is brings its shares.
  if (sells(terms) && line.secType !== 'FUT')
    said.push(...new Set([books, unexercised(books)].flatMap((one) => shortIn(one, terms, line))));
  // A put that is written takes its strike in cash, a call behind which a dearer one stands the width, a purchase its price.
  // What others have spent since is not the doing of a change that takes no more than its order could take before.
  const [spent, cash] = [taken(books, line.currency), books.cash[line.currency]];
  const isNewPurchase = !sells(terms) && (orderOf(books, terms)?.terms.length ?? 1) === 1;
  if (spent > cash && (isNewPurchase || spent > taken(before(books, terms), line.currency)))
    said.push(`debit: ${spent} of ${cash} ${line.currency}`);
  return said;
}

/** Cents that one unit of a combination takes at most; negative: what its limit brings. */
function netOf({ action, orderType, lmt = 0, discretion = 0, legs = [] }: Terms): number {
  const side = action === 'BUY' ? 1 : -1;
  if (BY_LIMIT.has(orderType)) return 100 * (side * lmt + discretion);
  const natural = legs.reduce((sum, { conId, each }) => {
    const line = lineOf(conId) as Line;
    return sum + side * each * line.last * multiplierOf(line);
  }, 0);
  // A credit at the market may be anything.
  return Math.max(0, risen(natural));
}

/** The books when what is left of a combination has filled: its legs together at its price, or some of them, each at the market. */
function filled(books: Books, terms: Terms, live: Pick<Live, 'filled' | 'key'>): readonly Books[] {
  const units = Math.max(0, terms.quantity - live.filled);
  if (units === 0) return [books];
  const side = terms.action === 'BUY' ? 1 : -1;
  const without = books.live.filter(({ key }) => key !== live.key);
  const having = (legs: readonly Leg[], cost: number): Books => {
    const positions = new Map(books.positions);
    for (const { conId, each } of legs) positions.set(conId, (positions.get(conId) ?? 0) + side * each * units);
    return { ...books, positions, cash: { ...books.cash, USD: books.cash.USD - units * cost - FEE }, live: without };
  };
  const { legs = [], isLoose = false } = terms;
  if (!isLoose) return [having(legs, netOf(terms))];
  return legs
    .reduce<readonly (readonly Leg[])[]>((all, leg) => all.flatMap((one) => [one, [...one, leg]]), [[]])
    .map((some) =>
      having(
        some,
        some.reduce((sum, leg) => sum + legCost(leg, side), 0),
      ),
    );
}

function legCost({ conId, each }: Leg, side: number): number {
  const line = lineOf(conId) as Line;
  return side * each > 0 ? Math.abs(each) * multiplierOf(line) * risen(line.last) : 0;
}

/** Every way in which the combinations that work, but for one, may have filled. */
function outcomes(books: Books, except?: Terms): readonly Books[] {
  let all: readonly Books[] = [books];
  for (const live of books.live) {
    if (except !== undefined && live.terms.includes(except)) continue;
    const bags = live.terms.filter(({ legs }) => legs !== undefined);
    if (bags.length > 0) all = all.flatMap((one) => [one, ...bags.flatMap((terms) => filled(one, terms, live))]);
  }
  return all;
}

/** A combination: what is worse when it has filled. */
function brokenByBag(books: Books, terms: Terms): readonly string[] {
  const lines = (terms.legs ?? []).map(({ conId }) => lineOf(conId));
  if (lines.length === 0 || lines.includes(undefined)) return ['a leg is not known'];
  const order = orderOf(books, terms) ?? { key: '', filled: 0, terms: [] };
  const said: string[] = [];
  if (lines.some((line) => line?.secType === 'FUT')) said.push('forbidden security');
  // A change is to blame for what it makes worse than the older terms could.
  const could = [books, ...order.terms.filter((one) => one !== terms).flatMap((one) => filled(books, one, order))];
  const isWorse = (after: Books, measure: (of: Books) => number): boolean => could.every((one) => measure(after) > measure(one));
  for (const after of filled(books, terms, order)) {
    if (LINES.some(({ conId, tradingClass }) => tradingClass !== undefined && isWorse(after, (of) => shortOf(of, conId))))
      said.push('an adjusted series is written');
    if (isWorse(after, lacks)) said.push(`combination: ${lacks(after)} shares are missing`);
    if (isWorse(after, owes)) said.push(`combination: ${owes(after)} USD are missing`);
  }
  return said;
}

/** What an instruction to exercise `count` more of an option could break: `books` count them. */
export function brokenByExercise(books: Books, conId: number, count: number): readonly string[] {
  const told = books.exercised.get(conId) ?? 0;
  const held = books.positions.get(conId) ?? 0;
  const said = outcomes(books).flatMap((after) => {
    const was = { ...after, exercised: new Map([...after.exercised, [conId, told - count]]) };
    return [
      ...(lacks(after) > lacks(was) ? [`short: ${lacks(after)} shares are missing`] : []),
      ...(owes(after) > owes(was) ? [`debit: ${owes(after)} USD are missing`] : []),
    ];
  });
  return [...(told > held ? ['more than is held'] : []), ...new Set(said)];
}

const orderOf = (books: Books, terms: Terms): Live | undefined => books.live.find((one) => one.terms.includes(terms));

const lacks = (books: Books): number => backing(books, lineOf(UNDERLYING) as Line).missing;
const owes = (books: Books): number => Math.max(0, taken(books, 'USD') - books.cash.USD);

/** What a write of `terms` could break, worst order of fills; empty: nothing. */
export function broken(books: Books, terms: Terms): readonly string[] {
  const judge = terms.legs === undefined ? brokenBySingle : brokenByBag;
  const said = outcomes(books, terms).flatMap((one) => judge(one, terms));
  return [...terms.strange.map((field) => `${field} cannot be bounded`), ...new Set(said)];
}
