// Puts an order together from its parts and refuses what cannot be: every builder ends here.
import { hint } from '../../../input/checks.js';
import { shown } from '../../../input/shown.js';
import { InputError } from '../../input/input-error.js';
import type { Action, OrderDraft, OrderOf, OrderType, PriceFields, Tif } from '../draft.js';
import { ORDER_TYPES } from '../draft.js';
import { type Amount, flag, nonNegative, oneOf, percent, positive, price, quantity, text, whole } from './amount.js';
import { ATTRIBUTES } from './attributes.js';
import { type Instant, instant } from './instants.js';
import { CASHABLE, MARKETLIKE, ORDER_KINDS, type PriceField, RESTING_ONLY, tifsOf } from './order-kinds.js';

/** Money instead of a count of shares; see `cash`. */
export interface CashAmount {
  readonly cashQty: number;
}
/** A count of shares or contracts, or an amount of money. */
export type Size = Amount | CashAmount;

/** An order sized by money in the contract's currency: `market('BUY', cash('5000'))`. */
export function cash(amount: Amount): CashAmount {
  return { cashQty: positive('cashQty', amount) };
}

const PRICES = {
  lmtPrice: price,
  auxPrice: price,
  trailStopPrice: price,
  trailingPercent: percent,
  lmtPriceOffset: price,
  percentOffset: positive,
  startingPrice: price,
  stockRefPrice: nonNegative,
  delta: price,
  stockRangeLower: nonNegative,
  stockRangeUpper: nonNegative,
  volatility: positive,
  volatilityType: oneOf(1, 2),
  continuousUpdate: flag,
  referencePriceType: oneOf(1, 2),
  referenceContractId: (field: string, value: number): number => whole(field, value, 1),
  referenceExchangeId: text,
  peggedChangeAmount: positive,
  referenceChangeAmount: positive,
  isPeggedChangeAmountDecrease: flag,
  minTradeQty: (field: string, value: number): number => whole(field, value, 1),
  minCompeteSize: (field: string, value: number): number => whole(field, value, 1),
  competeAgainstBestOffset: (field: string, value: Amount): number =>
    value === Number.POSITIVE_INFINITY ? value : nonNegative(field, value),
  midOffsetAtWhole: nonNegative,
  midOffsetAtHalf: nonNegative,
} as const satisfies { readonly [K in PriceField]: (field: string, value: never) => PriceFields[K] };

/** Prices as given, before they are checked. */
export type PricesGiven = { readonly [K in keyof typeof PRICES]?: Parameters<(typeof PRICES)[K]>[1] | undefined };

const LIFETIME_KEYS = ['tif', 'goodTillDate', 'duration'] as const;
const ACTIONS: readonly Action[] = ['BUY', 'SELL', 'SSHORT', 'SLONG'];

/**
 * Builds an order of any type from official field names; the typed builders are narrow doors to it. Throws InputError
 * for a missing, excluded, unknown or malformed field.
 */
export function assemble<T extends OrderType, K extends keyof OrderDraft = never>(
  orderType: T,
  action: Action,
  size: Size,
  prices: PricesGiven,
  attributes: object = {},
): OrderOf<T, K> {
  if (!ORDER_TYPES.includes(orderType))
    throw new InputError('orderType', `must be one of ${ORDER_TYPES.join(', ')}, got ${shown(orderType)}`);
  if (!ACTIONS.includes(action)) throw new InputError('action', `must be one of ${ACTIONS.join(', ')}, got ${shown(action)}`);
  const draft = {
    action,
    orderType,
    ...sized(orderType, size),
    ...priced(orderType, prices),
    ...attributed(attributes),
    ...lifetime(orderType, attributes),
  };
  coherent(draft);
  return draft as OrderOf<T, K>;
}

function sized(orderType: OrderType, size: Size): Pick<OrderDraft, 'totalQuantity' | 'cashQty'> {
  if (typeof size === 'object' && size !== null && 'cashQty' in size) {
    if (!CASHABLE.has(orderType)) throw new InputError('cashQty', `an order of type ${orderType} cannot be sized by money`);
    return { totalQuantity: '0', cashQty: positive('cashQty', size.cashQty) };
  }
  return { totalQuantity: quantity('totalQuantity', size) };
}

/** The checked price fields of an order type, nothing it does not know. */
function priced(orderType: OrderType, given: PricesGiven): PriceFields {
  const kind = ORDER_KINDS[orderType];
  const choices = kind.oneOf ?? [];
  const known = new Set<string>([...kind.needs, ...choices, ...(kind.may ?? [])]);
  const out: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(given)) {
    if (value === undefined) continue;
    if (!known.has(field)) throw new InputError(field, `an order of type ${orderType} has no such price${hint(field, known)}`);
    const parse: (field: string, value: never) => unknown = PRICES[field as PriceField];
    out[field] = parse(field, value as never);
  }
  for (const field of kind.needs) if (!(field in out)) throw new InputError(field, `is needed by an order of type ${orderType}`);
  const chosen = choices.filter((field) => field in out);
  if (choices.length > 0 && chosen.length !== 1) {
    throw new InputError(choices.join(' or '), `an order of type ${orderType} needs exactly one of them, got ${chosen.length}`);
  }
  if (kind.distance && typeof out['auxPrice'] === 'number' && out['auxPrice'] <= 0) {
    throw new InputError('auxPrice', `is a distance and must be above 0, got ${out['auxPrice']}`);
  }
  return out;
}

function attributed(given: object): Partial<OrderDraft> {
  if (typeof given !== 'object' || given === null) throw new InputError('attributes', `must be an object, got ${shown(given)}`);
  const out: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(given)) {
    if (value === undefined || LIFETIME_KEYS.some((key) => key === field)) continue;
    if (!Object.hasOwn(ATTRIBUTES, field))
      throw new InputError(
        field,
        `is not an attribute of an order${hint(field, [...LIFETIME_KEYS, ...Object.keys(ATTRIBUTES)])}`,
      );
    const parse: (field: string, value: never) => unknown = ATTRIBUTES[field as keyof typeof ATTRIBUTES];
    out[field] = parse(field, value as never);
  }
  return out;
}

function lifetime(orderType: OrderType, given: { tif?: Tif; goodTillDate?: Instant; duration?: number }): Partial<OrderDraft> {
  const { tif, goodTillDate, duration } = given;
  if (tif !== undefined && !tifsOf(orderType).includes(tif)) {
    throw new InputError('tif', `an order of type ${orderType} takes ${tifsOf(orderType).join(', ')}, got ${shown(tif)}`);
  }
  if (tif === 'GTD' && goodTillDate === undefined)
    throw new InputError('goodTillDate', "is needed with tif GTD: 'yyyyMMdd-HH:mm:ss' (UTC)");
  if (tif !== 'GTD' && tif !== 'GTT' && goodTillDate !== undefined) throw new InputError('goodTillDate', 'needs tif GTD');
  if ((tif === 'Minutes') !== (duration !== undefined)) throw new InputError('duration', 'goes together with tif Minutes');
  return {
    ...(tif !== undefined && { tif }),
    ...(goodTillDate !== undefined && { goodTillDate: instant('goodTillDate', goodTillDate) }),
    ...(duration !== undefined && { duration: whole('duration', duration, 1) }),
  };
}

/** What no single field shows. */
function coherent(draft: OrderDraft): void {
  const { orderType } = draft;
  if (MARKETLIKE.has(orderType)) {
    for (const field of RESTING_ONLY) {
      if (draft[field] !== undefined && draft[field] !== false)
        throw new InputError(field, `an order of type ${orderType} rests at no price`);
    }
  }
  if (draft.ocaType !== undefined && draft.ocaGroup === undefined) throw new InputError('ocaGroup', 'is needed with ocaType');
  if (draft.shortSaleSlot === 2 && draft.designatedLocation === undefined)
    throw new InputError('designatedLocation', 'is needed with shortSaleSlot 2');
  if (draft.displaySize !== undefined && draft.cashQty === undefined && draft.displaySize > Number(draft.totalQuantity)) {
    throw new InputError('displaySize', `must not exceed the quantity ${draft.totalQuantity}`);
  }
  if (draft.minQty !== undefined && draft.cashQty === undefined && draft.minQty > Number(draft.totalQuantity)) {
    throw new InputError('minQty', `must not exceed the quantity ${draft.totalQuantity}`);
  }
  const { stockRangeLower: lower, stockRangeUpper: upper } = draft;
  if (lower !== undefined && upper !== undefined && lower > upper)
    throw new InputError('stockRangeLower', `must not exceed stockRangeUpper ${upper}`);
  if (orderType === 'REL') {
    const offsets = [draft.auxPrice, draft.percentOffset].filter((offset) => offset !== undefined).length;
    const wanted = draft.discretionaryUpToLimitPrice === true ? 0 : 1;
    if (offsets !== wanted)
      throw new InputError('auxPrice or percentOffset', `an order of type REL needs exactly ${wanted} of them here`);
    if (wanted === 0 && draft.lmtPrice === undefined) throw new InputError('lmtPrice', 'is needed by a discretionary peg');
  }
  if (orderType === 'PEG BEST') {
    const toMid = draft.competeAgainstBestOffset === Number.POSITIVE_INFINITY;
    for (const field of ['midOffsetAtWhole', 'midOffsetAtHalf'] as const) {
      if (toMid !== (draft[field] !== undefined)) throw new InputError(field, 'goes together with competing up to mid');
    }
  }
  if (
    (orderType === 'TRAIL LIMIT' || orderType === 'TRAIL LMT + MKT') &&
    (draft.lmtPrice === undefined) === (draft.lmtPriceOffset === undefined)
  ) {
    throw new InputError('lmtPrice or lmtPriceOffset', `an order of type ${orderType} needs exactly one of them`);
  }
}
