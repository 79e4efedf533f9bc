// An order as it is asked for: the common fields, checked, in the core's own words.

import { assemble, bracket, type OrderDraft, type OrderGroup } from 'ibwire';
import * as z from 'zod';
import { account, contractInput, positive } from '../commands/schemas.js';

export const ORDER_TYPES = [
  ...(['MKT', 'LMT', 'STP', 'STP LMT', 'MIT', 'LIT', 'MOC', 'LOC', 'TRAIL', 'TRAIL LIMIT', 'MTL', 'REL', 'MIDPRICE'] as const),
] as const;

export const orderInput = z.strictObject({
  action: z.enum(['BUY', 'SELL']),
  orderType: z.enum(ORDER_TYPES),
  totalQuantity: positive,
  lmtPrice: positive.optional(),
  auxPrice: positive.optional().describe('Stop or touched price; distance of TRAIL'),
  trailStopPrice: positive.optional(),
  trailingPercent: positive.optional(),
  lmtPriceOffset: positive.optional(),
  tif: z.enum(['DAY', 'GTC', 'IOC', 'GTD', 'OPG', 'FOK']).optional(),
  goodTillDate: z.string().max(40).optional(),
  goodAfterTime: z.string().max(40).optional(),
  outsideRth: z.boolean().optional(),
  allOrNone: z.boolean().optional(),
  takeProfit: positive.optional().describe('Makes it a bracket: limit price that closes what was filled'),
  stopLoss: positive.optional().describe('Makes it a bracket: stop price that closes what was filled'),
});
export type OrderAsked = z.output<typeof orderInput>;

export const draftInput = z
  .strictObject({
    account: account.optional().describe('May be left out where the login has one'),
    contract: contractInput,
    order: orderInput,
    note: z.string().max(500).optional().describe('Why, in words: kept in the log, read by nobody else'),
  })
  .meta({ id: 'DraftAsked' });
export type DraftAsked = z.output<typeof draftInput>;

const PRICES = ['lmtPrice', 'auxPrice', 'trailStopPrice', 'trailingPercent', 'lmtPriceOffset'] as const;

/** How a bracket is left: prices as exact text. */
export type Exits = Pick<OrderAsked, 'takeProfit' | 'stopLoss'>;

/** Undefined: no bracket. */
export function exitsOf({ takeProfit, stopLoss }: OrderAsked): Exits | undefined {
  if (takeProfit === undefined && stopLoss === undefined) return undefined;
  return { ...(takeProfit === undefined ? {} : { takeProfit }), ...(stopLoss === undefined ? {} : { stopLoss }) };
}

/** Those that are given, as the core has them. */
export const pricesOf = (given: { readonly [K in (typeof PRICES)[number]]?: string | undefined }): Partial<OrderDraft> =>
  Object.fromEntries(PRICES.flatMap((name) => (given[name] === undefined ? [] : [[name, Number(given[name])]])));

/**
 * The order itself; of a bracket, its entry.
 * @throws {InputError} for a price or a date that its type or its time in force needs, or does not have
 */
export function termsOf(asked: OrderAsked, account: string, orderRef: string): OrderDraft {
  const { action, orderType, totalQuantity, tif = 'DAY', goodTillDate, goodAfterTime, outsideRth, allOrNone } = asked;
  const attributes = { tif, goodTillDate, goodAfterTime, outsideRth, allOrNone };
  return { ...assemble(orderType, action, totalQuantity, pricesOf(asked), attributes), account, orderRef };
}

/**
 * A bracket as it leaves: entry, then its exits, which block each other. Their `orderRef` is the entry's with their role behind it.
 * @throws {InputError} for prices on the wrong sides of each other
 */
export function groupOf(entry: OrderDraft, { takeProfit, stopLoss }: Exits): OrderGroup {
  const { members } = bracket(entry, {
    ...(takeProfit === undefined ? {} : { takeProfit: Number(takeProfit) }),
    ...(stopLoss === undefined ? {} : { stopLoss: Number(stopLoss) }),
    ...(takeProfit !== undefined && stopLoss !== undefined ? { ocaGroup: `${entry.orderRef} exits` } : {}),
  });
  return {
    members: members.map((member) =>
      member.role === 'parent' ? member : { ...member, order: { ...member.order, orderRef: `${entry.orderRef}:${member.role}` } },
    ),
  };
}
