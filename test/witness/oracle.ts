// The oracle: fills everything that may be in force in the worst order, in whole cents, and says what would be broken. It knows
// nothing of the rules of the product.

import { type Currency, LINES, type Line, lineOf, UNDERLYING } from './world.js';

/** Terms as the bytes hold them. */
export interface Terms {
  readonly conId: number;
  readonly action: string;
  readonly orderType: string;
  readonly quantity: number;
  /** Cents. */
  readonly lmt?: number;
  readonly aux?: number;
  readonly discretion?: number;
  readonly trailStop?: number;
  readonly adjusted?: number;
  readonly cashQty?: number;
  readonly ocaGroup?: string;
  readonly ocaType?: number;
  readonly parent?: string;
  /** Fields whose reach the oracle cannot bound. */
  readonly strange: readonly string[];
}

export interface Live {
  readonly key: string;
  /** Terms in force and terms that may come into force. */
  readonly terms: readonly Terms[];
  readonly filled: number;
}

export interface Books {
  readonly cash: Readonly<Record<Currency, number>>;
  readonly positions: ReadonlyMap<number, number>;
  readonly live: readonly Live[];
  /** Contracts of options under instruction to be exercised. */
  readonly exercised: ReadonlyMap<number, number>;
}

const FEE = 100;
const sells = ({ action }: Terms): boolean => action !== 'BUY';
const sizeOf = (terms: Terms, line: Line): number => Math.max(terms.quantity, Math.ceil((terms.cashQty ?? 0) / line.last));
const multiplierOf = (line: Line): number => (line.secType === 'OPT' ? 100 : 1);

/** Dearest price at which a purchase may be filled. */
function dearest(terms: Terms, line: Line): number {
  const { lmt = 0, aux = 0, trailStop = 0, adjusted = 0, discretion = 0, orderType } = terms;
  const own =
    orderType === 'MKT' || orderType === 'MOC' || orderType === 'MTL'
      ? line.last
      : orderType.startsWith('TRAIL')
        ? Math.max(trailStop, line.last + aux)
        : orderType === 'STP' || orderType === 'MIT'
          ? Math.max(aux, Math.min(line.last, aux))
          : lmt;
  return Math.max(own, adjusted) + discretion;
}

const remaining = (terms: Terms, live: Live, line: Line): number => Math.max(0, sizeOf(terms, line) - live.filled);

const without = (books: Books, terms: Terms): Books => ({
  ...books,
  live: books.live.filter((live) => !live.terms.includes(terms)),
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

/** `isPutBought`: whether purchases of puts fill; such a purchase closes what is written. */
function mostSpent(books: Books, currency: Currency, isPutBought: boolean): number {
  let sum = 0;
  for (const live of books.live) {
    const costs = live.terms.map((terms) => {
      const line = lineOf(terms.conId);
      if (line === undefined || line.currency !== currency) return 0;
      const size = remaining(terms, live, line);
      if (size === 0) return 0;
      if (line.right === 'P' && !isPutBought) return 0;
      if (!sells(terms)) return Math.max(size * multiplierOf(line) * dearest(terms, line), terms.cashQty ?? 0) + FEE;
      return 0;
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

/** Cash that written puts may take, where purchases of them have filled or not. */
function secured(books: Books, { currency }: Line, isBought: boolean): number {
  return LINES.filter((line) => line.right === 'P' && line.currency === currency).reduce((sum, line) => {
    const bought = isBought ? books.live.reduce((all, { key }) => all + boughtBy(books, key, line.conId, line), 0) : 0;
    return sum + Math.max(0, shortOf(books, line.conId) - bought) * 100 * (line.strike ?? 0);
  }, 0);
}

const unexercised = (books: Books): Books => ({ ...books, exercised: new Map() });

/** Stock that ends short, and calls without shares behind them. */
function shortIn(books: Books, terms: Terms, line: Line): readonly string[] {
  if (line.right === 'P') return [];
  const counted = (right: string): number =>
    [...books.exercised].reduce((sum, [conId, count]) => sum + (lineOf(conId)?.right === right ? count : 0), 0);
  const calls = LINES.filter(({ right }) => right === 'C').reduce((sum, { conId }) => sum + shortOf(books, conId), 0);
  const stock = line.right === 'C' ? (lineOf(UNDERLYING) as Line) : line;
  const isUnderlying = stock.conId === UNDERLYING;
  const needs = isUnderlying ? 100 * (calls + counted('P')) : 0;
  const sold = mostSold(books, stock.conId, stock);
  const held = (books.positions.get(stock.conId) ?? 0) + (isUnderlying ? 100 * counted('C') : 0);
  // What others have sold short is not this order's doing.
  const isOwn = line.secType !== 'STK' || sold > mostSold(without(books, terms), stock.conId, stock);
  const isShort = isOwn && sold + needs > held && (line.secType === 'STK' || shortOf(books, line.conId) > 0);
  return isShort ? [`${line.secType === 'STK' ? 'short' : 'uncovered call'}: ${sold} + ${needs} of ${held} ${stock.symbol}`] : [];
}

/** What a write of `terms` could break, worst order of fills; empty: nothing. */
export function broken(books: Books, terms: Terms): readonly string[] {
  const line = lineOf(terms.conId);
  if (line === undefined) return [`contract ${terms.conId} is not known`];
  const said = terms.strange.map((field) => `${field} cannot be bounded`);
  if (line.tradingClass !== undefined && sells(terms) && shortOf(books, line.conId) > 0)
    said.push('an adjusted series is written');
  if (line.secType === 'FUT') said.push('forbidden security');
  // An instruction to exercise is carried out, or not yet: a call that is brings its shares.
  if (sells(terms) && line.secType !== 'FUT')
    said.push(...new Set([books, unexercised(books)].flatMap((one) => shortIn(one, terms, line))));
  // A put that is written takes its strike in cash, a purchase its price.
  if (!sells(terms) || line.right === 'P') {
    const spent = Math.max(
      ...[true, false].map((isBought) => mostSpent(books, line.currency, isBought) + secured(books, line, isBought)),
    );
    const cash = books.cash[line.currency];
    const isPut = sells(terms);
    if (spent > cash && (!isPut || shortOf(books, line.conId) > 0)) said.push(`debit: ${spent} of ${cash} ${line.currency}`);
  }
  return said;
}
