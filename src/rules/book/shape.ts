// The shape of an order and its contract: kinds, details, sides, types, sizes and prices that can be read at all.
import { isIra, mayBorrow } from '../account-kind.js';
import type { Context } from '../context.js';
import { isUnset, larger, ONE, readDecimal, readPositive, writeDecimal } from '../decimal.js';
import { type Ask, heldOf, sameSide } from '../facts/ask.js';
import type { Unreadable } from '../facts/book.js';
import { type Contract, readDay } from '../facts/contract.js';
import { amountFor, hasForeignLeg } from '../facts/effect.js';
import { isInstruction } from '../facts/exercise.js';
import { orderTypes, timesInForce } from '../facts/order-types.js';
import { isEngineKind } from '../facts/snapshot.js';
import type { Facts } from '../finding.js';
import { nameOf, shown } from '../naming.js';
import { each, row, type Said } from './row.js';

/** Facts of a contract without which cover, cost or eligibility cannot be told. */
function missingOf(contract: Contract, ask: Ask, { snapshot }: Context): string[] {
  const missing: string[] = [];
  const want = (isThere: boolean, field: string): void => {
    if (!isThere) missing.push(field);
  };
  const { secType, facts } = contract;
  if (contract.symbol === '' && contract.conId === undefined && secType !== 'BAG') missing.push('symbol');
  if (contract.currency === '') missing.push('currency');
  if (secType === 'OPT' || secType === 'FOP') {
    want(contract.expiry !== undefined, 'lastTradeDateOrContractMonth');
    want(contract.strike !== undefined, 'strike');
    want(contract.right !== undefined, 'right');
    want(contract.multiplier !== undefined, 'multiplier');
  }
  if (secType === 'FUT') {
    want(contract.expiry !== undefined, 'lastTradeDateOrContractMonth');
    want(contract.multiplier !== undefined, 'multiplier');
    if (ask.opens && snapshot.kind !== 'portfolio-margin') want(contract.margin !== undefined, 'initMargin');
  }
  if (secType === 'BOND') want(contract.multiplier !== undefined, 'multiplier');
  if (secType === 'BAG') want(contract.legs.length > 0, 'comboLegs');
  const buysStock =
    secType === 'STK' &&
    ask.effects.some((effect) =>
      effect.changes.some((change) => change.quantity > 0n && change.contract.structure === contract.structure),
    );
  if (buysStock && ask.opens && snapshot.kind !== undefined && isIra(snapshot.kind) && snapshot.policy.requireContractDetails) {
    want(typeof facts.stockType === 'string' && facts.stockType !== '', 'stockType');
  }
  return missing;
}

/** What cannot be read could cost any money, and could sell or be what an exit is made of where it shares the underlying. */
const concerns = ({ underlying }: Unreadable, ask: Ask): boolean =>
  ask.opens || underlying === undefined || ask.contracts.some((contract) => contract.underlying === underlying);

function detailsMissing(context: Context): readonly Said[] {
  const { snapshot, asks } = context;
  const found: Said[] = [];
  for (const ask of asks) {
    for (const contract of new Set([ask.contract, ...ask.contracts])) {
      const missing = missingOf(contract, ask, context);
      if (missing.length > 0) found.push({ facts: { contract: nameOf(contract), missing: missing.join(', ') }, ask });
    }
  }
  if (found.length > 0) return found;
  const unreadable = snapshot.book.unreadable.find((one) => asks.some((ask) => concerns(one, ask)));
  if (unreadable !== undefined) return [{ facts: { contract: unreadable.name, missing: 'readable size and contract' } }];
  if (!asks.some((ask) => ask.opens)) return found;
  if (!isEngineKind(snapshot) || (snapshot.kind !== undefined && mayBorrow(snapshot.kind))) return found;
  const { needsMore } = context.worst();
  const own = new Set(asks.map((ask) => ask.id));
  for (const [currency, unknown] of snapshot.reserves().unknown) {
    if (!needsMore.has(currency)) continue;
    for (const what of unknown) {
      if (what.what === 'details' && !own.has(what.id)) found.push({ facts: { contract: what.id, missing: what.missing } });
    }
  }
  return found;
}

/** Everything about side, type, time in force and the order's own shape that is not accepted. */
function invalidOf(context: Context): readonly Said[] {
  const { snapshot, asks } = context;
  const found: Said[] = [];
  const ids = new Set<string>();
  // Accounts under no rules may use whatever the wire takes.
  const isOrderAlone = snapshot.situation.scope === 'order';
  for (const ask of asks) {
    const { order, id } = ask;
    const { action, orderType, tif } = order;
    const say = (facts: Facts): unknown => found.push({ facts, ask });
    if (typeof order.faGroup === 'string' && order.faGroup !== '' && !isUnset(order.account))
      say({ malformed: 'account and faGroup at once, exactly one of them is meant' });
    if (order.pricesLegs === true && (order.nonGuaranteed !== true || ask.contract.legs.length !== 2))
      say({ malformed: 'prices of legs, which only a combination of two legs with NonGuaranteed 1 can have' });
    if (isOrderAlone) continue;
    if (action !== 'BUY' && action !== 'SELL') say({ action: shown(action) });
    if (!orderTypes.has(orderType)) say({ orderType: shown(orderType) });
    if (tif !== undefined && tif !== '' && !timesInForce.has(tif)) say({ tif: shown(tif) });
    if (ids.has(id)) say({ malformed: 'two orders with one id' });
    if (ask.parentId === id) say({ malformed: 'it is its own parent' });
    if (order.nonGuaranteed !== true && hasForeignLeg(ask.contract))
      say({ malformed: `legs in other currencies than ${shown(ask.contract.currency)}` });
    if (isInstruction(order) && ask.size !== undefined) {
      const free = heldOf(ask.key, snapshot) - sameSide(ask.key, -1n, id, undefined, snapshot);
      if (ask.size > free) say({ malformed: `of this option ${writeDecimal(larger(0n, free))} can be exercised or lapse` });
    }
    ids.add(id);
  }
  if (asks.length === 0) found.push({ facts: { malformed: 'there is no order' } });
  return found;
}

/** Names given by a translator; anything that is no list of them counts as one unreadable name. */
function named(given: unknown): string {
  if (given === undefined || given === null) return '';
  return Array.isArray(given) ? given.map(String).join(', ') : 'properties that cannot be read';
}

function isBadSize({ order, contract, size }: Ask): boolean {
  if (order.isHedge === true && readDecimal(order.totalQuantity) === 0n) return false;
  if (contract.legs.some((leg) => leg.ratio % ONE !== 0n)) return true;
  const legs = contract.facts.comboLegs;
  const isBadLeg = (leg: unknown): boolean => readPositive((leg as { ratio?: unknown } | null)?.ratio) === undefined;
  if (Array.isArray(legs) && contract.secType === 'BAG' && legs.some(isBadLeg)) return true;
  const isByAmount = readDecimal(order.totalQuantity) === 0n && amountFor(order) !== undefined;
  if (!isUnset(order.totalQuantity) && !isByAmount) return readPositive(order.totalQuantity) === undefined || size === undefined;
  return readPositive(order.cashQty) === undefined;
}

/** A cash amount that is none, or beside a size, or for a sale of what is never sold by amount. */
function conflictOf({ order, contract }: Ask): Facts | undefined {
  const size = readPositive(order.totalQuantity);
  const cash = readPositive(order.cashQty);
  if (cash === undefined)
    return isUnset(order.cashQty) || readDecimal(order.cashQty) === 0n ? undefined : { quantity: shown(order.cashQty) };
  if (size !== undefined) return { size: shown(order.totalQuantity), cash: shown(order.cashQty) };
  return contract.secType === 'CRYPTO' && order.action === 'SELL'
    ? { cash: shown(order.cashQty), secType: contract.secType }
    : undefined;
}

const MAY_BE_NEGATIVE = new Set(['BAG', 'FUT', 'FOP']);
const PRICES = ['lmtPrice', 'auxPrice', 'reference', 'underlyingPrice', 'fee', 'accrued'] as const;

/** Prices are plain decimals, there where the type needs them, and positive where the product demands it. */
function badPrices({ order, contract }: Ask): readonly Facts[] {
  const needs = orderTypes.get(order.orderType)?.needs ?? [];
  return PRICES.flatMap((field) => {
    const price = order[field];
    const isNeeded = field === 'lmtPrice' || field === 'auxPrice' ? needs.includes(field) : false;
    if (isUnset(price) && !isNeeded) return [];
    const value = readDecimal(price);
    const isZeroFine = field === 'fee' || field === 'accrued' || field === 'auxPrice';
    const isFine =
      value !== undefined && (MAY_BE_NEGATIVE.has(contract.secType) || value > 0n || (isZeroFine && value === 0n && !isNeeded));
    return isFine ? [] : [{ field, price: isUnset(price) ? 'nothing' : shown(price), orderType: shown(order.orderType) }];
  });
}

export const shapeRows = {
  // Kinds that are not supported, in an order or in a leg.
  'CONTRACT-UNKNOWN': row({
    about: 'a kind of contract that is not supported',
    message: 'Kind "{secType}" is not supported.',
    remedy: 'Use a kind that can be judged: STK OPT FUT FOP CASH BAG BOND FUND CRYPTO CFD WAR CMDTY.',
    stage: 'ends',
    judge: each(({ contract }) => {
      const all = [contract, ...contract.legs.map((leg) => leg.contract)];
      const bad = all.find((one, at) => !one.isKnown || (at > 0 && (one.secType === 'BAG' || one.secType === 'CASH')));
      return bad && { secType: shown(bad.facts.secType) };
    }),
  }),
  'CONTRACT-DETAILS-MISSING': row({
    about: 'contract facts without which no judgement is possible',
    message: 'Cannot judge {contract} without {missing}.',
    remedy: 'Request contract details and supply {missing}.',
    judge: detailsMissing,
  }),
  'CONTRACT-EXPIRED': row({
    about: 'a series that has expired',
    message: '{contract} expired on {expiry}; today is {asOf}.',
    remedy: 'Choose a live series.',
    judge: ({ snapshot, asks }) => {
      const today = readDay(snapshot.situation.asOf);
      if (today === undefined) return [];
      return asks.flatMap((ask) =>
        ask.contracts
          .filter(({ expiry }) => expiry !== undefined && expiry < today)
          .map((one) => ({ facts: { contract: nameOf(one), expiry: String(one.expiry), asOf: String(today) }, ask })),
      );
    },
  }),
  'ORDER-INVALID': row({
    about: 'a side, order type or time in force that is not accepted',
    message: [
      'Side "{action}" is not accepted.',
      'Order type "{orderType}" is not known.',
      'Time in force "{tif}" is not known.',
      'The order is malformed: {malformed}.',
    ],
    remedy: ['Use BUY or SELL; a short is the result of a sale, not a mark.', 'Use an order type and time in force of the API.'],
    grade: 'C',
    source: 'working knowledge',
    stage: 'ends',
    reads: 'order',
    judge: invalidOf,
  }),
  // What no rule understands is refused by name.
  'FIELD-UNJUDGED': row({
    about: 'a property that no rule understands and that could change what is traded',
    message: 'No rule understands {fields}, which could change size, side, price, contract or account.',
    remedy: 'Leave out {fields}.',
    stage: 'always',
    judge: each(({ order }) => {
      const fields = named(order.unjudged);
      return fields === '' ? undefined : { fields };
    }),
  }),
  'CONTRACT-CONTRADICTED': row({
    about: 'a contract that contradicts its known details',
    message: 'The contract is not what its conId stands for: {contradiction}.',
    remedy: 'Give the conId and the exchange, and leave the rest out.',
    grade: 'C',
    source: 'broker error 478',
    stage: 'always',
    reads: 'order',
    judge: each(({ order }) => {
      const contradiction = named(order.contradicts);
      return contradiction === '' ? undefined : { contradiction };
    }),
  }),
  'QTY-INVALID': row({
    about: 'a size that is not a positive decimal',
    message: [
      'Size "{quantity}" is not a positive number.',
      'The order has a size of {size} and a cash amount of {cash} at once.',
      'Nothing of {secType} is sold by a cash amount ({cash}).',
    ],
    remedy: 'Give a positive plain decimal of at most 18 places, or a cash amount.',
    stage: 'ends',
    reads: 'order',
    judge: each((ask) => (isBadSize(ask) ? { quantity: shown(ask.order.totalQuantity ?? ask.order.cashQty) } : conflictOf(ask))),
  }),
  'PRICE-INVALID': row({
    about: 'a price that is missing, malformed or not positive',
    message: '{field} "{price}" is not a valid price for {orderType}.',
    remedy: 'Give a plain decimal; zero and below only for combinations, futures and futures options.',
    stage: 'ends',
    judge: ({ asks }) => asks.flatMap((ask) => badPrices(ask).map((facts) => ({ facts, ask }))),
  }),
} as const;
