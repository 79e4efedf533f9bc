// The terms of a working order as its openOrder tells them, reduced to what its type owns: gateways add fields that must not go back.
import type { OrderDraft, OrderType } from '../draft.js';
import { decimal } from '../record/fills.js';
import type { ReportedOrder, TradedContract } from '../record/trade-types.js';
import { ORDER_KINDS, type PriceField } from './order-kinds.js';

/** What an order of any type may have; zero, empty and false say nothing. */
const COMMON = [
  ...['action', 'orderType', 'totalQuantity', 'cashQty', 'tif', 'account', 'orderRef', 'outsideRth', 'hidden', 'allOrNone'],
  ...['parentId', 'ocaGroup', 'ocaType', 'goodTillDate', 'goodAfterTime', 'triggerMethod', 'conditions', 'conditionsIgnoreRth'],
  ...['conditionsCancelOrder', 'conditionsIncludeOvernight', 'smartComboRoutingParams', 'algoStrategy', 'algoParams', 'minQty'],
  ...['percentOffset', 'faGroup', 'faMethod', 'faPercentage', 'displaySize', 'blockOrder', 'sweepToFill', 'notHeld', 'postOnly'],
  ...['allowPreOpen', 'ignoreOpenAuction', 'includeOvernight', 'imbalanceOnly', 'randomizeSize', 'randomizePrice', 'solicited'],
  ...['optOutSmartRouting', 'overridePercentageConstraints', 'activeStartTime', 'activeStopTime', 'duration', 'postToAts'],
  ...['minTradeQty', 'minCompeteSize', 'discretionaryUpToLimitPrice', 'autoCancelParent', 'extOperator', 'manualOrderIndicator'],
  ...['shortSaleSlot', 'designatedLocation', 'customerAccount', 'professionalCustomer'],
] as const;
/** Terms that change what is traded and that this reduction does not know: an order with one of them is not certain. */
const UNCERTAIN = ['hedgeType', 'scaleInitLevelSize', 'deltaNeutralOrderType', 'modelCode', 'discretionaryAmt'] as const;
const NOTHING: ReadonlySet<unknown> = new Set([undefined, '', 0, '0', false, 'None']);

/** The largest value of a field that has none. */
const isUnset = (value: unknown): boolean =>
  NOTHING.has(value) || (typeof value === 'number' && (value >= 1e300 || value === 2_147_483_647));

function ownPrices(orderType: string): ReadonlySet<string> | undefined {
  const kind = ORDER_KINDS[orderType as OrderType];
  return kind === undefined ? undefined : new Set<string>([...kind.needs, ...(kind.oneOf ?? []), ...(kind.may ?? [])]);
}

/** A draft to start a change from; undefined where the terms are not certain. */
export function draftOfReported(reported: ReportedOrder | undefined): OrderDraft | undefined {
  if (reported === undefined || UNCERTAIN.some((field) => !isUnset(reported[field]))) return undefined;
  const own = ownPrices(reported.orderType ?? '');
  const isMoney = !isUnset(reported.cashQty);
  if (own === undefined || isUnset(reported.action) || (isUnset(reported.totalQuantity) && !isMoney)) return undefined;
  if (isAdjusted(reported)) return undefined;
  const all = reported as Readonly<Record<string, unknown>>;
  const terms: Record<string, unknown> = {};
  for (const field of COMMON)
    if (!isUnset(all[field]) && !(Array.isArray(all[field]) && all[field].length === 0)) terms[field] = all[field];
  for (const field of own) {
    const value = all[field];
    // A limit or a stop may be 0; what a type merely may have is there only when it is told.
    const isNeeded = ORDER_KINDS[reported.orderType as OrderType].needs.includes(field as PriceField);
    if (isNeeded ? value !== undefined && !(typeof value === 'number' && value >= 1e300) : !isUnset(value)) terms[field] = value;
  }
  // Gateways tell a type of every order, in a group or not.
  if (terms['ocaGroup'] === undefined) delete terms['ocaType'];
  const kind = ORDER_KINDS[reported.orderType as OrderType];
  const isWhole = kind.needs.every((field) => terms[field] !== undefined);
  const isOne = kind.oneOf === undefined || kind.oneOf.some((field) => terms[field] !== undefined);
  return isWhole && isOne ? ({ totalQuantity: '0', ...terms } as OrderDraft) : undefined;
}

/** Gateways tell an adjusted type of every stop: only one with a price is meant. */
function isAdjusted({ adjustedOrderType, adjustedStopPrice, triggerPrice }: ReportedOrder): boolean {
  return !isUnset(adjustedOrderType) && (!isUnset(adjustedStopPrice) || !isUnset(triggerPrice));
}

/** Of these a change keeps what is told: an OCA group takes from the size, a trail moves, a hand at the terminal changes all. */
const TOLD = ['totalQuantity', 'lmtPrice', 'auxPrice', 'trailStopPrice'] as const;

/** An order that was sent as it works now: no change of something else brings back what others have changed. */
export function asTold(draft: OrderDraft, reported: ReportedOrder | undefined): OrderDraft {
  if (reported === undefined) return draft;
  // An adjusted stop is told as it stands and not as it was meant, and so are caps of pegged orders.
  const isMeant = reported.orderType === draft.orderType && draft.adjustedOrderType === undefined;
  const { needs } = ORDER_KINDS[draft.orderType];
  // A trail that has come closer does not go back to where it began.
  const isTrailing = draft.orderType.startsWith('TRAIL');
  const isChanged = (field: (typeof TOLD)[number]): boolean => {
    if (isUnset(draft[field]) || isUnset(reported[field])) return false;
    if (field !== 'totalQuantity' && !(isMeant && (isTrailing || needs.includes(field)))) return false;
    const [own, now] = [decimal(draft[field]), decimal(reported[field])];
    return own !== undefined && now !== undefined && !own.eq(now);
  };
  const changed = TOLD.filter(isChanged);
  return changed.length === 0 ? draft : { ...draft, ...Object.fromEntries(changed.map((field) => [field, reported[field]])) };
}

/** An order of another type without the prices of its old one, unless they were said with the change. */
export function withOwnPrices(order: OrderDraft, said: Partial<OrderDraft>): OrderDraft {
  const own = ownPrices(order.orderType);
  if (own === undefined) return order;
  const every = new Set(Object.keys(ORDER_KINDS).flatMap((type) => [...(ownPrices(type) ?? [])]));
  const isKept = (field: string): boolean => !every.has(field) || own.has(field) || field in said;
  return Object.fromEntries(Object.entries(order).filter(([field]) => isKept(field))) as OrderDraft;
}

/** What gateways tell of a contract and take from nobody. */
const TOLD_ONLY: ReadonlySet<string> = new Set(['description', 'comboLegsDescrip', 'lastTradeDate']);

/** Whether a report says of a contract what is known of it already. */
export function isToldAgain(contract: TradedContract | undefined, told: TradedContract | undefined): boolean {
  if (contract === undefined || told === undefined || told.secType === 'BAG') return false;
  for (const name in told) {
    const [value, known] = [told[name as keyof TradedContract], contract[name as keyof TradedContract]];
    if (value === known || TOLD_ONLY.has(name)) continue;
    if (!Array.isArray(value) || !Array.isArray(known) || value.length + known.length > 0) return false;
  }
  return true;
}

/** The contract of an order that was reported: a combination as the gateway names it, anything else as it was given. */
export function mergedContract(given: TradedContract | undefined, told: TradedContract | undefined): TradedContract | undefined {
  if (told === undefined) return given;
  const { description: _, comboLegsDescrip: _also, lastTradeDate: _too, ...named } = told;
  if (given === undefined) return named;
  if (told.secType !== 'BAG') return { ...named, ...given };
  return (told.comboLegs?.length ?? 0) > 0 ? named : { ...given, ...named, comboLegs: given.comboLegs ?? [] };
}
