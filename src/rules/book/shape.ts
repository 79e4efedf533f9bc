// The shape of an order and its contract: kinds, details, sides, types, and what may not stand beside each other.
import { isIra } from '../account-kind.js';
import type { Context } from '../context.js';
import { isUnset, larger, writeDecimal } from '../decimal.js';
import { type Ask, heldOf, sameSide } from '../facts/ask.js';
import type { Unreadable } from '../facts/book.js';
import { type Contract, isSide, readDay } from '../facts/contract.js';
import { hasForeignLeg } from '../facts/effect.js';
import { isInstruction } from '../facts/exercise.js';
import { orderTypes, timesInForce } from '../facts/order-types.js';
import { isEngineKind } from '../facts/snapshot.js';
import type { Facts } from '../finding.js';
import { nameOf, shown } from '../naming.js';
import { each, eachOf, NOTHING, row, type Said } from './row.js';

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
  const look = (contract: Contract, ask: Ask): void => {
    const missing = missingOf(contract, ask, context);
    if (missing.length > 0) found.push({ facts: { contract: nameOf(contract), missing: missing.join(', ') }, ask });
  };
  for (const ask of asks) {
    look(ask.contract, ask);
    if (ask.contract.secType === 'BAG') for (const leg of new Set(ask.contracts)) look(leg, ask);
  }
  if (found.length > 0) return found;
  const unreadable = snapshot.book.unreadable.find((one) => asks.some((ask) => concerns(one, ask)));
  if (unreadable !== undefined) return [{ facts: { contract: unreadable.name, missing: 'readable size and contract' } }];
  if (!isEngineKind(snapshot) || !asks.some((ask) => ask.opens)) return NOTHING;
  const { unknown: unknownCosts } = snapshot.reserves();
  if (unknownCosts.size === 0) return NOTHING;
  const { needsMore } = context.worst();
  const own = new Set(asks.map((ask) => ask.id));
  for (const [currency, unknown] of unknownCosts) {
    if (!needsMore.has(currency)) continue;
    for (const what of unknown) {
      if (what.what === 'details' && !own.has(what.id)) found.push({ facts: { contract: what.id, missing: what.missing } });
    }
  }
  return found;
}

/** Sides, types and times in force that the API has not. */
function invalidOf(ask: Ask): readonly Said[] {
  const { action, orderType, tif } = ask.order;
  const { oddLegs } = ask.contract;
  const isTimed = tif === undefined || tif === '' || timesInForce.has(tif);
  if (isSide(action) && oddLegs.length === 0 && orderTypes.has(orderType) && isTimed) return NOTHING;
  const found: Facts[] = [];
  if (!isSide(action)) found.push({ action: shown(action) });
  for (const leg of oddLegs) found.push(isSide(leg.action) ? { leg: nameOf(leg.contract) } : { action: shown(leg.action) });
  if (!orderTypes.has(orderType)) found.push({ orderType: shown(orderType) });
  if (!isTimed) found.push({ tif: shown(tif) });
  return found.map((facts) => ({ facts, ask }));
}

/** Ids of orders that were submitted together. */
function linkFaults({ asks }: Context): readonly Said[] {
  if (asks.length === 0) return [{ facts: { fault: 'there is no order' } }];
  const ids = new Set<string>();
  return asks.flatMap((ask) => {
    const isTwice = ids.has(ask.id);
    ids.add(ask.id);
    const faults = [isTwice && 'two orders have one id', ask.parentId === ask.id && 'an order is its own parent'];
    return faults.flatMap((fault) => (fault === false ? [] : [{ facts: { fault }, ask }]));
  });
}

/** Names given by a translator; anything that is no list of them counts as one unreadable name. */
function named(given: unknown): string {
  if (given === undefined || given === null) return '';
  return Array.isArray(given) ? given.map(String).join(', ') : 'properties that cannot be read';
}

export const shapeRows = {
  // Kinds that are not supported, in an order or in a leg.
  'CONTRACT-UNKNOWN': row({
    about: 'a kind of contract that is not supported',
    message: 'Kind "{secType}" is not supported.',
    remedy: 'Use a kind that can be judged: STK OPT FUT FOP CASH BAG BOND FUND CRYPTO CFD WAR CMDTY.',
    stage: 'ends',
    judge: each(({ contract }) => {
      const isNoLeg = ({ isKnown, secType }: Contract): boolean => !isKnown || secType === 'BAG' || secType === 'CASH';
      const bad = contract.isKnown ? contract.legs.find((leg) => isNoLeg(leg.contract))?.contract : contract;
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
    when: ['expiring'],
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
      'The legs buy and sell {leg} at once.',
      'Order type "{orderType}" is not known.',
      'Time in force "{tif}" is not known.',
    ],
    remedy: [
      'Use BUY or SELL; a short is the result of a sale, not a mark.',
      'Use an order type and time in force of the API.',
      'Name {leg} once.',
    ],
    grade: 'C',
    source: 'working knowledge',
    stage: 'ends',
    judge: eachOf(invalidOf),
  }),
  'ORDER-LINKS': row({
    about: 'orders submitted together whose ids do not fit',
    message: 'Orders that leave together do not fit: {fault}.',
    remedy: 'Give each order an id of its own, and a child the id of another order as its parent.',
    stage: 'ends',
    when: ['linked'],
    judge: linkFaults,
  }),
  'ACCOUNT-AND-GROUP': row({
    about: 'an account and a group of an advisor on one order',
    message: 'The order names an account and the group {group} at once; exactly one of them is meant.',
    remedy: 'Leave out account or faGroup.',
    grade: 'C',
    source: 'broker error 201 (invalid account number)',
    stage: 'ends',
    reads: 'order',
    when: ['group'],
    judge: each(({ order: { account, faGroup } }) =>
      typeof faGroup === 'string' && faGroup !== '' && !isUnset(account) ? { group: faGroup } : undefined,
    ),
  }),
  'LEG-PRICES': row({
    about: 'prices of legs where a combination has one price',
    message: 'The legs have prices, which only a combination of two legs with NonGuaranteed 1 can have.',
    remedy: 'Give the combination one net price, or two legs and NonGuaranteed 1.',
    grade: 'C',
    source: 'broker error 10058',
    stage: 'ends',
    reads: 'order',
    when: ['combination'],
    judge: each(({ order, contract }) =>
      order.pricesLegs === true && (order.nonGuaranteed !== true || contract.legs.length !== 2) ? {} : undefined,
    ),
  }),
  'LEG-CURRENCY': row({
    about: 'legs of a guaranteed combination in other currencies than its own',
    message: 'The combination is in {currency} and has legs in other currencies.',
    remedy: 'Trade the legs by themselves, each in its currency.',
    stage: 'ends',
    when: ['combination'],
    judge: each(({ order, contract }) =>
      order.nonGuaranteed !== true && hasForeignLeg(contract) ? { currency: shown(contract.currency) } : undefined,
    ),
  }),
  'EXERCISE-QTY': row({
    about: 'an instruction about more options than are held and free',
    message: 'Of this option {free} can be exercised or lapse, not {quantity}.',
    remedy: ['Ask for at most {atMost}.', 'Cancel what else disposes of it, or buy it first.'],
    stage: 'ends',
    when: ['instruction'],
    judge: each(({ order, size, key, id }, { snapshot }) => {
      if (!isInstruction(order) || size === undefined) return undefined;
      const free = larger(0n, heldOf(key, snapshot) - sameSide(key, -1n, id, undefined, snapshot));
      if (size <= free) return undefined;
      const text = writeDecimal(free);
      return { free: text, quantity: writeDecimal(size), atMost: free > 0n ? text : undefined };
    }),
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
} as const;
