// What is added to a finished order: adjustable stops, scale, hedges, attached presets, combination routing.
import { hint } from '../../../input/checks.js';
import { InputError } from '../../input/input-error.js';
import { namesOf, refuseOthers } from '../../input/known-properties.js';
import type { OrderDraft, OrderOf, TagValue } from '../draft.js';
import { type Amount, flag, nonNegative, percent, positive, price, text, whole } from './amount.js';
import { type Instant, instant } from './instants.js';

/** What a stop becomes once `triggerPrice` is touched. */
export type Adjustment = { readonly triggerPrice: Amount } & (
  | { readonly to: 'STP'; readonly stopPrice: Amount }
  | { readonly to: 'STP LMT'; readonly stopPrice: Amount; readonly stopLimitPrice: Amount }
  | ({ readonly to: 'TRAIL'; readonly stopPrice: Amount } & AdjustedTrail)
  | ({ readonly to: 'TRAIL LIMIT'; readonly stopPrice: Amount; readonly stopLimitPrice: Amount } & AdjustedTrail)
);
type AdjustedTrail =
  | { readonly amount: Amount; readonly percent?: never }
  | { readonly percent: Amount; readonly amount?: never };

const adjustmentNames = namesOf<Adjustment>({
  triggerPrice: true,
  to: true,
  stopPrice: true,
  stopLimitPrice: true,
  amount: true,
  percent: true,
});

/** A stop order that changes once into another type (server 102 on). */
export function adjustable<T extends OrderOf<'STP' | 'STP LMT' | 'TRAIL' | 'TRAIL LIMIT'>>(order: T, to: Adjustment): T {
  if (!['STP', 'STP LMT', 'TRAIL', 'TRAIL LIMIT'].includes(order.orderType)) {
    throw new InputError('orderType', `only stops and trails can be adjusted, got ${order.orderType}`);
  }
  refuseOthers(adjustmentNames, to, 'to.');
  if (!['STP', 'STP LMT', 'TRAIL', 'TRAIL LIMIT'].includes(to.to))
    throw new InputError('adjustedOrderType', `unknown type ${String(to.to)}`);
  return {
    ...order,
    adjustedOrderType: to.to,
    triggerPrice: price('triggerPrice', to.triggerPrice),
    adjustedStopPrice: price('adjustedStopPrice', to.stopPrice),
    ...(to.to !== 'STP' && to.to !== 'TRAIL' && { adjustedStopLimitPrice: price('adjustedStopLimitPrice', to.stopLimitPrice) }),
    ...((to.to === 'TRAIL' || to.to === 'TRAIL LIMIT') && adjustedTrail(to)),
  };
}

function adjustedTrail(by: AdjustedTrail): Pick<OrderDraft, 'adjustedTrailingAmount' | 'adjustableTrailingUnit'> {
  if ((by.amount === undefined) === (by.percent === undefined))
    throw new InputError('adjustedTrailingAmount', 'needs either an amount or a percent');
  return by.amount !== undefined
    ? { adjustedTrailingAmount: positive('adjustedTrailingAmount', by.amount), adjustableTrailingUnit: 0 }
    : { adjustedTrailingAmount: percent('adjustedTrailingAmount', by.percent), adjustableTrailingUnit: 1 };
}

/** A scale order: levels, and what happens between them. Sizes in shares, interval in seconds. */
export interface Scale {
  readonly initLevelSize: number;
  readonly subsLevelSize?: number;
  readonly priceIncrement: Amount;
  readonly priceAdjustValue?: Amount;
  readonly priceAdjustInterval?: number;
  readonly profitOffset?: Amount;
  readonly autoReset?: boolean;
  readonly initPosition?: number;
  readonly initFillQty?: number;
  readonly randomPercent?: boolean;
  readonly table?: string;
  readonly activeStartTime?: Instant;
  readonly activeStopTime?: Instant;
}

const scaleNames = namesOf<Scale>({
  initLevelSize: true,
  subsLevelSize: true,
  priceIncrement: true,
  priceAdjustValue: true,
  priceAdjustInterval: true,
  profitOffset: true,
  autoReset: true,
  initPosition: true,
  initFillQty: true,
  randomPercent: true,
  table: true,
  activeStartTime: true,
  activeStopTime: true,
});

/** Splits an order into price levels. */
export function scale<T extends OrderOf<'LMT' | 'REL'>>(order: T, by: Scale): T {
  if (order.orderType !== 'LMT' && order.orderType !== 'REL') throw new InputError('orderType', 'only LMT and REL orders scale');
  refuseOthers(scaleNames, by, 'by.');
  return {
    ...order,
    scaleInitLevelSize: whole('scaleInitLevelSize', by.initLevelSize, 1),
    ...(by.subsLevelSize !== undefined && { scaleSubsLevelSize: whole('scaleSubsLevelSize', by.subsLevelSize, 1) }),
    scalePriceIncrement: positive('scalePriceIncrement', by.priceIncrement),
    ...(by.priceAdjustValue !== undefined && { scalePriceAdjustValue: price('scalePriceAdjustValue', by.priceAdjustValue) }),
    ...(by.priceAdjustInterval !== undefined && {
      scalePriceAdjustInterval: whole('scalePriceAdjustInterval', by.priceAdjustInterval, 1),
    }),
    ...(by.profitOffset !== undefined && { scaleProfitOffset: positive('scaleProfitOffset', by.profitOffset) }),
    ...(by.autoReset !== undefined && { scaleAutoReset: flag('scaleAutoReset', by.autoReset) }),
    ...(by.initPosition !== undefined && { scaleInitPosition: whole('scaleInitPosition', by.initPosition) }),
    ...(by.initFillQty !== undefined && { scaleInitFillQty: whole('scaleInitFillQty', by.initFillQty) }),
    ...(by.randomPercent !== undefined && { scaleRandomPercent: flag('scaleRandomPercent', by.randomPercent) }),
    ...(by.table !== undefined && { scaleTable: text('scaleTable', by.table) }),
    ...(by.activeStartTime !== undefined && { activeStartTime: instant('activeStartTime', by.activeStartTime) }),
    ...(by.activeStopTime !== undefined && { activeStopTime: instant('activeStopTime', by.activeStopTime) }),
  };
}

/** How a child hedges its parent. Beta and ratio are the hedge's own figures. */
export type Hedge = { readonly maxSize?: number; readonly autoPrice?: boolean } & (
  | { readonly kind: 'delta' }
  | { readonly kind: 'beta'; readonly beta: Amount }
  | { readonly kind: 'forex' }
  | { readonly kind: 'pair'; readonly ratio: Amount }
);

const hedgeNames = namesOf<Hedge>({ kind: true, beta: true, ratio: true, maxSize: true, autoPrice: true });

/** Makes an order the hedge of the order whose id becomes its `parentId`: its size comes from the parent's fills. */
export function hedge<T extends OrderDraft>(order: T, by: Hedge): T {
  refuseOthers(hedgeNames, by, 'by.');
  const { hedgeType, hedgeParam } = hedging(by);
  const { cashQty, ...rest } = order;
  if (cashQty !== undefined) throw new InputError('cashQty', 'a hedge takes its size from its parent');
  return {
    ...(rest as T),
    totalQuantity: '0',
    hedgeType,
    ...(hedgeParam !== undefined && { hedgeParam }),
    ...(by.maxSize !== undefined && { hedgeMaxSize: whole('hedgeMaxSize', by.maxSize, 1) }),
    ...(by.autoPrice !== undefined && { dontUseAutoPriceForHedge: !flag('autoPrice', by.autoPrice) }),
  };
}

function hedging(by: Hedge): { hedgeType: 'D' | 'B' | 'F' | 'P'; hedgeParam?: string } {
  switch (by.kind) {
    case 'delta':
      return { hedgeType: 'D' };
    case 'forex':
      return { hedgeType: 'F' };
    case 'beta':
      return { hedgeType: 'B', hedgeParam: `beta=${price('beta', by.beta)}` };
    case 'pair':
      return { hedgeType: 'P', hedgeParam: `ratio=${positive('ratio', by.ratio)}` };
    default:
      throw new InputError('kind', 'must be delta, beta, forex or pair');
  }
}

const presetNames = new Set(['stopLoss', 'profitTaker']);

/** Stop-loss and profit-taker presets attached to an order by TWS (server 218 on). The ids are assigned with the order's. */
export function attached<T extends OrderDraft>(
  order: T,
  which: { readonly stopLoss?: string | true; readonly profitTaker?: string | true },
): T {
  refuseOthers(presetNames, which, 'which.');
  const { stopLoss, profitTaker } = which;
  if (stopLoss === undefined && profitTaker === undefined)
    throw new InputError('attached', 'needs stopLoss, profitTaker or both');
  return {
    ...order,
    ...(stopLoss !== undefined && { slOrderType: stopLoss === true ? 'PRESET' : text('slOrderType', stopLoss) }),
    ...(profitTaker !== undefined && { ptOrderType: profitTaker === true ? 'PRESET' : text('ptOrderType', profitTaker) }),
  };
}

/** Gives each attached preset of an order an id of its own; orders without presets stay as they are. */
export function withAttachedIds<T extends OrderDraft>(order: T, nextId: () => number): T {
  return {
    ...order,
    ...(order.slOrderType !== undefined && { slOrderId: order.slOrderId ?? whole('slOrderId', nextId(), 1) }),
    ...(order.ptOrderType !== undefined && { ptOrderId: order.ptOrderId ?? whole('ptOrderId', nextId(), 1) }),
  };
}

/** Routing parameters a combination order may carry. */
export const COMBO_ROUTING = [
  ...(['NonGuaranteed', 'PriceCondConid', 'CondPriceMax', 'CondPriceMin', 'ChangeToMktTime1', 'ChangeToMktTime2'] as const),
  ...(['DiscretionaryPct', 'DontLeginNext', 'LeginPrio', 'MaxSegSize'] as const),
] as const;
/** How a combination is routed, by official names. Unset: guaranteed, at the exchange's own terms. Prices in its currency. */
export type ComboRouting = { readonly [K in (typeof COMBO_ROUTING)[number]]?: K extends 'NonGuaranteed' ? boolean : Amount };

/** Says how a combination is routed; `{ NonGuaranteed: true }` lets its legs fill on their own. */
export function routed<T extends OrderDraft>(order: T, by: ComboRouting): T {
  const smartComboRoutingParams: TagValue[] = Object.entries(by).flatMap(([tag, value]) => {
    if (!COMBO_ROUTING.some((known) => known === tag))
      throw new InputError(tag, `is not a routing parameter of combinations${hint(tag, COMBO_ROUTING)}`);
    if (value === undefined) return [];
    return [{ tag, value: typeof value === 'boolean' ? (value ? '1' : '0') : String(price(tag, value)) }];
  });
  return { ...order, smartComboRoutingParams };
}

/** One price per leg, in the order of the legs; undefined leaves a leg open. The order's own limit must not be set then. */
export function legPrices<T extends OrderDraft>(order: T, prices: readonly (Amount | undefined)[]): T {
  return {
    ...order,
    orderComboLegs: prices.map((value, i) => (value === undefined ? {} : { price: nonNegative(`orderComboLegs[${i}]`, value) })),
  };
}
